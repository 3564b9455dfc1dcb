"""YAML to records: names looked up, the tree of parts, targets and duties."""

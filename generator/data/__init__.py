"""YAML to records and back to its description: files, nodes, shapes, names looked up, the tree of parts."""

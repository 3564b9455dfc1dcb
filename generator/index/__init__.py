"""All cross-references of a site, worked out once for pages and files alike: values that refer by id."""

"""What the browser searches: the parts of the search index; the engine itself is in overrides/assets/search/."""

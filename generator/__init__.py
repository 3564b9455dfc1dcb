"""Turn a government action plan, kept as YAML, into a site and published data."""

__version__ = "0.1.0"

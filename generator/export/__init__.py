"""The files that the site offers beside its pages."""

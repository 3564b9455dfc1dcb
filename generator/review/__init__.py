"""The walk through what the importer proposed, in the terminal: one card at a time, one decision one small edit."""

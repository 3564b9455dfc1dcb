"""The round trip by workbook: data that a clerk may edit as tables, and edits brought back into the YAML."""

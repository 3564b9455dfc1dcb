"""The official text read as text: printed numbers and responsibility words.

Values in, values out; nothing here knows the registry of units or touches a file.
"""

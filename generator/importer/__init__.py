"""From an official text to proposed YAML: lines, their structure, who answers for what, names, files.

Rules that a reader can follow, and nothing else: the same text gives the same files. What is not
understood stays in its place as text, and is listed. The loader never imports this package, nor
this package the loader: YAML is what lies between them.
"""

"""A corrected text put into a plan that people have worked on: the words follow, what was decided stays.

Old text, new text and what the importer proposes for either tell what changed; the YAML takes it
over in place, with its comments, order and files. What no longer has its words is set aside, never
lost.
"""

"""How files reach the disk whole: the site's change of place, single files, and what the system says when it refuses.

Knows folders and bytes, nothing of plans or of site builders.
"""

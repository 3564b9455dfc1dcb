"""What sentences of a plan set, proposed: targets by figures, milestones and directions, duties.

What no word of a sentence says is not proposed.
"""

"""The plan as frozen records, as printed; what follows from it is the index's business.

Records refer to each other by id. `where` is the place in the YAML and takes no part
in equality. Texts are exact substrings of the official text unless a field says so.
"""

from __future__ import annotations

from .commitments import Comparator, Due, Duty, Frequency, Strength, Target, Value
from .parts import Deadline, Goal, Paragraph, Part, Responsibility, Safeguard, Sector, Task, mapped
from .plan import Citation, Data, Edition, Oddity, Period, Plan, Term, Validity
from .units import Alias, Group, Leader, Mention, Pronunciation, Reading, Successor, Unit

__all__ = [
    "Alias",
    "Citation",
    "Comparator",
    "Data",
    "Deadline",
    "Due",
    "Duty",
    "Edition",
    "Frequency",
    "Goal",
    "Group",
    "Leader",
    "Mention",
    "Oddity",
    "Paragraph",
    "Part",
    "Period",
    "Plan",
    "Pronunciation",
    "Reading",
    "Responsibility",
    "Safeguard",
    "Sector",
    "Strength",
    "Successor",
    "Target",
    "Task",
    "Term",
    "Unit",
    "Validity",
    "Value",
    "mapped",
]

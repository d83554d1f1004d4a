"""All faults by name. To add one, add a row to a table of `promised.py` or `others.py`."""

from __future__ import annotations

from .fault import Fault
from .others import DOUBLES, OTHERS
from .promised import PROMISED

FAULTS: dict[str, Fault] = {fault.name: fault for fault in (*PROMISED, *OTHERS, *DOUBLES)}

"""What a platform's answers do not say, though the lab's world knows it: one module a platform.

`SILENT` has the fact's type and field, `Interface.carrier_transitions_count`, or a type alone, with the
reason. What is listed may be missing in an answer; it may still not be wrong.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping


def silent(platform: str) -> Mapping[str, str]:
    """What a platform does not say, and why."""
    found: Mapping[str, str] = importlib.import_module(f"{__name__}.{platform}").SILENT
    return found

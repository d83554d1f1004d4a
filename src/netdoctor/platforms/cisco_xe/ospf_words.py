"""IOS's words for OSPF, shared by neighbours, interfaces and processes."""

from __future__ import annotations

import re

NOT_RUNNING = re.compile(
    r"^ *% ?OSPF|OSPF\S* (?:is )?not (?:running|enabled)|No (?:router process|OSPF)", re.M | re.I
)

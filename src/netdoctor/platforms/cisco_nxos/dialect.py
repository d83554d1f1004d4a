"""How Cisco NX-OS is spoken to."""

from __future__ import annotations

import re

from netdoctor.platforms.base import Dialect, Recognition, Refusal
from netdoctor.platforms.cisco_nxos.names import normalise_interface
from netdoctor.platforms.cisco_nxos.readonly import ALLOW, QUESTIONS

__all__ = ["ALLOW", "DIALECT", "QUESTIONS", "TITLE", "normalise_interface"]

TITLE = "Cisco NX-OS"

DIALECT = Dialect(
    mode="exec",
    prompt=re.compile(r"(?:^|\n)\r?[\w.:@-]{1,80}(?:\([^()\n]{0,60}\))?[>#]\s*$"),
    paging_off=("terminal length 0", "terminal width 511"),
    pager=re.compile(r"--More--\s*$", re.I),
    refusals=(
        Refusal(
            re.compile(
                r"^(?:% ?|error: ?)?(?:permission denied|authori[sz]ation (?:failed|denied)"
                r"|command authori[sz]ation failed|[^\n]{0,60}not authori[sz]ed)",
                re.M | re.I,
            ),
            "not_authorised",
        ),
        Refusal(
            re.compile(r"^% ?(?:invalid|incomplete|ambiguous|unrecognized|unknown)\b", re.M | re.I),
            "unsupported",
        ),
        Refusal(re.compile(r"^syntax error while parsing", re.M | re.I), "unsupported"),
        Refusal(
            re.compile(
                r"structured output (?:is )?(?:not supported|unsupported)"
                r"|^(?:% ?|error: ?)[^\n]{0,120}\bnot supported\b",
                re.M | re.I,
            ),
            "unsupported",
        ),
    ),
    max_channels=4,
    recognise_by="show version",
    recognitions=(
        Recognition("banner", re.compile(r"\bCisco (?:NX-OS|Nexus Operating System)\b", re.I)),
        Recognition("output", re.compile(r"\bCisco Nexus Operating System\b|^\s*NXOS: version ", re.M)),
    ),
)
"""Each command is a virtual terminal of the device, which has few: four at once are enough."""

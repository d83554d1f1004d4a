"""How Cisco IOS and IOS-XE are spoken to, and what may be said."""

from __future__ import annotations

import re

from netdoctor.platforms.base import Dialect, Recognition, Refusal
from netdoctor.platforms.cisco_xe.names import normalise_interface
from netdoctor.platforms.cisco_xe.readonly import ALLOW, QUESTIONS

__all__ = ["ALLOW", "DIALECT", "QUESTIONS", "TITLE", "normalise_interface"]

TITLE = "Cisco IOS and IOS-XE"

DIALECT = Dialect(
    mode="shell",
    prompt=re.compile(r"(?:^|\n)[\w.:/+-]{1,80}(?:\([^()\n]{0,60}\))?[>#]\s*$"),
    paging_off=("terminal length 0", "terminal width 0"),
    pager=re.compile(r"\s*--More--\s*$", re.I),
    refusals=(
        Refusal(
            re.compile(
                r"^(?:% ?)?(?:Command authori[sz]ation failed|Authori[sz]ation (?:denied|failed))",
                re.M | re.I,
            ),
            "not_authorised",
        ),
        Refusal(
            re.compile(
                r"^% ?(?:Invalid (?:input|command)|Incomplete command|Ambiguous command"
                r"|Un(?:recognized|known) command|Unrecognized host or address|Bad IP address)",
                re.M | re.I,
            ),
            "unsupported",
        ),
        Refusal(
            re.compile(
                r"^% ?(?:(?:This )?(?:command|feature)(?: is)? (?:not|un)[ -]?(?:supported|available)"
                r"|[^\n]{0,80}not supported on this (?:platform|hardware|switch|router|chassis))",
                re.M | re.I,
            ),
            "unsupported",
        ),
    ),
    max_channels=1,
    enable="enable",
    recognise_by="show version",
    recognitions=(
        Recognition("server_version", re.compile(r"^(?:SSH-[\d.]+-)?Cisco-1\.\d")),
        Recognition(
            "output",
            re.compile(
                r"\bCisco IOS(?:[ -]XE)? Software\b"
                r"|\bCisco Internetwork Operating System Software\b|\bIOS \(tm\) ",
            ),
        ),
    ),
)
"""One command at a time: IOS allows one channel a connection."""

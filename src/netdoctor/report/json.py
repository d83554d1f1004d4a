"""The report as JSON, `netdoctor.report/1`."""

from __future__ import annotations

import re

from netdoctor.model.codec import encode_pretty
from netdoctor.report.model import Report

_HIDDEN = re.compile(r"[\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
"""What JSON lets stand raw and a terminal obeys or hides: DEL, C1 controls, direction marks."""


def render(report: Report) -> str:
    """Indented, with a line end; equal reports give equal bytes."""
    return printable(encode_pretty(report).decode())


def printable(text: str) -> str:
    """The same JSON with every character that could steer a terminal written as an escape."""
    return _HIDDEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)

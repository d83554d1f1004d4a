"""What the readers of IOS answers share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from netdoctor.model.events import Note
from netdoctor.model.facts import Fact

Read = Iterable[Fact | Note]

INTERFACE = (
    r"(?:[A-Z][A-Za-z]{1,24}(?:-[A-Za-z]{1,16})?|nve|ucse|lisp|vasileft|vasiright) ?\d+(?:[/.:]\d+){0,4}"
)
"""An interface's name, long or short, as a device prints it."""


def on_request(facts: Sequence[Fact]) -> tuple[()]:
    """Arguments of a command that is parsed when pasted, and never sent by a run."""
    return ()


def none_said(output: str, *words: str) -> bool:
    """True when an answer says in words that there is nothing to show (`% LLDP is not enabled`)."""
    return any(re.search(word, output, re.IGNORECASE) for word in words)

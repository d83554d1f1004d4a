"""What the readers of IOS answers share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from netdoctor.model.entities import DEFAULT_VRF
from netdoctor.model.events import Note
from netdoctor.model.facts import DeviceInfo, Fact, Interface

Read = Iterable[Fact | Note]

INTERFACE = (
    r"(?:[A-Z][A-Za-z]{1,24}(?:-[A-Za-z]{1,16})?|nve|ucse|lisp|vasileft|vasiright) ?\d+(?:[/.:]\d+){0,4}"
)
"""An interface's name, long or short, as a device prints it."""


def on_request(facts: Sequence[Fact]) -> tuple[()]:
    """Arguments of a command that is parsed when pasted, and never sent by a run."""
    return ()


_SWITCH = re.compile(r"C9[2-6]\d\d|WS-C|C[1-3]\d{3}|IE-|ESS-", re.I)


def on_switches(facts: Sequence[Fact]) -> Iterator[dict[str, str]]:
    """Asks a Catalyst switch, and a box that has not told its model."""
    if any(_SWITCH.match(model) for model in _models(facts)) or not _models(facts):
        yield {}


def on_routers(facts: Sequence[Fact]) -> Iterator[dict[str, str]]:
    """Asks whatever is no Catalyst switch."""
    if not any(_SWITCH.match(model) for model in _models(facts)):
        yield {}


def _models(facts: Sequence[Fact]) -> list[str]:
    return [fact.model for fact in facts if isinstance(fact, DeviceInfo) and fact.model]


_VRFS_MAX = 8


def by_vrf(facts: Sequence[Fact]) -> Iterator[dict[str, str]]:
    """The VRFs that interfaces stand in, each once."""
    found = (
        fact.vrf for fact in facts if isinstance(fact, Interface) and fact.vrf not in (None, DEFAULT_VRF)
    )
    for vrf in list(dict.fromkeys(name for name in found if name))[:_VRFS_MAX]:
        yield {"vrf": vrf}


def none_said(output: str, *words: str) -> bool:
    """True when an answer says in words that there is nothing to show (`% LLDP is not enabled`)."""
    return any(re.search(word, output, re.IGNORECASE) for word in words)

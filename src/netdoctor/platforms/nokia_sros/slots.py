"""Cards and the adapters on them (MDA) in tables: are they there, and do they work."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from netdoctor.model.events import Note
from netdoctor.model.facts import Fact, Sensor
from netdoctor.platforms.base import command
from netdoctor.platforms.nokia_sros.reading import Read, on_request, unless_none
from netdoctor.platforms.values import clean

_STATES: Final = (
    r"up|down|provisioned|unprovisioned|failed|booting|diag\w*|unknown|provisioning|"
    r"(?:in|out ?of) ?service|standby|synching|upgrading|(?:soft|hard) ?reset|n/a"
)
_EQUIPPED: Final = r"(?:\n {6,24}(?P<equipped>\S+(?: \S+){0,6}) {0,40}$)?"
_CARD: Final = re.compile(
    rf"^ {{0,3}}(?P<slot>\d{{1,2}}(?:/\d)?|[A-D])(?P<mda>) {{1,12}}(?P<kind>\S+) {{1,40}}"
    rf"(?P<admin>up|down) {{1,12}}(?P<oper>{_STATES})(?P<more>(?:/\w+)?(?: .*)?)$" + _EQUIPPED,
    re.M | re.I,
)
_MDA: Final = re.compile(
    rf"^ {{0,3}}(?P<slot>(?:\d{{1,2}}|[A-D])(?= ))? {{1,12}}(?P<mda>\d{{1,2}}) {{1,12}}(?P<kind>\S+) {{1,60}}"
    rf"(?P<admin>up|down) {{1,12}}(?P<oper>{_STATES})(?P<more>(?:/\w+)?(?: .*)?)$" + _EQUIPPED,
    re.M | re.I,
)


@command(
    "show card state",
    area="device",
    gives=(Sensor,),
    aliases=("show card", "show card {slot}"),
)
def cards(output: str, slot: str = "") -> Read:
    """Every card, CPM and (as `1/2`) adapter."""
    yield from unless_none(output, _modules(_CARD, output))


@command("show mda", area="device", gives=(Sensor,), arguments=on_request, aliases=("show mda {slot}",))
def adapters(output: str, slot: str = "") -> Read:
    """Every adapter; a row without a slot is of the slot above it."""
    yield from unless_none(output, _modules(_MDA, output))


def _modules(rows: re.Pattern[str], output: str) -> Iterator[Fact | Note]:
    slot = ""
    for row in rows.finditer(output):
        slot = row["slot"] or slot
        name = f"{slot}/{row['mda']}" if row["mda"] else slot
        kind = "mda" if "/" in name else "card" if slot.isdigit() else "cpm"
        yield Sensor(name=clean(f"{kind} {name}"), kind="module", state=_state(row))


def _state(row: re.Match[str]) -> Any:
    """`provisioned` is configured and not there; what is shut down does not fail."""
    oper, equipped = row["oper"].lower(), (row["equipped"] or "").lower()
    if oper in {"up", "in service", "inservice", "standby"}:
        return "ok"
    if "not equipped" in equipped or oper in {"provisioned", "unprovisioned"}:
        return "absent"
    if oper in {"failed", "down", "out of service", "outofservice"}:
        return "warning" if row["admin"].lower() == "down" else "failed"
    return None if oper in {"unknown", "n/a"} else "warning"

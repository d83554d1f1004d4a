"""The cards of a chassis, and the VRFs that its interfaces belong to."""

from __future__ import annotations

import re
from typing import Final, Literal

from netdoctor.model.facts import Interface, Sensor
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.sonic.reading import Read, Row, cell, is_port, on_request, read_table

State = Literal["ok", "absent", "warning", "failed"]
_STATES: Final[dict[str, State]] = {
    "online": "ok",
    "empty": "absent",
    "offline": "failed",
    "fault": "failed",
    "true": "ok",
    "false": "failed",
}
"""How a card works, or whether it is reached."""


@command(
    "show chassis modules status",
    area="device",
    gives=(Sensor,),
    arguments=on_request,
    aliases=("show chassis modules status {name}", "show chassis modules midplane-status[ {name}]"),
)
def modules(output: str) -> Read:
    """Every card and whether it works, or whether its processor is reached; one shut has not failed."""
    yield from read_table(output, _module)
    if re.search(r"^ *Name +(?:Description|IP-Address)", output, re.MULTILINE):
        yield EMPTY


def _module(row: Row) -> Read:
    name, status = cell(row, "name"), (cell(row, "oper-status", "reachability") or "").lower()
    if name is None:
        raise ValueError("no name")
    shut = cell(row, "admin-status") == "down" and status == "offline"
    yield Sensor(name=name, kind="module", state=None if shut else _STATES.get(status))


@command("show vrf", area="interface", gives=(Interface,), arguments=on_request, aliases=("show vrf {name}",))
def members(output: str) -> Read:
    """The interfaces of each VRF, one a line."""
    yield from read_table(output, _members)
    if re.search(r"^ *VRF +Interfaces", output, re.MULTILINE):
        yield EMPTY


def _members(row: Row) -> Read:
    vrf = cell(row, "vrf")
    if vrf is None:
        raise ValueError("no VRF")
    for name in (cell(row, "interfaces") or "").split():
        if is_port(name):
            yield Interface(interface=name, vrf=vrf)


_ADDRESS: Final = re.compile(r"^ *Management IP address *= *([\da-f.:]+/\d{1,3}) *$", re.MULTILINE | re.I)


@command("show management_interface address", area="interface", gives=(Interface,), arguments=on_request)
def management(output: str) -> Read:
    """The addresses of eth0."""
    if found := _ADDRESS.findall(output):
        yield Interface(interface="eth0", kind="management", addresses=tuple(one.lower() for one in found))

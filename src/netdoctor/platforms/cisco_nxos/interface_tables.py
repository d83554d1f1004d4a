"""Interfaces in tables: status, brief, description, error-disabled ports."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from netdoctor.model.facts import Interface, Transceiver
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.cisco_nxos.interfaces import kind_of
from netdoctor.platforms.cisco_nxos.reading import (
    J,
    Object,
    Read,
    named,
    on_request,
    said,
    structured,
    table,
)
from netdoctor.platforms.text import Line, Row, each, lines
from netdoctor.platforms.values import count, speed_bps

_PORT = (
    r"(?:Eth|Po|Lo|Vl|mgmt|nve|port-channel|loopback|Tu|fc|vfc|Ethernet|san-port-channel|BDI|mti"
    r"|Overlay|Veth|sup-)[A-Za-z-]{0,12}"
)
NAME = rf"(?P<name>{_PORT}\d[\d/.:]*)"
_SHUT = ("disabled", "disable", "administratively down", "admindown", "admin down", "admin")
_STATES = (
    r"connected|notconnec\w*|not ?conn\w*|disabled|sfpAbsent|xcvrAbsen\w*"
    r"|noOperMem\w*|down|up|inactive|err-disabled"
    r"|suspended|suspnd|\w+(?:Err|Inv|Abs|Abse\w*|Mem|Failed|Down|Dis\w*|Inc\w*|Unk\w*|Mis\w*|Susp\w*|Flap\w*|Add)"
    r"|[a-z]\w*[A-Z]\w*|faulty|init\w*|hwFail\w*|channelDo|vpcPeerLn\w*|linkDown|monitor|trunking|offline|isolated"
)
_STATUS = re.compile(
    rf"^ *{NAME}\s+(?P<description>.*?)\s+(?P<state>{_STATES})\s+(?P<vlan>\S+)"
    r"(?:\s+(?P<duplex>full|half|auto|--)\s+(?P<speed>\S+)(?:\s+(?P<type>.+?))?)?\s*$"
)
_TUNNEL_STATUS = re.compile(
    r"^ *(?P<name>Tunnel\d+)\s+(?P<description>\S.*?)\s+(?P<state>connected|notconnec\w*|down|up|disabled)\s+"
    r"(?P<reason>\S+(?: \S+)*?)\s+(?P<why>[a-zA-Z]\S*(?: \S+)*)\s*$"
)


@command(
    "show interface status",
    area="interface",
    gives=(Interface, Transceiver),
    arguments=on_request,
    aliases=("show interface[ {interface*}] status", "show interface[ {interface*}] status" + J),
)
def status(output: str, interface: str = "") -> Read:
    """One line an interface: name, state, VLAN, duplex, speed, module."""
    if structured(output):
        yield from table(output, "interface", _status_row)
        return
    yield from each(matching(output, _STATUS), _status)
    yield from each(matching(output, _TUNNEL_STATUS), _tunnel_status)


def _tunnel_status(row: Row) -> Read:
    """A tunnel has no VLAN, duplex and speed, but a reason and its description."""
    cells = row.cells
    port, up = named(cells["name"]), cells["state"] == "connected"
    reason = said(cells["reason"])
    shut = any(word in f"{reason} {cells['why']}".lower() for word in _SHUT[2:])
    yield Interface(
        interface=port,
        kind=kind_of(port),
        admin_up=not shut,
        oper_up=up,
        oper_reason=None if up else reason,
        description=said(cells["description"]),
    )


def matching(output: str, pattern: re.Pattern[str]) -> Iterator[Row]:
    """The lines that a pattern matches, as rows of its groups."""
    for line in lines(output):
        if found := pattern.match(line.text):
            yield Row(line.number, {name: value or "" for name, value in found.groupdict().items()})


def _status(row: Row) -> Read:
    cells = row.cells
    speed = cells["speed"].removeprefix("a-").split("(")[0]
    yield from _facts(
        cells["name"], cells["description"], cells["state"], cells["duplex"], speed, cells["type"]
    )


def _status_row(row: Object) -> Read:
    words = [str(row.get(key) or "") for key in ("interface", "name", "state", "duplex", "speed", "type")]
    yield from _facts(*words)


def _facts(name: str, description: str, state: str, duplex: str, speed: str, kind: str) -> Read:
    port, up = named(name), state in {"connected", "up", "trunking"}
    yield Interface(
        interface=port,
        kind=kind_of(port),
        admin_up=state.lower() not in _SHUT,
        oper_up=up,
        oper_reason=None if up else state,
        description=said(description),
        duplex=_duplex(duplex),
        speed_bps=mbps(speed),
    )
    if said(kind):
        yield Transceiver(interface=port, present=True, media_type=said(kind))
    elif "absent" in state.lower():
        yield Transceiver(interface=port, present=False)


def _duplex(word: str) -> Any:
    return next((found for found in ("full", "half") if word.endswith(found)), None)


def mbps(word: Any) -> int | None:
    """Bits a second in `10G`, `1000`, `a-1000`, `25G(D)`, `1000(D)`; a bare number is of Mbit/s."""
    found = re.fullmatch(r"(?:a-)?(\d+(?:\.\d+)?)([GgMT]?)(?:\(\w\))?", str(word or "").strip(), re.ASCII)
    if not found:
        return None
    return round(float(found[1]) * 1_000_000) if not found[2] else speed_bps(found[1] + found[2])


_RULE = re.compile(r"^-{20,}$")
_BRIEF = {
    "mgmt": re.compile(
        rf"^ *{NAME}\s+(?P<vrf>\S+)\s+(?P<state>\S+)\s+(?P<address>\S+)\s+(?P<speed>\S+)\s+(?P<mtu>\d+)"
    ),
    "port": re.compile(
        rf"^ *{NAME}\s+(?P<vlan>\S+)\s+eth\s+(?P<mode>\S+)\s+(?P<state>up|down|trunking)\s+"
        r"(?P<reason>.*?)\s+(?P<speed>(?:auto|a-)?[\w.-]*\(\w\))\s*(?P<channel>\S*)"
    ),
    "tunnel": re.compile(
        rf"^ *{NAME}\s+(?P<state>up|down)\s+(?P<address>--|[\dA-Fa-f.:]+/\d+)\s+"
        r"(?P<encapsulation>\S+)\s+(?P<mtu>\d{3,5})\s*$"
    ),
    "multicast tunnel": re.compile(
        r"^ *(?P<name>mti\d+)\s+(?P<state>up|down)\s+(?P<reason>\S.*?)\s+(?P<mtu>\d{3,5})\s+(?P<vrf>\S+)\s*$"
    ),
    "nve": re.compile(rf"^ *{NAME}\s+(?P<state>up|down)\s+(?P<reason>\S.*?)\s+(?P<mtu>\d{{3,5}})\s*$"),
    "svi": re.compile(rf"^ *{NAME}\s+(?P<vlan>\S+)\s+(?P<state>up|down)\s+(?P<reason>\S.*?)\s*$"),
    "loopback": re.compile(rf"^ *{NAME}\s+(?P<state>up|down)\s+(?P<description>.*?)\s*$"),
}
"""What the lines of each table of `show interface brief` look like, the most telling first."""


@command(
    "show interface brief",
    area="interface",
    gives=(Interface,),
    arguments=on_request,
    aliases=("show interface[ {interface*}] brief", "show interface[ {interface*}] brief" + J),
)
def brief(output: str, interface: str = "") -> Read:
    """State and reason of every interface, in one table a kind."""
    if structured(output):
        yield from table(output, "interface", _brief_row)
        return
    yield from each(lines(output), _brief)


def _brief(line: Line) -> Read:
    for pattern in _BRIEF.values():
        if found := pattern.match(line.text):
            yield _short({"interface": found["name"], **found.groupdict()})
            return


def _brief_row(row: Object) -> Read:
    yield _short(
        {
            "interface": row.get("interface"),
            "state": row.get("state") or row.get("svi_admin_state"),
            "reason": row.get("state_rsn_desc") or row.get("svi_rsn_desc") or row.get("state_rsn"),
            "speed": row.get("speed"),
            "mtu": row.get("mtu"),
            "address": row.get("ip_addr"),
            "description": row.get("desc"),
        }
    )


def _short(cells: Object) -> Interface:
    name, state = named(cells["interface"]), str(cells.get("state") or "")
    reason = said(cells.get("reason"))
    up = state in {"up", "trunking"}
    shut = bool(reason and reason.lower() in _SHUT)
    return Interface(
        interface=name,
        kind=kind_of(name),
        admin_up=False if shut else True if up or reason else None,
        oper_up=up if state else None,
        oper_reason=None if up else reason,
        speed_bps=mbps(cells.get("speed")),
        mtu_bytes=count(cells.get("mtu")),
        description=said(cells.get("description")),
    )


_DESCRIPTION = re.compile(rf"^ *{NAME}\s+(?:eth\s+(?P<speed>[\w.-]+)\s+)?(?P<description>\S.*?)\s*$", re.I)


@command(
    "show interface description",
    area="interface",
    gives=(Interface,),
    arguments=on_request,
    aliases=("show interface[ {interface*}] description", "show interface[ {interface*}] description" + J),
)
def descriptions(output: str, interface: str = "") -> Read:
    """What each interface is called."""
    if structured(output):
        yield from table(output, "interface", _described)
        return
    yield from each(matching(output, _DESCRIPTION), lambda row: _described({**row.cells}))


def _described(row: Object) -> Read:
    name = named(row.get("interface") or row.get("name"))
    yield Interface(
        interface=name,
        kind=kind_of(name),
        speed_bps=mbps(row.get("speed")),
        description=said(row.get("description") or row.get("desc")),
    )


_ERR_DISABLED = re.compile(
    rf"^ *(?P<name>{_PORT}\d[\d/.:]*)\s+(?P<description>.*?)\s+"
    rf"(?P<state>\S+)\s{{2,}}(?P<reason>\S+(?: \S+)*)\s*$"
)


@command(
    "show interface status err-disabled",
    area="interface",
    gives=(Interface,),
    arguments=on_request,
    aliases=("show interface[ {interface*}] status err-disabled" + J,),
)
def err_disabled(output: str, interface: str = "") -> Read:
    """Ports that the device has shut, and why."""
    if structured(output):
        yield from table(output, "interface", _disabled)
        return
    nothing = True
    for item in each(matching(output, _ERR_DISABLED), lambda row: _disabled({**row.cells})):
        nothing = False
        yield item
    if nothing and "Reason" in output:
        yield EMPTY


def _disabled(row: Object) -> Read:
    name = named(row.get("interface") or row.get("name"))
    yield Interface(
        interface=name,
        kind=kind_of(name),
        admin_up=True,
        oper_up=False,
        oper_reason=said(row.get("reason") or row.get("state_rsn_desc")),
        description=said(row.get("description") or row.get("desc")),
    )

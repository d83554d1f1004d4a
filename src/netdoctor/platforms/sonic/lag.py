"""Port channels (teamd), and pairs of switches that share them (iccpd)."""

from __future__ import annotations

import re
from typing import Any, Final, Literal

from netdoctor.model.facts import Interface, LagMember, MlagDomain
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.linux.reading import documents, inner
from netdoctor.platforms.sonic.reading import Read, Row, cell, is_port, on_request, read_table
from netdoctor.platforms.text import fields
from netdoctor.platforms.values import clean, count, mac_address, text

State = Literal["bundled", "suspended", "individual", "down"]
_MEMBER: Final = re.compile(r"([A-Za-z][\w./:-]*)\(([^)]*)\)")
_FLAGS: Final[dict[str, tuple[State, str | None]]] = {
    "S": ("bundled", None),
    "D": ("suspended", "deselected"),
    "*": ("suspended", "not synchronised"),
    "S*": ("suspended", "not synchronised"),
    "I": ("down", "inactive"),
}


@command(
    "show interfaces portchannel",
    area="lag",
    gives=(Interface, LagMember),
    aliases=("show interface[s] portchannel[ {options*}]", "teamshow[ {options*}]"),
)
def channels(output: str) -> Read:
    """Every port channel and its members: `S` selected, `D` deselected, `*` not synchronised."""
    yield from read_table(output, _channel)
    if "Team Dev" in output:
        yield EMPTY


def _channel(row: Row) -> Read:
    name = cell(row, "team dev")
    if name is None or not is_port(name):
        raise ValueError("not a port channel")
    flags = re.findall(r"\((\w+)\)", cell(row, "protocol") or "")
    up = True if "Up" in flags else False if "Dw" in flags else None
    yield Interface(interface=name, oper_up=up, kind="lag")
    for member, flag in _MEMBER.findall(cell(row, "ports") or ""):
        state, reason = _FLAGS.get(flag, (None, f"flag {flag}"))
        yield LagMember(lag=name, interface=member, state=state, reason=reason)


@command(
    "docker exec teamd teamdctl {interface} state dump",
    area="lag",
    gives=(LagMember,),
    arguments=on_request,
    aliases=("teamdctl {interface} state dump",),
)
def team(output: str, interface: str) -> Read:
    """A port channel's members with what LACP heard from the other end."""
    for document in documents(output):
        for name in inner(document, "ports"):
            port = inner(document, "ports", name)
            yield _team_member(interface, clean(name), port)


_NOBODY: Final = "00:00:00:00:00:00"


def _team_member(lag: str, name: str, port: dict[str, Any]) -> LagMember:
    runner, partner = inner(port, "runner"), inner(port, "runner", "partner_lacpdu_info")
    selected, up = runner.get("selected"), inner(port, "link").get("up")
    state: State | None = "down" if up is False else None
    if state is None and isinstance(selected, bool):
        state = "bundled" if selected else "suspended"
    key = count(partner.get("key"))
    return LagMember(
        lag=lag,
        interface=name,
        state=state,
        partner_system=system if (system := mac_address(partner.get("system"))) != _NOBODY else None,
        partner_key=str(key) if key else None,
        partner_interface=str(port_id) if (port_id := count(partner.get("port"))) else None,
        reason=text(runner.get("state")) if state == "suspended" else None,
    )


_ROLES: Final[dict[str, Literal["primary", "secondary"]]] = {
    "active": "primary",
    "primary": "primary",
    "standby": "secondary",
    "secondary": "secondary",
    "backup": "secondary",
}


@command(
    "show mclag brief",
    area="lag",
    gives=(MlagDomain,),
    arguments=on_request,
    aliases=("show mclag[ {options*}]", "mclagdctl dump state[ {options*}]", "mclagdctl -i {id} dump state"),
)
def pair(output: str) -> Read:
    """The domain of a pair, in the words of `show mclag brief` or of iccpd itself."""
    said = fields(re.sub(r"(?m)^(The MCLAG's keepalive) is:", r"\1:", output))
    domain = text(said.get("domain id"))
    if domain is None:
        return
    status = said.get("session status", said.get("the mclag's keepalive", "")).lower()
    link = said.get("peer link status")
    yield MlagDomain(
        domain=domain.partition(" ")[0],
        peer_up={"up": True, "ok": True, "down": False, "error": False}.get(status),
        peer_address=text(said.get("peer address", said.get("peer ip"))),
        peer_link=text(said.get("peer link", said.get("peer link interface"))),
        peer_link_up={"up": True, "down": False}.get(link.lower()) if link else None,
        role=_ROLES.get(said.get("role", "").lower()),
    )

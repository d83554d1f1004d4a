"""Port channels and LACP (IEEE 802.1AX)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from netdoctor.model.facts import LagMember
from netdoctor.platforms.arista_eos.reading import Object, Read, document, each, objects
from netdoctor.platforms.base import command
from netdoctor.platforms.values import count, mac_address, text

LACP_STATES: dict[str, Literal["bundled", "individual"]] = {"bundled": "bundled", "individual": "individual"}


@command(
    "show port-channel detailed | json", area="lag", gives=(LagMember,), aliases=("show port-channel | json",)
)
def port_channels(output: str) -> Read:
    """The members of every port channel, and why one does not carry traffic."""
    yield from each(document(output), "portChannels", _members)


def _members(lag: str, entry: Object) -> Iterator[LagMember]:
    for name, _ in objects(entry.get("activePorts")):
        yield LagMember(lag=lag, interface=name, state="bundled")
    for name, found in objects(entry.get("inactivePorts")):
        reason = text(found.get("reasonUnconfigured")) or text(found.get("reason"))
        yield LagMember(lag=lag, interface=name, state=why(reason or ""), reason=reason)


def why(reason: str) -> Literal["suspended", "individual", "down"]:
    """What keeps a member out of its bundle: its link, its own mode, or the protocol."""
    lower = reason.lower()
    if "individual" in lower:
        return "individual"
    return "down" if "link" in lower and "down" in lower else "suspended"


@command(
    "show lacp interface | json",
    area="lag",
    gives=(LagMember,),
    aliases=(
        "show lacp interface detailed | json",
        "show lacp peer | json",
        "show lacp neighbor | json",
    ),
)
def lacp(output: str) -> Read:
    """What LACP heard from the other end. That a member is down or suspended, the port channel tells."""
    yield from each(document(output), "portChannels", _ports)


def _ports(lag: str, entry: Object) -> Iterator[LagMember]:
    for name, found in objects(entry.get("interfaces")):
        port = count(found.get("partnerPortId"))
        yield LagMember(
            lag=lag,
            interface=name,
            state=LACP_STATES.get(text(found.get("actorPortStatus")) or ""),
            partner_system=partner_system(found.get("partnerSystemId")),
            partner_key=partner_key(found.get("partnerOperKey")),
            partner_interface=str(port) if port else None,
        )


def partner_key(value: Any) -> str | None:
    """`0x0005`; zero means that no LACP was heard."""
    key = text(value)
    return key if key and key.strip("0x") else None


def partner_system(value: Any) -> str | None:
    """The MAC address in `8000,76-83-ef-ed-66-5d`; zeros mean that no LACP was heard."""
    mac = mac_address((text(value) or "").rpartition(",")[2])
    return mac if mac and mac.strip("0:") else None

"""Interfaces: state, counters and addresses."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Literal

from netdoctor.model.facts import Fact, Interface, Transceiver
from netdoctor.platforms.arista_eos.reading import (
    Object,
    Read,
    age_s,
    document,
    each,
    inner,
    listed,
    objects,
    on_request,
    seconds,
)
from netdoctor.platforms.base import command
from netdoctor.platforms.values import count, mac_address, number, text, total

Kind = Literal["ethernet", "loopback", "lag", "vlan", "tunnel", "bridge", "management"]

_KINDS: tuple[tuple[str, Kind], ...] = (
    ("Ethernet", "ethernet"),
    ("Management", "management"),
    ("Loopback", "loopback"),
    ("Port-Channel", "lag"),
    ("Vlan", "vlan"),
    ("Vxlan", "tunnel"),
    ("Tunnel", "tunnel"),
    ("Gre", "tunnel"),
)
_DUPLEX: dict[Any, Literal["full", "half"]] = {"duplexFull": "full", "duplexHalf": "half"}
_AUTONEG = {"success": True, "on": True, "off": False}
_UP = ("connected", "up")
_NO_ADDRESS = "0.0.0.0"  # noqa: S104 - what EOS prints for none


def kind_of(interface: str) -> Kind | None:
    """What an interface is, by its name."""
    return next((kind for prefix, kind in _KINDS if interface.startswith(prefix)), None)


@command("show interfaces | json", area="interface", gives=(Interface,), sampled=True)
def interfaces(output: str, at: datetime | None = None) -> Read:
    """State, counters and addresses of every interface.

    `mtu` is the IP MTU of a routed interface and the Ethernet MTU of a switched one. EOS dates the last
    change; its age is taken from the device's own clock, as the newest counters tell it.
    """
    found = document(output)
    read_at_s = (
        number(inner(entry, "interfaceCounters").get("counterRefreshTime")) or 0.0
        for _, entry in objects(found.get("interfaces"))
    )
    now_s = max(read_at_s, default=0.0) or seconds(at)
    yield from each(found, "interfaces", lambda name, entry: [_interface(name, entry, now_s)])


def _interface(name: str, entry: Object, now_s: float | None) -> Fact:
    counters = inner(entry, "interfaceCounters")
    received, sent = inner(counters, "inputErrorsDetail"), inner(counters, "outputErrorsDetail")
    rates = inner(entry, "interfaceStatistics")
    return Interface(
        interface=name,
        **_state(entry),
        description=text(entry.get("description")),
        mac=mac_address(entry.get("physicalAddress")),
        mtu_bytes=count(entry.get("mtu")) or None,
        speed_bps=count(entry.get("bandwidth")) or None,
        duplex=_DUPLEX.get(text(entry.get("duplex"))),
        autoneg=_AUTONEG.get(text(entry.get("autoNegotiate")) or ""),
        last_change_s=age_s(entry.get("lastStatusChangeTimestamp"), now_s),
        carrier_transitions_count=count(counters.get("linkStatusChanges")),
        **_traffic(counters),
        in_errors_count=count(counters.get("totalInErrors")),
        in_fcs_errors_count=count(received.get("fcsErrors")),
        in_runts_count=count(received.get("runtFrames")),
        in_giants_count=count(received.get("giantFrames")),
        out_errors_count=count(counters.get("totalOutErrors")),
        late_collisions_count=count(sent.get("lateCollisions")),
        in_rate_bps=number(rates.get("inBitsRate")),
        out_rate_bps=number(rates.get("outBitsRate")),
        addresses=_addresses(entry),
        kind=kind_of(name),
    )


def _state(entry: Object) -> dict[str, Any]:
    """Admin and operational state. EOS says `disabled` for shut down, `errdisabled` for a protection."""
    status = text(entry.get("interfaceStatus") or entry.get("linkStatus"))
    protocol = text(entry.get("lineProtocolStatus"))
    up = protocol == "up" if protocol else status in _UP if status else None
    return {
        "admin_up": status not in {"disabled", "adminDown"} if status else None,
        "oper_up": up,
        "oper_reason": None if up else (protocol if status in _UP else status),
    }


def _traffic(counters: Object) -> dict[str, Any]:
    casts = ("UcastPkts", "MulticastPkts", "BroadcastPkts")
    return {
        "in_octets_bytes": count(counters.get("inOctets")),
        "out_octets_bytes": count(counters.get("outOctets")),
        "in_pkts": total(*(counters.get(f"in{cast}") for cast in casts)),
        "out_pkts": total(*(counters.get(f"out{cast}") for cast in casts)),
        "in_discards_count": count(counters.get("inDiscards")),
        "out_discards_count": count(counters.get("outDiscards")),
    }


def _addresses(entry: Object) -> tuple[str, ...] | None:
    """All addresses with prefix length; None when the answer does not speak of addresses."""
    if "interfaceAddress" not in entry and "interfaceAddressIp6" not in entry:
        return None
    found = entry.get("interfaceAddress")
    places = found if isinstance(found, list) else [found]
    return tuple(dict.fromkeys([*_ipv4(places), *_ipv6(inner(entry, "interfaceAddressIp6"))]))


def _ipv4(places: list[Any]) -> Iterator[str]:
    for place in places:
        secondary = listed(inner(place).get("secondaryIpsOrderedList"))
        for one in map(inner, [inner(place, "primaryIp"), *secondary]):
            address, length = text(one.get("address")), count(one.get("maskLen"))
            if address not in {None, _NO_ADDRESS} and length is not None:
                yield f"{address}/{length}"


def _ipv6(places: Object) -> Iterator[str]:
    for one in map(inner, listed(places.get("globalUnicastIp6s") or places.get("addresses"))):
        address, subnet = text(one.get("address")), text(one.get("subnet"))
        if address and subnet and "/" in subnet:
            yield f"{address}/{subnet.rpartition('/')[2]}"


@command("show interfaces status errdisabled | json", area="interface", gives=(Interface,))
def errdisabled(output: str) -> Read:
    """Why interfaces were disabled by a protection."""
    yield from each(document(output), "interfaceStatuses", _errdisabled)


def _errdisabled(name: str, entry: Object) -> Read:
    causes = entry.get("causes")
    words = ", ".join(filter(None, map(text, causes))) if isinstance(causes, list) else ""
    yield Interface(
        interface=name, oper_reason=f"errdisabled ({words})" if words else "errdisabled", kind=kind_of(name)
    )


@command("show ip interface | json", area="mtu", gives=(Interface,), aliases=("show ipv6 interface | json",))
def ip_interfaces(output: str) -> Read:
    """The VRF and addresses of routed interfaces."""
    yield from each(document(output), "interfaces", _ip_interface)


def _ip_interface(name: str, entry: Object) -> Read:
    if isinstance(entry.get("addresses"), list):
        entry = entry | {"interfaceAddressIp6": entry}
    yield Interface(
        interface=name,
        **_state(entry),
        mtu_bytes=count(entry.get("mtu")) or None,
        addresses=_addresses(entry),
        vrf=text(entry.get("vrf")),
        kind=kind_of(name),
    )


@command(
    "show interfaces status | json", area="interface", gives=(Interface, Transceiver), arguments=on_request
)
def status(output: str) -> Read:
    """State and media of every port in one table."""
    yield from each(document(output), "interfaceStatuses", _status)


def _status(name: str, entry: Object) -> Read:
    yield Interface(
        interface=name,
        **_state(entry),
        description=text(entry.get("description")),
        speed_bps=count(entry.get("bandwidth")) or None,
        duplex=_DUPLEX.get(text(entry.get("duplex"))),
        kind=kind_of(name),
    )
    media = text(entry.get("interfaceType"))
    if media and kind_of(name) == "ethernet":
        present = media != "Not Present"
        yield Transceiver(interface=name, present=present, media_type=media if present else None)


@command("show interfaces description | json", area="interface", gives=(Interface,), arguments=on_request)
def descriptions(output: str) -> Read:
    """State and description of every interface."""
    yield from each(
        document(output),
        "interfaceDescriptions",
        lambda name, entry: [
            Interface(
                interface=name,
                **_state(entry),
                description=text(entry.get("description")),
                kind=kind_of(name),
            )
        ],
    )


@command("show interfaces counters | json", area="interface", gives=(Interface,), arguments=on_request)
@command(
    "show interfaces counters discards | json", area="interface", gives=(Interface,), arguments=on_request
)
def counters(output: str) -> Read:
    """Octets, packets and discards."""
    yield from each(
        document(output),
        "interfaces",
        lambda name, entry: [Interface(interface=name, **_traffic(entry), kind=kind_of(name))],
    )


@command("show interfaces counters errors | json", area="interface", gives=(Interface,), arguments=on_request)
def errors(output: str) -> Read:
    """Errors by kind; EOS calls runts and giants too short and too long frames."""
    yield from each(document(output), "interfaceErrorCounters", _errors)


def _errors(name: str, entry: Object) -> Read:
    yield Interface(
        interface=name,
        in_errors_count=count(entry.get("inErrors")),
        in_fcs_errors_count=count(entry.get("fcsErrors")),
        in_runts_count=count(entry.get("frameTooShorts")),
        in_giants_count=count(entry.get("frameTooLongs")),
        out_errors_count=count(entry.get("outErrors")),
        kind=kind_of(name),
    )

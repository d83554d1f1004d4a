"""Goldens of ntc-templates and Genie for Linux."""

from __future__ import annotations

import ipaddress
from typing import Any

from netdoctor.model.facts import Interface, Neighbor, Route
from tests.corpus.goldens import Golden, Place, SkipValue, Table

NO_FACT = "no check or fact needs it"
_UP = {"UP": True, "DOWN": False}


def _mac(said: str) -> str:
    """The address of an Ethernet link; a loopback's zeros are none."""
    if said.lower() in {"00:00:00:00:00:00", "incomplete"}:
        raise SkipValue
    return said.lower()


def _oper(state: str) -> bool:
    """The state that the kernel knows; UNKNOWN is up by the flags."""
    if state not in _UP:
        raise SkipValue
    return _UP[state]


def _addresses(place: Place) -> tuple[str, ...]:
    row = place.row
    pairs = [
        *zip(row["ip_addresses"], row["ip_masks"], strict=True),
        *zip(row["ipv6_addresses"], row["ipv6_masks"], strict=True),
    ]
    return tuple(f"{address}/{length}" for address, length in pairs)


_LINK: dict[str, Any] = {
    "mtu": ("mtu_bytes", int),
    "mac_address": ("mac", _mac),
    "state": ("oper_up", _oper),
    "flags": ("admin_up", lambda said: "UP" in said.split(",")),
}
_LINK_REASONS = {
    "parsed_sample.*.broadcast": NO_FACT,
    "parsed_sample.*.id": "the kernel's own number of the link",
    "parsed_sample.*.group": NO_FACT,
    "parsed_sample.*.mode": NO_FACT,
    "parsed_sample.*.qdisc": "told with its counters by tc",
    "parsed_sample.*.qlen": NO_FACT,
    "parsed_sample.*.master": "without -d nothing tells a VRF from a bridge or a bundle",
    "parsed_sample.*.permanent_mac": NO_FACT,
    "parsed_sample.*.type": "the link layer; without -d it tells no kind of interface",
}


def _prefix(place: Place) -> str:
    """A route's destination; Genie gives the default route a mask of its own, and others 255.255.255.255."""
    address, mask = place.names[0], place.names[1]
    return str(ipaddress.ip_network(f"{address}/{mask}"))


_FLAGS = {f"*.{name}": NO_FACT for name in ("interface", "description", "type", "txqueuelen")}

GOLDENS: dict[str, Golden] = {
    "arp_-a": Golden(
        tables=(
            Table(
                Neighbor,
                "parsed_sample.*",
                {"address": "ip_address"},
                {"interface": "interface", "mac_address": ("mac", _mac)},
            ),
            Table(
                Neighbor,
                "parsed_sample.*",
                {"address": "ip_address", "state": lambda place: "incomplete"},
                unless=lambda place: place.row["mac_address"] != "incomplete",
            ),
        ),
        reasons={"parsed_sample.*.hw_type": NO_FACT, "parsed_sample.*.rev_dns": NO_FACT},
    ),
    "ip_link_show": Golden(
        tables=(
            Table(
                Interface, "parsed_sample.*", {"interface": "interface"}, {**_LINK, "alias": "description"}
            ),
        ),
        reasons=_LINK_REASONS,
    ),
    "ip_address_show": Golden(
        tables=(
            Table(Interface, "parsed_sample.*", {"interface": "interface"}, _LINK),
            Table(Interface, "parsed_sample.*", {"interface": "interface", "addresses": _addresses}),
        ),
        reasons={
            **_LINK_REASONS,
            **{
                f"parsed_sample.*.{name}": "read together into addresses"
                for name in ("ip_addresses", "ip_masks", "ipv6_addresses", "ipv6_masks")
            },
        },
    ),
    "Ifconfig": Golden(
        tables=(
            Table(
                Interface,
                "*",
                {"interface": "*0"},
                {
                    "mtu": "mtu_bytes",
                    "flags": ("admin_up", lambda said: "UP" in said.split()),
                    "counters.rx_pkts": "in_pkts",
                    "counters.rx_errors": "in_errors_count",
                    "counters.rx_dropped": "in_discards_count",
                    "counters.rx_bytes": "in_octets_bytes",
                    "counters.tx_pkts": "out_pkts",
                    "counters.tx_errors": "out_errors_count",
                    "counters.tx_dropped": "out_discards_count",
                    "counters.tx_bytes": "out_octets_bytes",
                },
            ),
        ),
        reasons={
            **_FLAGS,
            "*.counters": "counters of causes that have no field, and rounded words for the bytes",
            "*.ipv4": "Genie leaves out the addresses of IPv6, which stand in the same field",
            "*.ipv6": "read with those of IPv4 into one field",
        },
    ),
    "IpRouteShowTableAll": Golden(
        tables=(
            Table(
                Route,
                "routes.*.mask.*.nexthop.*",
                {"prefix": _prefix},
                {
                    "metric": "metric",
                    "gateway": ("next_hops", lambda said: (said,)),
                    "interface": ("out_interfaces", lambda said: (said,)),
                },
                unless=lambda place: bool(place.row.get("broadcast")),
            ),
        ),
        reasons={"routes": "scope, source, table and protocol words of the kernel: no fact needs them"},
    ),
}

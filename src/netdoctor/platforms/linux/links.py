"""Links as iproute2 tells them: state, counters, kind."""

from __future__ import annotations

import re
from typing import Any, Final, Literal

from netdoctor.model.facts import Interface, LagMember
from netdoctor.platforms.base import command
from netdoctor.platforms.linux.bundles import members
from netdoctor.platforms.linux.reading import Object, Read, each, inner, listed, rows
from netdoctor.platforms.values import clean, count, text, total

Kind = Literal["ethernet", "loopback", "lag", "vlan", "tunnel", "bridge", "management"]

_KINDS: Final[dict[str, Kind]] = {
    "veth": "ethernet",
    "macvlan": "ethernet",
    "ipvlan": "ethernet",
    "dummy": "loopback",
    "bond": "lag",
    "team": "lag",
    "vlan": "vlan",
    "bridge": "bridge",
    **dict.fromkeys(
        ("vxlan", "geneve", "gre", "gretap", "ip6gre", "ipip", "sit", "ip6tnl", "vti", "wireguard", "tun"),
        "tunnel",
    ),
}
_PROTECTION: Final = re.compile(r"bpdu|guard|flap|loop|storm|security|udld", re.IGNORECASE)


@command(
    "ip -j -s -s -d link show",
    area="interface",
    gives=(Interface, LagMember),
    sampled=True,
    aliases=(
        "ip -j -s -d link show",
        "ip -s -j -d link show",
        "ip -j -s -d link",
        "ip -s -j link",
        "ip -j -d link show",
        "ip -j link show",
        "ip -j link",
    ),
)
def links(output: str) -> Read:
    """State and counters. `-s -s` adds FCS errors and carrier changes, `-d` what kind a link is."""
    if output.strip():
        found = list(rows(output))
        yield from each(found, link)
        yield from members(found)


def link(row: Object) -> Read:
    """One link of `ip -j link`; `addresses` may be added to it."""
    name = clean(row["ifname"])
    flags = listed(row.get("flags"))
    kind = text(inner(row, "linkinfo").get("info_kind"))
    up = _oper_up(row.get("operstate"), flags)
    yield Interface(
        interface=name,
        admin_up="UP" in flags if flags else None,
        oper_up=up,
        oper_reason=_reason(row, flags) if up is False else None,
        description=text(row.get("ifalias")),
        mac=text(row.get("address")) if row.get("link_type") == "ether" else None,
        mtu_bytes=count(row.get("mtu")),
        addresses=row.get("addresses"),
        vrf=_vrf(row),
        kind=_kind(name, row.get("link_type"), kind),
        virtual=kind is not None or row.get("link_type") != "ether",
        **_counters(row),
    )


def _oper_up(state: Any, flags: list[Any]) -> bool | None:
    """RFC 2863's state; UNKNOWN, as a loopback and many tunnels have it, is up while the flags say so."""
    if state == "UNKNOWN":
        return "LOWER_UP" in flags
    return state == "UP" if text(state) else None


def _reason(row: Object, flags: list[Any]) -> str | None:
    if row.get("proto_down"):
        return protodown([clean(str(reason)) for reason in listed(row.get("proto_down_reason"))])
    if "UP" not in flags:
        return "admin down"
    return "no carrier" if "NO-CARRIER" in flags else str(text(row.get("operstate"))).lower()


def protodown(reasons: list[str]) -> str:
    """Why a daemon keeps a port down. What protects the network is what others call err-disabled."""
    closed = any(_PROTECTION.search(reason) for reason in reasons)
    told = f"protodown ({', '.join(reasons)})" if reasons else "protodown"
    return f"err-disabled: {told}" if closed else told


def _kind(name: str, link_type: Any, kind: str | None) -> Kind | None:
    if link_type == "loopback":
        return "loopback"
    if name.startswith(("mgmt", "oob")):
        return "management"
    if kind is None:
        return "ethernet" if link_type == "ether" else None
    return _KINDS.get(kind)


def _vrf(row: Object) -> str | None:
    """The VRF that a link is in; None for a member of a bridge or a bundle, whose master decides."""
    master = text(row.get("master"))
    if inner(row, "linkinfo").get("info_slave_kind") == "vrf":
        return master
    return None if master else "default"


def _counters(row: Object) -> dict[str, Any]:
    """The kernel's counters (struct rtnl_link_stats64). What the ring had no room for is counted apart
    (`missed_errors`); `window_errors` are late collisions."""
    stats = inner(row, "stats64") or inner(row, "stats")
    rx, tx = inner(stats, "rx"), inner(stats, "tx")
    return {
        "in_octets_bytes": count(rx.get("bytes")),
        "in_pkts": count(rx.get("packets")),
        "in_errors_count": count(rx.get("errors")),
        "in_fcs_errors_count": count(rx.get("crc_errors")),
        "in_discards_count": total(rx.get("dropped"), rx.get("missed_errors")),
        "out_octets_bytes": count(tx.get("bytes")),
        "out_pkts": count(tx.get("packets")),
        "out_errors_count": count(tx.get("errors")),
        "out_discards_count": count(tx.get("dropped")),
        "late_collisions_count": count(tx.get("window_errors")),
        "carrier_transitions_count": count(tx.get("carrier_changes")),
    }

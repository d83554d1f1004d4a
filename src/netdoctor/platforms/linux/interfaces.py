"""Interfaces as iproute2 and FRR's zebra tell them: state, counters, addresses, bundle members."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final, Literal

from netdoctor.model.facts import Interface, LagMember, LogEvent, Neighbor
from netdoctor.platforms.base import command
from netdoctor.platforms.linux.reading import (
    Object,
    Read,
    documents,
    each,
    frr_time,
    inner,
    listed,
    rows,
)
from netdoctor.platforms.linux.vtysh import also, vtysh
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
_UNKNOWN_SPEED_MBPS = 2**32 - 1


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
        yield from each(found, _link)
        yield from _members(found)


def _link(row: Object) -> Read:
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
        reasons = ", ".join(clean(str(reason)) for reason in listed(row.get("proto_down_reason")))
        return f"protodown ({reasons})" if reasons else "protodown"
    if "UP" not in flags:
        return "admin down"
    return "no carrier" if "NO-CARRIER" in flags else str(text(row.get("operstate"))).lower()


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


def _members(found: list[Object]) -> Iterator[LagMember]:
    """Members of bundles. The partner is told by the bundle, its state by the member."""
    bundles = {row.get("ifname"): inner(row, "linkinfo", "info_data") for row in found}
    for row in found:
        link = inner(row, "linkinfo")
        lag, name = text(row.get("master")), text(row.get("ifname"))
        if link.get("info_slave_kind") != "bond" or lag is None or name is None:
            continue
        partner = inner(bundles.get(lag), "ad_info")
        yield LagMember(
            lag=lag,
            interface=name,
            partner_system=text(partner.get("partner_mac")),
            partner_key=str(key) if (key := count(partner.get("partner_key"))) is not None else None,
            **_member_state(inner(link, "info_slave_data")),
        )


def _member_state(data: Object) -> dict[str, Any]:
    """A member carries traffic when its MII is up and, with LACP, both ends collect and distribute
    (IEEE 802.1AX §6.4.2.3)."""
    if data.get("mii_status") not in {"UP", None}:
        return {"state": "down", "reason": f"MII {clean(str(data['mii_status'])).lower()}"}
    actor, partner = (
        {str(word).lower() for word in listed(data.get(f"ad_{end}_oper_port_state_str"))}
        for end in ("actor", "partner")
    )
    if not actor:
        return {"state": "bundled" if data.get("state") in {"ACTIVE", "BACKUP"} else None}
    if {"collecting", "distributing"} <= actor:
        return {"state": "bundled"}
    lonely = "defaulted" in actor or not partner
    return {"state": "individual" if lonely else "suspended", "reason": "no LACP partner" if lonely else None}


@command(
    "ip -j address show",
    area="interface",
    gives=(Interface,),
    aliases=("ip -j addr show", "ip -j addr", "ip -j address", "ip -j -d address show"),
)
def addresses(output: str) -> Read:
    if output.strip():
        yield from each(rows(output), _addresses)


def _addresses(row: Object) -> Read:
    found = [
        f"{address}/{entry.get('prefixlen')}"
        for entry in listed(row.get("addr_info"))
        if isinstance(entry, dict) and (address := text(entry.get("local")))
    ]
    yield Interface(interface=clean(row["ifname"]), addresses=tuple(found))


@command(
    "ip -j neigh show",
    area="forwarding",
    gives=(Neighbor,),
    aliases=("ip -j neighbor show", "ip -j neigh", "ip -j -s neigh show"),
)
def neighbours(output: str) -> Read:
    """ARP and ND entries; what needs no resolution (NOARP: multicast, loopback) is left out."""
    if output.strip():
        yield from each(rows(output), _neighbour)


def _neighbour(row: Object) -> Read:
    states = {str(state).lower() for state in listed(row.get("state"))}
    known = ("reachable", "stale", "delay", "probe", "incomplete", "failed", "permanent")
    state = next((word for word in known if word in states), None)
    if state is not None:
        yield Neighbor(
            address=clean(row["dst"]),
            interface=text(row.get("dev")),
            mac=text(row.get("lladdr")),
            state=state,  # type: ignore[arg-type]  # one of the words above
        )


@command(
    vtysh("show interface vrf all json"),
    area="interface",
    gives=(Interface, LogEvent),
    privileged=True,
    aliases=also("show interface vrf all json", "show interface json"),
)
def zebra_interfaces(output: str, at: datetime | None = None) -> Read:
    """What zebra adds: description, speed, and when a link last went up and down."""
    for document in documents(output):
        yield from each(
            ((name, entry, at) for name, entry in inner({"": document}, "").items()), _zebra_interface
        )


def _zebra_interface(name: str, entry: Object, at: datetime | None) -> Read:
    speed_mbps = count(entry.get("speed"))
    changes = {
        kind: moment
        for kind, key in (("link_up", "lastLinkUp"), ("link_down", "lastLinkDown"))
        if (moment := frr_time(entry.get(key)))
    }
    last = max(changes.values(), default=None)
    since_s = (at - last).total_seconds() if at and last else None
    yield Interface(
        interface=clean(name),
        description=text(entry.get("description")),
        speed_bps=speed_mbps * 1_000_000 if speed_mbps and speed_mbps < _UNKNOWN_SPEED_MBPS else None,
        vrf=text(entry.get("vrfName")),
        last_change_s=since_s if since_s is not None and since_s >= 0 else None,
    )
    for kind, moment in changes.items():
        word = kind.removeprefix("link_")
        yield LogEvent(
            at=moment,
            kind=kind,  # type: ignore[arg-type]  # link_up or link_down
            interface=clean(name),
            text=f"zebra: {clean(name)} last went {word}",
        )

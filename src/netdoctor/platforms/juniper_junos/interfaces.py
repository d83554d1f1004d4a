"""Interfaces: state, counters, addresses, FEC and the queues' totals, of ports and of their units."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from netdoctor.model.facts import Fact, FecCounters, Interface, QueueCounters
from netdoctor.platforms.base import NotUnderstood
from netdoctor.platforms.juniper_junos.interfaces_text import read_text
from netdoctor.platforms.juniper_junos.naming import (
    below,
    header_bytes,
    is_virtual,
    kind_of,
    prefix_of,
)
from netdoctor.platforms.juniper_junos.ports import (
    autoneg_of,
    duplex_of,
    fec_mode_of,
    is_real_address,
    mtu_of,
    speed_of,
)
from netdoctor.platforms.juniper_junos.reading import (
    Node,
    Read,
    each,
    first_whole,
    inner,
    leaf,
    leaves,
    nodes,
    on_request,
    or_empty,
    query,
    roots,
    seconds,
    told,
    tree,
    whole,
)
from netdoctor.platforms.values import mac_address, number


@query(
    "show interfaces extensive",
    area="interface",
    gives=(Interface, QueueCounters, FecCounters),
    sampled=True,
    timeout_s=30.0,
    also=(
        "show interfaces extensive[ {rest*}]",
        "show interface[ {rest*}]",
        "get-interface-information[ {rest*}]",
    ),
)
@query(
    "show interfaces",
    area="mtu",
    gives=(Interface, QueueCounters, FecCounters),
    also=("show interfaces[ {rest*}]",),
    arguments=on_request,
)
def interfaces(output: str) -> Read:
    """Every port and unit, from `show interfaces` in any of its levels."""
    found = tree(output)
    if found is None:
        yield from read_text(output)
        return
    known = roots(found, "interface-information")
    if not known:
        raise NotUnderstood("no 'interface-information'")
    yield from or_empty((fact for _, root in known for fact in _all(root)), known=True)


def _all(root: Node) -> Read:
    yield from each(nodes(root, "physical-interface"), _physical)
    yield from each(nodes(root, "logical-interface"), lambda unit: [_logical(unit, None)])


def _physical(node: Node) -> Iterator[Fact]:
    name = leaf(node, "name")
    if not name:
        raise ValueError("an interface without a name")
    traffic, mac = inner(node, "traffic-statistics"), inner(node, "ethernet-mac-statistics")
    received, sent = inner(node, "input-error-list"), inner(node, "output-error-list")
    fec = fec_mode_of(leaf(node, "ethernet-fec-mode", "enabled_fec_mode"))
    yield Interface(
        interface=name,
        **_state(node),
        description=leaf(node, "description"),
        mac=mac_address(leaf(node, "current-physical-address")),
        mtu_bytes=(mtu := mtu_of(leaf(node, "mtu"))),
        mtu_header_bytes=header_bytes(name) if mtu else None,
        speed_bps=speed_of(leaf(node, "speed"), leaf(node, "ethernet-autonegotiation", "link-partner-speed")),
        duplex=duplex_of(
            leaf(node, "link-mode") or leaf(node, "duplex") or leaf(node, "link-type"),
            leaf(node, "ethernet-autonegotiation", "link-partner-duplexity"),
        ),
        autoneg=autoneg_of(leaf(node, "if-auto-negotiation")),
        fec_mode=fec,
        last_change_s=seconds(node, "interface-flapped") or None,
        carrier_transitions_count=whole(sent, "carrier-transitions"),
        **_traffic(traffic),
        in_errors_count=first_whole(received or node, "input-errors", "input-error-count"),
        in_fcs_errors_count=_fcs(mac, received),
        in_runts_count=whole(received, "input-runts"),
        in_giants_count=_giants(received, mac),
        in_discards_count=whole(received, "input-drops"),
        out_errors_count=first_whole(sent or node, "output-errors", "output-error-count"),
        out_discards_count=whole(sent, "output-drops"),
        kind=kind_of(name),
        virtual=is_virtual(name),
    )
    yield from _queues(name, node)
    yield from _fec(name, fec, inner(node, "ethernet-fec-statistics"))
    up = leaf(node, "oper-status")
    for unit in nodes(node, "logical-interface"):
        yield _logical(unit, up)


def _state(node: Node) -> dict[str, Any]:
    admin, up = leaf(node, "admin-status"), leaf(node, "oper-status")
    return {
        "admin_up": admin.lower() == "up" if admin else None,
        "oper_up": up.lower() == "up" if up else None,
        "oper_reason": _reason(node, admin, up),
    }


def _reason(node: Node, admin: str | None, up: str | None) -> str | None:
    """Why it is down, in Junos's words: a guard that holds the port, or the alarms that stand."""
    for guard in ("bpdu-error", "ld-pdu-error", "eth-switch-error", "l2pt-error"):
        word = leaf(node, guard)
        if word and word.lower() not in {"none", "disabled"}:
            return f"errdisabled ({guard} {word.lower()})"
    if up is None or up.lower() == "up":
        return None
    if admin and admin.lower() == "down":
        return "administratively down"
    alarms = [
        key.removeprefix("ethernet-alarm-").replace("-", " ")
        for place in ("active-alarms", "active-defects")
        for key in inner(node, place, "interface-alarms")
        if key not in {"attributes", "data", "alarm-not-present"}
    ]
    return ", ".join(dict.fromkeys(alarms)) or None


def _traffic(traffic: Node) -> dict[str, Any]:
    return {
        "in_octets_bytes": whole(traffic, "input-bytes"),
        "out_octets_bytes": whole(traffic, "output-bytes"),
        "in_pkts": whole(traffic, "input-packets"),
        "out_pkts": whole(traffic, "output-packets"),
        "in_rate_bps": number(leaf(traffic, "input-bps")),
        "out_rate_bps": number(leaf(traffic, "output-bps")),
    }


def _fcs(mac: Node, received: Node) -> int | None:
    """Frames with a wrong checksum; ports without MAC statistics count them as framing errors."""
    found = first_whole(mac, "input-crc-errors", "input-fcs-errors")
    return whole(received, "framing-errors") if found is None else found


def _giants(received: Node, mac: Node) -> int | None:
    found = whole(received, "input-giants")
    return whole(mac, "input-oversized-frames") if found is None else found


def _queues(name: str, node: Node) -> Iterator[QueueCounters]:
    """The totals of each queue. A port may count what comes in too."""
    for table in nodes(node, "queue-counters"):
        kind = leaf(table, "interface-cos-short-summary", "intf-cos-queue-type") or "Egress"
        direction: Literal["in", "out"] = "in" if kind.lower().startswith("ingress") else "out"
        for queue in nodes(table, "queue"):
            number_ = leaf(queue, "queue-number")
            if number_ is None:
                continue
            yield QueueCounters(
                interface=name,
                queue=number_,
                direction=direction,
                traffic_class=leaf(queue, "forwarding-class-name"),
                transmitted_pkts=whole(queue, "queue-counters-trans-packets"),
                dropped_pkts=whole(queue, "queue-counters-total-drop-packets"),
            )


def _fec(name: str, mode: str | None, fec: Node) -> Iterator[FecCounters]:
    if not fec:
        return
    yield FecCounters(
        interface=name,
        mode=mode,
        corrected_codewords_count=first_whole(fec, "fec_ccw_count", "fec-ccw-count"),
        uncorrected_codewords_count=first_whole(fec, "fec_nccw_count", "fec-nccw-count"),
        pre_fec_ber=number(leaf(fec, "fec_pre_ber") or leaf(fec, "pre-fec-ber")),
    )


_DOWN_FLAGS = ("iff-down", "iff-hardware-down", "iff-device-down", "iff-link-layer-down", "iff-admin-down")


def _logical(unit: Node, port_status: str | None) -> Interface:
    name = leaf(unit, "name")
    if not name:
        raise ValueError("a unit without a name")
    flags = inner(unit, "if-config-flags")
    admin, up = leaf(unit, "admin-status"), leaf(unit, "oper-status")
    traffic = inner(unit, "traffic-statistics") or inner(unit, "lag-traffic-statistics", "lag-bundle")
    transit = inner(unit, "transit-traffic-statistics") or traffic
    families = nodes(unit, "address-family")
    return Interface(
        interface=name,
        admin_up=admin.lower() == "up" if admin else not told(flags, "iff-admin-down") if flags else None,
        oper_up=up.lower() == "up" if up else _unit_up(flags, port_status),
        description=leaf(unit, "description"),
        mac=mac_address(leaf(unit, "current-physical-address") or leaf(unit, "mac-address")),
        mtu_bytes=_unit_mtu(families),
        speed_bps=speed_of(leaf(unit, "logical-interface-bandwidth"), None),
        **_traffic(traffic)
        | {
            "in_rate_bps": number(leaf(transit, "input-bps")),
            "out_rate_bps": number(leaf(transit, "output-bps")),
        },
        addresses=_addresses(families) if "address-family" in unit or flags else None,
        lower_layer=below(name),
        kind=kind_of(name),
        virtual=True,
    )


def _unit_up(flags: Node, port_status: str | None) -> bool | None:
    """A unit's flags; SRX units that are up bear no `Up`, and go with their port."""
    if any(told(flags, flag) for flag in _DOWN_FLAGS):
        return False
    if told(flags, "iff-up"):
        return True
    return port_status.lower() == "up" if flags and port_status else None


def _unit_mtu(families: list[Node]) -> int | None:
    """The MTU of IP where the unit has it, else of what family it has."""
    by_family = {leaf(family, "address-family-name"): mtu_of(leaf(family, "mtu")) for family in families}
    found = [by_family.get("inet"), by_family.get("inet6"), *by_family.values()]
    return next((mtu for mtu in found if mtu), None)


def _addresses(families: list[Node]) -> tuple[str, ...]:
    """All addresses of IP that reach farther than the link, with prefix length."""
    found = [
        prefix_of(local, leaf(place, "ifa-destination"))
        for family in families
        if leaf(family, "address-family-name") in {"inet", "inet6"}
        for place in nodes(family, "interface-address")
        for local in leaves(place, "ifa-local")
        if is_real_address(local)
    ]
    return tuple(dict.fromkeys(found))

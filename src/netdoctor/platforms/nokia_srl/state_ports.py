"""Ports and subinterfaces in the state tree: state, counters, module, light, FEC, members, neighbours."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from netdoctor.model.facts import (
    DhcpRelay,
    Fact,
    FecCounters,
    Interface,
    LagMember,
    Neighbor,
    OpticLane,
    Transceiver,
    VlanMember,
)
from netdoctor.model.units import NO_LIGHT_DBM
from netdoctor.platforms.nokia_srl.queues import queues
from netdoctor.platforms.nokia_srl.reading import Object, Read, bare, inner, rows, said, since_s, up
from netdoctor.platforms.values import count, mac_address, number, speed_bps, total


def interface(entry: Object, now: datetime | None) -> Read:
    """All that is told of one port and of what stands on it."""
    name = said(entry.get("name"))
    if not name:
        raise ValueError("an interface without a name")
    own = _interface(name, entry, now)
    if len(own.known()) > 2:
        yield own
    yield from _fec(name, inner(entry, "ethernet"))
    if transceiver := inner(entry, "transceiver"):
        yield from _module(name, transceiver)
    if lag := inner(entry, "lag"):
        yield from _members(name, lag)
    if counted := inner(entry, "queue-statistics"):
        yield from queues({"name": name, "output": counted})
    for below in rows(entry, "subinterface"):
        yield from _subinterface(name, below, now)


ETHERNET_HEADER_BYTES: Final = 14
"""What the MTU of a port, and of a bridged subinterface, counts beside the packet."""


def lower_layer(name: str) -> str | None:
    """The port that a subinterface stands on; a loopback's stands on none."""
    port, dot, _ = name.partition(".")
    return port if dot and port.startswith(("ethernet", "lag", "mgmt")) else None


_PROTECTIONS: Final = frozenset(
    {
        "event-handler",
        "storm-control-action",
        "crc-monitor-fail-threshold",
        "symbol-monitor-fail-threshold",
    }
)
"""Reasons for which the device itself has closed a port (srl_nokia-interfaces, `oper-down-reason`)."""


def oper_reason(value: Any) -> str | None:
    """Why a port is down; what a protection has closed is told as such."""
    found = said(value)
    return f"errdisabled ({found})" if found in _PROTECTIONS else found


def kind(name: str) -> Any:
    """What an interface is, by its name."""
    starts = (
        ("ethernet", "ethernet"),
        ("lag", "lag"),
        ("lo", "loopback"),
        ("system", "loopback"),
        ("irb", "vlan"),
        ("mgmt", "management"),
    )
    return next((ours for start, ours in starts if name.startswith(start)), None)


def _interface(name: str, entry: Object, now: datetime | None) -> Interface:
    ethernet, rate = inner(entry, "ethernet"), inner(entry, "traffic-rate")
    older_fec = said(inner(entry, "transceiver").get("forward-error-correction"))
    duplex = said(ethernet.get("duplex-mode"))
    return Interface(
        interface=name,
        admin_up=up(entry.get("admin-state")),
        oper_up=up(entry.get("oper-state")),
        oper_reason=oper_reason(entry.get("oper-down-reason")),
        description=said(entry.get("description")),
        mac=mac_address(ethernet.get("hw-mac-address")),
        mtu_bytes=count(entry.get("mtu")),
        mtu_header_bytes=ETHERNET_HEADER_BYTES if count(entry.get("mtu")) else None,
        speed_bps=_speed(ethernet.get("port-speed") or inner(entry, "lag").get("lag-speed")),
        duplex="full" if duplex == "full" else "half" if duplex == "half" else None,
        autoneg=up(ethernet.get("auto-negotiate")),
        fec_mode=_fec_mode(ethernet) or older_fec,
        last_change_s=since_s(entry.get("last-change"), now),
        in_rate_bps=number(rate.get("in-bps")),
        out_rate_bps=number(rate.get("out-bps")),
        **_counted(inner(entry, "statistics"), inner(ethernet, "statistics")),
        kind=kind(name),
    )


def _speed(value: Any) -> int | None:
    """`25G`; the speed of a group is a number of megabits."""
    found = count(value)
    return (found * 1_000_000 or None) if found is not None else speed_bps(value)


def _fec_mode(ethernet: Object) -> str | None:
    found = inner(ethernet, "forward-error-correction")
    word = said(found.get("operational-algorithm") or found.get("operational-fec")) or said(
        inner(ethernet, "forward-error-correction").get("fec-option")
    )
    known = (("rs", "reed-solomon"), ("base-r", "fire-code"), ("fire", "fire-code"), ("disabled", "disabled"))
    return next((ours for start, ours in known if word and word.startswith(start)), word)


_COUNTERS: Final = tuple(
    (f"{way}_{ours}", f"{way}-{theirs}")
    for way in ("in", "out")
    for ours, theirs in (
        ("octets_bytes", "octets"),
        ("pkts", "packets"),
        ("errors_count", "error-packets"),
        ("discards_count", "discarded-packets"),
    )
)


def _counted(found: Object, ethernet: Object) -> dict[str, Any]:
    fields: dict[str, Any] = {ours: count(found.get(theirs)) for ours, theirs in _COUNTERS}
    for way in ("in", "out"):
        if fields[f"{way}_pkts"] is None:
            kinds = ("unicast", "broadcast", "multicast")
            fields[f"{way}_pkts"] = total(*(found.get(f"{way}-{one}-packets") for one in kinds))
    fields["in_fcs_errors_count"] = count(found.get("in-fcs-error-packets"))
    if fields["in_fcs_errors_count"] is None:
        fields["in_fcs_errors_count"] = count(ethernet.get("in-crc-error-frames"))
    fields["in_giants_count"] = count(ethernet.get("in-oversize-frames"))
    fields["carrier_transitions_count"] = count(found.get("carrier-transitions"))
    return fields


def _fec(name: str, ethernet: Object) -> Iterator[FecCounters]:
    found = inner(ethernet, "forward-error-correction")
    corrected = count(found.get("corrected-codewords") or found.get("total-corrected-codewords"))
    lost = count(found.get("uncorrected-codewords") or found.get("total-uncorrected-codewords"))
    rate = number(found.get("pre-fec-ber") or inner(found, "pre-fec-ber").get("instant"))
    if corrected is not None or lost is not None or rate is not None:
        yield FecCounters(
            interface=name,
            mode=_fec_mode(ethernet),
            corrected_codewords_count=corrected,
            uncorrected_codewords_count=lost,
            pre_fec_ber=rate,
        )


_LIMITS: Final = (
    ("low-alarm-threshold", "low_alarm"),
    ("low-warning-threshold", "low_warning"),
    ("high-warning-threshold", "high_warning"),
    ("high-alarm-threshold", "high_alarm"),
)
_PARAMETERS: Final = tuple(
    (theirs, f"{ours}_{unit}", tuple((limit, f"{ours}_{name}_{unit}") for limit, name in _LIMITS))
    for theirs, ours, unit in (
        ("input-power", "input_power", "dbm"),
        ("output-power", "output_power", "dbm"),
        ("laser-bias-current", "bias_current", "ma"),
        ("temperature", "temperature", "celsius"),
        ("voltage", "supply_voltage", "v"),
    )
)
"""Of each value its container, our field, and its limits with ours."""


def _module(name: str, found: Object) -> Iterator[Fact]:
    present = "not-present" not in {said(found.get("oper-down-reason")), said(found.get("oper-state"))}
    wavelength = number(found.get("wavelength"))
    yield Transceiver(
        interface=name,
        present=present,
        form_factor=said(found.get("form-factor")),
        media_type=said(found.get("ethernet-pmd")),
        vendor=said(found.get("vendor")),
        part_number=said(found.get("vendor-part-number")),
        serial=said(found.get("serial-number")),
        wavelength_nm=wavelength or None,
    )
    if not present:
        return
    module = _values(found)
    lanes = {count(lane.get("index")) or 1: module | _values(lane) for lane in rows(found, "channel")}
    for lane, fields in sorted(lanes.items()) or ([(1, module)] if module else []):
        yield OpticLane(interface=name, lane=lane, dom_supported=bool(fields), **fields)


def _values(found: Object) -> dict[str, Any]:
    """Values with their limits. What has no latest value has no limits of use either."""
    fields: dict[str, Any] = {}
    for theirs, ours, limits in _PARAMETERS:
        told = inner(found, theirs)
        value = number(told.get("latest-value"))
        if value is None:
            continue
        fields[ours] = max(value, NO_LIGHT_DBM) if ours.endswith("dbm") else value
        for limit, name in limits:
            if (level := number(told.get(limit))) is not None:
                fields[name] = level
    return fields


def _members(name: str, lag: Object) -> Iterator[LagMember]:
    for member in rows(lag, "member"):
        port = said(member.get("name"))
        lacp = inner(member, "lacp")
        oper = said(member.get("oper-state"))
        if port:
            partner = mac_address(lacp.get("partner-id"))
            yield LagMember(
                lag=name,
                interface=port,
                state="bundled" if oper == "up" else "down" if oper == "down" else None,
                reason=said(member.get("oper-down-reason")),
                partner_system=None if partner == "00:00:00:00:00:00" else partner,
                partner_key=str(lacp["partner-key"]) if count(lacp.get("partner-key")) else None,
                partner_interface=str(lacp["partner-port-num"])
                if count(lacp.get("partner-port-num"))
                else None,
            )


def _subinterface(port: str, entry: Object, now: datetime | None) -> Iterator[Fact]:
    index = entry.get("index")
    name = said(entry.get("name")) or (f"{port}.{index}" if index is not None else None)
    if not name:
        return
    v4, v6, counted = inner(entry, "ipv4"), inner(entry, "ipv6"), inner(entry, "statistics")
    reason = said(entry.get("oper-down-reason"))
    own = Interface(
        interface=name,
        admin_up=up(entry.get("admin-state")),
        oper_up=up(entry.get("oper-state")),
        oper_reason=None if reason == "port-down" else reason,  # the port itself tells why
        description=said(entry.get("description")),
        mtu_bytes=count(entry.get("ip-mtu")) or count(entry.get("l2-mtu")),
        mtu_header_bytes=ETHERNET_HEADER_BYTES if entry.get("l2-mtu") and not entry.get("ip-mtu") else None,
        lower_layer=lower_layer(name),
        last_change_s=since_s(entry.get("last-change"), now),
        in_octets_bytes=count(counted.get("in-octets")),
        in_pkts=count(counted.get("in-packets")),
        in_errors_count=count(counted.get("in-error-packets")),
        in_discards_count=count(counted.get("in-discarded-packets")),
        out_octets_bytes=count(counted.get("out-octets")),
        out_pkts=count(counted.get("out-packets")),
        out_errors_count=count(counted.get("out-error-packets")),
        out_discards_count=count(counted.get("out-discarded-packets")),
        addresses=tuple(_addresses(v4, v6)) or None,
        kind=kind(name),
    )
    if len(own.known()) > (2 if own.lower_layer is None else 3):
        yield own
    tag = count(inner(entry, "vlan", "encap", "single-tagged").get("vlan-id"))
    if tag:
        yield VlanMember(interface=port, vlan=tag, tagged=True)
    for entry_ in rows(inner(v4, "arp"), "neighbor"):
        yield from _neighbor(name, entry_, "ipv4-address")
    for entry_ in rows(inner(v6, "neighbor-discovery"), "neighbor"):
        yield from _neighbor(name, entry_, "ipv6-address")
    for family in (v4, v6):
        yield from _relay(name, inner(family, "dhcp-relay"))


def _addresses(v4: Object, v6: Object) -> Iterator[str]:
    for family in (v4, v6):
        for found in rows(family, "address"):
            prefix = said(found.get("ip-prefix"))
            if prefix and not prefix.lower().startswith("fe80:"):
                yield prefix


_STATES: Final[dict[str, Any]] = {
    "reachable": "reachable", "stale": "stale", "delay": "delay", "probe": "probe",
    "incomplete": "incomplete",
}  # fmt: skip


def _neighbor(interface_: str, entry: Object, key: str) -> Iterator[Neighbor]:
    """SR Linux tells when an entry changes next, not how old it is."""
    address = said(entry.get(key))
    if not address:
        return
    origin = bare(entry.get("origin"))
    told = said(entry.get("current-state"))
    yield Neighbor(
        address=address,
        mac=mac_address(entry.get("link-layer-address")),
        interface=interface_,
        state=_STATES.get(told or "")
        or ("permanent" if origin == "static" else "reachable" if origin else None),
    )


def _relay(name: str, found: Object) -> Iterator[DhcpRelay]:
    if not found:
        return
    counted = inner(found, "statistics")
    servers = found.get("server")
    lost = [count(counted.get(f"{side}-packets-discarded")) for side in ("client", "server")]
    yield DhcpRelay(
        interface=name,
        enabled=up(found.get("admin-state")),
        servers=tuple(str(one) for one in servers) if isinstance(servers, list) else None,
        requests_count=count(counted.get("client-packets-relayed")),
        replies_count=count(counted.get("server-packets-relayed")),
        dropped_count=sum(one for one in lost if one is not None)
        if any(one is not None for one in lost)
        else None,
    )

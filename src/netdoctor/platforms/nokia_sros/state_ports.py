"""Ports in the state tree: state, counters, module, light, and who is heard."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from netdoctor.model.facts import Fact, Interface, LldpNeighbor, OpticLane, Transceiver
from netdoctor.model.units import NO_LIGHT_DBM
from netdoctor.platforms.nokia_sros.lldp import port_name
from netdoctor.platforms.nokia_sros.ports import fec_mode, header_bytes, media_type
from netdoctor.platforms.nokia_sros.reading import since_s, yes
from netdoctor.platforms.nokia_sros.yang import Object, inner, rows
from netdoctor.platforms.values import count, mac_address, number, text, total


def port(entry: Object, at: datetime | None) -> Iterator[Fact]:
    """All that is told of one port."""
    name = text(entry.get("port-id"))
    if not name:
        return
    if _is_told(entry):
        own = _interface(name, entry, at)
        if len(own.known()) > 1:
            yield own
    transceiver = inner(entry, "transceiver")
    if transceiver:
        yield from _module(name, transceiver)
        yield from _lanes(name, transceiver)
    for scope in rows(inner(entry, "ethernet", "lldp"), "dest-mac"):
        for heard in rows(scope, "remote-system"):
            yield from _heard(name, heard)


def _is_told(entry: Object) -> bool:
    """True when more stands than the port's name, its module and who is heard."""
    return bool(entry.keys() - _APART or inner(entry, "ethernet").keys() - {"lldp"})


_APART: Final = {"port-id", "transceiver", "ethernet"}


def _interface(name: str, entry: Object, at: datetime | None) -> Interface:
    ethernet, counted = inner(entry, "ethernet"), inner(entry, "statistics")
    mac = entry.get("hardware-mac-address")
    speed = count(ethernet.get("oper-speed"))
    duplex = text(ethernet.get("oper-duplex"))
    return Interface(
        interface=name,
        admin_up=yes(text(entry.get("admin-state"))),
        oper_up=yes(text(entry.get("oper-state"))),
        oper_reason=text(entry.get("oper-state-down-reason") or entry.get("down-reason")),
        description=text(entry.get("description")),
        mac=mac_address(mac) if mac else None,
        mtu_bytes=count(ethernet.get("oper-mtu")) or count(ethernet.get("mtu")),
        mtu_header_bytes=header_bytes(text(ethernet.get("encap-type"))),
        speed_bps=speed * 1_000_000 if speed else None,
        duplex="full" if duplex == "full" else "half" if duplex == "half" else None,
        fec_mode=fec_mode(text(ethernet.get("oper-rs-fec-mode"))),
        last_change_s=since_s(text(entry.get("last-oper-change") or entry.get("last-state-change")), at),
        carrier_transitions_count=count(entry.get("phys-state-change-count")),
        **_counted(counted),
        in_fcs_errors_count=_fcs(ethernet),
    )


def _counted(found: Object) -> dict[str, Any]:
    if not found:
        return {}
    fields: dict[str, Any] = {ours: count(found.get(theirs)) for ours, theirs in _COUNTERS}
    for ours, theirs, kinds in _PACKETS:
        known = count(found.get(theirs))
        fields[ours] = total(*(found.get(kind) for kind in kinds)) if known is None else known
    return fields


_COUNTERS: Final = tuple(
    (f"{way}_{ours}", f"{way}-{theirs}")
    for way in ("in", "out")
    for ours, theirs in (
        ("octets_bytes", "octets"),
        ("errors_count", "errors"),
        ("discards_count", "discards"),
    )
)
_PACKETS: Final = tuple(
    (
        f"{way}_pkts",
        f"{way}-packets",
        tuple(f"{way}-{kind}-packets" for kind in ("unicast", "multicast", "broadcast")),
    )
    for way in ("in", "out")
)


def _fcs(ethernet: Object) -> int | None:
    told = inner(ethernet, "statistics", "ethernet-like-medium", "error")
    return count(told.get("fcs")) if told else None


def _module(name: str, found: Object) -> Iterator[Transceiver]:
    state = text(found.get("oper-state") or found.get("status"))
    part, serial = text(found.get("vendor-part-number")), text(found.get("vendor-serial-number"))
    kind = text(found.get("equipped-type") or found.get("type"))
    if not (state or part or serial or kind):
        return
    yield Transceiver(
        interface=name,
        present=state not in {"not-equipped", "unequipped"} if state else True,
        form_factor=kind,
        media_type=media_type(text(found.get("optical-compliance")) or "") or None,
        vendor=text(found.get("vendor-name") or found.get("vendor-manufacture")),
        part_number=part,
        serial=serial,
        wavelength_nm=number(found.get("laser-wavelength")),
    )


_OF_LANE: Final = (
    ("transmit-bias-current", "bias_current", "ma"),
    ("transmit-output-power", "output_power", "dbm"),
    ("received-optical-power", "input_power", "dbm"),
    ("temperature", "temperature", "celsius"),
    ("supply-voltage", "supply_voltage", "v"),
)
_LIMITS: Final = ("low-alarm", "low-warning", "high-warning", "high-alarm")
_THRESHOLDS: Final = {
    theirs: tuple((limit, f"{ours}_{limit.replace('-', '_')}_{unit}") for limit in _LIMITS)
    for theirs, ours, unit in _OF_LANE
}


def _lanes(name: str, transceiver: Object) -> Iterator[OpticLane]:
    """Each lane; the module's own temperature and voltage stand in every one."""
    found = inner(transceiver, "digital-diagnostic-monitoring")
    if not found:
        return
    module = _values(found)
    lanes = {count(lane.get("lane-id")) or 1: module | _values(lane) for lane in rows(found, "lane")}
    for lane, fields in sorted(lanes.items()) or ([(1, module)] if module else []):
        yield OpticLane(interface=name, lane=lane, dom_supported=bool(fields), **fields)


def _values(found: Object) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for theirs, ours, unit in _OF_LANE:
        told = inner(found, theirs)
        value = number(told.get("current"))
        if value is None:
            continue
        fields[f"{ours}_{unit}"] = max(value, NO_LIGHT_DBM) if unit == "dbm" else value
        for limit, name in _THRESHOLDS[theirs]:
            level = number(told.get(limit) or told.get(f"{limit}-threshold"))
            if level is not None:
                fields[name] = level
    return fields


def _heard(name: str, found: Object) -> Iterator[LldpNeighbor]:
    """SR OS gives an index as its port id, and the port's name in the description before a comma."""
    told, described = text(found.get("remote-port-id")), text(found.get("port-description"))
    by_index = not told or told.isdigit()
    device = text(found.get("system-name")) or text(found.get("chassis-id"))
    addresses = [text(one.get("management-address")) for one in rows(found, "management-address")]
    if device:
        yield LldpNeighbor(
            interface=name,
            neighbor_device=device,
            neighbor_interface=port_name(described) if by_index and described else told,
            neighbor_address=next(filter(None, addresses), None),
            neighbor_description=text(found.get("system-description")),
        )

"""What `show` prints of ports: the list, the table, one in detail."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from netdoctor.model.facts import Fact, Interface, OpticLane, QueueCounters, Transceiver
from netdoctor.model.units import NO_LIGHT_DBM
from netdoctor.platforms.base import command
from netdoctor.platforms.nokia_srl.queues import traffic_class
from netdoctor.platforms.nokia_srl.reading import (
    Read,
    Row,
    boxed,
    each,
    fields,
    number_of,
    on_request,
    said,
    up,
)
from netdoctor.platforms.nokia_srl.state_ports import ETHERNET_HEADER_BYTES, kind, lower_layer, oper_reason
from netdoctor.platforms.text import Block, blocks
from netdoctor.platforms.values import clean, count, duration_s, number, speed_bps


@command(
    "show interface brief",
    area="interface",
    gives=(Interface,),
    arguments=on_request,
    aliases=("show interface {name} brief",),
)
def brief(output: str, name: str = "") -> Read:
    """Every port in one table."""
    yield from each(boxed(output), _brief)


def _brief(row: Row) -> Read:
    yield Interface(
        interface=row.cells["port"],
        admin_up=up(row.cells.get("adminstate")),
        oper_up=up(row.cells.get("operstate")),
        speed_bps=speed_bps(row.cells.get("speed", "")),
        description=said(row.cells.get("description")),
        kind=kind(row.cells["port"]),
    )


_DETAIL: Final = re.compile(r"^ *(?P<what>Interface|Subinterface) *: (?P<name>\S+) *$", re.M)
_COUNTER: Final = re.compile(
    r"^ +(?P<name>[A-Z][\w /]*?)(?: +| *: *)(?P<rx>\d+|N/A) +(?P<tx>\d+|N/A) *$", re.M
)
_CHANGED: Final = re.compile(r"(?P<age>\S+(?: \S+)*?) ago(?:, (?P<flaps>\d+) flaps)?")


@command(
    "show interface {name} detail",
    area="interface",
    gives=(Interface, OpticLane, Transceiver),
    arguments=on_request,
    aliases=("show interface detail",),
)
def detail(output: str, name: str = "") -> Read:
    """Ports and subinterfaces in full."""
    yield from each(blocks(output, _DETAIL), _detail)


def _detail(block: Block) -> Read:
    name = block.head["name"]
    found = fields(block.text.split("\nTraffic statistics", 1)[0])
    rows = {row["name"]: (count(row["rx"]), count(row["tx"])) for row in _COUNTER.finditer(block.text)}
    changed = _CHANGED.search(found.get("last change", ""))
    yield Interface(
        interface=name,
        oper_up=up(found.get("oper state")),
        oper_reason=oper_reason(found.get("down reason")),
        description=said(found.get("description")),
        mtu_bytes=number_of(found.get("mtu")) or number_of(found.get("ip mtu")),
        mtu_header_bytes=ETHERNET_HEADER_BYTES if number_of(found.get("mtu")) else None,
        lower_layer=lower_layer(name),
        speed_bps=speed_bps(found.get("speed", "")),
        last_change_s=duration_s(changed["age"]) if changed else None,
        carrier_transitions_count=count(changed["flaps"]) if changed and changed["flaps"] else None,
        **_counters(rows),
        kind=kind(name),
    )
    if block.head["what"] == "Interface":
        yield from _transceiver(name, block.text)


_NAMES: Final = {
    "Octets": ("in_octets_bytes", "out_octets_bytes"),
    "Errored packets": ("in_errors_count", "out_errors_count"),
    "FCS error packets": ("in_fcs_errors_count", None),
    "Oversize frames": ("in_giants_count", None),
    "Discarded packets": ("in_discards_count", "out_discards_count"),
}


def _counters(rows: dict[str, tuple[int | None, int | None]]) -> dict[str, Any]:
    fields_: dict[str, Any] = {}
    for name, (into, out) in _NAMES.items():
        if name in rows:
            fields_[into] = rows[name][0]
            if out:
                fields_[out] = rows[name][1]
    kinds = [
        rows[f"{word} packets"] for word in ("Unicast", "Broadcast", "Multicast") if f"{word} packets" in rows
    ]
    if kinds:
        fields_["in_pkts"] = sum(into or 0 for into, _ in kinds)
        fields_["out_pkts"] = sum(out or 0 for _, out in kinds)
    rate = rows.get("kbps rate")
    if rate:
        fields_["in_rate_bps"] = rate[0] * 1000.0 if rate[0] is not None else None
        fields_["out_rate_bps"] = rate[1] * 1000.0 if rate[1] is not None else None
    return fields_


_PARAMETER: Final = re.compile(
    r"^ *(?P<name>Laser bias current|Temperature|Voltage|Input power|Output power|Module temperature|"
    r"Module voltage)"
    r"[^\d:+-]*:? +(?P<value>[-+]?[\d.]+)(?P<rest>(?: +[-+]?[\d.]+)*)",
    re.M | re.I,
)
_FIELD: Final = {
    "laser bias current": ("bias_current", "ma"), "temperature": ("temperature", "celsius"),
    "module temperature": ("temperature", "celsius"), "voltage": ("supply_voltage", "v"),
    "module voltage": ("supply_voltage", "v"), "input power": ("input_power", "dbm"),
    "output power": ("output_power", "dbm"),
}  # fmt: skip


def _transceiver(name: str, text: str) -> Iterator[Fact]:
    start = text.find("Transceiver detail")
    if start < 0:
        return
    part = text[start:].split("\n====", 1)[0]
    found = fields(part)
    present = found.get("oper down reason") != "not-present"
    yield Transceiver(
        interface=name,
        present=present,
        form_factor=said(found.get("form factor")),
        media_type=said(found.get("ethernet pmd")),
        vendor=said(found.get("vendor")),
        part_number=said(found.get("vendor part") or found.get("vendor part number")),
        serial=said(found.get("vendor serial") or found.get("serial number")),
    )
    values: dict[str, float] = {}
    for row in _PARAMETER.finditer(part):
        ours, unit = _FIELD[row["name"].lower()]
        value = number(row["value"])
        if value is not None:
            values[f"{ours}_{unit}"] = max(value, NO_LIGHT_DBM) if unit == "dbm" else value
            levels = [number(word) for word in row["rest"].split()]
            if len(levels) == 4:
                names = ("high_alarm", "low_alarm", "high_warning", "low_warning")
                told = ((f"{ours}_{name}_{unit}", level) for name, level in zip(names, levels, strict=True))
                values |= {field: level for field, level in told if level is not None}
    if present and values:
        yield OpticLane(interface=name, lane=1, dom_supported=True, **values)  # type: ignore[arg-type]  # all are numbers


_QUEUE: Final = re.compile(
    r"^ *(?P<queue>unicast-\d+|multicast-\d+|[\w-]+) +(?P<sent>\d+) +(?P<octets>\d+) +(?P<dropped>\d+)"
    r"(?: +(?P<lost>\d+))? *$",
    re.M,
)


@command("show interface {name} queue-statistics", area="queue", gives=(QueueCounters,), arguments=on_request)
def queue_statistics(output: str, name: str = "") -> Read:
    """What the queues of one port sent and dropped, from a boxed table or a plain one."""
    rows = list(boxed(output))
    yield from each(iter(rows), lambda row: _boxed_queue(name, row))
    if not rows:
        for found in _QUEUE.finditer(output):
            yield QueueCounters(
                interface=name,
                queue=clean(found["queue"]),
                traffic_class=traffic_class(found["queue"]),
                transmitted_pkts=count(found["sent"]),
                transmitted_bytes=count(found["octets"]),
                dropped_pkts=count(found["dropped"]),
                dropped_bytes=count(found["lost"]),
            )


def _boxed_queue(name: str, row: Row) -> Read:
    def of(*words: str) -> int | None:
        found = next((cell for key, cell in row.cells.items() if all(word in key for word in words)), None)
        return count(found)

    queue = next(iter(row.cells.values()))
    yield QueueCounters(
        interface=name,
        queue=queue,
        traffic_class=traffic_class(queue),
        transmitted_pkts=of("pac", "tra") if of("pac", "tra") is not None else of("pac", "forw"),
        transmitted_bytes=of("oct", "tra") if of("oct", "tra") is not None else of("oct", "forw"),
        dropped_pkts=of("pac", "drop"),
        dropped_bytes=of("oct", "drop"),
    )


_LINE: Final = re.compile(
    r"^(?P<indent> *)(?P<name>[a-z][\w/-]*\d(?:\.\d+)?|system0(?:\.\d+)?) is (?P<state>up|down)(?P<rest>.*)$",
    re.M,
)
_ADDRESS: Final = re.compile(r"^ +IPv[46] addr *: (?P<address>\S+)", re.M)
_INSTANCE: Final = re.compile(r"\* Name: (?P<name>\S+)|^ +Network-instance *: (?P<on>\S+)", re.M)


@command(
    "show interface",
    area="interface",
    gives=(Interface,),
    arguments=on_request,
    aliases=("show interface all", "show interface {name}"),
)
def listed(output: str, name: str = "") -> Read:
    """Ports that are up, or all, with their subinterfaces."""
    yield from each(blocks(output, _LINE), _listed)


def _listed(block: Block) -> Read:
    head, rest = block.head, block.head["rest"]
    reason = re.search(r"reason (\S+?)(?:,|$)", rest)
    why = oper_reason(reason[1]) if reason else None
    speed = re.search(r"speed (\S+?)(?:,|$)", rest)
    addresses = [row["address"] for row in _ADDRESS.finditer(block.text)]
    instance = _INSTANCE.search(block.text)
    yield Interface(
        interface=head["name"],
        lower_layer=lower_layer(head["name"]),
        admin_up=_admin_up(head["state"], reason[1] if reason else None),
        oper_up=head["state"] == "up",
        oper_reason=why,
        speed_bps=speed_bps(speed[1]) if speed else None,
        addresses=tuple(one for one in addresses if not one.lower().startswith("fe80:")) or None,
        vrf=said(instance["name"] or instance["on"]) if instance else None,
        kind=kind(head["name"]),
    )


def _admin_up(state: str, reason: str | None) -> bool | None:
    """Of what is down only the reason tells whether somebody shut it down."""
    return None if state == "down" and reason is None else "admin-disabled" not in (reason or "")


_ON_INSTANCE: Final = re.compile(r"^Net instance +: (?P<vrf>\S+)\nInterface +: (?P<name>\S+)", re.M)
_PREFIX: Final = re.compile(r"^ +(?P<prefix>[0-9A-Fa-f:.]+/\d{1,3}) +\S", re.M)


@command(
    "show network-instance * interfaces",
    area="interface",
    gives=(Interface,),
    aliases=("show network-instance {vrf} interfaces",),
)
def of_instance(output: str, vrf: str = "") -> Read:
    """The subinterfaces of a network instance with their addresses."""
    yield from each(blocks(output, _ON_INSTANCE), _of_instance)


def _of_instance(block: Block) -> Read:
    found, name = fields(block.text), block.head["name"]
    prefixes = [row["prefix"] for row in _PREFIX.finditer(block.text)]
    yield Interface(
        interface=name,
        vrf=block.head["vrf"],
        oper_up=up(found.get("oper state")),
        oper_reason=said(found.get("oper down reason") or found.get("down reason")),
        mtu_bytes=number_of(found.get("ip mtu")),
        lower_layer=lower_layer(name),
        addresses=tuple(one for one in prefixes if not one.lower().startswith("fe80:")) or None,
        kind=kind(name),
    )

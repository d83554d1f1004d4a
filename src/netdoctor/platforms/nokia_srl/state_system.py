"""The device in the state tree: identity, hardware, time, applications, commits, who is heard."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from netdoctor.model.facts import (
    Clock,
    ConfigChange,
    CpuMemory,
    DeviceInfo,
    Fact,
    LldpNeighbor,
    NtpPeer,
    RoutingProcess,
    Sensor,
)
from netdoctor.platforms.nokia_srl.reading import Object, Read, inner, moment, rows, said, since_s
from netdoctor.platforms.nokia_srl.show_load import busiest
from netdoctor.platforms.nokia_srl.state_tables import tables
from netdoctor.platforms.values import count, number


def system(entry: Object, now: datetime | None) -> Read:
    """Version, clock, NTP, applications, commits."""
    information = inner(entry, "information")
    name = said(inner(entry, "name").get("host-name"))
    if information or name:
        yield DeviceInfo(
            hostname=name,
            vendor="Nokia" if information else None,
            model=None,
            os_version=said(information.get("version")),
            uptime_s=since_s(
                information.get("last-booted"), moment(information.get("current-datetime")) or now
            ),
        )
    if told := moment(information.get("current-datetime")):
        yield Clock(device_time=told)
    yield from _ntp(inner(entry, "ntp"))
    for application in rows(inner(entry, "app-management"), "application"):
        yield from _application(application)
    for commit in rows(inner(entry, "configuration"), "commit"):
        yield from _commit(commit)


def _ntp(found: Object) -> Iterator[Fact]:
    """`synchronized` names the server that the clock follows, or says `synchronized`."""
    word = said(found.get("synchronized"))
    synchronised = None if word is None else word.lower() not in {"unsynchronized", "unsync", "false", "no"}
    if word is not None:
        yield Clock(synchronised=synchronised)
    for server in rows(found, "server"):
        if not (address := said(server.get("address"))):
            continue
        state = (
            said(server.get("poll-state") or server.get("state") or server.get("associated-state")) or ""
        ).lower()
        offset, stratum = number(server.get("offset")), count(server.get("stratum"))
        chosen = word == address or state in {"selected", "synchronized", "chosen", "sys.peer"}
        yield NtpPeer(
            address=address,
            selected=chosen if synchronised or state else False if synchronised is False else None,
            reachable=True if stratum and stratum < UNSYNCHRONISED_STRATUM else None,
            stratum=stratum,
            offset_ms=offset,
            synchronised=chosen if synchronised or state else synchronised,
        )


UNSYNCHRONISED_STRATUM: Final = 16
"""RFC 5905 figure 11; of a server that was never heard no stratum is told."""

_PROTOCOLS: Final[dict[str, Any]] = {
    "bgp_mgr": "bgp", "ospf_mgr": "ospf", "isis_mgr": "isis", "bfd_mgr": "bfd", "fib_mgr": "rib",
    "lldp_mgr": "lldp",
}  # fmt: skip


def _application(entry: Object) -> Iterator[RoutingProcess]:
    """Applications that nothing in the configuration asks for wait, and are not started."""
    protocol = _PROTOCOLS.get(str(entry.get("name")))
    state = said(entry.get("state"))
    if protocol and state:
        waiting = state.startswith("wait")
        yield RoutingProcess(
            protocol=protocol, name=str(entry["name"]), configured=not waiting, running=state == "running"
        )


def _commit(entry: Object) -> Iterator[ConfigChange]:
    when = moment(entry.get("timestamp") or entry.get("date") or entry.get("created"))
    user = said(entry.get("username") or entry.get("user"))
    if when or user:
        yield ConfigChange(
            at=when,
            user=user,
            via=said(entry.get("name") or entry.get("type")),
            summary=said(entry.get("comment")) or f"commit {entry.get('id', '')}".strip(),
        )


def platform(entry: Object, now: datetime | None) -> Read:
    """Chassis, control modules, line cards, fans, power."""
    chassis = inner(entry, "chassis")
    if model := said(chassis.get("type")):
        yield DeviceInfo(vendor="Nokia", model=model, serial=said(chassis.get("serial-number")))
    for module in rows(entry, "control"):
        yield from _control(module)
    for kind in ("control", "linecard", "fabric", "power-supply"):
        for module in rows(entry, kind):
            slot = module.get("slot", module.get("id", ""))
            yield from _warmth(f"{kind} {slot}".strip(), inner(module, "temperature"))
    for module in rows(entry, "linecard"):
        yield from tables(f"linecard {module.get('slot', '')}".strip(), module)
    for tray in rows(entry, "fan-tray"):
        fan = inner(tray, "fan")
        yield Sensor(
            name=f"fan-tray {tray.get('id', '')}".strip(),
            kind="fan",
            value=number(fan.get("speed")),
            unit="percent" if "speed" in fan else None,
            state=state(tray.get("oper-state")),
        )
    for supply in rows(entry, "power-supply"):
        yield Sensor(
            name=f"power-supply {supply.get('id', '')}".strip(),
            kind="power",
            value=number(inner(supply, "input").get("power")),
            unit="watts" if "power" in inner(supply, "input") else None,
            state=state(supply.get("oper-state")),
        )


def state(word: Any) -> Any:
    """`up`, `empty`, `failed` in common words."""
    found = (said(word) or "").lower()
    known = {"up": "ok", "empty": "absent", "degraded": "warning", "warning": "warning"}
    return known.get(found) or (
        "failed" if found in {"down", "failed", "low-power"} else "warning" if found else None
    )


def _warmth(name: str, found: Object) -> Iterator[Sensor]:
    value, margin = number(found.get("instant")), number(found.get("margin"))
    if value is None:
        return
    alarm = found.get("alarm-status")
    yield Sensor(
        name=name,
        kind="temperature",
        value=value,
        unit="celsius",
        high_alarm=value + margin if margin is not None else None,
        state=None if alarm is None else "failed" if alarm is True else "ok",
    )


def _control(entry: Object) -> Iterator[Fact]:
    slot = str(entry.get("slot", ""))
    cpu = next((one for one in rows(entry, "cpu") if one.get("index") == "all"), {})
    total = inner(cpu, "total")
    memory = inner(entry, "memory")
    top, busy = busiest((one.get("name"), one.get("cpu-utilization")) for one in rows(entry, "process"))
    physical, free = count(memory.get("physical")), count(memory.get("free"))
    used = physical - free if physical is not None and free is not None and physical >= free else None
    load = number(total.get("average-1"))
    if not total and not memory:
        return
    yield CpuMemory(
        component=f"control {slot}".strip(),
        cpu_pct=load if load is not None else number(total.get("instant")),
        memory_used_bytes=count(memory.get("reserved")) if "reserved" in memory else used,
        memory_total_bytes=physical,
        top_process=top,
        top_process_cpu_pct=busy,
    )


def lldp(entry: Object) -> Read:
    """Every neighbour of every port."""
    for port in rows(entry, "interface"):
        name = said(port.get("name"))
        for heard in rows(port, "neighbor"):
            device = said(heard.get("system-name")) or said(heard.get("chassis-id"))
            if not name or not device:
                continue
            addresses = [said(one.get("address")) for one in rows(heard, "management-address")]
            yield LldpNeighbor(
                interface=name,
                neighbor_device=device,
                neighbor_interface=_port(heard),
                neighbor_address=next(filter(None, addresses), None),
                neighbor_description=said(heard.get("system-description")),
            )


def _port(heard: Object) -> str | None:
    """The far port's name: of a MAC address or an index as port id, what it is described by."""
    told, described = said(heard.get("port-id")), said(heard.get("port-description"))
    by_name = str(heard.get("port-id-type", "")).upper() not in {"MAC_ADDRESS", "LOCAL"} or not described
    return told if by_name else described

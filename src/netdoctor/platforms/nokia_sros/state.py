"""The state tree: what the MD-CLI prints for `info json /state …`, and NETCONF for a `<get>`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Final

from netdoctor.model.events import Note
from netdoctor.model.facts import (
    BgpAfi,
    BgpInstance,
    BgpRoute,
    BgpSession,
    Clock,
    CpuMemory,
    DeviceInfo,
    Fact,
    Interface,
    IsisAdjacency,
    IsisInstance,
    IsisInterface,
    LldpNeighbor,
    Neighbor,
    OpticLane,
    OspfInstance,
    OspfInterface,
    OspfNeighbor,
    Route,
    Sensor,
    TcpConnection,
    Transceiver,
)
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.nokia_sros.reading import Read, moment, on_request, sensor_state, vrf_name
from netdoctor.platforms.nokia_sros.route_summary import when_small
from netdoctor.platforms.nokia_sros.state_ports import port
from netdoctor.platforms.nokia_sros.state_routing import router
from netdoctor.platforms.nokia_sros.yang import Object, inner, rows, tree
from netdoctor.platforms.values import clean, count, number, seconds, text

_ODD: Final = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
_ROUTING = (BgpSession, BgpAfi, BgpInstance)
_ALL = (
    *_ROUTING, BgpRoute, Clock, CpuMemory, DeviceInfo, Interface, IsisAdjacency, IsisInstance, IsisInterface,
    LldpNeighbor,
    Neighbor, OpticLane, OspfInstance, OspfInterface, OspfNeighbor, Route, Sensor, TcpConnection, Transceiver,
)  # fmt: skip

_STARTS = ("info json /state", "info json state", "info /state", "info state", "info from state")
_PATHS = (
    "[ {path*}]",
    ' router "{router}"[ {path*}]',
    ' router "{router}" {path*} "{name}"[ {rest*}]',
    ' service vprn "{service}"[ {path*}]',
    ' {path*} "{name}"[ {rest*}]',
)


@command('info json /state router "Base" bgp neighbor *', area="bgp", gives=_ROUTING)
def bgp(output: str, at: datetime | None = None) -> Read:
    """The BGP neighbours of the base router, with the last error in words and what each family received."""
    yield from _read(output, 'router "Base" bgp neighbor *', at)


@command("info json /state port * statistics", area="interface", gives=(Interface,), sampled=True)
def counters(output: str, at: datetime | None = None) -> Read:
    """What every port counted: errors and discards of all at once."""
    yield from _read(output, "port * statistics", at)


@command(
    "info json /state port * transceiver",
    area="optics",
    gives=(Interface, OpticLane, Transceiver),
)
def light(output: str, at: datetime | None = None) -> Read:
    """Every module and its light."""
    yield from _read(output, "port * transceiver", at)


@command("info json /state port * ethernet statistics", area="interface", gives=(Interface,), sampled=True)
def errors(output: str, at: datetime | None = None) -> Read:
    """The errors of every port by their kind."""
    yield from _read(output, "port * ethernet statistics", at)


def last(facts: Sequence[Fact]) -> tuple[dict[str, str], ...]:
    """Once, after what needs no arguments: the time is held against that of the newest answer about it."""
    return ({},)


@command("info json /state system current-time", area="device", gives=(Clock,), arguments=last)
def clock(output: str, at: datetime | None = None) -> Read:
    """The time in tenths of a second; `show system time` tells whole ones."""
    yield from _read(output, "system current-time", at)


@command("info json /state port * ethernet lldp", area="lldp", gives=(Interface, LldpNeighbor))
def heard(output: str, at: datetime | None = None) -> Read:
    """Who is heard on every port, with names in full."""
    yield from _read(output, "port * ethernet lldp", at)


@command(
    'info json /state router "Base" bgp rib',
    area="bgp",
    gives=(BgpRoute, BgpInstance),
    arguments=when_small,
)
def rib(output: str, at: datetime | None = None) -> Read:
    """The BGP table of the base router, and what of its own it tells its neighbours.

    Where there is no neighbour it still holds what BGP might announce.
    """
    found = list(_read(output, 'router "Base" bgp rib', at))
    yield from found or ([EMPTY] if '"local-rib"' in output else [])


@command(
    "info json /state system",
    area="device",
    gives=_ALL,
    arguments=on_request,
    aliases=(
        *(f"{start}{rest}" for start in _STARTS for rest in _PATHS),
        "info state {path*} | as json",
        "NETCONF <get>[ {path*}]",
        "NETCONF <get-data>[ {path*}]",
    ),
)
def any_state(
    output: str,
    path: str = "system",
    router: str = "",
    service: str = "",
    name: str = "",
    rest: str = "",
    at: datetime | None = None,
) -> Read:
    """Any part of the tree."""
    words = (f'router "{router}"' if router else f'service vprn "{service}"' if service else "", path)
    whole = " ".join((*words, f'"{name}"' if name else "", rest))
    yield from _read(output, whole, at)


def _read(output: str, path: str, at: datetime | None) -> Iterator[Fact | Note]:
    if not output.strip():
        return
    found = tree(output, path)
    nothing = True
    for fact in _facts(found, at):
        nothing = False
        yield fact
    if nothing and _bare(tree(output)):
        yield EMPTY


def _bare(found: Any) -> bool:
    """True for a tree without a single value in it: the path exists and holds nothing."""
    if isinstance(found, dict):
        return all(_bare(one) for one in found.values())
    return all(_bare(one) for one in found) if isinstance(found, list) else found in ("", None)


def _facts(found: Object, at: datetime | None) -> Iterator[Fact | Note]:
    system = inner(found, "system")
    now = moment(text(system.get("current-time"))) or at
    yield from _each(_of_system(system, found, at), "system")
    for entry in rows(found, "chassis"):
        yield from _each(_chassis(entry), "chassis")
    for name in ("card", "cpm"):
        for entry in rows(found, name):
            yield from _each(_board(name, entry), name)
    for entry in rows(found, "port"):
        yield from _each(port(entry, now), f"port {entry.get('port-id')}")
    for entry in rows(found, "router"):
        vrf = vrf_name(text(entry.get("router-name")))
        yield from _each(router(vrf, entry, now), f"router {vrf}")
    for kind in ("vprn", "ies"):
        for entry in rows(inner(found, "service"), kind):
            vrf = str(entry.get("service-name") or "") if kind == "vprn" else "default"
            yield from _each(router(vrf, entry, now), f"{kind} {vrf}")


def _each(facts: Iterator[Fact | Note], where: str) -> Iterator[Fact | Note]:
    """The facts of one part; an odd value loses the rest of that part only."""
    try:
        yield from facts
    except _ODD as error:
        yield Note(text=clean(f"{where}: {error!r}")[:200])


def _of_system(system: Object, found: Object, at: datetime | None) -> Iterator[Fact]:
    version = text(inner(system, "version").get("version-number"))
    name, model = text(system.get("oper-name")), text(system.get("platform"))
    serial = next(
        (text(inner(one, "hardware-data").get("serial-number")) for one in rows(found, "chassis")), None
    )
    if name or model or version or serial:
        yield DeviceInfo(
            hostname=name,
            vendor="Nokia",
            model=model,
            os_version=version,
            serial=serial,
            uptime_s=seconds(system.get("up-time")),
            last_reload_reason=text(inner(system, "last-reboot").get("reason")),
        )
    if told := moment(text(system.get("current-time"))):
        yield Clock(device_time=told)
    if state := text(system.get("temperature-status")):
        yield Sensor(name="chassis", kind="temperature", state="ok" if state == "ok" else "failed")
    yield from _load(system)
    for entry in rows(inner(system, "connections"), "tcp-connection"):
        yield from _connection(entry)


_PERIOD: Final = 60
"""Of the loads over 1, 60 and 300 seconds, the minute's counts: what we ask would show in the second's."""


def _load(system: Object) -> Iterator[CpuMemory]:
    loads = {count(entry.get("sample-period")): entry for entry in rows(system, "cpu")}
    entry = loads.get(_PERIOD) or next(iter(loads.values()), {})
    usage = number(inner(entry, "summary", "usage").get("cpu-usage"))
    tasks = {
        name: used
        for name, task in entry.items()
        if isinstance(task, dict) and (used := number(task.get("cpu-usage"))) is not None
    }
    top = max(tasks, key=lambda name: tasks[name]) if tasks else None
    pools = inner(system, "memory-pools", "summary")
    used, size, free = (
        count(pools.get(name)) for name in ("total-in-use", "current-total-size", "available-memory")
    )
    if usage is not None or used is not None:
        yield CpuMemory(
            cpu_pct=usage,
            top_process=top,
            top_process_cpu_pct=tasks[top] if top else None,
            memory_used_bytes=used,
            memory_total_bytes=size + free if size is not None and free is not None else None,
        )


_TCP: Final[dict[str, Any]] = {
    "establish": "established", "established": "established", "listen": "listen", "syn-sent": "syn_sent",
    "syn-received": "syn_recv", "syn-recv": "syn_recv",
}  # fmt: skip


def _connection(entry: Object) -> Iterator[TcpConnection]:
    local, remote = text(entry.get("local-ip-address")), text(entry.get("remote-ip-address"))
    ports = count(entry.get("local-port")), count(entry.get("remote-port"))
    if local and remote and ports[0] is not None and ports[1] is not None:
        yield TcpConnection(
            local_address=local,
            local_port=ports[0],
            remote_address=remote,
            remote_port=ports[1],
            state=_TCP.get(str(entry.get("tcp-state")), "closing"),
        )


def _chassis(entry: Object) -> Iterator[Fact]:
    for fan in rows(entry, "fan"):
        name = f"fan tray {fan.get('fan-slot', 1)}"
        state = text(fan.get("oper-state")) or text(inner(fan, "hardware-data").get("oper-state"))
        yield Sensor(name=name, kind="fan", state=sensor_state(state))
    for supply in rows(entry, "power-supply"):
        state = text(inner(supply, "hardware-data").get("oper-state")) or text(supply.get("oper-state"))
        yield Sensor(
            name=f"power supply {supply.get('power-supply-id', 1)}", kind="power", state=sensor_state(state)
        )
    yield from _warmth("chassis", inner(entry, "hardware-data"))


def _board(kind: str, entry: Object) -> Iterator[Fact]:
    slot = entry.get("slot-number", entry.get("cpm-slot", ""))
    yield from _warmth(f"{kind} {slot}".strip(), inner(entry, "hardware-data"))
    for mda in rows(entry, "mda"):
        yield from _warmth(f"mda {slot}/{mda.get('mda-slot', '')}", inner(mda, "hardware-data"))


def _warmth(name: str, found: Object) -> Iterator[Sensor]:
    value, high = number(found.get("temperature")), number(found.get("temperature-threshold"))
    if value is None or value < 0:
        return
    yield Sensor(
        name=name,
        kind="temperature",
        value=value,
        unit="celsius",
        high_alarm=high,
        state=None if high is None else "ok" if value < high else "failed",
    )

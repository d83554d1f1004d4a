"""The device itself: what it is, how long it runs, its load and its clock."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Literal

from netdoctor.model.facts import Clock, CpuMemory, DeviceInfo, NtpPeer, RoutingProcess
from netdoctor.platforms.arista_eos.reading import (
    Object,
    Read,
    age_s,
    document,
    each,
    inner,
    listed,
    objects,
    seconds,
)
from netdoctor.platforms.base import EMPTY, NotUnderstood, command
from netdoctor.platforms.values import count, number, text

_KIB = 1024
ROUTING: dict[str, Literal["bgp", "ospf", "isis", "bfd", "rib", "lldp"]] = {
    "Bgp": "bgp",
    "Bgp-main": "bgp",
    "Ospf": "ospf",
    "Isis": "isis",
    "Bfd": "bfd",
    "Lldp": "lldp",
    "Rib": "rib",
    "IpRib": "rib",
}
"""Routing agents by their process's name. One process of `Rib` runs all protocols of older EOS."""


@command(
    "show version | json",
    area="device",
    gives=(DeviceInfo, CpuMemory),
    aliases=("show version detail | json",),
)
def version(output: str, at: datetime | None = None) -> Read:
    """Model, software, serial number, uptime, memory (KiB)."""
    found = document(output)
    if not found:
        return
    if "modelName" not in found and "version" not in found:
        raise NotUnderstood("no 'modelName'")
    yield DeviceInfo(
        vendor="Arista",
        model=text(found.get("modelName")),
        os_version=text(found.get("version")),
        serial=text(found.get("serialNumber")),
        uptime_s=number(found.get("uptime")) or age_s(found.get("bootupTimestamp"), seconds(at)),
    )
    all_kib, free_kib = count(found.get("memTotal")), count(found.get("memFree"))
    if all_kib and free_kib is not None and free_kib <= all_kib < 2**50:
        used = (all_kib - free_kib) * _KIB
        yield CpuMemory(memory_used_bytes=used, memory_total_bytes=all_kib * _KIB)


@command("show hostname | json", area="device", gives=(DeviceInfo,))
def hostname(output: str) -> Read:
    """The device's own name."""
    found = document(output)
    if not found:
        return
    name = text(found.get("hostname")) or text(found.get("fqdn"))
    if name is None:
        raise NotUnderstood("no 'hostname'")
    yield DeviceInfo(hostname=name)


@command("show reload cause | json", area="device", gives=(DeviceInfo,))
def reload_cause(output: str) -> Read:
    """Why the device last started, in its own words."""
    found = document(output)
    if not found:
        return
    if not isinstance(found.get("resetCauses"), list):
        raise NotUnderstood("no 'resetCauses'")
    causes = [text(inner(cause).get("description")) for cause in found["resetCauses"]]
    yield DeviceInfo(last_reload_reason=causes[0]) if causes else EMPTY


@command("show processes top once | json", area="device", gives=(CpuMemory, RoutingProcess))
def processes(output: str) -> Read:
    """The load of the control plane, its busiest process, and the routing agents that run."""
    found = document(output)
    if not found:
        return
    idle = number(inner(found, "cpuInfo", "%Cpu(s)").get("idle"))
    running = [entry for _, entry in objects(found.get("processes"))]
    busiest = max(running, key=lambda entry: number(entry.get("cpuPct")) or 0.0, default={})
    if idle is None and not running:
        raise NotUnderstood("no 'cpuInfo'")
    yield CpuMemory(
        cpu_pct=round(100.0 - idle, 3) if idle is not None and 0 <= idle <= 100 else None,
        top_process=text(busiest.get("cmd")),
        top_process_cpu_pct=number(busiest.get("cpuPct")),
    )
    seen = {name: None for entry in running if (name := text(entry.get("cmd"))) in ROUTING}
    for name in filter(None, seen):
        yield RoutingProcess(protocol=ROUTING[name], name=name, running=True)
    yield from bgp_agent({text(entry.get("cmd")) for entry in running})


def bgp_agent(names: set[str | None]) -> Read:
    """Whether an agent of BGP runs, where its own is not in the list: `Rib` is one for all on older EOS.

    A list without `Sysdb`, which always runs, is not the whole one and says nothing.
    """
    if "Sysdb" in names and not names & {"Bgp", "Bgp-main"}:
        yield RoutingProcess(protocol="bgp", name="Bgp", running="Rib" in names)


@command("show clock | json", area="services", gives=(Clock,))
def clock(output: str) -> Read:
    """The device's time."""
    found = document(output)
    if not found:
        return
    utc_s = number(found.get("utcTime"))
    if utc_s is None or not 0 <= utc_s < 2**33:
        raise NotUnderstood("no 'utcTime'")
    yield Clock(device_time=datetime.fromtimestamp(utc_s, UTC))


@command("show ntp status | json", area="services", gives=(Clock,))
def ntp_status(output: str) -> Read:
    """Whether the clock follows a server; a device without NTP says nothing of it."""
    found = document(output)
    if not found:
        return
    word = text(found.get("status"))
    if word is None:
        raise NotUnderstood("no 'status'")
    yield EMPTY if word == "disabled" else Clock(synchronised=word.startswith("synchroni"))


@command("show ntp associations | json", area="services", gives=(NtpPeer,))
def ntp_associations(output: str) -> Read:
    """Every server; the offset is in milliseconds."""
    yield from each(document(output), "peers", _association)


def _association(name: str, found: Object) -> Read:
    condition = text(found.get("condition"))
    selected = condition in {"sys.peer", "pps.peer"} if condition else None
    yield NtpPeer(
        address=text(found.get("peerIpAddr")) or name,
        selected=selected,
        reachable=_reachable(found.get("reachabilityHistory")),
        stratum=count(found.get("stratumLevel")),
        offset_ms=number(found.get("offset")),
        synchronised=selected,
    )


def _reachable(history: Any) -> bool | None:
    """True when the last of the polls that NTP remembers was answered."""
    polls = [poll for poll in listed(history) if isinstance(poll, bool)]
    return any(polls) if polls else None

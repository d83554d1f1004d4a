"""The device itself, as EOS prints it in words: what it is, its load, its clock."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime

from netdoctor.model.facts import Clock, CpuMemory, DeviceInfo, Fact, NtpPeer, RoutingProcess
from netdoctor.platforms.arista_eos.reading import Read, document, on_request
from netdoctor.platforms.arista_eos.system import ROUTING
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.linux import cpu
from netdoctor.platforms.text import Line, each, fields, first, lines
from netdoctor.platforms.values import count, duration_s, number, text

_KIB = 1024
_MODEL = re.compile(r"^\s*Arista (?!Networks\b)(\S+)", re.MULTILINE)
_KIB_OF = re.compile(r"(\d+) kB")


@command(
    "show version",
    area="device",
    gives=(DeviceInfo, CpuMemory),
    arguments=on_request,
    aliases=("show version detail",),
)
def version(output: str) -> Read:
    """Model, software, serial number, uptime, memory (kB)."""
    said, model = fields(output), first(_MODEL, output)
    release = text(said.get("software image version"))
    if not model and not release:
        return
    yield DeviceInfo(
        vendor="Arista",
        model=model,
        os_version=release,
        serial=text(said.get("serial number")),
        uptime_s=duration_s(said.get("uptime")),
    )
    all_kib, free_kib = (
        count(first(_KIB_OF, said.get(name, ""))) for name in ("total memory", "free memory")
    )
    if all_kib and free_kib is not None and free_kib <= all_kib:
        yield CpuMemory(memory_used_bytes=(all_kib - free_kib) * _KIB, memory_total_bytes=all_kib * _KIB)


@command("show hostname", area="device", gives=(DeviceInfo,), arguments=on_request)
def hostname(output: str) -> Read:
    """The device's own name."""
    name = text(fields(output).get("hostname"))
    if name:
        yield DeviceInfo(hostname=name)


_CAUSE = re.compile(r"^\s*Reload Cause(?: 1)?:\s*\n(?:\s*-+\s*\n)?\s*(\S[^\n]*)", re.MULTILINE)


@command(
    "show reload cause",
    area="device",
    gives=(DeviceInfo,),
    arguments=on_request,
    aliases=("show reload cause full",),
)
def reload_cause(output: str) -> Read:
    """Why the device last started, in its own words."""
    cause = first(_CAUSE, output)
    if cause:
        yield DeviceInfo(last_reload_reason=cause)
    elif "cause" in output.lower():
        yield EMPTY


_PROCESS = re.compile(r"^ *\d+ +\S.* (\S+) *$", re.MULTILINE)


@command(
    "show processes top once",
    area="device",
    gives=(CpuMemory, RoutingProcess),
    arguments=on_request,
    aliases=("show processes top", "bash timeout {seconds} top {options*}", "bash top {options*}"),
)
def processes(output: str) -> Read:
    """The screen of top(1), in the eAPI's envelope too (`{"output": …}`), and the routing agents that run."""
    screen = output
    if output.lstrip().startswith("{"):
        screen = text(document(output).get("output")) or ""
    yield from cpu.processes(screen)
    for name in dict.fromkeys(_PROCESS.findall(screen)):
        if name in ROUTING:
            yield RoutingProcess(protocol=ROUTING[name], name=name, running=True)


_PEER = re.compile(
    r"^ {0,8}(?P<tally>[*#+ox~.-])?(?P<remote>[^\s*]\S*)\s+(?P<refid>\S+)\s+(?P<stratum>\d+)\s+[a-zA-Z-]\s+"
    r"\S+\s+\S+\s+(?P<reach>[0-7]+)\s+[\d.]+\s+(?P<offset>[-+]?[\d.]+)\s+\S+\s*$"
)


@command("show ntp associations", area="services", gives=(NtpPeer,), arguments=on_request)
def ntp_associations(output: str) -> Read:
    """Every server, as ntpq(1) prints them: names cut at fifteen letters, the offset in milliseconds."""
    yield from each(lines(output), _peer)
    if "NTP is disabled" in output or "refid" in output:
        yield EMPTY


def _peer(line: Line) -> Iterator[Fact]:
    if found := _PEER.match(line.text):
        selected = (found["tally"] or " ") in "*o"
        yield NtpPeer(
            address=found["remote"],
            selected=selected,
            reachable=int(found["reach"], 8) > 0,
            stratum=count(found["stratum"]),
            offset_ms=number(found["offset"]),
            synchronised=selected,
        )


@command("show ntp status", area="services", gives=(Clock,), arguments=on_request)
def ntp_status(output: str) -> Read:
    """Whether the clock follows a server."""
    word = output.lower().lstrip(" %")
    if word.startswith(("synchroni", "unsynchroni")):
        yield Clock(synchronised=word.startswith("synchroni"))
    elif "disabled" in word:
        yield EMPTY


_CLOCK = re.compile(r"\w{3} (\w{3} {1,2}\d{1,2} \d\d:\d\d:\d\d \d{4})")
_ZONE = re.compile(r"Time ?zone(?: is|:) (\S+)", re.IGNORECASE)


@command("show clock", area="services", gives=(Clock,), arguments=on_request)
def clock(output: str) -> Read:
    """The device's time; one of another zone than UTC is not told, for the offset is not printed."""
    found, zone = first(_CLOCK, output), first(_ZONE, output)
    if found and zone in {"UTC", "GMT", "Etc/UTC"}:
        yield Clock(device_time=datetime.strptime(found, "%b %d %H:%M:%S %Y").replace(tzinfo=UTC))
    elif found:
        yield EMPTY

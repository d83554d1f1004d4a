"""What host tools say of the machine: uptime, hostnamectl, free, mpstat, vmstat."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Final

from netdoctor.model.facts import CpuMemory, DeviceInfo
from netdoctor.platforms.base import NotUnderstood, command
from netdoctor.platforms.linux.reading import Read, on_request
from netdoctor.platforms.text import fields
from netdoctor.platforms.values import clean, count, number, text

_UP: Final = re.compile(r"\bup +(?:(\d+) days?, +)?(?:(\d+):(\d\d)|(\d+) min|(\d+) sec|(\d+) hours?)?")


def uptime_s(said: str) -> float | None:
    """Seconds in `up 12 days, 3:04`, `up 16:03`, `up 5 min`, as uptime(1), w and top write it."""
    found = _UP.search(said)
    if found is None or not any(found.groups()):
        return None
    days, hours, minutes, only_minutes, seconds, only_hours = (int(part or 0) for part in found.groups())
    return float(days * 86_400 + (hours + only_hours) * 3600 + (minutes + only_minutes) * 60 + seconds)


@command("uptime", area="device", gives=(DeviceInfo,), arguments=on_request, aliases=("w",))
def uptime(output: str) -> Read:
    """How long the machine has been up."""
    found = uptime_s(output)
    if found is not None:
        yield DeviceInfo(uptime_s=found)


@command(
    "hostname",
    area="device",
    gives=(DeviceInfo,),
    arguments=on_request,
    aliases=("hostname -f", "cat /etc/hostname"),
)
def hostname(output: str) -> Read:
    """The host's name."""
    words = clean(output).split()
    if len(words) > 1:
        raise NotUnderstood("not one name")
    if words:
        yield DeviceInfo(hostname=words[0])


@command(
    "hostnamectl",
    area="device",
    gives=(DeviceInfo,),
    arguments=on_request,
    aliases=(
        "hostnamectl status",
        'cat /proc/stat | grep btime | grep -o "{digits}"; hostnamectl',
        "cat /proc/uptime; hostnamectl",
    ),
)
def identity(output: str, at: datetime | None = None) -> Read:
    """Name, system and hardware. Before them may stand when the machine booted, in seconds since 1970, or
    the line of `/proc/uptime`."""
    said = fields(output)
    name = text(said.get("static hostname")) or text(said.get("transient hostname"))
    system = text(said.get("operating system"))
    if name is None and system is None:
        return
    booted = re.match(r"\s*(\d{9,11})\s*$", output, re.M)
    age = (at - datetime.fromtimestamp(int(booted[1]), UTC)).total_seconds() if at and booted else None
    up = re.match(r"\s*(\d+\.\d+) \d+\.\d+\s*$", output, re.M)
    age = float(up[1]) if up else age
    yield DeviceInfo(
        hostname=name,
        os_version=system,
        vendor=text(said.get("hardware vendor")),
        model=text(said.get("hardware model")),
        uptime_s=age if age is not None and age >= 0 else None,
    )


_MEMORY: Final = re.compile(
    r"^Mem: +(\S+) +(\S+) +(\S+)(?: +(\S+))?(?: +(\S+))?(?: +(\S+))?(?: +(\S+))?", re.MULTILINE
)
_UNITS: Final = {"": 1, "b": 1, "k": 2**10, "m": 2**20, "g": 2**30, "t": 2**40}
_BUFFERS: Final = re.compile(r"^-/\+ buffers/cache: +(\S+)", re.MULTILINE)


@command(
    "free",
    area="device",
    gives=(CpuMemory,),
    arguments=on_request,
    aliases=("free -h", "free -{unit}", "free -{unit} -h", "free -h -{unit}"),
)
def memory(output: str, unit: str = "k") -> Read:
    """Memory in use is what is not available; older releases give it without buffers and caches apart."""
    found = _MEMORY.search(output)
    if found is None:
        return
    if not unit.startswith("-"):  # letters such as the `w` of `free -wm` ask for columns, not for a unit
        unit = next((letter for letter in unit if letter in "bkmgt"), "k")
    total = _bytes(found[1], unit)
    used = _bytes(found[2], unit)
    apart = _BUFFERS.search(output)
    if apart:
        used = _bytes(apart[1], unit)
    elif "available" in output and found[6]:
        available = _bytes(found[7] or found[6], unit)
        used = total - available if total is not None and available is not None else used
    yield CpuMemory(memory_total_bytes=total, memory_used_bytes=used)


def _bytes(word: str, unit: str) -> int | None:
    """Bytes in `3.9G`, `951M`, `1.5Gi`, or in a number of the unit asked for."""
    found = re.fullmatch(r"(\d+(?:\.\d+)?)([BKMGTbkmgt]?)i?B?", word, re.ASCII)
    if found is None:
        return None
    scale = _UNITS.get((found[2] or unit).lower())
    return count(int(float(found[1]) * scale)) if scale else None


@command("mpstat", area="device", gives=(CpuMemory,), arguments=on_request, aliases=("mpstat {options*}",))
def processors(output: str) -> Read:
    """Load of all processors together, by the column `%idle`: the average, else the first."""
    heads: list[str] = []
    loads: list[tuple[bool, float]] = []
    for line in clean(output).splitlines():
        words = line.split()
        if "%idle" in words and "CPU" in words:
            heads = words[words.index("CPU") :]
        elif heads and "all" in words:
            cells = words[words.index("all") :]
            idle = number(dict(zip(heads, cells, strict=False)).get("%idle", "").replace(",", "."))
            heads = []
            if idle is not None and idle <= 100:
                loads.append((words[0] != "Average:", round(100.0 - idle, 2)))
    if loads:
        yield CpuMemory(cpu_pct=min(loads, key=lambda load: load[0])[1])


@command("vmstat", area="device", gives=(CpuMemory,), arguments=on_request, aliases=("vmstat {options*}",))
def vmstat(output: str) -> Read:
    """Load of the processors by the last line's column `id`: the first line is of the time since boot."""
    rows = [line.split() for line in output.splitlines() if line.split()]
    heads = next((row for row in rows if "id" in row and "us" in row), None)
    last = rows[-1] if rows else []
    if heads and len(last) >= len(heads) and last is not heads:
        idle = number(last[heads.index("id")])
        if idle is not None and idle <= 100:
            yield CpuMemory(cpu_pct=100.0 - idle)

"""The machine: what it is, its load and memory."""

from __future__ import annotations

import re
from typing import Any

from netdoctor.model.facts import CpuMemory, DeviceInfo
from netdoctor.platforms.base import NotUnderstood, command
from netdoctor.platforms.linux.reading import Read, on_request
from netdoctor.platforms.linux.vtysh import also, vtysh
from netdoctor.platforms.values import clean, count, number, text

_FILES = (
    "/etc/os-release",
    "/proc/uptime",
    "/proc/loadavg",
    "/proc/meminfo",
    "/proc/sys/net/ipv4/ip_forward",
    "/sys/devices/system/cpu/online",
)
_HEADER = re.compile(r"^==> (\S+) <==$")
_SHAPES = (
    ("/etc/os-release", re.compile(r"^(?:PRETTY_NAME|NAME|ID|VERSION)=", re.M)),
    ("/proc/meminfo", re.compile(r"^MemTotal:", re.M)),
    ("/proc/loadavg", re.compile(r"\A\d+\.\d+ \d+\.\d+ \d+\.\d+ \d+/\d+ ")),
    ("/proc/uptime", re.compile(r"\A\d+\.\d+ \d+\.\d+\s*\Z")),
    ("/proc/sys/net/ipv4/ip_forward", re.compile(r"\A[01]\s*\Z")),
)


@command(
    f"head -v -n 64 {' '.join(_FILES)}",
    area="device",
    gives=(DeviceInfo, CpuMemory),
    aliases=tuple(f"cat {path}" for path in _FILES[:5]),
)
def machine(output: str) -> Read:
    """Several files of the kernel in one answer, each under the header that `head -v` prints."""
    if not output.strip():
        return
    files = _files(output)
    about = DeviceInfo(
        os_version=_os_version(files.get("/etc/os-release", [])),
        uptime_s=number(_word(files, "/proc/uptime")),
        forwarding_enabled={"1": True, "0": False}.get(_word(files, "/proc/sys/net/ipv4/ip_forward") or ""),
    )
    load = CpuMemory(**_memory(files.get("/proc/meminfo", [])), load_per_core=_load_per_core(files))
    told = [fact for fact in (about, load) if set(fact.known()) - {"component"}]
    if not told:
        raise NotUnderstood("none of the files asked for")
    yield from told


def _files(output: str) -> dict[str, list[str]]:
    """The lines of each file. A single file without a header is known by its first lines."""
    found: dict[str, list[str]] = {}
    path = next((path for path, shape in _SHAPES if shape.search(output)), "")
    for line in output.splitlines():
        if header := _HEADER.match(line):
            path = header[1]
        elif line.strip():
            found.setdefault(path, []).append(line.strip())
    return found


def _word(files: dict[str, list[str]], path: str) -> str | None:
    """The first word of a file."""
    return next((word for line in files.get(path, []) for word in line.split()), None)


def _os_version(lines: list[str]) -> str | None:
    """The PRETTY_NAME of os-release(5)."""
    said = dict(line.split("=", 1) for line in lines if "=" in line)
    name = said.get("PRETTY_NAME") or said.get("NAME")
    return text(name.strip("\"'")) if name else None


def _memory(lines: list[str]) -> dict[str, Any]:
    """Memory in use is what is not available (proc_meminfo(5)); caches are."""
    said = {
        name: count(rest.split()[0])
        for name, _, rest in (line.partition(":") for line in lines)
        if rest.split()
    }
    total, free = said.get("MemTotal"), said.get("MemAvailable", said.get("MemFree"))
    if total is None:
        return {}
    used = None if free is None or free > total else (total - free) * 1024
    return {"memory_total_bytes": count(total * 1024), "memory_used_bytes": count(used)}


def _load_per_core(files: dict[str, list[str]]) -> float | None:
    """The load of the last minute for each processor that is online (`0-3,6`)."""
    load = number(_word(files, "/proc/loadavg"))
    ranges = re.findall(
        r"(\d{1,5})(?:-(\d{1,5}))?", _word(files, "/sys/devices/system/cpu/online") or "", re.A
    )
    cores = sum(int(last or first) - int(first) + 1 for first, last in ranges)
    return round(load / cores, 2) if load is not None and cores > 0 else None


@command("uname -a", area="device", gives=(DeviceInfo,))
def kernel(output: str) -> Read:
    """The host name; the kernel's release stands in for the system's name where that is not told."""
    words = output.split()
    if words and (len(words) < 3 or words[0] != "Linux"):
        raise NotUnderstood(f"not Linux: {clean(output.strip()[:80])!r}")
    if words:
        yield DeviceInfo(hostname=clean(words[1]), vendor="Linux", os_version=f"Linux {clean(words[2])}")


@command(
    vtysh("show version"),
    area="device",
    gives=(DeviceInfo,),
    arguments=on_request,
    aliases=also("show version"),
)
def frr_version(output: str) -> Read:
    """FRR's version, as pasted."""
    found = re.search(r"^FRRouting (\S+) \(([^)\n]+)\)", output, re.M)
    if found:
        yield DeviceInfo(hostname=clean(found[2]), os_version=f"FRRouting {clean(found[1])}")

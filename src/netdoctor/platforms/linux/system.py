"""The machine: what it is, its load and memory, its sensors."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final, Literal

from netdoctor.model.facts import CpuMemory, DeviceInfo, Sensor
from netdoctor.platforms.base import NotUnderstood, command
from netdoctor.platforms.linux.reading import Object, Read, documents, each, inner, on_request
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


_IDLE = re.compile(r"([\d.,]+)[ %]*id\b", re.A)
_MEM = re.compile(r"^([KMGT])iB Mem\s*:.*?([\d.,]+)[+ ]*total.*?([\d.,]+)[+ ]*used", re.M | re.A)
_UNITS: Final = {"K": 2**10, "M": 2**20, "G": 2**30, "T": 2**40}


@command(
    "top -b -n 2 -d 1 -w 512",
    area="device",
    gives=(CpuMemory,),
    aliases=("top -b -n 1 -w 512", "top -bn1", "top -b -n1", "top -bn 1", "top -b -n 1"),
)
def processes(output: str) -> Read:
    """Load of the processors and the busiest process, by the last of top's screens: the first shows
    averages since boot."""
    if not output.strip():
        return
    screen = output[output.rfind("\ntop - ") + 1 :]
    idle, memory = _IDLE.search(screen), _MEM.search(screen)
    name, cpu_pct = _busiest(screen)
    if idle is None and name is None:
        raise NotUnderstood("not a screen of top")
    idle_pct = _decimal(idle[1]) if idle else None
    unit = _UNITS[memory[1]] if memory else 1
    yield CpuMemory(
        cpu_pct=round(100.0 - idle_pct, 1) if idle_pct is not None and idle_pct <= 100 else None,
        memory_total_bytes=_bytes(memory[2], unit) if memory else None,
        memory_used_bytes=_bytes(memory[3], unit) if memory else None,
        top_process=name,
        top_process_cpu_pct=cpu_pct,
    )


def _busiest(screen: str) -> tuple[str | None, float | None]:
    """The process that uses most of a processor, but for `top` itself. Columns go by their titles."""
    rows = iter(screen.splitlines())
    title = next((row.split() for row in rows if "%CPU" in row and "COMMAND" in row), None)
    if title is None:
        return None, None
    cpu, name = title.index("%CPU"), title.index("COMMAND")
    used = [
        (share, cells[name].split("/")[0])
        for cells in (row.split(None, name) for row in rows)
        if len(cells) > name and (share := _decimal(cells[cpu])) is not None and cells[name].strip() != "top"
    ]
    share, process = max(used, key=lambda pair: pair[0], default=(None, None))
    return (text(process), share) if share else (None, share)


def _decimal(word: str) -> float | None:
    return number(word.replace(",", "."))


def _bytes(word: str, unit: int) -> int | None:
    value = _decimal(word)
    return count(int(value * unit)) if value is not None else None


Kind = Literal["temperature", "fan", "power", "voltage", "current"]
_KINDS: Final[dict[str, tuple[Kind, str]]] = {
    "temp": ("temperature", "celsius"),
    "fan": ("fan", "rpm"),
    "power": ("power", "w"),
    "in": ("voltage", "v"),
    "curr": ("current", "a"),
}
_FEATURE = re.compile(r"(temp|fan|power|in|curr)\d+_(input|average|max|crit|min|alarm|fault|lcrit)", re.A)


@command("sensors -j", area="device", gives=(Sensor,), aliases=("sensors -j -A",))
def sensors(output: str) -> Read:
    """Sensors by chip and label, with the chip's own limits (libsensors' features)."""
    for document in documents(output):
        yield from each(_features(document), _sensor)


def _features(document: Any) -> Iterator[tuple[str, str, Object]]:
    for chip, entry in inner({"": document}, "").items():
        for label, feature in inner(document, chip).items() if isinstance(entry, dict) else ():
            if isinstance(feature, dict) and any(_FEATURE.fullmatch(key) for key in feature):
                yield clean(chip), clean(label), feature


def _sensor(chip: str, label: str, feature: Object) -> Read:
    parts = {found[2]: (found[1], feature[key]) for key in feature if (found := _FEATURE.fullmatch(key))}
    kind, unit = _KINDS[next(iter(parts.values()))[0]]
    said = {name: number(value) for name, (_, value) in parts.items()}
    value = said.get("input", said.get("average"))
    high, low = said.get("crit", said.get("max")), said.get("lcrit", said.get("min"))
    yield Sensor(
        name=f"{chip} {label}",
        kind=kind,
        value=value,
        unit=unit,
        state=_state(value, high, low, said),
        low_alarm=low,
        high_alarm=high,
    )


def _state(
    value: float | None, high: float | None, low: float | None, said: dict[str, float | None]
) -> Literal["ok", "warning", "failed"] | None:
    """`failed` by the chip's own fault or alarm bit or beyond its limit; a limit of 0 is one not set."""
    if said.get("fault") or said.get("alarm"):
        return "failed"
    if value is None:
        return None
    return "failed" if (high and value > high) or (low and value < low) else "ok"

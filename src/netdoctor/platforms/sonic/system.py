"""What the device is, why it restarted, how busy it is."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any, Final

from netdoctor.model.facts import CpuMemory, DeviceInfo, LogEvent, Sensor, TableUse
from netdoctor.platforms.base import EMPTY, NotUnderstood, command
from netdoctor.platforms.linux import cpu, host, machine
from netdoctor.platforms.sonic.reading import Read, Row, cell, counter, on_request, read_table
from netdoctor.platforms.text import fields, first
from netdoctor.platforms.values import clean, duration_s, text


@command(
    "show version",
    area="device",
    gives=(DeviceInfo,),
    aliases=("show version {options*}", "show platform summary[ {options*}]"),
)
def version(output: str) -> Read:
    """Release, hardware SKU, serial number, and for how long the device has been up."""
    said = fields(output)
    release, sku = text(said.get("sonic software version")), text(said.get("hwsku"))
    if release is None and sku is None:
        return
    yield DeviceInfo(
        vendor="SONiC",
        model=sku,
        os_version=release,
        serial=text(said.get("serial number")),
        uptime_s=host.uptime_s(said.get("uptime", "")),
    )


_FILES: Final = (
    "/etc/hostname",
    "/proc/uptime",
    "/proc/loadavg",
    "/proc/meminfo",
    "/proc/sys/net/ipv4/ip_forward",
    "/sys/devices/system/cpu/online",
)


@command(f"head -v -n 64 {' '.join(_FILES)}", area="device", gives=(DeviceInfo, CpuMemory))
def files(output: str) -> Read:
    """The host's name, and what the kernel says of load and memory."""
    if not output.strip():
        return
    name = re.search(r"==> /etc/hostname <==\n(\S+)", clean(output))
    if name:
        yield DeviceInfo(hostname=name[1])
    yield from machine.machine(output)


@command(
    "show uptime", area="device", gives=(DeviceInfo,), arguments=on_request, aliases=("uptime -p", "uptime")
)
def uptime(output: str) -> Read:
    """`up 2 hours, 47 minutes`, or uptime(1)'s own line."""
    if output.strip():
        age = duration_s(output) if output.strip().startswith("up ") else host.uptime_s(output)
        if age is not None:
            yield DeviceInfo(uptime_s=age)


@command("show reboot-cause", area="device", gives=(DeviceInfo,), aliases=("show reboot-cause -d",))
def restart(output: str) -> Read:
    """Why the device last restarted, in its own words."""
    words = " ".join(clean(output).split())
    if words and words.lower() != "unknown":
        yield DeviceInfo(last_reload_reason=words[:300])
    elif words:
        yield EMPTY


@command("show reboot-cause history", area="device", gives=(LogEvent,), arguments=on_request)
def restarts(output: str) -> Read:
    """Every restart that the device remembers: its name is when the device came back (UTC)."""
    yield from read_table(output, _restart)
    if "Cause" in output:
        yield EMPTY


def _restart(row: Row) -> Read:
    cause = cell(row, "cause")
    name = re.search(r"(\d{4})_(\d\d)_(\d\d)_(\d\d)_(\d\d)_(\d\d)", cell(row, "name") or "")
    if cause is None or name is None:
        raise ValueError("no cause")
    year, month, day, hour, minute, second = (int(part) for part in name.groups())
    user, comment = cell(row, "user"), cell(row, "comment")
    more = "; ".join(filter(None, (user and f"by {user}", comment)))
    yield LogEvent(
        at=datetime(year, month, day, hour, minute, second, tzinfo=UTC),
        kind="reload",
        text=f"{cause} ({more})" if more else cause,
    )


_PLATE: Final = re.compile(
    r"^(?P<name>[A-Za-z][\w ]*?) +(?:0x[0-9A-Fa-f]{2} +)?(?P<length>\d+)(?: +(?P<value>\S.*?))? *$",
    re.MULTILINE,
)


@command(
    "show platform syseeprom",
    area="device",
    gives=(DeviceInfo,),
    arguments=on_request,
    aliases=("decode-syseeprom[ {options*}]",),
)
def plate(output: str) -> Read:
    """The system's own EEPROM (ONIE's TlvInfo, or older layouts)."""
    said = {found["name"].lower(): found["value"] for found in _PLATE.finditer(clean(output))}
    known: dict[str, Any] = {
        "vendor": text(said.get("vendor name")) or text(said.get("manufacturer")),
        "model": text(said.get("product name")),
        "serial": text(said.get("serial number")) or text(said.get("ppid")) or text(said.get("service tag")),
    }
    if any(known.values()):
        yield DeviceInfo(**known)
    elif "Part Number" in output:
        yield EMPTY


_SLOT: Final = re.compile(
    r"^ +(?P<name>\S+)(?: (?P<words>[A-Z][^\n]*?))? -- (?P<gone>not \w+) *$"
    r"|^ +(?P<part>\S+) +(?P<product>\S+) +(?P<version>\d\S*) +(?P<serial>[A-Z0-9]{6,})\b.*$",
)
_SECTION: Final = re.compile(r"^(?P<title>[A-Z][A-Za-z]+(?: [A-Za-z]+)*)\s*$")
_KINDS: Final = {"power supplies": "power", "cooling devices": "fan"}


@command("show platform inventory", area="device", gives=(DeviceInfo, Sensor), arguments=on_request)
def inventory(output: str) -> Read:
    """The parts of a chassis by section. Of power supplies and fans those that are not there are told."""
    section, nothing = "", True
    for line in clean(output).splitlines():
        if title := _SECTION.match(line):
            section = title["title"].lower()
        elif found := _SLOT.match(line):
            for fact in _part(section, found):
                nothing = False
                yield fact
    if nothing and "Product ID" in output:
        yield EMPTY


def _part(section: str, found: re.Match[str]) -> Any:
    kind = _KINDS.get(section)
    if section == "chassis" and found["part"]:
        yield DeviceInfo(model=found["product"], serial=found["serial"])
    elif kind and found["gone"]:
        yield Sensor(name=found["name"], kind=kind, state="absent")  # type: ignore[arg-type]  # one of its words
    elif kind:
        yield Sensor(name=found["part"], kind=kind)  # type: ignore[arg-type]  # one of its words


@command(
    "top -b -n 2 -d 1 -w 512",
    area="device",
    gives=(CpuMemory,),
    aliases=(
        "show processes cpu[ {options*}]",
        "show processes memory[ {options*}]",
        "show processes summary",
        "top[ {options*}]",
    ),
)
def processes(output: str) -> Read:
    """Load of the processors and the busiest process."""
    yield from cpu.processes(output)


@command(
    "show system-memory",
    area="device",
    gives=(CpuMemory,),
    arguments=on_request,
    aliases=("free[ {options*}]",),
)
def memory(output: str) -> Read:
    """What free(1) prints, behind a line that says how it was called."""
    unit = first(re.compile(r"^Command: free -([bkmg])\b", re.MULTILINE), output)
    yield from host.memory(output, unit or "k")


@command(
    "crm show resources all",
    area="device",
    gives=(TableUse,),
    aliases=("crm show resources {options*}", "show crm resources {options*}"),
)
def resources(output: str) -> Read:
    """How full the tables of the ASIC are."""
    yield from read_table(output, _resource)


def _resource(row: Row) -> Read:
    name = cell(row, "resource name")
    used, free = counter(row, "used count"), counter(row, "available count")
    if name is None or used is None:
        raise NotUnderstood("no resource")
    place = " ".join(filter(None, (cell(row, "stage"), cell(row, "bind point"), cell(row, "table id"))))
    yield TableUse(
        table=f"{name} {place}".strip(), used_count=used, limit_count=None if free is None else used + free
    )

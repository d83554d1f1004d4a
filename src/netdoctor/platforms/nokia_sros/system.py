"""What the router is, how long it is up, what was changed, how it does."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from netdoctor.model.facts import Clock, ConfigChange, CpuMemory, DeviceInfo, Fact
from netdoctor.platforms.base import NotUnderstood, command
from netdoctor.platforms.nokia_sros.reading import Read, moment, number_of, pairs, said
from netdoctor.platforms.values import clean, duration_s, number

_VERSION: Final = re.compile(
    r"\bTiMOS-(?P<version>\S+) +\S+ +(?:(?P<vendor>Nokia|ALCATEL|Alcatel-Lucent)\s+)?(?P<model>.+?) +"
    r"Copyright",
    re.S,
)


@command("show version", area="device", gives=(DeviceInfo,))
def version(output: str) -> Read:
    """The line that begins with TiMOS."""
    found = _VERSION.search(output)
    if not found and not (bare := re.search(r"\bTiMOS-(?P<version>\S+)", output)):
        raise NotUnderstood("no TiMOS version")
    if found:
        yield DeviceInfo(
            vendor="Nokia", os_version=found["version"], model=" ".join(clean(found["model"]).split())
        )
    elif bare:
        yield DeviceInfo(vendor="Nokia", os_version=bare["version"])


@command("show system information", area="device", gives=(DeviceInfo, ConfigChange), aliases=("show uptime",))
def information(output: str) -> Read:
    """Name, model, version, uptime; when the configuration was changed last, and by whom."""
    found = pairs(output)
    uptime = _uptime(found.get("system up time"))
    name, model = said(found.get("system name")), said(found.get("system type"))
    if uptime is None and name is None and model is None:
        return
    yield DeviceInfo(
        hostname=name,
        vendor="Nokia" if model else None,
        model=model,
        os_version=(said(found.get("system version")) or "").removeprefix("TiMOS-") or None,
        uptime_s=uptime,
        last_reload_reason=said(found.get("last reboot reason") or found.get("last boot reason")),
    )
    user, changed = said(found.get("user last modified")), moment(found.get("time last modified"))
    if user or changed:
        yield ConfigChange(at=changed, user=user, summary="configuration last modified")


def _uptime(value: str | None) -> float | None:
    """Seconds in `12 days, 03:04:05.67 (hr:min:sec)`."""
    found = re.match(r"(?:(\d+) days?, )?(\d+):(\d\d):(\d\d(?:\.\d+)?)", value or "")
    if not found:
        return duration_s(value) if value else None
    days, hours, minutes, seconds = found.groups()
    return int(days or 0) * 86_400.0 + int(hours) * 3600 + int(minutes) * 60 + float(seconds)


def untold(facts: Sequence[Fact]) -> Iterable[dict[str, str]]:
    """Once, where NTP told no time."""
    return () if any(isinstance(fact, Clock) for fact in facts) else ({},)


@command("show system time", area="device", gives=(Clock,), arguments=untold, aliases=("show time",))
def clock(output: str) -> Read:
    """The time, in UTC where the zone is not named by its offset."""
    found = pairs(output)
    said_time = found.get("current date & time") or output.strip().partition("\n")[0]
    if told := moment(said_time) or _spelt(said_time):
        yield Clock(device_time=told)


def _spelt(text: str) -> datetime | None:
    """`Wed Mar 11 20:17:13 UTC 2026`, as `show time` prints it."""
    found = re.search(r"[A-Z][a-z]{2} ([A-Z][a-z]{2}) +(\d{1,2}) (\d\d:\d\d:\d\d) (?:UTC|GMT) (\d{4})", text)
    if not found:
        return None
    try:
        return datetime.strptime(f"{found[4]} {found[1]} {found[2]} {found[3]} +0000", "%Y %b %d %H:%M:%S %z")
    except ValueError:
        return None


_TASK: Final = re.compile(
    r"^ *(?P<name>[A-Za-z].*?) +(?P<time>[\d,]+) +~?(?P<usage>[\d.]+)%(?: +~?[\d.]+%)? *$", re.M
)
_SUMS: Final = frozenset({"total", "idle", "usage", "busiest core utilization", "busiest core usage"})


@command("show system cpu", area="device", gives=(CpuMemory,), aliases=("show system cpu {period*}",))
def cpu(output: str, period: str = "") -> Read:
    """The sum over all tasks, and the busiest of them."""
    rows = {row["name"].strip(): number(row["usage"]) for row in _TASK.finditer(output)}
    tasks = {name: value for name, value in rows.items() if name.lower() not in _SUMS and value is not None}
    idle = next((value for name, value in rows.items() if name.lower() == "idle"), None)
    usage = next((value for name, value in rows.items() if name.lower() == "usage"), None)
    if not rows:
        return
    top = max(tasks, key=lambda name: tasks[name]) if tasks else None
    yield CpuMemory(
        cpu_pct=usage if usage is not None else round(100.0 - idle, 2) if idle is not None else None,
        top_process=clean(top) if top else None,
        top_process_cpu_pct=tasks[top] if top else None,
    )


@command("show system memory-pools", area="device", gives=(CpuMemory,))
def memory(output: str) -> Read:
    """In use and available together are what there is."""
    found = pairs(output)
    used, free = number_of(found.get("total in use")), number_of(found.get("available memory"))
    size = number_of(found.get("current total size"))
    if used is None and size is None:
        return
    # What pools hold and do not use is theirs to use: available memory is what no pool holds.
    total = (size or used or 0) + free if free is not None else None
    yield CpuMemory(memory_used_bytes=used, memory_total_bytes=total)

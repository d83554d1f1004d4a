"""Who uses the processors, as top(1) shows it."""

from __future__ import annotations

import re
from typing import Final

from netdoctor.model.facts import CpuMemory
from netdoctor.platforms.base import NotUnderstood, command
from netdoctor.platforms.linux.reading import Read
from netdoctor.platforms.values import count, number, text

_IDLE = re.compile(r"([\d.,]+)[ %]*id\b", re.A)
_MEM = re.compile(r"^([KMGT])iB Mem\s*:.*?([\d.,]+)[+ ]*total.*?([\d.,]+)[+ ]*used", re.M | re.A)
_UNITS: Final = {"K": 2**10, "M": 2**20, "G": 2**30, "T": 2**40}


@command(
    "top -b -n 2 -d 1 -w 512",
    area="device",
    gives=(CpuMemory,),
    aliases=("top -b -n 1 -w 512", "top -bn1", "top -b -n1", "top {options*}", 'top {options*} "{key}"'),
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
    """The process that uses most of a processor, but for `top` itself. Columns go by their titles, those
    behind the command from the right: a command may have blanks in it."""
    rows = iter(screen.splitlines())
    title = next((row.split() for row in rows if "%CPU" in row and re.search(r"\bCOMMAND|\bCMD", row)), None)
    if title is None:
        return None, None
    cpu, name = title.index("%CPU"), next(title.index(word) for word in ("COMMAND", "CMD") if word in title)
    last = name == len(title) - 1
    share_at = cpu if cpu < name else cpu - len(title)
    used = [
        (share, cells[name].split("/")[0])
        for cells in (row.split(None, name if last else -1) for row in rows)
        if len(cells) >= len(title)
        and (share := _decimal(cells[share_at])) is not None
        and cells[name].strip() != "top"
    ]
    share, process = max(used, key=lambda pair: pair[0], default=(None, None))
    return (text(process), share) if share and process else (None, None)


def _decimal(word: str) -> float | None:
    return number(word.replace(",", "."))


def _bytes(word: str, unit: int) -> int | None:
    value = _decimal(word)
    return count(int(value * unit)) if value is not None else None

"""Load, memory and the fill of tables in the full report of a module."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from netdoctor.model.facts import CpuMemory, TableUse
from netdoctor.platforms.values import clean, count, number

_TOTAL: Final = re.compile(r"^ *Total +(?P<instant>\d+) +(?P<minute>\d+) +\d+ +\d+ *$", re.M)
_MEMORY: Final = re.compile(r"^ *(?P<name>Physical|Reserved|Free) *: *(?P<value>\d+) *bytes", re.M)
_PROCESS: Final = re.compile(r"^ *\d+ +(?P<name>\S+) +\S+ +(?P<busy>[\d.]+)% +\d+ +\d+% *$", re.M | re.ASCII)


def load(component: str, text: str) -> Iterator[CpuMemory]:
    """What a control module is busy with; reserved memory is what is in use."""
    total = _TOTAL.search(text)
    memory = {row["name"]: count(row["value"]) for row in _MEMORY.finditer(text)}
    if not total and not memory:
        return
    busiest = max(_PROCESS.finditer(text), key=lambda row: number(row["busy"]) or 0.0, default=None)
    busy = number(busiest["busy"]) if busiest else None
    yield CpuMemory(
        component=component,
        cpu_pct=number(total["minute"]) if total else None,
        memory_used_bytes=memory.get("Reserved"),
        memory_total_bytes=memory.get("Physical"),
        top_process=clean(busiest["name"]) if busiest and busy else None,
        top_process_cpu_pct=busy or None,
    )


_SECTION: Final = re.compile(
    r"^ *(?P<kind>\w+)(?: memory)? resource usage on Forwarding complex (?P<complex>\w+)", re.M
)
_USED_FREE: Final = re.compile(r"^ +(?P<name>[a-z][\w-]+) +(?P<used>\d+) +(?P<free>\d+) *$", re.M)
_PERCENT: Final = re.compile(r"^ +(?P<name>[a-z][\w-]+) +\d+ +(?P<used>\d+) +(?P<free>\d+) *$", re.M)
_TCAM: Final = re.compile(
    r"^ +(?P<name>[a-z][\w-]+) +(?P<static>\d+) +(?P<dynamic>\d+) +\d+ +(?P<used>\d+) *$", re.M
)


def tables(module: str, text: str) -> Iterator[TableUse]:
    """How full the tables of each forwarding complex are."""
    heads = list(_SECTION.finditer(text))
    for head, following in zip(heads, [*heads[1:], None], strict=False):
        part = text[head.end() : following.start() if following else len(text)]
        kind = head["kind"].lower()
        row = _TCAM if kind == "tcam" else _PERCENT if kind == "datapath" else _USED_FREE
        for found in row.finditer(part):
            used = int(found["used"])
            free = sum(int(found[name]) for name in ("static", "dynamic", "free") if name in row.groupindex)
            yield TableUse(
                table=f"{module} complex {head['complex']} {kind} {found['name']}",
                used_count=used,
                limit_count=used + free,
            )

"""Load, memory and the fill of tables in the full report of a module."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from netdoctor.model.facts import CpuMemory, TableUse
from netdoctor.platforms.nokia_srl.reading import said
from netdoctor.platforms.values import count, number

_TOTAL: Final = re.compile(r"^ *Total +(?P<instant>\d+) +(?P<minute>\d+) +\d+ +\d+ *$", re.M)
_MEMORY: Final = re.compile(r"^ *(?P<name>Physical|Reserved|Free) *: *(?P<value>\d+) *bytes", re.M)
_PROCESS: Final = re.compile(r"^ *\d+ +(?P<name>\S+) +\S+ +(?P<busy>[\d.]+)% +\d+ +\d+% *$", re.M | re.ASCII)


def busiest(processes: Iterable[tuple[Any, Any]]) -> tuple[str | None, float | None]:
    """The program with most load, and its load; of two that are equally busy neither is named."""
    loads = sorted(((number(busy) or 0.0, said(name)) for name, busy in processes), key=lambda one: -one[0])
    if not loads or not loads[0][0]:
        return None, None
    alone = len(loads) == 1 or loads[1][0] < loads[0][0]
    return loads[0][1] if alone else None, loads[0][0]


def load(component: str, text: str) -> Iterator[CpuMemory]:
    """What a control module is busy with; reserved memory is what is in use."""
    total = _TOTAL.search(text)
    memory = {row["name"]: count(row["value"]) for row in _MEMORY.finditer(text)}
    if not total and not memory:
        return
    top, busy = busiest((row["name"], row["busy"]) for row in _PROCESS.finditer(text))
    yield CpuMemory(
        component=component,
        cpu_pct=number(total["minute"]) if total else None,
        memory_used_bytes=memory.get("Reserved"),
        memory_total_bytes=memory.get("Physical"),
        top_process=top,
        top_process_cpu_pct=busy,
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

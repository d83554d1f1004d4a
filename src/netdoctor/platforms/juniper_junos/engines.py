"""Load: routing engines, line cards, processes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from netdoctor.model.facts import CpuMemory, DeviceInfo, Fact, RoutingProcess, Sensor
from netdoctor.platforms.base import NotUnderstood, command
from netdoctor.platforms.juniper_junos.reading import (
    Node,
    Read,
    attribute,
    each,
    leaf,
    nodes,
    on_request,
    or_empty,
    query,
    roots,
    seconds,
    sections,
    told_in,
    tree,
)
from netdoctor.platforms.values import count, duration_s, number

State = Literal["ok", "absent", "warning", "failed"]

_MIB = 1 << 20
_CELSIUS = re.compile(r"(-?\d+(?:\.\d+)?)")


def celsius(node: Node, name: str) -> float | None:
    """Degrees in `35 degrees C / 95 degrees F`, from the attribute where it stands; None for `Testing`."""
    said = leaf(node, name)
    if said is None or not _CELSIUS.match(said):
        return None
    found = number(attribute(node, "celsius", name))
    return number(_CELSIUS.match(said)[1]) if found is None else found  # type: ignore[index]  # matched above


def _megabytes(said: str | None) -> int | None:
    found = re.match(r"(\d+)", said or "")
    return count(int(found[1]) * _MIB) if found and len(found[1]) < 10 else None


def _part(total: int | None, percent: str | None) -> int | None:
    share = number((percent or "").split()[0]) if percent and percent.split() else None
    return (
        round(total * share / 100.0)
        if total is not None and share is not None and 0 <= share <= 100
        else None
    )


@query(
    "show chassis routing-engine",
    also=("show chassis routing-engine {rest*}", "get-route-engine-information[ {rest*}]"),
    area="device",
    gives=(CpuMemory, Sensor, DeviceInfo),
)
def routing_engines(output: str) -> Read:
    """Every routing engine: its load, memory, temperature; why the master last started."""
    found = tree(output)
    known: list[tuple[str | None, Node]]
    if found is None:
        known = [(None, one) for one in _engines_in(output)]
    else:
        known = [
            (engine, one)
            for engine, root in roots(found, "route-engine-information")
            for one in nodes(root, "route-engine")
        ]
        if not roots(found, "route-engine-information"):
            raise NotUnderstood("no 'route-engine-information'")
    master = next(
        (one for _, one in known if (leaf(one, "mastership-state") or "").lower() == "master"), None
    )
    master = master or (known[0][1] if known else None)
    yield from or_empty(
        each((one | {"engine": engine or ""} for engine, one in known), _engine), known=found is not None
    )
    if master:
        up_s = seconds(master, "up-time")
        yield DeviceInfo(
            uptime_s=duration_s(leaf(master, "up-time")) if up_s is None else up_s,
            last_reload_reason=leaf(master, "last-reboot-reason"),
        )


def _engine(found: Node) -> Iterator[Fact]:
    slot = leaf(found, "slot")
    name = " ".join(filter(None, (leaf(found, "engine"), "Routing Engine", slot)))
    idle = number((leaf(found, "cpu-idle") or "").split(" ")[0])
    total = _megabytes(leaf(found, "memory-system-total") or leaf(found, "memory-dram-size"))
    used = _megabytes(leaf(found, "memory-system-total-used"))
    yield CpuMemory(
        component=name,
        cpu_pct=100.0 - idle if idle is not None and 0 <= idle <= 100 else None,
        memory_total_bytes=total,
        memory_used_bytes=_part(total, leaf(found, "memory-buffer-utilization")) if used is None else used,
    )
    status = leaf(found, "status")
    state: State | None = None if status is None else "ok" if status.upper() == "OK" else "warning"
    for label, key in ((name, "temperature"), (f"{name} CPU", "cpu-temperature")):
        value = celsius(found, key)
        if value is not None:
            yield Sensor(name=label, kind="temperature", value=value, unit="celsius", state=state)


_SLOT = re.compile(r"^[ \t]*(?:Slot (?P<slot>\d+):|Routing Engine status:)[ \t]*$", re.MULTILINE)
_ENGINE = {
    "mastership-state": re.compile(r"^\s*Current state +(\S+)", re.M),
    "temperature": re.compile(r"^\s*Temperature +([^\n]+)", re.M),
    "cpu-temperature": re.compile(r"^\s*CPU [Tt]emperature +([^\n]+)", re.M),
    "memory-dram-size": re.compile(r"^\s*DRAM +(\d+ MB)", re.M),
    "memory-buffer-utilization": re.compile(r"^\s*Memory utilization +(\d+)", re.M),
    "memory-system-total": re.compile(r"^\s*Total memory +(\d+) MB", re.M),
    "memory-system-total-used": re.compile(r"^\s*Total memory[^\n]*?(\d+) MB used", re.M),
    "cpu-idle": re.compile(r"^\s*Idle +(\d+)", re.M),
    "status": re.compile(r"^\s*Status +(\S+)", re.M),
    "start-time": re.compile(r"^\s*Start time +([^\n]+)", re.M),
    "up-time": re.compile(r"^\s*Uptime +([^\n]+)", re.M),
    "last-reboot-reason": re.compile(r"^\s*Last reboot reason +([^\n]+)", re.M),
}


def _engines_in(output: str) -> Iterator[Node]:
    for head, body in sections(output, _SLOT):
        if told := told_in(body, _ENGINE):
            yield told | ({"slot": head["slot"]} if head["slot"] else {})


@query(
    "show chassis fpc",
    also=("show chassis fpc {rest*}", "get-fpc-information[ {rest*}]"),
    area="device",
    gives=(CpuMemory, Sensor),
)
def cards(output: str) -> Read:
    """Every line card: its state, temperature, load and heap."""
    found = tree(output)
    if found is None:
        yield from each(_cards_in(output), _card)
        return
    known = roots(found, "fpc-information")
    if not known:
        raise NotUnderstood("no 'fpc-information'")
    yield from or_empty(
        each((one | {"engine": engine or ""} for engine, root in known for one in nodes(root, "fpc")), _card),
        known=True,
    )


_CARDS: dict[str, State] = {"online": "ok", "empty": "absent"}


def _card(found: Node) -> Iterator[Fact]:
    slot = leaf(found, "slot")
    if slot is None:
        raise ValueError("a card without a slot")
    name = " ".join(filter(None, (leaf(found, "engine"), "FPC", slot)))
    state = (leaf(found, "state") or "").lower()
    known = _CARDS.get(state, "warning" if state else None)
    yield Sensor(name=name, kind="module", state=known)
    if (value := celsius(found, "temperature")) is not None:
        yield Sensor(name=name, kind="temperature", value=value, unit="celsius", state=known)
    total = _megabytes(leaf(found, "memory-dram-size"))
    cpu = number((leaf(found, "cpu-total") or "").split(" ")[0])
    if cpu is not None or total is not None:
        yield CpuMemory(
            component=name,
            cpu_pct=cpu,
            memory_total_bytes=total,
            memory_used_bytes=_part(total, leaf(found, "memory-heap-utilization")),
        )


_CARD = re.compile(
    r"^[ \t]*(?P<slot>\d+) +(?P<state>[A-Z][a-z]+)(?: +(?P<temperature>-?\d+|Testing|Absent)?"
    r"(?P<numbers>(?: +\d+)*))?(?: +---[^\n]*)?[ \t]*$",
    re.MULTILINE,
)
_CARD_SLOT = re.compile(r"^[ \t]*Slot (?P<slot>\d+) information:?[ \t]*$", re.MULTILINE)
_CARD_FIELDS = {
    "state": re.compile(r"^\s*State +(\w+)", re.M),
    "temperature": re.compile(r"^\s*Temperature +([^\n]+)", re.M),
    "memory-dram-size": re.compile(r"^\s*Total CPU DRAM +(\d+)", re.M),
}


def _cards_in(output: str) -> Iterator[Node]:
    """A row has five numbers (load, interrupts, DRAM, heap, buffers), or eight with averages in between."""
    for head, body in sections(output, _CARD_SLOT):
        yield told_in(body, _CARD_FIELDS) | {"slot": head["slot"]}
    for row in _CARD.finditer(output):
        numbers = (row["numbers"] or "").split()
        found: Node = {"slot": row["slot"], "state": row["state"], "temperature": row["temperature"] or ""}
        if len(numbers) in {5, 8}:
            names = ("memory-dram-size", "memory-heap-utilization", "memory-buffer-utilization")
            found |= {"cpu-total": numbers[0], **dict(zip(names, numbers[-3:], strict=True))}
        yield found


_IDLE = re.compile(
    r"^\s*(?:CPU(?: states)?:[^\n]*?(?P<bsd>\d+(?:\.\d+)?)% idle"
    r"|%?Cpu\(s\):[^\n]*?(?P<linux>\d+(?:\.\d+)?)[ %]*id\b)",
    re.MULTILINE,
)
_LINUX_MEMORY = re.compile(
    r"^\s*(?P<unit>[KMG])iB Mem *: +(?P<total>\d+(?:\.\d+)?) total,.*?(?P<used>\d+(?:\.\d+)?) used",
    re.MULTILINE,
)
_NODE = re.compile(r"^-{5,}[ \t]*\n(?:node: )?(?P<name>[\w-]+):?[ \t]*\n-{5,}[ \t]*$", re.MULTILINE)
_MEMORY = re.compile(r"^\s*Mem(?:ory)?: ([^\n]+)", re.MULTILINE)
_AMOUNT = re.compile(r"(\d+(?:\.\d+)?)([KMGT]?) (Active|Inact|Wired|Cache|Free|Laundry)")
_SCALES = {"": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30, "T": 1 << 40}
_PROCESS = re.compile(
    r"^[ \t]*(?P<pid>\d+) (?P<user>\S+)[^\n]*? (?P<cpu>\d+(?:\.\d+)?)% (?P<name>\S[^\n]*?)[ \t]*$",
    re.MULTILINE,
)


@command(
    "show system processes extensive | no-more",
    area="device",
    gives=(CpuMemory, RoutingProcess),
    aliases=("show system processes[ {rest*}]", "show system processes {rest*} | display xml"),
)
def processes(output: str) -> Read:
    """The load of the routing engine and its busiest process, idling not counted; rpd is all of routing.

    Junos OS Evolved answers with Linux's `top`, once for each of its nodes.
    """
    if not output.strip():
        return
    parts = [(head["name"], body) for head, body in sections(output, _NODE)] or [(None, output)]
    loads = [load for node, part in parts if (load := _load(node, part))]
    if not loads:
        raise NotUnderstood("no processes")
    yield from loads
    runs = _rpd_runs([part for _, part in parts])
    if runs is not None:
        yield RoutingProcess(protocol="rib", name="rpd", running=runs)
        yield RoutingProcess(protocol="bgp", name="rpd", running=runs)
    if runs is False:
        # Where it runs, a protocol may still not be configured.
        yield from (RoutingProcess(protocol=one, name="rpd", running=False) for one in _OF_RPD)


_OF_RPD: tuple[Literal["ospf", "isis"], ...] = ("ospf", "isis")
_PROCESSES = re.compile(r"^\s*(\d+) (?:processes|threads):", re.MULTILINE)


def _rpd_runs(parts: list[str]) -> bool | None:
    """Whether routing's one process is there; None for a list that may be cut short."""
    listed = [re.sub(r"\{.*", "", row["name"]) for part in parts for row in _PROCESS.finditer(part)]
    if any(name.split()[0] == "rpd" for name in listed if name.split()):
        return True
    said = [int(found[1]) for part in parts for found in [_PROCESSES.search(part)] if found]
    return False if said and len(listed) >= sum(said) > 0 else None


def _running(part: str) -> list[tuple[float, str]]:
    return [
        (float(row["cpu"]), re.sub(r"\{.*", "", row["name"]))
        for row in _PROCESS.finditer(part)
        if len(row["cpu"]) < 9 and not row["name"].startswith("idle")
    ]


def _load(node: str | None, part: str) -> CpuMemory | None:
    """What `top` says of one routing engine; None where it says nothing."""
    found, running = _IDLE.search(part), _running(part)
    idle = float(found["bsd"] or found["linux"]) if found else None
    total, used = _amounts(part)
    if idle is None and not running and total is None:
        return None
    busiest = max(running, default=None)
    return CpuMemory(
        component=node or "system",
        cpu_pct=round(100.0 - idle, 3) if idle is not None and idle <= 100 else None,
        memory_total_bytes=total,
        memory_used_bytes=used,
        top_process=busiest[1].split()[0] if busiest else None,
        top_process_cpu_pct=busiest[0] if busiest else None,
    )


def _amounts(part: str) -> tuple[int | None, int | None]:
    """Bytes of memory in all and in use: FreeBSD's active and wired pages, or what Linux calls used."""
    if linux := _LINUX_MEMORY.search(part):
        scale = _SCALES[linux["unit"]]
        return count(float(linux["total"]) * scale), count(float(linux["used"]) * scale)
    listed = _MEMORY.search(part)
    amounts = {
        name: float(amount) * _SCALES[unit]
        for amount, unit, name in _AMOUNT.findall(listed[1] if listed else "")
    }
    if not amounts:
        return None, None
    return count(sum(amounts.values())), count(amounts.get("Active", 0) + amounts.get("Wired", 0))


@query(
    "show system memory",
    also=("get-system-memory-information",),
    area="device",
    gives=(CpuMemory,),
    arguments=on_request,
)
def memory(output: str) -> Read:
    """The memory of the routing engine."""
    if not output.strip():
        return
    found = tree(output)
    told: Node = {}
    if found is not None:
        known = roots(found, "system-memory-information")
        told = next(
            (one for _, root in known for one in nodes(root, "system-memory-summary-information")), {}
        )
        total, free = leaf(told, "system-memory-total"), leaf(told, "system-memory-free")
    else:
        values = dict(re.findall(r"^\s*(Total|Free|Active|Wired) memory: +(\d+) Kbytes", output, re.M))
        total, free = values.get("Total"), values.get("Free")
    total_kib, free_kib = count(total), count(free)
    if total_kib is None:
        raise NotUnderstood("no memory")
    used = count((total_kib - free_kib) << 10) if free_kib is not None and free_kib <= total_kib else None
    yield CpuMemory(memory_total_bytes=count(total_kib << 10), memory_used_bytes=used)

"""The members of a stack, the processors' load and how full the forwarding chips' tables are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from netdoctor.model.facts import ConfigChange, CpuMemory, Sensor, TableUse
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.cisco_xe.reading import Read, on_request
from netdoctor.platforms.text import lines
from netdoctor.platforms.values import count

_MEMBER = re.compile(
    r"^[ \t]*\*?(?P<number>\d{1,2})[ \t]+(?P<role>Active|Standby|Member|Master|Slave)[ \t]+[0-9a-f.]{14}"
    r"[ \t]+\d+[ \t]+\S+[ \t]+(?P<state>[A-Za-z]\S*(?: \S+)?)[ \t]*$",
    re.M | re.I,
)


@command(
    "show switch",
    area="device",
    gives=(Sensor,),
    arguments=on_request,
    aliases=("show switch detail", "show switch {number}"),
)
def members(output: str) -> Read:
    """The switches of a stack, each a card of the whole."""
    for found in _MEMBER.finditer(output):
        yield Sensor(name=f"Switch {found['number']}", kind="module", state=_member(found["state"]))


def _member(state: str) -> Literal["ok", "absent", "warning", "failed"]:
    """`Ready` is well; a mismatch keeps a member out of the stack."""
    word = state.lower()
    if word == "ready":
        return "ok"
    if word.startswith(("removed", "provisioned")):
        return "absent"
    return "failed" if "mismatch" in word or "invalid" in word else "warning"


_MEMORY = re.compile(
    r"^[ \t]*(?P<slot>[A-Z]\w*\d|\d+-RP\d)[ \t]+\w+[ \t]+(?P<total>\d+)[ \t]+(?P<used>\d+) \(", re.M
)
_IDLE = re.compile(
    r"^[ \t]*(?P<slot>[A-Z]\w*\d|\d+-RP\d)?[ \t]+\d+[ \t]+(?:[\d.]+[ \t]+){3}(?P<idle>[\d.]+)"
    r"(?:[ \t]+[\d.]+){3}",
    re.M,
)


@command(
    "show platform software status control-processor brief",
    area="device",
    gives=(CpuMemory,),
    arguments=on_request,
)
def processors(output: str) -> Read:
    """Memory and load of each processor: what its cores on the mean were not idle."""
    idle: dict[str, list[float]] = {}
    slot = ""
    for found in _IDLE.finditer(output):
        slot = found["slot"] or slot
        idle.setdefault(slot, []).append(float(found["idle"]))
    memory = {found["slot"]: found for found in _MEMORY.finditer(output)}
    for name in dict.fromkeys([*memory, *idle]):
        cores, kept = idle.get(name), memory.get(name)
        yield CpuMemory(
            component=name,
            cpu_pct=round(100 - sum(cores) / len(cores), 2) if cores else None,
            memory_used_bytes=count(int(kept["used"]) * 1024) if kept else None,
            memory_total_bytes=count(int(kept["total"]) * 1024) if kept else None,
        )


_CHIP = re.compile(r"CAM Utilization for ASIC[^\n\d]*(\d+)")
_ENTRIES = re.compile(
    r"\s*(?P<name>\S.*?)?\s+(?P<kind>EM|TCAM)\s+(?P<way>IO|I|O)\s+(?P<limit>\d+)\s+(?P<used>\d+)\s+[\d.]+%"
)
_PAIR = re.compile(
    r"\s*(?P<name>\S.*?)\s{2,}(?P<limits>\d+(?:/\d+)?)\s+(?P<used>\d+(?:/\d+)?)\s*$",
)


@command(
    "show platform hardware fed switch active fwd-asic resource tcam utilization",
    area="device",
    gives=(TableUse,),
    arguments=on_request,
    aliases=(
        "show platform hardware fed active fwd-asic resource tcam utilization",
        "show platform hardware fed switch {switch} fwd-asic resource tcam utilization[ {chip}]",
        "show platform tcam utilization",
    ),
)
def tables(output: str) -> Read:
    """The tables of each chip. A name too long for its column stands partly on the line before."""
    chip, before = "0", ""
    for line in lines(output):
        if found := _CHIP.search(line.text):
            chip, before = found[1], ""
        elif found := _ENTRIES.match(line.text):
            name = " ".join(filter(None, (before, found["name"])))
            label = f"asic {chip} {name} {found['kind']} {found['way']}"
            yield TableUse(table=label, used_count=count(found["used"]), limit_count=count(found["limit"]))
            before = ""
        elif found := _PAIR.match(line.text):
            yield from _pair(f"asic {chip} {found['name']}", found["limits"], found["used"])
        else:
            before = "" if line.text.lstrip().startswith(("-", "Table")) else line.text.strip()


def _pair(label: str, limits: str, used: str) -> Iterator[TableUse]:
    """`32768/1024  20/22`: hashed entries, and those of the TCAM."""
    kinds = (" EM", " TCAM") if "/" in limits else ("",)
    for kind, limit, taken in zip(kinds, limits.split("/"), used.split("/"), strict=False):
        yield TableUse(table=f"{label}{kind}", used_count=count(taken), limit_count=count(limit))


_LOGGED = re.compile(
    r"^[ \t]*\d+[ \t]+\d+[ \t]+(?P<user>[^@\s]*)@(?P<line>\S+)[ \t]*\|(?P<command>[^\n]*)", re.M
)


@command(
    "show archive log config all",
    area="device",
    gives=(ConfigChange,),
    arguments=on_request,
    aliases=("show archive log config {which*}",),
)
def logged(output: str) -> Read:
    """Every line of configuration that was entered, by whom and where; the time is not told."""
    for found in _LOGGED.finditer(output):
        yield ConfigChange(
            user=found["user"] or None, via=found["line"], summary=found["command"].strip() or None
        )
    if re.search(r"^ *idx +sess", output, re.M):
        yield EMPTY

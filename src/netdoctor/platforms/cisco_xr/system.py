"""What the router is: release, cards, modules, time, and whether its cards run."""

from __future__ import annotations

import re
from typing import Literal

from netdoctor.model.facts import Clock, DeviceInfo, Sensor, Transceiver
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.cisco_xr.dialect import normalise_interface
from netdoctor.platforms.cisco_xr.reading import each_block, each_line, none_said, said
from netdoctor.platforms.syslog import when
from netdoctor.platforms.text import Block, Line, Read, first
from netdoctor.platforms.values import duration_s, text

_VERSION = re.compile(
    r"Cisco IOS XR Software, Version (\S+?)(?:\[[^\]\n]*\])? *(?:LNT)?\s*$|^ *Version *: *(\S+)", re.M
)
_UPTIME = re.compile(r"^ *(?P<host>\S+) uptime is (?P<time>[^\n]+)", re.M)
_SYSTEM_UPTIME = re.compile(r"^ *System uptime is ([^\n]+)", re.M)
_MODEL = re.compile(
    r"^ *[Cc]isco ((?!IOS XR Software|Systems)\S[^(\n]*?)(?: +\(| +[Cc]hassis|, | *[Pp]rocessor|$)",
    re.M,
)


_PROCESSOR = re.compile(r"^ *[Cc]isco ((?!IOS XR Software)\S[^(\n]*?) *\([^\n]*\) *[Pp]rocessor", re.M)
_CHASSIS_LINE = re.compile(r"^ *((?:ASR|NCS|XR)[ -]?\d\w*(?:-\w+)*)\b[^\n]*\bChassis\b", re.M | re.I)


@command("show version", area="device", gives=(DeviceInfo,), aliases=("show version brief",))
def version(output: str) -> Read:
    whole = said(output)
    release = _VERSION.search(whole)
    if not release and "IOS XR" not in whole:
        return
    uptime, model = _UPTIME.search(whole), first(_PROCESSOR, whole) or first(_MODEL, whole)
    if model is None or model.endswith("Series"):
        model = first(_CHASSIS_LINE, whole) or model
    named = uptime if uptime and uptime["host"] != "System" else None
    age = named["time"] if named else first(_SYSTEM_UPTIME, whole)
    yield DeviceInfo(
        vendor="Cisco",
        hostname=named["host"] if named else None,
        model=model,
        os_version=(release[1] or release[2]) if release else None,
        uptime_s=duration_s(age),
    )


_RELOAD = re.compile(r"^ *Active node reload *:? *\"?(?:Cause: *)?(?P<reason>[^\"\n]*[^\"\n .])", re.M)
_ROLE = re.compile(r"^ *(?:Node \S+|This node \(\S+\)) is in ACTIVE role", re.M)


@command("show redundancy", area="device", gives=(DeviceInfo,), aliases=("show redundancy summary",))
def redundancy(output: str) -> Read:
    """Why the active processor started last."""
    if found := _RELOAD.search(output):
        yield DeviceInfo(vendor="Cisco", last_reload_reason=found["reason"])
    elif _ROLE.search(output) or none_said(output):
        yield EMPTY


_CARD = re.compile(
    r'^ *NAME: *"?(?P<name>[^",\n]+?)"?,? *DESCR: *"?(?P<descr>[^"\n]*?)"? *$\s*'
    r"^ *PID: *(?P<pid>[^,\n]*?) *,? +VID: *(?P<vid>[^,\n]*?) *,? +SN: *(?P<serial>[^\s,]*)",
    re.M | re.I,
)
_CHASSIS = re.compile(r"^(?:Rack \d+|chassis\b)", re.I)
_PORT = re.compile(r"\bmau (\d\S*)$|(?:^|\bmau )([A-Z][a-zA-Z]*GigE\S+|GigabitEthernet\S+|Optics\d\S*)$")


@command(
    "show inventory",
    area="device",
    gives=(DeviceInfo, Transceiver, Sensor),
    aliases=(
        "admin show inventory",
        "show inventory all",
        "admin show inventory all",
        "show inventory {name}",
    ),
)
def inventory(output: str) -> Read:
    """The chassis is the device; modules are named by their port's controller where they stand in one."""
    yield from each_block(output, _CARD, _card)


def _card(block: Block) -> Read:
    name, pid, serial = block.head["name"].strip(), text(block.head["pid"]), text(block.head["serial"])
    if _CHASSIS.match(name):
        yield DeviceInfo(vendor="Cisco", model=pid, serial=serial)
    elif port := _PORT.search(name):
        yield Transceiver(
            interface=f"Optics{port[1]}" if port[1] else normalise_interface(port[2]),
            present=True,
            part_number=pid,
            serial=serial,
        )
    else:
        yield Sensor(name=name.removeprefix("module "), kind="module")


_NODE = re.compile(r"^ *(?P<node>\d+/\w+(?:/\w+){0,2}) +(?P<cells>\S[^\n]*)$")
_CONFIG = re.compile(r"(?:N?(?:PWR|SHUT|MON),?){1,3}$")
_STATES: tuple[tuple[re.Pattern[str], Literal["ok", "absent", "warning", "failed"]], ...] = (
    (re.compile(r"\b(?:not present|absent|empty|removed|not inserted)\b", re.I), "absent"),
    (re.compile(r"\bno power\b|fail|\bdown$|\boff$|unpowered|in-reset|timeout|offline|dead", re.I), "failed"),
    (
        re.compile(
            r"^(?:IOS XR RUN|OK|UP|OPERATIONAL|POWERED[_ ]ON|PRESENT|READY|ONLINE|RUNNING|ON|FINAL Band)$",
            re.I,
        ),
        "ok",
    ),
)
"""What a card's state means; any other word is of a card on its way up or down: a warning."""


_STATE_WORDS = re.compile(r"[A-Z][A-Z0-9_-]*(?: [A-Za-z0-9_-]+)*")


def _state(cells: list[str]) -> Literal["ok", "absent", "warning", "failed"] | None:
    """Of the last cell that is a state; 64-bit releases tell the hardware's and then the software's."""
    told = [word for word in cells if word not in {"N/A", "-"} and _STATE_WORDS.fullmatch(word)]
    if not told:
        return None
    return next((state for words, state in _STATES if words.search(told[-1])), "warning")


@command(
    "show platform",
    area="device",
    gives=(Sensor,),
    aliases=("admin show platform", "show platform vm", "show platform detail"),
)
def platform(output: str) -> Read:
    """Whether each card runs."""
    yield from each_line(output, _node)


def _node(line: Line) -> Read:
    """Type, at times the modules in it, state, and at times the configured state."""
    if found := _NODE.match(line.text):
        cells = re.split(r" {2,}", found["cells"].strip())
        if len(cells) > 1 and _CONFIG.match(cells[-1]):
            cells.pop()
        if len(cells) > 1:
            yield Sensor(name=found["node"], kind="module", state=_state(cells[1:]))


_TIME = re.compile(
    r"^ *[*.#]?(?P<clock>\d\d:\d\d:\d\d(?:\.\d+)?) (?P<zone>\S+) \w{3} (?P<date>\w{3} +\d{1,2}) "
    r"(?P<year>\d{4})",
    re.M,
)
_UTC = {"UTC", "GMT", "Z"}


@command("show clock", area="device", gives=(Clock,))
def clock(output: str) -> Read:
    """The time, where it is told in UTC: other zones' names are not told apart."""
    found = _TIME.search(output)
    if found and found["zone"] in _UTC:
        yield Clock(device_time=when(f"{found['date']} {found['year']} {found['clock']}", None))
    elif found:
        yield EMPTY

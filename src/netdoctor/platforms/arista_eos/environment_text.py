"""Temperatures, fans, power supplies and cards, as EOS prints them in words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from netdoctor.model.facts import Fact, Sensor
from netdoctor.platforms.arista_eos.environment import module_state, state_of
from netdoctor.platforms.arista_eos.reading import Read, on_request
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.text import Row, each, first, lines, ruled_table
from netdoctor.platforms.values import number, text

_WORDS = r"[A-Z][\w/-]*(?: [A-Za-z][\w/-]*)*"
_COOLING = re.compile(r"System cooling status is: *(\S+)")
_AMBIENT = re.compile(r"Ambient temperature: *([\d.]+) ?C")
_FAN = re.compile(
    rf"^\s*(?P<fan>[A-Za-z]*\d[\w/]*)\s+(?P<status>{_WORDS})\s+(?:\d+%|N/A)\s+(?P<speed>\d+%|N/A)", re.ASCII
)


@command(
    "show environment cooling",
    area="device",
    gives=(Sensor,),
    arguments=on_request,
    aliases=("show system environment cooling",),
)
def fans(output: str) -> Read:
    """Every fan. A fan is redundant while EOS calls the cooling of the whole system sufficient."""
    system, ambient = first(_COOLING, output), number(first(_AMBIENT, output))
    redundant = system.lower() == "ok" if system else None
    if ambient is not None:
        yield Sensor(name="Ambient", kind="temperature", value=ambient, unit="celsius")
    for line in lines(output):
        if found := _FAN.match(line.text):
            yield Sensor(
                name=f"Fan{found['fan']}",
                kind="fan",
                value=number(found["speed"].rstrip("%")),
                unit="percent",
                state=state_of(found["status"]),
                redundant=redundant,
            )


_SUPPLY = re.compile(
    r"^\s*(?P<slot>\d+)\s+(?P<model>\S+)\s+(?P<capacity>[\d.]+ ?W|N/A|--)\s+(?:-?[\d.]+ ?A|N/A|--)\s+"
    rf"(?:-?[\d.]+ ?A|N/A|--)\s+(?P<power>-?[\d.]+ ?W|N/A|--)\s+(?P<status>{_WORDS})",
    re.ASCII,
)
_NO_SUPPLY = re.compile(r"^\s*(?P<slot>\d+)\s+(?:(?:--|N/A)\s+)*(?P<status>Not [Ii]nserted|Not [Pp]resent)")


@command(
    "show environment power",
    area="device",
    gives=(Sensor,),
    arguments=on_request,
    aliases=("show system environment power", "show [system ]environment power detail"),
)
def power(output: str) -> Read:
    """Every power supply, by output power. It is redundant when the other good ones can carry the load."""
    supplies = [found for line in lines(output) if (found := _SUPPLY.match(line.text))]
    load = sum(_watts(found["power"]) or 0.0 for found in supplies)
    for found in supplies:
        others = [one for one in supplies if one is not found and state_of(one["status"]) == "ok"]
        capacities = [watts for one in others if (watts := _watts(one["capacity"])) is not None]
        yield Sensor(
            name=f"PowerSupply{found['slot']}",
            kind="power",
            value=_watts(found["power"]),
            unit="watts",
            state=state_of(found["status"]),
            redundant=bool(others) and (len(capacities) < len(others) or sum(capacities) >= load),
        )
    for line in lines(output):
        if missing := _NO_SUPPLY.match(line.text):
            yield Sensor(name=f"PowerSupply{missing['slot']}", kind="power", state="absent")
    if "no power supplies" in output:
        yield EMPTY


def _watts(said: str) -> float | None:
    return number(said.rstrip(" W"))


_TEMPERATURE = re.compile(r"System temperature status is: *(\S+)")
_SECTION = re.compile(r"^(?P<name>[A-Z][A-Za-z ]*?) ?(?P<number>\d+)(?: [^:]*)?:\s*$")
_SENSOR = re.compile(
    r"^\s*(?P<sensor>\d+)\s+(?P<text>\S.*?)\s+(?P<value>-?\d+(?:\.\d+)?|N/A|Unknown) ?C?"
    r"(?:\s+(?:\( *\d+ *\) *[\d.]+|N/A|-|[\d.]+))?"
    r"\s+(?P<alert>[\d.]+|N/A) ?C?\s+(?P<critical>[\d.]+|N/A) ?C?\s*$",
    re.ASCII,
)


@command(
    "show environment temperature",
    area="device",
    gives=(Sensor,),
    arguments=on_request,
    aliases=("show [system ]environment temperature[ detail]", "show system environment temperature"),
)
def temperatures(output: str) -> Read:
    """Every sensor, those of cards by the card's name too. The alarm is EOS's alert limit.

    Single sensors have no state here: all are well while the system is.
    """
    well, place = (first(_TEMPERATURE, output) or "").lower() == "ok", ""
    for line in lines(output):
        if section := _SECTION.match(line.text):
            place = f"{section['name'].replace(' ', '')}{section['number']}/"
        elif found := _SENSOR.match(line.text):
            yield _sensor(place, found, well)


def _sensor(place: str, found: re.Match[str], well: bool) -> Sensor:
    value, alert = number(found["value"]), number(found["alert"]) or None
    hot = value is not None and alert is not None and value >= alert
    return Sensor(
        name=f"{place}TempSensor{found['sensor']}",
        kind="temperature",
        value=value,
        unit="celsius",
        state="warning" if hot else "ok" if well else None,
        high_alarm=alert,
    )


@command("show module", area="device", gives=(Sensor,), arguments=on_request, aliases=("show module all",))
def modules(output: str) -> Read:
    """Every card of a chassis, by its state; EOS prints the states in a table of their own."""
    yield from each(ruled_table(output), _module)


def _module(row: Row) -> Iterator[Fact]:
    slot, word = text(row.cells.get("module")), text(row.cells.get("status"))
    if slot and word:
        yield Sensor(name=f"Module{slot}", kind="module", state=module_state(word))

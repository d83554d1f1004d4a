"""Temperatures, fans and power supplies."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from netdoctor.model.facts import Sensor
from netdoctor.platforms.arista_eos.reading import (
    Object,
    Read,
    document,
    each,
    listed,
    objects,
    on_request,
    over,
)
from netdoctor.platforms.base import EMPTY, NotUnderstood, command
from netdoctor.platforms.values import flag, number, text

State = Literal["ok", "absent", "warning", "failed"]

_STATES: dict[str, State] = {
    "ok": "ok",
    "notinserted": "absent",
    "notpresent": "absent",
    "absent": "absent",
    "failed": "failed",
    "powerloss": "failed",
    "outputfault": "failed",
}


def state_of(value: Any) -> State | None:
    """EOS's word for a part; what is neither well nor known to have failed is a warning."""
    word = (text(value) or "").lower().replace(" ", "")
    return _STATES.get(word, "warning" if word and not word.startswith("unknown") else None)


def _slots(found: Object, *keys: str) -> Iterator[Object]:
    """The entries of lists under some of the keys; raises NotUnderstood when none of them is there."""
    if found and not any(isinstance(found.get(key), list) for key in keys):
        raise NotUnderstood(f"no {keys[0]!r}")
    for key in keys:
        yield from (entry for _, entry in objects(listed(found.get(key))))


@command(
    "show system environment temperature | json",
    area="device",
    gives=(Sensor,),
    aliases=("show system environment temperature transceiver | json",),
)
def temperatures(output: str) -> Read:
    """Every sensor, those in power supplies and cards too. The alarm is EOS's overheat threshold."""
    found = document(output)
    nothing = bool(found)
    for slot in [found, *_slots(found, "tempSensors", "powerSupplySlots", "cardSlots")]:
        for sensor in over(listed(slot.get("tempSensors")), lambda _, entry: [_temperature(entry)]):
            nothing = False
            yield sensor
    if nothing:
        yield EMPTY


def _temperature(entry: Object) -> Sensor:
    state = state_of(entry.get("hwStatus"))
    return Sensor(
        name=text(entry.get("name")) or "?",
        kind="temperature",
        value=number(entry.get("currentTemperature")),
        unit="celsius",
        state="warning" if state == "ok" and flag(entry.get("inAlertState")) else state,
        high_alarm=number(entry.get("overheatThreshold")) or None,
    )


@command("show system environment cooling | json", area="device", gives=(Sensor,))
def fans(output: str) -> Read:
    """Every fan. A fan is redundant while EOS calls the cooling of the whole system sufficient."""
    found = document(output)
    system = text(found.get("systemStatus"))
    nothing = bool(found)
    for slot in _slots(found, "fanTraySlots", "powerSupplySlots"):
        for _, fan in objects(listed(slot.get("fans"))):
            nothing = False
            yield _fan(fan, system == "coolingOk" if system else None)
    if nothing:
        yield EMPTY


def _fan(fan: Object, redundant: bool | None) -> Sensor:
    return Sensor(
        name=f"Fan{text(fan.get('label')) or ''}",
        kind="fan",
        value=number(fan.get("actualSpeed")),
        unit="percent",
        state=state_of(fan.get("status")),
        redundant=redundant,
    )


@command("show system environment power | json", area="device", gives=(Sensor,))
def power(output: str) -> Read:
    """Every power supply, by output power. It is redundant when the other good ones can carry the load."""
    found = document(output)
    supplies = dict(objects(found.get("powerSupplies")))
    load = sum(number(supply.get("outputPower")) or 0.0 for supply in supplies.values())
    yield from each(
        found, "powerSupplies", lambda name, entry: [_supply(name, entry, _redundant(name, supplies, load))]
    )


def _supply(name: str, entry: Object, redundant: bool) -> Sensor:
    return Sensor(
        name=f"PowerSupply{name}",
        kind="power",
        value=number(entry.get("outputPower")),
        unit="watts",
        state=state_of(entry.get("state")),
        redundant=redundant,
    )


def _redundant(name: str, supplies: dict[str, Object], load: float) -> bool:
    others = [entry for other, entry in supplies.items() if other != name and entry.get("state") == "ok"]
    capacities = [number(entry.get("capacity")) for entry in others]
    known = [capacity for capacity in capacities if capacity is not None]
    return bool(others) and (len(known) < len(others) or sum(known) >= load)


_MODULE_STATES: dict[str, State] = {
    "ok": "ok",
    "active": "ok",
    "standby": "ok",
    "failed": "failed",
    "notinserted": "absent",
}


def module_state(value: Any) -> State | None:
    """EOS's word for a card; one that is powered off, or still starting, is a warning."""
    word = (text(value) or "").lower().replace(" ", "")
    return _MODULE_STATES.get(word, "warning" if word else None)


@command(
    "show module | json",
    area="device",
    gives=(Sensor,),
    arguments=on_request,
    aliases=("show module all | json",),
)
def modules(output: str) -> Read:
    """Every card of a chassis."""
    yield from each(document(output), "modules", _module)


def _module(slot: str, entry: Object) -> Read:
    yield Sensor(name=f"Module{slot}", kind="module", state=module_state(entry.get("status")))

"""Chassis, cards, fans and power."""

from __future__ import annotations

from collections.abc import Iterator

from netdoctor.lab.hardware import Sensor
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.nokia_sros.words import LINE, RULE, shown

SUPPLY_WATTS = 3000.0


def _line(indent: int, name: str, value: object) -> str:
    return f"{'':<{indent}}{name:<{36 - indent}}: {value}"


def _slot(sensor: Sensor) -> str:
    """`1` of `Card 1`."""
    return sensor.name.rpartition(" ")[2]


@answers("show chassis", "show chassis detail", "show chassis environment", "show chassis power-supply")
def chassis(view: View) -> str:
    return shown(_chassis(view))


def _chassis(view: View) -> Iterator[str]:
    device = view.device
    heat = list(device.sensors_of("temperature"))
    fans, supplies = list(device.sensors_of("fan")), list(device.sensors_of("power"))
    hot = any(sensor.state != "ok" for sensor in heat)
    broken = [one for one in (*fans, *supplies) if not one.working]
    yield from ("", RULE, "System Information", RULE)
    yield _line(2, "Name", device.name)
    yield _line(2, "Type", device.model)
    yield _line(2, "Chassis Topology", "Standalone")
    yield _line(2, "Number of slots", 4)
    yield _line(2, "Critical LED state", "Red" if hot else "Off")
    yield _line(2, "Major LED state", "Red" if broken else "Off")
    yield _line(2, "Over Temperature state", "Over temperature" if hot else "OK")
    yield _line(2, "Base MAC address", device.mac)
    yield from (RULE, "Chassis Summary", RULE, "Chassis 1 Detail", "  Hardware Data")
    yield _line(4, "Part number", "3HE14993AA")
    yield _line(4, "Serial number", device.serial)
    yield from ("", "Environment Information", "")
    yield _line(4, "Number of fan trays", len(fans))
    for fan in fans:
        yield from _fan(fan)
    yield from ("", "Power Supply Information", "")
    yield _line(4, "Number of power supplies", len(supplies))
    for number, supply in enumerate(supplies, 1):
        yield from _supply(number, supply)
    yield RULE


def _fan(fan: Sensor) -> Iterator[str]:
    speed = f"{fan.value:.0f} %" if fan.working else "0 %"
    yield _line(4, "Fan tray number", _slot(fan))
    yield _line(8, "Speed", speed)
    yield _line(8, "Status", "up" if fan.working else "failed")


def _supply(number: int, supply: Sensor) -> Iterator[str]:
    yield _line(4, "Power supply number", number)
    yield _line(8, "Configured power supply type", "dc")
    yield _line(8, "Status", "up" if supply.working else "failed")


@answers("show card detail")
def cards(view: View) -> str:
    return shown(line for sensor in view.device.sensors_of("temperature") for line in _card(sensor))


def _card(sensor: Sensor) -> Iterator[str]:
    yield from ("", RULE, f"Card {_slot(sensor)}", RULE)
    yield "Slot      Provisioned Type                         Admin Operational   Comments"
    yield "              Equipped Type (if different)         State State"
    yield LINE
    yield f"{_slot(sensor):<10}{sensor.description:<41}up    up"
    yield from ("", "Hardware Data")
    yield f"    Temperature                   : {sensor.value:.0f}C"
    yield f"    Temperature threshold         : {sensor.high_alarm:.0f}C"
    yield RULE


@answers("show card state")
def card_state(view: View) -> str:
    head = (
        "Slot/  Provisioned Type                  Admin Operational   Num   Num Comments",
        "Id         Equipped Type (if different)  State State         Ports MDA",
    )
    rows = [_state(card) for card in view.device.sensors_of("temperature")]
    return shown(["", RULE, "Card State", RULE, *head, LINE, *rows, RULE])


def _state(card: Sensor) -> str:
    """The one with a letter is the CPM."""
    more = f"{'':<10}Active" if _slot(card).isalpha() else "      1"
    return f"{_slot(card):<7}{card.description:<34}up    up            {more}"


@answers("show chassis power-management utilization")
def power(view: View) -> str:
    supplies = list(view.device.sensors_of("power"))
    working = [supply for supply in supplies if supply.working]
    capacity, drawn = SUPPLY_WATTS * len(working), sum(supply.value for supply in working)
    lines = ["              SUPPLY                               PEAK DEMAND"]
    lines.append(f"Power Capacity   :{capacity:>9.2f} Watts        Chassis/Fan")
    for supply in supplies:
        watts = SUPPLY_WATTS if supply.working else 0.0
        lines.append(f"Power Module {_slot(supply)} :{watts:>9.2f} Watts")
    used = 100.0 * drawn / capacity if capacity else 0.0
    blank = " " * 41
    lines.append(f"{blank}Peak Util.    :{drawn:>9.2f} Watts ({used:>3.0f}%)")
    lines.append(f"{blank}          CURRENT DEMAND")
    lines.append(f"{blank}Current Util. :{drawn:>9.2f} Watts ({used:>3.0f}%)")
    return shown(["", RULE, "Chassis Power Zone 1 Utilization", RULE, *lines, RULE])

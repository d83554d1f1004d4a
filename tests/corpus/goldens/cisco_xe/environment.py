"""Goldens of environment, by layout. A sensor's name here begins with its switch, slot or place."""

from __future__ import annotations

from collections.abc import Iterator

from netdoctor.model.facts import Sensor
from tests.corpus.corpus import Record
from tests.corpus.goldens import Expected, Golden, Place, SkipValue, Table
from tests.corpus.goldens.cisco_xe.words import NO_FACT, decimal, state

_PAPERS = "part and serial numbers of supplies are no fact"
_SIDES = {"1": "A", "2": "B"}
_SCALE = {"mV": 0.001, "mA": 0.001, "mW": 0.001}


def _supply(place: Place) -> str:
    return f"PowerSupply{place.names[0]}{_SIDES[place.names[1]]}"


def _reading(said: str) -> float:
    amount, unit = said.split()
    return float(amount) * _SCALE.get(unit, 1)


def _limit(said: str) -> float:
    if said == "na":
        raise SkipValue
    return float(said)


_STACK_POWER = Table(
    Sensor,
    "switch.*.power_supply.*",
    {"name": _supply},
    {"status": ("state", state), "watts": ("value", decimal)},
)
_STACK_REASONS = {
    f"switch.*.power_supply.*.{key}": _PAPERS for key in ("pid", "serial_number", "system_power", "poe_power")
}


def _trays(record: Record) -> Iterator[Expected]:
    """Supplies and fan trays of modular switches; their fans, where there is one."""
    for switch, told in record.golden["switch"].items():
        for group in ("power_supply", "fan_tray"):
            for name, row in told.get(group, {}).items():
                fans = row.get("fan_states") or {
                    key[-1]: row[key] for key in row if key.startswith("fan_state_")
                }
                yield Expected(Sensor, {"name": f"{switch} {name}"}, {"state": state(row["status"])})
                if str(row.get("capacity", "n.a.")).split()[0].isdigit():
                    yield Expected(
                        Sensor, {"name": f"{switch} {name}"}, {"value": float(row["capacity"].split()[0])}
                    )
                for fan, word in fans.items():
                    if word == "good":
                        yield Expected(Sensor, {"name": f"{switch} {name} Fan{fan}"}, {"state": "ok"})


_MODULAR = Golden(
    also=_trays,
    also_reads=("switch.*.power_supply.*", "switch.*.fan_tray.*"),
)


def _temperatures(record: Record) -> Iterator[Expected]:
    for row in record.golden["parsed_sample"]:
        for place in ("inlet", "hotspot"):
            fields = {
                "value": float(row[f"{place}_temperature_value"]),
                "state": state(row[f"{place}_temperature_state"]),
                "high_alarm": float(row[f"{place}_red_threshold"]),
            }
            yield Expected(Sensor, {"name": f"{row['switch']} {place.capitalize()}"}, fields)


_TEMPERATURE = Golden(
    also=_temperatures,
    also_reads=(
        "parsed_sample.*.switch",
        *(
            f"parsed_sample.*.{place}_{key}"
            for place in ("inlet", "hotspot")
            for key in ("temperature_value", "temperature_state", "red_threshold")
        ),
    ),
    reasons={
        f"parsed_sample.*.{key}": NO_FACT
        for key in ("hotspot_yellow_threshold", "inlet_yellow_threshold", "switch_temperature")
    },
)


def _power_status(record: Record) -> Iterator[Expected]:
    """A row a supply, and one an input of it, whose own state it bears."""
    for row in record.golden["parsed_sample"]:
        word = row["input_status"] if "-" in row["ps"] else row["status"]
        yield Expected(Sensor, {"name": row["ps"]}, {"state": state(word or "off")})
        if "-" not in row["ps"]:
            yield Expected(Sensor, {"name": f"{row['ps']} Fan0"}, {"state": state(row["fan_sensor"])})


GOLDENS: dict[str, Golden] = {
    "ShowEnvPower": Golden(tables=(_STACK_POWER,), reasons=_STACK_REASONS),
    "ShowEnvironment": Golden(
        tables=(
            Table(Sensor, "power_supply.*", {"name": "*0"}, {"volt": "value", "status": ("state", state)}),
            Table(
                Sensor,
                "fan.*",
                {"name": ("*0", lambda number: f"Fan {number}")},
                {"status": ("state", state)},
            ),
            Table(
                Sensor,
                "fan.*",
                {"name": ("*0", lambda number: f"Fan {number}")},
                {"running_percent_speed": "value"},
                unless=lambda place: place.row["status"] == "Failed",
            ),
            Table(
                Sensor,
                "board_temperature.*",
                {"name": "*0"},
                {"temp_cels": "value", "status": ("state", state)},
                unless=lambda place: place.names[0] == "board_temperature_status",
            ),
        ),
        reasons={
            "board_temperature.board_temperature_status": NO_FACT,
            "board_temperature_alert": NO_FACT,
            "environmental_events": "old events, which the log tells too",
            "external_alarms": "contacts of alarms from outside the device",
        },
    ),
    "ShowEnvironmentAll": Golden(
        tables=(
            Table(
                Sensor,
                "sensor_list.location.*.sensor.*",
                {"name": lambda place: " ".join(place.names)},
                {
                    "state": ("state", state),
                    "reading": ("value", _reading),
                    "range.min": ("low_alarm", _limit),
                    "range.max": ("high_alarm", _limit),
                },
            ),
            Table(
                Sensor,
                "switch.*.fan.*",
                {"name": lambda place: f"{place.names[0]} Fan{place.names[1]}"},
                {"speed": "value", "state": ("state", state)},
            ),
            _STACK_POWER,
        ),
        reasons={"switch.*.fan.*.direction": NO_FACT, **_STACK_REASONS},
    ),
    "ShowEnvironmentStatus": _MODULAR,
    "ShowPower": _MODULAR,
    "ShowPowerDetail": Golden(
        tables=(
            Table(
                Sensor,
                "power_supplies.*",
                {"name": "*0"},
                {"status": ("state", state), "capacity": "value"},
            ),
            Table(
                Sensor,
                "power_supplies.*.fan_states.*",
                {"name": lambda place: f"{place.names[0]} Fan{place.names[1]}"},
                {"": ("state", state)},
            ),
        ),
        reasons={
            "power_supplies.*": _PAPERS,
            **dict.fromkeys(
                [
                    "current_configuration_mode",
                    "current_operating_state",
                    "redundant_power",
                    "power_supplies_active",
                    "power_supplies_available",
                    "power_summary",
                    "power_budget_mode",
                    "mod",
                    "modules",
                    "total_allocated_power",
                    "total_required_power",
                ],
                "what the modules are given of the power is no sensor",
            ),
        },
    ),
    "ShowPlatformPower": Golden(
        tables=(
            Table(
                Sensor,
                "slot.*",
                {"name": "*0"},
                {"state": ("state", state), "capacity": "value"},
                unless=lambda place: not place.names[0].startswith("P"),
            ),
        ),
        reasons={
            "slot.*": "what a card is given of the power is no sensor",
            **dict.fromkeys(
                [
                    "allocation_status",
                    "chassis",
                    "excess_capacity_percent",
                    "excess_power",
                    "fan_alc",
                    "fru_alc",
                    "load_capacity_percent",
                    "power_capacity",
                    "redundancy_mode",
                    "redundant_alc",
                    "total_capacity",
                    "total_load",
                ],
                NO_FACT,
            ),
        },
    ),
    "show_environment_power_all": Golden(
        tables=(
            Table(
                Sensor,
                "parsed_sample.*",
                {"name": ("ps_module", lambda slot: f"PowerSupply{slot}")},
                {"status": ("state", state), "watts": ("value", decimal)},
            ),
        ),
        reasons={f"parsed_sample.*.{key}": _PAPERS for key in ("pid", "serial", "sys_pwr", "poe_pwr")},
    ),
    "show_environment_temperature": _TEMPERATURE,
    "show_power_status": Golden(
        also=_power_status,
        also_reads=tuple(f"parsed_sample.*.{key}" for key in ("ps", "status", "input_status", "fan_sensor")),
        reasons={
            f"parsed_sample.*.{key}": NO_FACT for key in ("inline_status", "input_type", "model", "type")
        },
    ),
}

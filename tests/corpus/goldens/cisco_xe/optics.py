"""Goldens of optics."""

from __future__ import annotations

from collections.abc import Iterator

from netdoctor.model.facts import OpticLane
from tests.corpus.corpus import Record
from tests.corpus.goldens import Expected, Golden, Table
from tests.corpus.goldens.cisco_xe.words import NO_FACT, decimal, long_name

_VALUES = {
    "Temperature": ("temperature", "celsius"),
    "Voltage": ("supply_voltage", "v"),
    "Current": ("bias_current", "ma"),
    "OpticalTX": ("output_power", "dbm"),
    "OpticalRX": ("input_power", "dbm"),
}
_LIMITS = {
    "HighAlarmThreshold": "high_alarm",
    "HighWarnThreshold": "high_warning",
    "LowWarnThreshold": "low_warning",
    "LowAlarmThreshold": "low_alarm",
}
_NOT_GIVEN = -100.0
"""What napalm writes for a value that the device does not give."""


def _detail(record: Record) -> Iterator[Expected]:
    for interface, told in record.golden["interfaces"].items():
        lanes = sorted(
            {lane for row in told.values() if isinstance(row, dict) for lane in row if lane.isdigit()}
        )
        for lane in lanes or ["1"]:
            fields = {}
            for value, (name, unit) in _VALUES.items():
                row = told[value].get(lane, told[value])
                fields[f"{name}_{unit}"] = float(row["Value"])
                fields |= {f"{name}_{ours}_{unit}": row[theirs] for theirs, ours in _LIMITS.items()}
            yield Expected(OpticLane, {"interface": interface, "lane": int(lane)}, fields)


def _napalm(record: Record) -> Iterator[Expected]:
    for interface, told in record.golden.items():
        for channel in told["physical_channels"]["channel"]:
            state = channel["state"]
            fields = {
                "input_power_dbm": state["input_power"]["instant"],
                "output_power_dbm": state["output_power"]["instant"],
                "bias_current_ma": state["laser_bias_current"]["instant"],
            }
            given = {name: value for name, value in fields.items() if value != _NOT_GIVEN}
            yield Expected(OpticLane, {"interface": interface, "lane": channel["index"] + 1}, given)


def _plain(at: str, words: str, key: str) -> Table:
    """One line a port: the golden's words for temperature, voltage, current, sent and received light."""
    fields = zip(words.split(), _VALUES.values(), strict=True)
    return Table(
        OpticLane,
        at,
        {"interface": (key, long_name), "lane": lambda place: 1},
        {word: (f"{name}_{unit}", decimal) for word, (name, unit) in fields},
    )


GOLDENS: dict[str, Golden] = {
    "ShowInterfacesTransceiverDetail": Golden(
        also=_detail,
        also_reads=tuple(f"interfaces.*.{value}" for value in _VALUES),
        reasons={"interfaces.*.transceiver": "how a module is calibrated is no fact"},
    ),
    "ShowInterfacesTransceiver": Golden(
        tables=(_plain("interfaces.*", "temp voltage current opticaltx opticalrx", "*0"),),
        reasons={"interfaces.*.max_power": NO_FACT},
    ),
    "ShowInterfacesTransceiverModule": Golden(
        tables=(_plain("interface.*", "temperature voltage current tx_power rx_power", "*0"),)
    ),
    "show_interface_transceiver": Golden(
        tables=(_plain("parsed_sample.*", "temperature voltage current tx_pwr rx_pwr", "interface"),)
    ),
    "get_optics": Golden(also=_napalm, also_reads=("*.physical_channels",)),
}

UNMAPPED = {
    "optics/011": "takes the flag behind the current for a column, so that sent light stands as received",
    "optics/012": "takes the flag behind the current for a column, so that sent light stands as received",
}

UNREAD = {
    "optics/001": "registers of the phy, bit by bit: no fact holds them",
    "optics/002": "registers of the phy, bit by bit: no fact holds them",
}

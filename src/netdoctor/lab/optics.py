"""Optical modules, and the light between them."""

from __future__ import annotations

from dataclasses import dataclass

from netdoctor.model.units import NO_LIGHT_DBM

LOSS_OF_SIGNAL_DB = 7.0
"""A receiver this far under its sensitivity finds no clock in what it gets: the link is down."""


@dataclass(frozen=True)
class Band:
    """A module's own four thresholds for one quantity."""

    low_alarm: float
    low_warning: float
    high_warning: float
    high_alarm: float


@dataclass(frozen=True)
class OpticType:
    """What a data sheet says of a module. Powers are dBm a lane, reach is km, bias is mA."""

    media_type: str
    form_factor: str
    part_number: str
    speed_bps: int
    lanes: int
    wavelength_nm: float
    reach_km: int
    output_power_dbm: float
    bias_current_ma: float
    sensitivity_dbm: float
    tx: Band
    rx: Band
    bias: Band
    temperature: Band = Band(-5.0, 0.0, 70.0, 75.0)
    voltage: Band = Band(2.97, 3.13, 3.47, 3.63)


LR = OpticType(
    media_type="10GBASE-LR",
    form_factor="SFP+",
    part_number="SFP-10G-LR",
    speed_bps=10_000_000_000,
    lanes=1,
    wavelength_nm=1310.0,
    reach_km=10,
    output_power_dbm=-2.1,
    bias_current_ma=31.0,
    sensitivity_dbm=-14.4,  # IEEE 802.3 table 52-13
    tx=Band(-12.2, -8.2, 0.5, 3.5),
    rx=Band(-18.4, -14.4, 0.5, 3.5),
    bias=Band(4.0, 6.0, 70.0, 85.0),
)

LR4 = OpticType(
    media_type="100GBASE-LR4",
    form_factor="QSFP28",
    part_number="QSFP-100G-LR4",
    speed_bps=100_000_000_000,
    lanes=4,
    wavelength_nm=1302.0,
    reach_km=10,
    output_power_dbm=1.2,
    bias_current_ma=38.0,
    sensitivity_dbm=-10.6,  # IEEE 802.3 table 88-8
    tx=Band(-8.3, -4.3, 4.5, 5.5),
    rx=Band(-14.6, -10.6, 4.5, 5.5),
    bias=Band(10.0, 15.0, 80.0, 95.0),
)


@dataclass
class Optic:
    """One module in a port, in its present state."""

    type: OpticType
    vendor: str
    serial: str
    output_power_dbm: float
    bias_current_ma: float
    temperature_celsius: float = 34.0
    supply_voltage_v: float = 3.29
    lane_offsets_db: tuple[float, ...] = (0.0,)
    """How each lane differs from the mean: no two lasers are equal."""
    bit_error_ratio: float = 0.0
    """What a worn or badly seated module itself adds, whatever the light."""


def output_power_dbm(optic: Optic, lane: int, lit: bool) -> float:
    """What a lane sends, lanes counted from 0."""
    return optic.output_power_dbm + optic.lane_offsets_db[lane] if lit else NO_LIGHT_DBM


def attenuated_dbm(sent_dbm: float, loss_db: float) -> float:
    """What arrives of the light that was sent."""
    return max(NO_LIGHT_DBM, sent_dbm - loss_db)


def has_signal(optic: Optic, received_dbm: float) -> bool:
    """False when the receiver cannot lock on what it gets."""
    return received_dbm > optic.type.sensitivity_dbm - LOSS_OF_SIGNAL_DB


def bit_error_ratio(optic: Optic, received_dbm: float) -> float:
    """How many of the bits received are wrong.

    Sensitivity is where a receiver keeps 1e-12 (IEEE 802.3 clauses 52 and 88); each dB under it costs
    about a decade, and so does each dB over the high alarm, where the receiver saturates.
    """
    short_db = max(
        optic.type.sensitivity_dbm - received_dbm,
        received_dbm - optic.type.rx.high_alarm,
    )
    from_light = 10.0 ** (-12.0 + min(short_db, LOSS_OF_SIGNAL_DB)) if short_db > -1.0 else 0.0
    return from_light + optic.bit_error_ratio

"""Light, and what a receiver makes of it."""

from __future__ import annotations

import pytest

from netdoctor.lab.optics import (
    LR,
    LR4,
    Optic,
    OpticType,
    attenuated_dbm,
    bit_error_ratio,
    has_signal,
    output_power_dbm,
)
from netdoctor.model.units import NO_LIGHT_DBM


def optic(kind: OpticType, **changes: float) -> Optic:
    return Optic(
        kind, "ACME", "A1", kind.output_power_dbm, kind.bias_current_ma, lane_offsets_db=(0.0,) * kind.lanes
    )


@pytest.mark.parametrize("kind", [LR, LR4], ids=lambda kind: kind.media_type)
@pytest.mark.parametrize(
    ("under_sensitivity_db", "least", "most"),
    [
        pytest.param(-6.0, 0.0, 0.0, id="plenty of light: no errors"),
        pytest.param(0.0, 1e-13, 1e-11, id="at the sensitivity: 1e-12"),
        pytest.param(4.0, 1e-9, 1e-7, id="4 dB under it: 1e-8"),
    ],
)
def test_errors_follow_from_the_margin(
    kind: OpticType, under_sensitivity_db: float, least: float, most: float
) -> None:
    received = kind.sensitivity_dbm - under_sensitivity_db
    assert least <= bit_error_ratio(optic(kind), received) <= most


@pytest.mark.parametrize("kind", [LR, LR4], ids=lambda kind: kind.media_type)
def test_too_much_light_breaks_bits_too(kind: OpticType) -> None:
    assert bit_error_ratio(optic(kind), kind.rx.high_alarm + 3.0) > 1e-10


def test_a_receiver_loses_lock_far_under_its_sensitivity() -> None:
    assert has_signal(optic(LR), LR.rx.low_alarm)
    assert not has_signal(optic(LR), NO_LIGHT_DBM)


def test_loss_takes_light_away_down_to_none() -> None:
    assert attenuated_dbm(-2.0, 3.5) == -5.5
    assert attenuated_dbm(-2.0, 90.0) == NO_LIGHT_DBM


def test_a_laser_that_is_off_sends_nothing() -> None:
    assert output_power_dbm(optic(LR), 0, lit=False) == NO_LIGHT_DBM


@pytest.mark.parametrize("kind", [LR, LR4], ids=lambda kind: kind.media_type)
def test_a_module_in_its_nominal_state_is_inside_its_own_limits(kind: OpticType) -> None:
    assert kind.tx.low_warning < kind.output_power_dbm < kind.tx.high_warning
    assert kind.bias.low_warning < kind.bias_current_ma < kind.bias.high_warning
    assert kind.rx.low_alarm < kind.sensitivity_dbm < kind.rx.high_warning

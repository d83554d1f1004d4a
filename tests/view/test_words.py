"""Plain words: what entities, numbers, spans and odds are called in a report."""

from __future__ import annotations

import unicodedata
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netdoctor.model.findings import Reason, RunVerdict
from netdoctor.view import words


@pytest.mark.parametrize(
    ("entity", "said"),
    [
        ("device:leaf1", "leaf1"),
        ("interface:leaf1/Ethernet1/1", "leaf1 Ethernet1/1"),
        ("link:leaf1/eth1--spine1/Ethernet1", "link leaf1 eth1 – spine1 Ethernet1"),
        ("link:leaf1/eth1--?", "link leaf1 eth1 – an unknown end"),
        ("bgp:leaf1/10.0.0.1", "BGP session leaf1 to 10.0.0.1"),
        ("bgp:leaf1/2001:db8::1@blue", "BGP session leaf1 to 2001:db8::1 in blue"),
        ("queue:leaf1/Ethernet1/3", "queue 3 of leaf1 Ethernet1"),
        ("ospf:leaf1/eth1", "OSPF on leaf1 eth1"),
        ("bfd:leaf1/10.0.0.1", "BFD session leaf1 to 10.0.0.1"),
        ("prefix:leaf1/10.1.0.0/24", "10.1.0.0/24 on leaf1"),
        ("sensor:leaf1/Fan 2", "Fan 2 on leaf1"),
        ("lag:leaf1/Port-Channel1", "Port-Channel1 on leaf1"),
        ("vlan:leaf1/10", "VLAN 10 on leaf1"),
        ("host:192.0.2.7", "192.0.2.7"),
        ("path:192.0.2.1->192.0.2.7", "path 192.0.2.1 to 192.0.2.7"),
    ],
)
def test_entity_in_words(entity: str, said: str) -> None:
    assert words.entity(entity) == said


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("input_power_dbm", -15.8, "-15.8 dBm"),
        ("bias_current_ma", 6.0, "6 mA"),
        ("temperature_celsius", 41.25, "41.25 °C"),
        ("supply_voltage_v", 3.3, "3.3 V"),
        ("speed_bps", 100_000_000_000, "100 Gb/s"),
        ("in_rate_bps", 1234.0, "1.23 kb/s"),
        ("dropped_pkts", 1234567, "1,234,567 packets"),
        ("mtu_bytes", 1500, "1500 bytes"),
        ("cpu_pct", 97.5, "97.5 %"),
        ("down_for_s", 200.0, "3 min 20 s"),
        ("offset_ms", -0.5, "-0.5 ms"),
        ("pre_fec_ber", 0.00002, "2.0e-05"),
        ("peer_as", 4200000001, "4200000001"),
        ("oper_up", False, "no"),
        ("session_state", "idle", "idle"),
    ],
)
def test_value_with_the_unit_its_field_ends_in(field: str, value: bool | float | str, said: str) -> None:
    assert words.quantity(field, value) == said


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("input_power_low_alarm_dbm", "input power low alarm"),
        ("in_fcs_errors_delta_count", "in fcs errors delta"),
        ("session_state", "session state"),
        ("pkts", "pkts"),
    ],
)
def test_label_is_the_field_without_its_unit(field: str, said: str) -> None:
    assert words.label(field) == said


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0.04, "0.0 s"),
        (7.34, "7.3 s"),
        (12.0, "12 s"),
        (59.7, "1 min"),
        (200, "3 min 20 s"),
        (3600, "1 h"),
        (7500, "2 h 5 min"),
        (90061, "1 d 1 h"),
        (864000, "10 d"),
    ],
)
def test_duration(seconds: float, said: str) -> None:
    assert words.duration(seconds) == said


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("2026-01-31T03:05:01.434044Z", "2026-01-31 03:05:01 UTC"),
        ("2026-01-31T03:05:01Z", "2026-01-31 03:05:01 UTC"),
        ("2026-01-31T03:05:01+02:00", "2026-01-31T03:05:01+02:00"),
        ("yesterday", "yesterday"),
    ],
)
def test_moment(at: str, said: str) -> None:
    assert words.moment(at) == said


@pytest.mark.parametrize(
    ("probability", "percent", "likelihood"),
    [
        (1.0, "> 99 %", "almost certain"),
        (0.95, "95 %", "almost certain"),
        (0.871, "87 %", "very likely"),
        (0.5, "50 %", "likely"),
        (0.3, "30 %", "possible"),
        (0.1, "10 %", "unlikely"),
        (0.001, "< 1 %", "unlikely"),
    ],
)
def test_probability(probability: float, percent: str, likelihood: str) -> None:
    assert (words.percent(probability), words.likelihood(probability)) == (percent, likelihood)


@pytest.mark.parametrize(
    ("decibans", "said"),
    [(14.2, "26:1"), (6.1, "4.1:1"), (0.0, "1:1"), (-6.0, "1:4"), (45.0, "999+:1"), (-20.0, "1:100")],
)
def test_weight_of_evidence_as_odds(decibans: float, said: str) -> None:
    assert words.odds(decibans) == said


@pytest.mark.parametrize(
    ("items", "said"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "a and b"),
        (["a", "b", "c"], "a, b and c"),
        (["a", "b", "c", "d", "e"], "a, b, c and 2 more"),
    ],
)
def test_listing(items: list[str], said: str) -> None:
    assert words.listing(items) == said


def test_every_reason_and_verdict_has_words() -> None:
    assert words.REASONS.keys() == set(get_args(Reason))
    assert words.VERDICTS.keys() == set(get_args(RunVerdict))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("eth0\x1b[2J", "eth0\\x1b[2J"),
        ("a\r\nb\tc", "a b c"),
        ("\x9b31m", "\\x9b31m"),
        ("abc\u202ecba", "abc\\u202ecba"),
        ("größe – 5 °C", "größe – 5 °C"),
    ],
)
def test_text_that_could_steer_a_terminal_is_spelled_out(text: str, said: str) -> None:
    assert words.printable(text) == said


@given(st.text())
def test_printable_text_has_no_control_or_format_character(text: str) -> None:
    shown = words.printable(text, keep_spaces=True)
    assert not [c for c in shown if unicodedata.category(c) in {"Cc", "Cf", "Cs"}]

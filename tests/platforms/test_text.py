"""Reading text: lines keep their numbers, tables their columns, and one odd row never loses the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netdoctor.model.events import Note
from netdoctor.model.facts import Fact, Neighbor
from netdoctor.platforms import syslog, text, values

PORTS = """
Interface    Oper    Speed
             State
-----------  ------  -------
Ethernet0    up      100G
Ethernet4    down    N/A
             (sfp)

Ethernet8    up      40G
"""


def test_a_rule_says_where_the_columns_stand() -> None:
    assert [(row.line, row.cells) for row in text.ruled_table(PORTS)] == [
        (5, {"interface": "Ethernet0", "oper state": "up", "speed": "100G"}),
        (6, {"interface": "Ethernet4", "oper state": "down (sfp)", "speed": "N/A"}),
        (9, {"interface": "Ethernet8", "oper state": "up", "speed": "40G"}),
    ]


def test_a_header_says_where_the_columns_stand() -> None:
    header = re.compile(r"(?P<address>Address) +(?P<age>Age) +(?P<mac>MAC)")
    output = "x\nAddress    Age  MAC\n192.0.2.1   12  aa\n192.0.2.2       bb\n\nend"
    assert [row.cells for row in text.header_table(output, header)] == [
        {"address": "192.0.2.1", "age": "12", "mac": "aa"},
        {"address": "192.0.2.2", "age": "", "mac": "bb"},
    ]


@pytest.mark.parametrize("mark", ["", "eth"])
def test_blocks_know_their_lines(mark: str) -> None:
    output = "head eth\neth0 up eth0\n  mtu 1500\neth1 down\n"
    found = list(text.blocks(output, re.compile(r"^(eth\d)", re.MULTILINE), mark))
    assert [(block.line, block.head[1], block.text) for block in found] == [
        (2, "eth0", "eth0 up eth0\n  mtu 1500\n"),
        (4, "eth1", "eth1 down\n"),
    ]


def test_an_odd_line_becomes_a_note() -> None:
    def read(line: text.Line) -> Iterator[Fact | Note]:
        address, age = line.text.split()
        yield Neighbor(address=address, age_s=float(age))

    said = list(text.each(text.lines("192.0.2.1 5\n\nwhat\n192.0.2.2 x\n192.0.2.3 7\n"), read))
    assert [one.address for one in said if isinstance(one, Neighbor)] == ["192.0.2.1", "192.0.2.3"]
    assert [one.line for one in said if isinstance(one, Note)] == [3, 4]


@given(st.text(max_size=400))
def test_any_text_can_be_read_as_a_table(said: str) -> None:
    for row in text.ruled_table(said):
        assert row.line <= said.count("\n") + said.count("\r") + len(said.splitlines())
    list(text.lines(said))
    text.fields(said)


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("00:01:02", 62.0),
        ("1:02:03:04", 93784.0),
        ("02:03", 123.0),
        ("1d02h", 93600.0),
        ("3w2d", 1987200.0),
        ("1y2w", 32745600.0),
        ("2 days, 3 hours, 1 minute", 183660.0),
        ("1w2d 03:04:05", 788645.0),
        ("1d 02:03", 93780.0),
        ("1d 2:03", 93780.0),
        ("5 weeks, 1 day, 4 hours, 23 minutes, 7 seconds", 3126187.0),
        ("0.5s", 0.5),
        ("never", None),
        ("", None),
        ("--", None),
        (None, None),
    ],
)
def test_durations(said: str | None, seconds: float | None) -> None:
    assert values.duration_s(said) == seconds


@pytest.mark.parametrize(
    ("said", "speed"),
    [
        ("10Gb/s", 10_000_000_000),
        ("1000Mbps", 1_000_000_000),
        ("100G", 100_000_000_000),
        ("a-1000M", 1_000_000_000),
        ("1000000 Kbit", 1_000_000_000),
        ("2.5G", 2_500_000_000),
        ("1000 Mb/s", 1_000_000_000),
        ("auto", None),
    ],
)
def test_speeds(said: str, speed: int | None) -> None:
    assert values.speed_bps(said) == speed


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("0", 0),
        ("9007199254740993", 2**53 + 1),
        (2**53 + 1, 2**53 + 1),
        ("1e3", 1000),
        (12.9, 12),
        (str(2**64), None),
        (2**63, None),
        ("-1", None),
        ("N/A", None),
        ("inf", None),
        (None, None),
        (True, None),
        ([], None),
    ],
)
def test_counters(said: object, number: int | None) -> None:
    assert values.count(said) == number


@pytest.mark.parametrize(
    ("said", "mac"),
    [
        ("001c.73aa.0001", "00:1c:73:aa:00:01"),
        ("00-1C-73-AA-00-01", "00:1c:73:aa:00:01"),
        ("0:1c:73:aa:0:1", "00:1c:73:aa:00:01"),
        ("001c73aa0001", "00:1c:73:aa:00:01"),
        ("Incomplete", None),
        ("192.0.2.1", None),
    ],
)
def test_mac_addresses(said: str, mac: str | None) -> None:
    assert values.mac_address(said) == mac


@pytest.mark.parametrize(
    ("said", "power"),
    [
        ("-2.5", -2.5),
        ("-2.5 dBm", -2.5),
        ("-Inf", -40.0),
        ("- Inf", -40.0),
        ("-45", -40.0),
        ("N/A", None),
        (-3, -3.0),
    ],
)
def test_optical_power(said: str | int, power: float | None) -> None:
    assert values.power_dbm(said) == power


@pytest.mark.parametrize(
    ("said", "at"),
    [
        ("2026-03-12T04:34:01Z", datetime(2026, 3, 12, 4, 34, 1, tzinfo=UTC)),
        ("2026-03-12T04:34:01.25+02:00", datetime(2026, 3, 12, 2, 34, 1, 250000, tzinfo=UTC)),
        ("2026 Mar 12 04:34:01.123", datetime(2026, 3, 12, 4, 34, 1, 123000, tzinfo=UTC)),
        ("2026/03/12 04:34:01", datetime(2026, 3, 12, 4, 34, 1, tzinfo=UTC)),
        ("Mar 12 2026 04:34:01", datetime(2026, 3, 12, 4, 34, 1, tzinfo=UTC)),
        ("Mar  2 04:34:01.123456789", datetime(2026, 3, 2, 4, 34, 1, 123456, tzinfo=UTC)),
        ("Dec 31 23:59:59", datetime(2025, 12, 31, 23, 59, 59, tzinfo=UTC)),
        ("Feb 30 00:00:00", None),
    ],
)
def test_log_times(said: str, at: datetime | None) -> None:
    assert re.fullmatch(syslog.TIME, said)
    assert syslog.when(said, datetime(2026, 7, 1, tzinfo=UTC)) == at

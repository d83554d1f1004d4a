"""Excerpts: the part of an answer that a finding speaks of."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netdoctor.model.findings import Finding, Value
from netdoctor.report.excerpt import LIMIT_CHARS, excerpt

TRANSCEIVERS = json.dumps(
    {
        "interfaces": {
            "Ethernet1": {"rxPower": -15.83, "txPower": -2.1, "details": {"lowAlarm": -13.9}},
            "Ethernet2": {"rxPower": -2.8, "txPower": -15.83},
        }
    }
)
LINKS = json.dumps(
    [
        {"ifname": "eth1", "operstate": "DOWN", "mtu": 1500},
        {"ifname": "eth10", "operstate": "UP", "mtu": 9214},
    ]
)
PEERS = """Neighbor        V         AS   Up/Down State/PfxRcd
10.0.0.1        4      65001  00:01:12        Idle
10.0.0.10       4      65001  01:00:00          12
"""
STATISTICS = """NIC statistics:
     rx_packets: 573
     rx_errors: 229020
     rx_crc_errors: 229014
     tx_errors: 0
"""
MODULE = """Identifier : 0x03 (SFP)
Laser output power : 0.5012 mW / -3.00 dBm
Receiver signal average optical power : 0.0107 mW / -19.70 dBm
Laser rx power low alarm threshold : 0.0145 mW / -18.40 dBm
"""


def finding(entity: str, **measured: Value) -> Finding:
    return Finding(
        check="a.b", area="interface", severity="minor", entity=entity, title="t", measured=measured
    )


@pytest.mark.parametrize(
    ("output", "about", "found"),
    [
        pytest.param(
            TRANSCEIVERS,
            finding("interface:d1/Ethernet1", input_power_dbm=-15.83, low=-13.9),
            'Ethernet1: {"rxPower": -15.83, "lowAlarm": -13.9}',
            id="json object keyed by name",
        ),
        pytest.param(
            LINKS,
            finding("interface:d1/eth1", mtu_bytes=1500),
            'eth1: {"mtu": 1500}',
            id="json record that bears the name",
        ),
        pytest.param(
            LINKS,
            finding("interface:d1/eth1", oper_up=False),
            'eth1: {"ifname": "eth1", "operstate": "DOWN", "mtu": 1500}',
            id="json without the value: what stands under the name",
        ),
        pytest.param(
            LINKS,
            finding("link:d0/et1--d1/eth10", a_mtu_bytes=1500, b_mtu_bytes=9214),
            'eth10: {"mtu": 9214}',
            id="link: the end of this device",
        ),
        pytest.param(
            '{"load": {"cpu": 97.31}, "free": 3}',
            finding("device:d1", cpu_pct=97.3),
            '{"cpu": 97.31}',
            id="device: by value alone, rounded alike",
        ),
        pytest.param(
            PEERS,
            finding("bgp:d1/10.0.0.1", session_state="idle"),
            "10.0.0.1 4 65001 00:01:12 Idle",
            id="text: the line of the name, not of a longer one",
        ),
        pytest.param(
            STATISTICS,
            finding("interface:d1/eth1", in_fcs_errors_delta_count=573),
            "rx_crc_errors: 229014",
            id="text: a difference is in no answer, its counter is known by its words",
        ),
        pytest.param(
            '{"eth1": {"rx": {"bytes": 9, "crc_errors": 7, "errors": 8}}}',
            finding("interface:d1/eth1", in_fcs_errors_delta_count=3),
            'eth1: {"crc_errors": 7}',
            id="json: the counter by its words",
        ),
        pytest.param(
            MODULE,
            finding("interface:d1/eth1", input_power_dbm=-19.7),
            "Receiver signal average optical power : 0.0107 mW / -19.70 dBm",
            id="text: what was measured, not its threshold",
        ),
        pytest.param(
            PEERS, finding("bgp:d1/10.0.0.10@blue"), "10.0.0.10 4 65001 01:00:00 12", id="vrf left out"
        ),
        pytest.param(
            "line one\nline two", finding("bgp:d1/192.0.2.9"), "line one", id="nothing: the beginning"
        ),
        pytest.param("", finding("device:d1"), "", id="empty answer"),
        pytest.param("{broken", finding("device:d1"), "{broken", id="not JSON after all"),
    ],
)
def test_excerpt(output: str, about: Finding, found: str) -> None:
    assert excerpt(output, "d1", about).text == found


@pytest.mark.parametrize(
    ("output", "power_dbm", "telling"),
    [
        (TRANSCEIVERS, -2.8, True),
        (MODULE, -19.7, True),
        (LINKS, -2.8, False),
        (PEERS, -2.8, False),
        ("", -2.8, False),
    ],
)
def test_an_excerpt_knows_whether_it_shows_what_was_measured(
    output: str, power_dbm: float, telling: bool
) -> None:
    about = finding("interface:d1/Ethernet2", input_power_dbm=power_dbm)
    assert excerpt(output, "d1", about).telling == telling


@given(output=st.text(), name=st.text(), value=st.floats() | st.text() | st.integers())
def test_any_answer_gives_a_short_excerpt(output: str, name: str, value: Value) -> None:
    assert len(excerpt(output, "d1", finding(f"interface:d1/{name}", value=value)).text) <= LIMIT_CHARS


@given(tree=st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists))
def test_any_json_gives_a_short_excerpt(tree: object) -> None:
    assert len(excerpt(json.dumps([tree]), "d1", finding("device:d1", value=1)).text) <= LIMIT_CHARS


def test_nesting_without_end_is_read_as_text() -> None:
    assert excerpt("[" * 100_000, "d1", finding("device:d1")).text.startswith("[[[")

"""How Cisco NX-OS is spoken to, and what its samples alone do not show."""

from __future__ import annotations

import contextlib
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netdoctor import platforms
from netdoctor.model.events import Note
from netdoctor.model.facts import BgpSession, DeviceInfo, Fact, Interface, Route
from netdoctor.model.findings import Reason
from netdoctor.platforms import pasted
from netdoctor.platforms.base import NotUnderstood, understand
from netdoctor.platforms.cisco_nxos.reading import without_json

NXOS = platforms.get("cisco_nxos")


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("Eth1/1", "Ethernet1/1"),
        ("e1/1", "Ethernet1/1"),
        ("ethernet 1/1/2", "Ethernet1/1/2"),
        ("Eth1/17/2.5", "Ethernet1/17/2.5"),
        ("Po10", "port-channel10"),
        ("port-channel 10", "port-channel10"),
        ("Port-channel10.1", "port-channel10.1"),
        ("Lo0", "loopback0"),
        ("vl10", "Vlan10"),
        ("Vlan10", "Vlan10"),
        ("management0", "mgmt0"),
        ("nve 1", "nve1"),
        ("fc1/48", "fc1/48"),
        ("sup-eth1", "sup-eth1"),
        ("Null0", "Null0"),
        ("", ""),
    ],
)
def test_interface_names_become_long(short: str, long: str) -> None:
    assert NXOS.normalise_interface(short) == long
    assert NXOS.normalise_interface(long) == long


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ("                    ^\n% Invalid command at '^' marker.\n", "unsupported"),
        ("% Incomplete command at '^' marker.\n", "unsupported"),
        ("% Ambiguous command at '^' marker.\n", "unsupported"),
        ("Syntax error while parsing 'show nve peers'\n", "unsupported"),
        ("ERROR: This command is not supported on this platform\n", "unsupported"),
        ("% Permission denied for the role\n", "not_authorised"),
        ("% Authorization failed\n", "not_authorised"),
        ("Note:  process currently not running\n", None),
        ('{"TABLE_vrf": {}}', None),
        ("", None),
    ],
)
def test_refusals_bear_their_reason(answer: str, reason: Reason | None) -> None:
    assert NXOS.refusal(answer) == reason


@pytest.mark.parametrize(
    ("output", "ours"),
    [
        ("Cisco Nexus Operating System (NX-OS) Software\nSoftware\n  NXOS: version 10.2(5)\n", True),
        ("Cisco IOS XE Software, Version 17.03.04\n", False),
        ("Cisco IOS XR Software, Version 7.3.2\n", False),
        ("Arista DCS-7280SR3\nSoftware image version: 4.31.2F\n", False),
    ],
)
def test_nxos_is_recognised_by_its_version(output: str, ours: bool) -> None:
    signs = [sign for sign in NXOS.dialect.recognitions if sign.source == "output"]
    assert any(sign.pattern.search(output) for sign in signs) is ours


@pytest.mark.parametrize(
    ("screen", "at_prompt"),
    [
        ("leaf1# ", True),
        ("\nleaf1.example.net#", True),
        ("leaf1>", True),
        ("leaf1(config)# ", True),
        ("##### MST0    vlans mapped:   1-4094\n", False),
        (" --More-- ", False),
    ],
)
def test_the_prompt_ends_an_answer(screen: str, at_prompt: bool) -> None:
    assert bool(NXOS.dialect.prompt.search(screen)) is at_prompt


READ_ONLY = [
    "show interface | json",
    "show interface Ethernet1/1 | json native",
    "show interface Ethernet1/1 transceiver details | json",
    "show bgp all neighbors 2001:db8::1 vrf all",
    "show bgp ipv4 unicast vrf all",
    "show bgp all 192.0.2.0/24 vrf all",
    "show running-config bgp",
    "show ip route 192.0.2.0/24 vrf RED | json",
    "show logging last 300",
    "show accounting log 40000",
    "show running-config interface port-channel10",
    "show spanning-tree vlan 10 detail",
]
EVIL = [
    "show interface | json | tee bootflash:x",
    "show interface | json-pretty",
    "show interface > bootflash:x",
    "show interface >> bootflash:x",
    "show interface | vsh",
    "show interface | sed s/a/b/",
    "show interface | xml",
    "show running-config",
    "show running-config all",
    "show startup-config",
    "show tech-support",
    "show cli history",
    "show file bootflash:x",
    "show interface ; reload",
    "attach module 1",
    "slot 1 show version",
    "system internal dmesg",
    "guestshell",
    "run bash",
    "feature bash-shell",
    "ethanalyzer local interface inband",
    "install all nxos bootflash:x",
    "terminal monitor",
    "SHOW VERSION",
    "show  version",
    "top -n 1",
]


@pytest.mark.parametrize("command", READ_ONLY)
def test_read_only_commands_are_allowed(command: str) -> None:
    assert NXOS.allows(command)
    assert not NXOS.allows(command.title())
    assert not NXOS.allows(f"{command} | include x")


@pytest.mark.parametrize("command", EVIL)
def test_everything_else_is_refused(command: str) -> None:
    assert not NXOS.allows(command)


def test_text_is_asked_for_where_there_is_no_json() -> None:
    known = DeviceInfo(os_version="6.2(10)")
    assert without_json([]) == ()
    assert without_json([known]) == ({},)
    assert without_json([known, Interface(interface="mgmt0")]) == ()


@pytest.mark.parametrize(
    ("command", "output", "template"),
    [
        ("sh int status", "", "show interface status"),
        ("show interface Ethernet 1/1", "", "show interface"),
        ("show int e1/1 trans det", "", "show interface transceiver details"),
        ("show interface brief | json native", "{", "show interface brief"),
        ("show ip arp statistics vrf all", "", "show ip arp statistics vrf all"),
        ("show ip route summary", "", "show ip route summary vrf all"),
        ("show ip route 192.0.2.0/24", "", "show ip route vrf all"),
        ("show bgp vrf RED all neighbors", "", "show bgp all neighbors vrf all"),
        ("show vpc", "{", "show vpc | json"),
        ("syslog message received by a collector (X)", "", "show logging last 300"),
    ],
)
def test_a_pasted_command_finds_its_reader(command: str, output: str, template: str) -> None:
    found = pasted.reader_of(NXOS, command, output)
    assert found is not None and found[0].template == template


def _read(command: str, answer: Any) -> tuple[list[Fact], list[Note]]:
    found = NXOS.command_for(command)
    assert found is not None, command
    output = answer if isinstance(answer, str) else json.dumps(answer)
    return understand(found[0].parse, output, found[1])


@pytest.mark.parametrize("packed", [{"interface": "Eth1/1"}, [{"interface": "Eth1/1"}]])
@pytest.mark.parametrize("around", [lambda rows: rows, lambda rows: [rows]])
def test_rows_are_read_however_they_are_packed(packed: Any, around: Any) -> None:
    facts, _ = _read("show interface | json", {"TABLE_interface": around({"ROW_interface": packed})})
    assert facts == [Interface(interface="Ethernet1/1", kind="ethernet")]


def test_another_table_is_not_taken_for_none() -> None:
    with pytest.raises(NotUnderstood):
        _read("show interface | json", {"TABLE_nbor": {"ROW_nbor": {"l_port_id": "Eth1/1"}}})


def test_a_vrf_that_was_asked_about_is_that_of_its_neighbours() -> None:
    answer = (
        "BGP neighbor is 192.0.2.1, remote AS 64501, ebgp link, Peer index 1\n"
        "  BGP state = Idle, down for 00:01:00\n"
    )
    facts, _ = _read("show bgp vrf RED all neighbors", answer)
    assert [fact.vrf for fact in facts if isinstance(fact, BgpSession)] == ["RED"]


def test_a_full_table_is_cut_with_a_note() -> None:
    row = {"ipprefix": "192.0.2.0/24", "TABLE_path": {"ROW_path": {"clientname": "bgp-1", "ubest": "true"}}}
    prefixes = {"ROW_prefix": [row] * 20_050}
    answer = {
        "TABLE_vrf": {"ROW_vrf": {"TABLE_addrf": {"ROW_addrf": {"addrf": "ipv4", "TABLE_prefix": prefixes}}}}
    }
    facts, notes = _read("show ip route vrf all | json", answer)
    assert sum(isinstance(fact, Route) for fact in facts) == 20_000
    assert len(notes) == 1


PARSERS = sorted({command.parse for command in NXOS.commands}, key=lambda parse: parse.__qualname__)
LINES = st.lists(
    st.text(st.characters(codec="utf-8"), max_size=60)
    | st.sampled_from(
        [
            "Ethernet1/1 is up",
            "BGP neighbor is 192.0.2.1, remote AS 1, ibgp link",
            "  RX",
            "VLAN0010",
            "##### MST0",
            "Port 1 (Eth1/1) of VLAN0010 is broken (",
            "Neighbor 192.0.2.1, interface address 192.0.2.2",
            "Chassis id: x",
            "QOS GROUP 0",
            "| Tx Pkts | 1 | |",
            "IP access list x",
            "10 deny tcp any any eq",
            '{"TABLE_interface": {"ROW_interface": [1, {"interface": 5}]}}',
            "192.0.2.1 4 1",
            "1 ASIC 1 1 1 ok",
        ]
    ),
    max_size=12,
)


@pytest.mark.parametrize("parse", PARSERS, ids=lambda parse: parse.__qualname__)
@settings(max_examples=40, deadline=None)
@given(lines=LINES)
def test_wild_text_breaks_no_parser(parse: Any, lines: list[str]) -> None:
    with contextlib.suppress(NotUnderstood):
        understand(parse, "\n".join(lines), {})

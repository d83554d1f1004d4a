"""How Nokia SR Linux is spoken to, and that no text makes its parsers fail."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netdoctor import platforms
from netdoctor.model.findings import Reason
from netdoctor.platforms.base import NotUnderstood, understand

SRL = platforms.get("nokia_srl")


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("ethernet-1/1", "ethernet-1/1"),
        ("e1/1", "ethernet-1/1"),
        ("eth-1/1.0", "ethernet-1/1.0"),
        ("Ethernet 1/1/2", "ethernet-1/1/2"),
        ("lag1", "lag1"),
        ("LAG 1", "lag1"),
        ("mgmt0.0", "mgmt0.0"),
        ("irb1.10", "irb1.10"),
        ("vxlan1.1", "vxlan1.1"),
        ("", ""),
    ],
)
def test_interface_names_become_long(short: str, long: str) -> None:
    assert SRL.normalise_interface(short) == long
    assert SRL.normalise_interface(long) == long


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ("Parsing error: Unknown token 'foo'. Options are ['#', '>']\n", "unsupported"),
        ("Error: Command 'show version' is not authorized for user 'oncall'\n", "not_authorised"),
        ('{"interface": []}', None),
        ("  Errored packets     0      0\n", None),
        ("", None),
    ],
)
def test_refusals_bear_their_reason(answer: str, reason: Reason | None) -> None:
    assert SRL.refusal(answer) == reason


@pytest.mark.parametrize(
    ("output", "srl"),
    [
        ("Hostname             : leaf1\nOS                   : SR Linux\n", True),
        ("TiMOS-B-26.3.R1 both/x86_64 Nokia 7750 SR-1 Copyright (c) 2000-2026 Nokia.\n", False),
        ("Linux debian 6.1.0 #1 SMP x86_64 GNU/Linux\n", False),
        ("SONiC Software Version: SONiC.202305\n", False),
    ],
)
def test_srl_is_recognised_by_its_version(output: str, srl: bool) -> None:
    assert SRL.dialect.recognise_by == "show version"
    signs = [sign for sign in SRL.dialect.recognitions if sign.source == "output"]
    assert any(sign.pattern.search(output) for sign in signs) is srl


@pytest.mark.parametrize(
    ("screen", "at_prompt"),
    [
        ("--{ running }--[  ]--\nA:leaf1# ", True),
        ("--{ + candidate shared default }--[ interface mgmt0 ]--\nA:admin@leaf1# ", True),
        ("\nB:leaf1# ", True),
        ("--{ running }--[  ]--\n", False),
        ("Total entries : 1\n", False),
        ("leaf1# ", False),
    ],
)
def test_the_prompt_ends_an_answer(screen: str, at_prompt: bool) -> None:
    assert bool(SRL.dialect.prompt.search(screen)) is at_prompt


@pytest.mark.parametrize(
    ("command", "allowed"),
    [
        ("info from state interface * | as json", True),
        ("info from state network-instance * protocols bgp | as json", True),
        ("show network-instance * protocols bgp neighbor 192.0.2.0 detail", True),
        ("show network-instance default route-table ipv4-unicast prefix 203.0.113.0/24 detail", True),
        ("show system logging buffer messages", True),
        ("info from running | as json", False),
        ("info from state system aaa | as json", False),
        ("info from state interface * | as json > x", False),
        ("info from state interface *", False),
        ("enter candidate", False),
        ("bash", False),
        ("show interface | grep x", False),
        ("tools interface ethernet-1/1 statistics clear", False),
        ("set / interface ethernet-1/1 admin-state disable", False),
        ("monitor from state interface *", False),
    ],
)
def test_what_may_be_said(command: str, allowed: bool) -> None:
    assert SRL.allows(command) is allowed


def test_questions_are_allowed_and_have_known_holes() -> None:
    holes = {
        "interface": "ethernet-1/1",
        "peer": "192.0.2.2",
        "prefix": "203.0.113.0/24",
        "address": "192.0.2.2",
    }
    for template in SRL.questions.values():
        assert set(re.findall(r"\{(\w+)\}", template)) <= {*holes, "queue"}
        assert SRL.allows(template.format_map({**holes, "queue": "1"})), template


_PIECES = st.sampled_from(
    [
        "ethernet-1/1",
        "| a | b |",
        "+---+---+",
        "+===+===+",
        "Up",
        "Down",
        "192.0.2.1",
        "2001:db8::1/64",
        " ",
        "   ",
        "\n",
        ":",
        " : ",
        "-" * 30,
        "=" * 30,
        "*",
        "N/A",
        "Peer",
        "Neighbor",
        "Interface: ethernet-1/1",
        "Peer : 192.0.2.1",
        "Net-Inst default OSPFv2",
        "lag1 is up",
        "Name",
        "0",
        "99999999999999999999",
        "00h00m12s",
        "é",
        "\x00",
        "\t",
        "{",
        "}",
        "[",
        "<a>",
        "</a>",
        '"',
        "route table of network instance x",
        "Filter : x",
        "Entry 10",
        "2026-01-03T11:59:45.072345+00:00 ",
    ]
)


@settings(max_examples=40, deadline=None)
@given(st.lists(_PIECES, max_size=60).map("".join) | st.text(max_size=200))
def test_wild_text_is_at_worst_not_understood(output: str) -> None:
    for command in SRL.commands:
        try:
            understand(
                command.parse, output, {"name": "ethernet-1/1", "vrf": "default", "path": "interface *"}
            )
        except NotUnderstood:
            continue


@settings(max_examples=40, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.just("1/1/1"),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    [
                        "srl_nokia-interfaces:interface",
                        "name",
                        "network-instance",
                        "protocols",
                        "bgp",
                        "neighbor",
                        "peer-address",
                        "statistics",
                        "interface",
                        "subinterface",
                        "isis",
                        "ospf",
                        "instance",
                        "system",
                        "platform",
                        "control",
                        "cpu",
                        "transceiver",
                        "channel",
                        "ethernet",
                        "acl",
                    ]
                ),
                inner,
                max_size=5,
            )
        ),
        max_leaves=30,
    )
)
def test_a_wild_tree_is_at_worst_not_understood(tree: object) -> None:
    for path in ("interface *", "platform control *", "network-instance * protocols bgp"):
        found = SRL.command_for(f"info from state {path} | as json")
        assert found is not None
        try:
            understand(found[0].parse, json.dumps(tree), found[1])
        except NotUnderstood:
            continue

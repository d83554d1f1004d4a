"""How Nokia SR OS is spoken to, and that no text makes its parsers fail."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netdoctor import platforms
from netdoctor.model.facts import DropCounter, Fact, LldpNeighbor, TableUse
from netdoctor.model.findings import Reason
from netdoctor.platforms.base import NotUnderstood, understand

SROS = platforms.get("nokia_sros")


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("lag-5", "lag-5"),
        ("LAG 5", "lag-5"),
        ("Lag-23:300", "lag-23:300"),
        ("port 1/1/C1/1", "1/1/c1/1"),
        ("1/1/1", "1/1/1"),
        (' "to-pe2" ', "to-pe2"),
        ("esat-1/1/c65/u1", "esat-1/1/c65/u1"),
        ("ethernet-1/1", "ethernet-1/1"),
        ("", ""),
    ],
)
def test_ports_are_named_as_the_router_names_them(short: str, long: str) -> None:
    assert SROS.normalise_interface(short) == long
    assert SROS.normalise_interface(long) == long


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ("Error: Bad command.\n", "unsupported"),
        ("         ^\nError: Invalid parameter. \n", "unsupported"),
        ("MINOR: CLI #2005: Unknown command\n", "unsupported"),
        ("MINOR: MGMT_CORE #2201: Unknown element - 'foo'\n", "unsupported"),
        ("MINOR: CLI Command not allowed for this user.\n", "not_authorised"),
        ("MINOR: CLI #2005: Error while processing command - OSPF instance 0 is not configured\n", None),
        ("No Matching Entries Found\n", None),
        ("Errors                 0        0\n", None),
        ("", None),
    ],
)
def test_refusals_bear_their_reason(answer: str, reason: Reason | None) -> None:
    assert SROS.refusal(answer) == reason


@pytest.mark.parametrize(
    ("output", "sros"),
    [
        ("TiMOS-B-26.3.R1 both/x86_64 Nokia 7750 SR-1 Copyright (c) 2000-2026 Nokia.\n", True),
        ("TiMOS-C-12.0.R8 cpm/hops ALCATEL SR 7750 Copyright (c) 2000-2014 Alcatel-Lucent.\n", True),
        ("OS                   : SR Linux\nSoftware Version     : v24.7.2\n", False),
        ("Cisco IOS XR Software, Version 7.5.2\n", False),
        ("Arista DCS-7280SR3-48YC8-F\nSoftware image version: 4.31.2F\n", False),
        ("Hostname: mx\nModel: mx240\nJunos: 21.4R1\n", False),
    ],
)
def test_sros_is_recognised_by_its_version(output: str, sros: bool) -> None:
    assert SROS.dialect.recognise_by == "show version"
    signs = [sign for sign in SROS.dialect.recognitions if sign.source == "output"]
    assert any(sign.pattern.search(output) for sign in signs) is sros


@pytest.mark.parametrize(
    ("screen", "at_prompt"),
    [
        ("A:pe1# ", True),
        ("*A:pe1# ", True),
        ("B:pe1>config>router# ", True),
        ("\n[/]\nA:oncall@pe1# ", True),
        ("\n(ro)[/show log]\nA:oncall@pe1# ", True),
        ("!*(ex)[/]\nA:oncall@pe1-23.10.R1# ", True),
        ("Adjacencies : 1\n", False),
        ("Press any key to continue (Q to quit)", False),
        ("A:pe1# show version\nTiMOS-B", False),
        ("--{ running }--[  ]--\n", False),
    ],
)
def test_the_prompt_ends_an_answer(screen: str, at_prompt: bool) -> None:
    assert bool(SROS.dialect.prompt.search(screen)) is at_prompt


def test_the_pager_is_seen() -> None:
    assert SROS.dialect.pager is not None
    assert SROS.dialect.pager.search("1/1/1   Up\nPress any key to continue (Q to quit)")


@pytest.mark.parametrize(
    ("command", "allowed"),
    [
        ("show router bgp summary all", True),
        ("show router 100 bgp neighbor", True),
        ('show router "Base" interface "to-pe2" detail', True),
        ("show port 1/1/c1/1 detail", True),
        ("show router route-table 203.0.113.0/24 extensive", True),
        ('info json /state router "Base" bgp neighbor *', True),
        ("info json /state port * statistics", True),
        ("show log log-id 99", True),
        ('show router "management" route-table', True),
        ("show system security cpm-filter ip-filter entry 10", True),
        ("info json /state port * ethernet lldp", True),
        ('info json /state router "Base" bgp rib', True),
        ("info json /configure", False),
        ("info json /state *", False),
        ("admin show configuration", False),
        ("admin display-config", False),
        ("show system security user", False),
        ("tools dump router bgp", False),
        ("file show cf3:/config.cfg", False),
        ("environment more", False),
        ("show router bgp neighbor | match State", False),
        ("show port 1/1/1 detail > cf3:/x", False),
        ("ping 192.0.2.1", False),
        ("clear router bgp neighbor all", False),
    ],
)
def test_what_may_be_said(command: str, allowed: bool) -> None:
    assert SROS.allows(command) is allowed


def test_questions_are_allowed_and_have_known_holes() -> None:
    holes = {"interface": "1/1/1", "peer": "192.0.2.2", "prefix": "203.0.113.0/24", "address": "192.0.2.2"}
    for template in SROS.questions.values():
        assert set(re.findall(r"\{(\w+)\}", template)) <= {*holes, "queue"}
        assert SROS.allows(template.format_map({**holes, "queue": "1"})), template


def asked(template: str, *facts: Fact) -> list[str]:
    """How often, and with which arguments, a run sends a command after it has learned facts."""
    command = next(one for one in SROS.commands if one.template == template)
    assert command.arguments is not None
    return [command.render(arguments) for arguments in command.arguments(facts)]


@pytest.mark.parametrize("template", ["show router route-table", 'info json /state router "Base" bgp rib'])
@pytest.mark.parametrize(
    ("routes", "times"), [((), 0), ((TableUse(table="ipv4 routes default", used_count=900_000),), 0),
                          ((TableUse(table="ipv4 routes 100", used_count=5),), 0),
                          ((TableUse(table="ipv4 routes default", used_count=120),), 1)],
)  # fmt: skip
def test_a_table_is_asked_as_a_whole_where_it_is_small(
    template: str, routes: tuple[Fact, ...], times: int
) -> None:
    assert len(asked(template, *routes)) == times


def test_what_the_state_tree_told_is_not_asked_again() -> None:
    heard = LldpNeighbor(interface="1/1/1", neighbor_device="pe2")
    assert asked("show system lldp neighbor") == ["show system lldp neighbor"]
    assert asked("show system lldp neighbor", heard) == []


def test_entries_of_the_control_plane_filter_that_drop_are_asked_in_full() -> None:
    dropping = DropCounter(kind="acl", name="cpm ip-filter entry 10", dropped_pkts=4)
    idle = DropCounter(kind="acl", name="cpm ip-filter entry 20", dropped_pkts=0)
    entry = "show system security cpm-filter ip-filter entry"
    assert asked(f"{entry} {{number}}", dropping, idle) == [f"{entry} 10"]


_PIECES = st.sampled_from(
    [
        "1/1/c1/1",
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
        "Interface          : 1/1/1",
        "Description        : x",
        "Rtr Base OSPFv2 Instance 0",
        "Lane ID ",
        "0",
        "99999999999999999999",
        "00h00m12s",
        "é",
        "\x00",
        "\t",
        "{",
        "}",
        "\nport 1/1/1 {\n",
        "\noper-name [a b]\n",
        "[",
        "<a>",
        "</a>",
        '"',
        "(Router: Base)",
        "BGP Summary",
        "Egress Queue  1",
        "Hostname    : x",
        "10/20/2024 15:55:43",
    ]
)


@settings(max_examples=40, deadline=None)
@given(st.lists(_PIECES, max_size=60).map("".join) | st.text(max_size=200))
def test_wild_text_is_at_worst_not_understood(output: str) -> None:
    for command in SROS.commands:
        try:
            understand(command.parse, output, {"port": "1/1/1", "router": "1", "path": "port *"})
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
                        "nokia-state:port",
                        "port-id",
                        "router",
                        "router-name",
                        "bgp",
                        "neighbor",
                        "ip-address",
                        "statistics",
                        "interface",
                        "interface-name",
                        "isis",
                        "ospf",
                        "area",
                        "system",
                        "cpu",
                        "chassis",
                        "transceiver",
                        "digital-diagnostic-monitoring",
                        "lane",
                        "ethernet",
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
    for path in ("system", "port * statistics", "router Base bgp neighbor *"):
        found = SROS.command_for(f"info json /state {path}")
        assert found is not None
        try:
            understand(found[0].parse, json.dumps(tree), found[1])
        except NotUnderstood:
            continue

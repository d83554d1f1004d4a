"""How Junos is spoken to, and what its samples alone do not show: XML and JSON are one tree."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netdoctor import platforms
from netdoctor.model.events import Note
from netdoctor.model.facts import BgpAfi, BgpSession, CpuMemory, Fact, Interface, OpticLane
from netdoctor.model.findings import Reason
from netdoctor.platforms import pasted
from netdoctor.platforms.base import Command, NotUnderstood, understand
from netdoctor.platforms.juniper_junos.reading import leaf, nodes, tree

JUNOS = platforms.get("juniper_junos")


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("xe-0/0/1", "xe-0/0/1"),
        ("XE-0/0/1", "xe-0/0/1"),
        ("et-0/0/1:3", "et-0/0/1:3"),
        ("ge-0/0/0.100", "ge-0/0/0.100"),
        (" ae10 ", "ae10"),
        ("AE10.0", "ae10.0"),
        ("lo0.0,", "lo0.0"),
        ("irb.10", "irb.10"),
        ("Ethernet1/1", "Ethernet1/1"),
        ("", ""),
    ],
)
def test_interface_names_are_in_lower_case(short: str, long: str) -> None:
    assert JUNOS.normalise_interface(short) == long
    assert JUNOS.normalise_interface(long) == long


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ("\n                ^\nsyntax error, expecting <command>.\n", "unsupported"),
        ("          ^\nunknown command.\n", "unsupported"),
        ("                       ^\nmissing argument.\n", "unsupported"),
        ("                     ^\n'int' is ambiguous.\n", "unsupported"),
        ("error: command is not valid on the ex2300-24t\n", "unsupported"),
        ("error: the l2cpd subsystem is not running\n", "unsupported"),
        ("error: permission denied: firewall\n", "not_authorised"),
        ("BGP is not running\n", None),
        ("No alarms currently active\n", None),
        ('{\n    "bgp-information" : [\n    {\n    }\n    ]\n}\n', None),
        ("", None),
    ],
)
def test_refusals_bear_their_reason(answer: str, reason: Reason | None) -> None:
    assert JUNOS.refusal(answer) == reason


@pytest.mark.parametrize(
    ("screen", "at_prompt"),
    [
        ("admin@leaf1> ", True),
        ("\n{master:0}\nadmin@leaf1> ", True),
        ("\nadmin@leaf1# ", True),
        ("Physical interface: ge-0/0/0, Enabled\n", False),
        ("---(more 45%)---", False),
    ],
)
def test_the_prompt_ends_an_answer(screen: str, at_prompt: bool) -> None:
    assert bool(JUNOS.dialect.prompt.search(screen)) is at_prompt


def test_the_pager_is_seen() -> None:
    assert JUNOS.dialect.pager is not None
    assert JUNOS.dialect.pager.search("ge-0/0/0  up  up\n---(more)---")
    assert JUNOS.dialect.pager.search("ge-0/0/0  up  up\n---(more 45%)---")
    assert not JUNOS.dialect.pager.search("ge-0/0/0  up  up\n")


@pytest.mark.parametrize(
    ("command", "allowed"),
    [
        ("show interfaces et-0/0/1:3 extensive | display json | no-more", True),
        ("show bgp neighbor 2001:db8::1 | display xml", True),
        ("show route 192.0.2.0/24 exact detail | display json | no-more", True),
        ("show route receive-protocol bgp 192.0.2.1 | display json | no-more", True),
        ("show configuration interfaces ae1 | display set | no-more", True),
        ("show log messages | last 200 | no-more", True),
        ("show configuration protocols bgp | no-more", True),
        ("show configuration firewall | no-more", True),
        ("show configuration class-of-service interfaces | no-more", True),
        ("show system statistics tcp | no-more", True),
        ("show route advertising-protocol bgp 192.0.2.1 | display json | no-more", True),
        ("show configuration", False),
        ("show configuration firewall | except x | save y", False),
        ("show configuration system login", False),
        ("show version | save /var/tmp/x", False),
        ("show version | display json | save x", False),
        ("show version | append x", False),
        ("show version | tee x", False),
        ("show version |display json", False),
        ("show log messages | last 200 | refresh 1", False),
        ("show route 192.0.2.1 | display json | no-more ; request system reboot", False),
        ("request system reboot", False),
        ("request pfe execute command reset", False),
        ('request pfe execute command "show icmp statistics"', False),
        ("monitor start messages", False),
        ("monitor traffic interface ge-0/0/0", False),
        ("start shell", False),
        ("restart routing", False),
        ("file delete /var/tmp/x", False),
        ("op script", False),
        ("clear interfaces statistics all", False),
        ("configure", False),
        ("edit", False),
        ("ping 192.0.2.1", False),
    ],
)
def test_only_read_only_commands_are_allowed(command: str, allowed: bool) -> None:
    assert JUNOS.allows(command) is allowed
    assert not JUNOS.allows(command.upper())


def _facts(command: str, output: str) -> list[Fact]:
    found = pasted.reader_of(JUNOS, command, output)
    assert found is not None, command
    return understand(found[0].parse, pasted.answer(output, command), found[1])[0]


@pytest.mark.parametrize(
    "command",
    [
        "show bgp neighbor",
        "show bgp neighbor | display json | no-more",
        "show bgp neighbor 192.0.2.1 | display xml",
        "get-bgp-neighbor-information",
        "sh bgp nei",
    ],
)
def test_a_command_is_found_in_all_its_forms(command: str) -> None:
    found = pasted.reader_of(JUNOS, command)
    assert found is not None
    assert found[0].area == "bgp"


_XML = """<rpc-reply xmlns:junos="http://xml.juniper.net/junos/23.4R0/junos">
  <bgp-information xmlns="http://xml.juniper.net/junos/23.4R0/junos-routing">
    <bgp-peer junos:style="terse"><peer-address>192.0.2.1</peer-address><peer-as>64501</peer-as>
      <flap-count>2</flap-count><elapsed-time junos:seconds="187">3:07</elapsed-time>
      <peer-state>Established</peer-state>
      <bgp-rib><name>inet.0</name><received-prefix-count>5</received-prefix-count></bgp-rib></bgp-peer>
  </bgp-information>
  <cli><banner>{master:0}</banner></cli>
</rpc-reply>"""
_JSON = """show bgp summary | display json
{
    "bgp-information" : [{
        "bgp-peer" : [{
            "peer-address" : [{"data" : "192.0.2.1"}], "peer-as" : [{"data" : "64501"}],
            "flap-count" : [{"data" : "2"}],
            "elapsed-time" : [{"data" : "3:07", "attributes" : {"junos:seconds" : "187"}}],
            "peer-state" : [{"data" : "Established"}],
            "bgp-rib" : [{"name" : [{"data" : "inet.0"}], "received-prefix-count" : [{"data" : "5"}]}]
        }]
    }]
}

{master:0}
"""


def test_xml_and_json_are_one_tree() -> None:
    of_xml = _facts("show bgp summary | display xml", _XML)
    assert of_xml == _facts("show bgp summary | display json", _JSON)
    assert of_xml == [
        BgpSession(
            peer="192.0.2.1",
            peer_as=64501,
            session_state="established",
            admin_up=True,
            up_for_s=187.0,
            established_transitions_count=2,
        ),
        BgpAfi(peer="192.0.2.1", afi_safi="IPV4_UNICAST", negotiated=True, prefixes_received_count=5),
    ]


def test_xml_that_is_cut_off_tells_what_was_whole() -> None:
    found = tree(_XML[: _XML.index("<bgp-rib>")])
    assert found is not None
    peers = nodes(found, "rpc-reply", "bgp-information", "bgp-peer")
    assert leaf(peers[0], "peer-as") == "64501"


@pytest.mark.parametrize(
    "output",
    [
        '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>',
        '<?xml version="1.0"?><!doctype x SYSTEM "file:///etc/passwd"><x/>',
        '{"bgp-information" : [',
    ],
)
def test_what_is_no_tree_is_not_understood(output: str) -> None:
    with pytest.raises(NotUnderstood):
        tree(output)


@pytest.mark.parametrize("text", ["{master:0}\nHostname: leaf1\n", "Hostname: leaf1\n<default>  0\n", ""])
def test_text_is_no_tree(text: str) -> None:
    assert tree(text) is None


def test_each_routing_engine_of_several_is_told_apart() -> None:
    engines = [
        {
            "re-name": [{"data": f"node{number}"}],
            "route-engine-information": [{"route-engine": [{"cpu-idle": [{"data": idle}]}]}],
        }
        for number, idle in ((0, "90"), (1, "12"))
    ]
    output = json.dumps({"multi-routing-engine-results": [{"multi-routing-engine-item": engines}]})
    loads = [one for one in _facts("show chassis routing-engine", output) if isinstance(one, CpuMemory)]
    assert [(one.component, one.cpu_pct) for one in loads] == [
        ("node0 Routing Engine", 10.0),
        ("node1 Routing Engine", 88.0),
    ]


@pytest.mark.parametrize(
    ("said", "dbm"), [("- Inf", -40.0), ("-Inf", -40.0), ("-31.55", -31.55), ("-55.00", -40.0), ("N/A", None)]
)
def test_no_light_is_minus_forty(said: str, dbm: float | None) -> None:
    module = {"rx-signal-avg-optical-power-dbm": said, "laser-bias-current": "6.5"}
    output = json.dumps(
        {
            "interface-information": [
                {"physical-interface": [{"name": "xe-0/0/0", "optics-diagnostics": [module]}]}
            ]
        }
    )
    found = _facts("show interfaces diagnostics optics", output)
    assert [one.input_power_dbm for one in found if isinstance(one, OpticLane)] == [dbm]


def test_a_unit_of_srx_goes_with_its_port() -> None:
    output = (
        "Physical interface: ge-0/0/0, Enabled, Physical link is Down\n"
        "  Link-level type: Ethernet, MTU: 1514, Speed: 1000mbps\n\n"
        "  Logical interface ge-0/0/0.0 (Index 70) (SNMP ifIndex 507)\n"
        "    Flags: SNMP-Traps 0x4000 Encapsulation: ENET2\n"
        "    Protocol inet, MTU: 1500\n"
    )
    found = _facts("show interfaces", output)
    states = {one.interface: one.oper_up for one in found if isinstance(one, Interface)}
    assert states == {"ge-0/0/0": False, "ge-0/0/0.0": False}


PARSERS = {command.parse: command for command in JUNOS.commands}


@pytest.mark.parametrize("command", PARSERS.values(), ids=lambda command: command.template)
@settings(max_examples=40, deadline=None)
@given(
    text=st.one_of(
        st.text(max_size=300),
        st.lists(
            st.sampled_from(
                [
                    "Physical interface: ge-0/0/0",
                    "Peer: 192.0.2.1 AS 1",
                    "inet.0: 1 destinations",
                    "  ",
                    "|",
                    "0",
                    "<rpc-reply>",
                    "</rpc-reply>",
                    '{"a" : [{"data" : ["x"]}]}',
                    "Filter: x",
                    "Jul  5 21:00:00 h x: y",
                ]
            ),
            max_size=12,
        ).map("\n".join),
    )
)
def test_wild_text_is_at_most_not_understood(command: Command, text: str) -> None:
    try:
        for item in command.parse(text):
            assert isinstance(item, Fact | Note)
    except NotUnderstood:
        pass


def test_another_vendors_table_is_not_taken_for_ours() -> None:
    """IOS has the version of BGP where Junos has the AS."""
    row = "192.0.2.1       4 65001    1234    1230       45    0    0 1d02h          12\n"
    command = platforms.get("juniper_junos").command_for("show bgp summary")
    assert command is not None
    with pytest.raises(NotUnderstood):
        understand(command[0].parse, f"Neighbor        V    AS MsgRcvd MsgSent   TblVer  InQ OutQ\n{row}")

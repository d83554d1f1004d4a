"""How Cisco IOS-XR is spoken to, what it may be asked, and what its parsers make of wild text."""

from __future__ import annotations

import contextlib
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from netdoctor import platforms
from netdoctor.model.facts import BgpSession, Fact, LogEvent
from netdoctor.model.findings import Reason
from netdoctor.platforms import pasted
from netdoctor.platforms.base import Command, NotUnderstood, understand

XR = platforms.get("cisco_xr")


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("Gi0/0/0/0", "GigabitEthernet0/0/0/0"),
        ("gigabitEthernet 0/0/0/0", "GigabitEthernet0/0/0/0"),
        ("Te0/0/0/1.100", "TenGigE0/0/0/1.100"),
        ("tengige0/0/0/1", "TenGigE0/0/0/1"),
        ("Tf0/0/0/2", "TwentyFiveGigE0/0/0/2"),
        ("Fo0/0/1/0", "FortyGigE0/0/1/0"),
        ("Hu0/0/1/0", "HundredGigE0/0/1/0"),
        ("FH0/0/0/28", "FourHundredGigE0/0/0/28"),
        ("Te0/0/0/4/3", "TenGigE0/0/0/4/3"),
        ("BE10", "Bundle-Ether10"),
        ("bundle-ether 10", "Bundle-Ether10"),
        ("BE10.200", "Bundle-Ether10.200"),
        ("BV20", "BVI20"),
        ("Lo0", "Loopback0"),
        ("Mg0/RP0/CPU0/0", "MgmtEth0/RP0/CPU0/0"),
        ("MgmtEth0/RSP0/CPU0/1", "MgmtEth0/RSP0/CPU0/1"),
        ("tt300", "tunnel-te300"),
        ("Nu0", "Null0"),
        ("Optics0/0/0/1", "Optics0/0/0/1"),
        ("xe-0/0/0", "xe-0/0/0"),
        ("", ""),
    ],
)
def test_interface_names_become_long(short: str, long: str) -> None:
    assert XR.normalise_interface(short) == long
    assert XR.normalise_interface(long) == long


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ("                    ^\n% Invalid input detected at '^' marker.\n", "unsupported"),
        ("% Incomplete command.\n", "unsupported"),
        ('% Ambiguous command:  "show i"\n', "unsupported"),
        ("% This command is not authorized\n", "not_authorised"),
        ("% BGP instance 'default' not active\n", None),
        ("% LLDP is not enabled\n", None),
        ("Tue Mar 10 09:15:02.118 UTC\n", None),
        ("", None),
    ],
)
def test_refusals_bear_their_reason(answer: str, reason: Reason | None) -> None:
    assert XR.refusal(answer) == reason


@pytest.mark.parametrize(
    ("screen", "at_prompt"),
    [
        ("RP/0/RP0/CPU0:pe1#", True),
        ("\nRP/0/RSP0/CPU0:pe1.example.net# ", True),
        ("RP/0/0/CPU0:ios#", True),
        ("RP/0/RP0/CPU0:pe1(config-if)#", True),
        ("Interface TenGigE0/0/0/1 # uplink\n", False),
        ("leaf1#", False),
        (" --More-- ", False),
    ],
)
def test_the_prompt_ends_an_answer(screen: str, at_prompt: bool) -> None:
    assert bool(XR.dialect.prompt.search(screen)) is at_prompt


@pytest.mark.parametrize(
    ("source", "sign", "xr"),
    [
        ("server_version", "Cisco-2.0", True),
        ("server_version", "Cisco-1.25", False),
        ("server_version", "OpenSSH_9.2", False),
        ("prompt", "RP/0/RP0/CPU0:pe1#", True),
        ("prompt", "pe1#", False),
        ("output", "Cisco IOS XR Software, Version 7.3.2\n", True),
        ("output", "Cisco IOS Software [Cupertino], Catalyst L3 Switch Software\n", False),
        ("output", "Cisco Nexus Operating System (NX-OS) Software\n", False),
    ],
)
def test_xr_is_recognised(source: str, sign: str, xr: bool) -> None:
    signs = [one for one in XR.dialect.recognitions if one.source == source]
    assert any(one.pattern.search(sign) for one in signs) is xr


def test_questions_are_asked_with_known_holes() -> None:
    assert {"optics.read", "interface.read", "bgp.neighbor_detail", "queue.read", "route.lookup"} <= set(
        XR.questions
    )
    for template in XR.questions.values():
        assert set(re.findall(r"\{(\w+)\}", template)) <= {"interface", "peer", "prefix", "address", "queue"}


@pytest.mark.parametrize(
    "text",
    [
        "show version",
        "show interfaces HundredGigE0/0/1/0",
        "show controllers optics 0/0/0/1",
        "show controllers optics *",
        "show bgp neighbors 2001:db8::1",
        "show bgp vrf RED neighbors 192.0.2.66",
        "show bgp vrf all ipv6 unicast summary",
        "show route vrf RED 192.0.2.1",
        "show cef vrf RED ipv4 192.0.2.0/24 detail",
        "show logging last 300",
        "show running-config interface BE10",
        "show running-config router bgp 65001",
        "admin show environment power",
    ],
)
def test_read_only_commands_are_allowed(text: str) -> None:
    assert XR.allows(text)


EVIL = [
    "configure",
    "configure terminal",
    "conf t",
    "configure exclusive",
    "commit",
    "admin",
    "admin config",
    "admin reload",
    "clear counters",
    "clear bgp *",
    "copy running-config disk0:x",
    "delete disk0:x",
    "reload",
    "hw-module location 0/0 reload",
    "process restart bgp",
    "install activate id 1",
    "debug bgp",
    "undebug all",
    "monitor interface",
    "terminal monitor",
    "ping 192.0.2.1",
    "traceroute 192.0.2.1",
    "telnet 192.0.2.1",
    "ssh 192.0.2.1",
    "run",
    "run bash",
    "bash",
    "attach location 0/0/CPU0",
    "show tech-support",
    "show running-config",
    "show running-config | file disk0:x",
    "show version | file disk0:x",
    "show version | utility tail",
    "show version | include a",
    "show version ; reload",
    "show version\nreload",
    "show version `reload`",
    "show version $(reload)",
    "show version > disk0:x",
    "show version && reload",
    'show controllers fia diagshell 0 "diag cosq qpair egq map" location all',
    "sho version",
    "do show version",
]


@pytest.mark.parametrize("text", EVIL)
@pytest.mark.parametrize(
    "change", [str, str.upper, str.title, lambda text: f" {text}", lambda text: f"{text} "]
)
def test_other_commands_are_refused(text: str, change: object) -> None:
    assert not XR.allows(change(text))  # type: ignore[operator]


@given(tail=st.text(min_size=1, max_size=40))
def test_nothing_hangs_on_an_allowed_command(tail: str) -> None:
    """What may follow `show version` is `brief`."""
    assert not XR.allows(f"show version{tail}") or tail == " brief"


WILD = st.lists(
    st.one_of(
        st.text(max_size=60),
        st.sampled_from(
            [
                "TenGigE0/0/0/1 is up, line protocol is up",
                "BGP neighbor is 192.0.2.1, vrf RED",
                "Port:    Optics0/0/0/1",
                " Controller State: Up",
                "  Neighbor ID     Pri   State           Dead Time   Address         Interface",
                "Bundle-Ether1",
                "% something",
                "MSTI 0 (CIST):",
                "0/0/CPU0   99999999999999999999999   OK",
                "192.0.2.1 0 65001 1 2 3 4 5 00:00:01 99999999999999999999999",
            ]
        ),
    ),
    max_size=12,
).map("\n".join)


@pytest.mark.parametrize("command", XR.commands, ids=lambda command: command.template)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(output=WILD)
def test_wild_text_raises_nothing_but_not_understood(command: Command, output: str) -> None:
    with contextlib.suppress(NotUnderstood):
        understand(command.parse, output, {"peer": "192.0.2.1", "prefix": "192.0.2.0/24"})


def _facts(command: str, output: str) -> list[Fact]:
    found = pasted.reader_of(XR, command, output)
    assert found is not None, command
    return understand(found[0].parse, pasted.answer(output, command), found[1])[0]


@pytest.mark.parametrize(
    ("line", "kind", "interface", "peer"),
    [
        (
            "%PKT_INFRA-LINK-3-UPDOWN : Interface TenGigE0/0/0/1, changed state to Up",
            "link_up",
            "TenGigE0/0/0/1",
            None,
        ),
        (
            "%ROUTING-BGP-5-ADJCHANGE : neighbor 2001:db8::1 Up (VRF: RED) (AS: 65001)",
            "bgp_up",
            None,
            "2001:db8::1",
        ),
        (
            "%ROUTING-OSPF-5-ADJCHG : Process 1, Nbr 192.0.2.9 on BE10 in area 0 from INIT to FULL",
            "ospf_change",
            "Bundle-Ether10",
            None,
        ),
        (
            "%L2-BFD-6-SESSION_STATE_UP : BFD session to neighbor 192.0.2.1 on interface BE10 is up",
            "bfd_up",
            "Bundle-Ether10",
            "192.0.2.1",
        ),
        ("%PLATFORM-ENVMON-2-FAN_FAIL : Fan tray 0 failed", "power_thermal", None, None),
        ("%OS-SYSLOG-6-LOG_INFO : nothing much", "other", None, None),
    ],
)
def test_log_lines_bear_their_kind(line: str, kind: str, interface: str | None, peer: str | None) -> None:
    (event,) = _facts("show logging", f"RP/0/RP0/CPU0:Mar 10 09:00:00.001 UTC: proc[12]: {line}\n")
    assert isinstance(event, LogEvent)
    assert (event.kind, event.interface, event.peer) == (kind, interface, peer)


@pytest.mark.parametrize(
    "command",
    [
        "show bgp neighbors",
        "sh bgp neigh",
        "show bgp vrf RED neighbors 192.0.2.1",
        "show bgp all all neighbors",
    ],
)
def test_a_pasted_answer_is_read_under_its_prompt(command: str) -> None:
    output = (
        f"RP/0/RP0/CPU0:pe1#{command}\nTue Mar 10 09:15:02.118 UTC\n\n"
        "BGP neighbor is 192.0.2.1\n Remote AS 65010, local AS 65001, external link\n"
        "  BGP state = Established, up for 00:10:00\nRP/0/RP0/CPU0:pe1#\n"
    )
    (session,) = _facts(command, output)
    assert isinstance(session, BgpSession)
    assert (session.peer_as, session.up_for_s) == (65010, 600.0)

"""How Arista EOS is spoken to: names, refusals, recognition, prompt and paging."""

from __future__ import annotations

import re

import pytest

from netdoctor import platforms
from netdoctor.model.findings import Reason

EOS = platforms.get("arista_eos")

QUESTIONS_NOT_ASKED = {
    "interface.cable_test",
    "neighbor.ping",
    "tcp.connections",
    "tcp.statistics",
}
"""What EOS cannot be asked read-only, or without starting something."""


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("Et1", "Ethernet1"),
        ("et49/1", "Ethernet49/1"),
        ("Eth1/1", "Ethernet1/1"),
        ("e3/2/4", "Ethernet3/2/4"),
        ("ethernet1", "Ethernet1"),
        ("Ethernet 1", "Ethernet1"),
        ("ETHERNET1.100", "Ethernet1.100"),
        ("Po10", "Port-Channel10"),
        ("port-channel 10", "Port-Channel10"),
        ("Port-Channel10", "Port-Channel10"),
        ("Ma1", "Management1"),
        ("management0", "Management0"),
        ("lo0", "Loopback0"),
        ("Vl10", "Vlan10"),
        ("vx1", "Vxlan1"),
        ("Tu7", "Tunnel7"),
        ("  Et2 ", "Ethernet2"),
        ("Recirc-Channel627", "Recirc-Channel627"),
        ("xe-0/0/0", "xe-0/0/0"),
        ("", ""),
    ],
)
def test_interface_names_become_long(short: str, long: str) -> None:
    assert EOS.normalise_interface(short) == long
    assert EOS.normalise_interface(long) == long


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ("% Invalid input\n", "unsupported"),
        ("% Invalid input at token 3: 'phy'\n", "unsupported"),
        ("% Incomplete command\n", "unsupported"),
        ("% Ambiguous command\n", "unsupported"),
        ("% Unavailable command (not supported on this hardware platform)\n", "unsupported"),
        ('{\n    "errors": [\n        "This is an unconverted command"\n    ]\n}\n', "unsupported"),
        ("% Authorization denied for command 'show version'\n", "not_authorised"),
        ("% Invalid input (privileged mode required)\n", "not_authorised"),
        ("% BGP inactive\n", None),
        ('{"errors": ["BGP inactive"]}', None),
        ('{"vrfs": {}}', None),
        ("", None),
    ],
)
def test_refusals_bear_their_reason(answer: str, reason: Reason | None) -> None:
    assert EOS.refusal(answer) == reason


@pytest.mark.parametrize(
    ("output", "eos"),
    [
        ("Arista DCS-7280SR3-48YC8-F\nHardware version: 12.01\nSoftware image version: 4.31.2F\n", True),
        ("Arista cEOSLab\nHardware version:\n", True),
        ("Linux debian 6.1.0 #1 SMP x86_64 GNU/Linux\n", False),
        ("Cisco IOS Software [Cupertino], Catalyst L3 Switch Software\n", False),
        ("SONiC Software Version: SONiC.202305\nHwSKU: Arista-7050CX3-32S-C32\n", False),
    ],
)
def test_eos_is_recognised_by_its_version(output: str, eos: bool) -> None:
    assert EOS.dialect.recognise_by == "show version"
    signs = [sign for sign in EOS.dialect.recognitions if sign.source == "output"]
    assert any(sign.pattern.search(output) for sign in signs) is eos


@pytest.mark.parametrize(
    ("screen", "at_prompt"),
    [
        ("leaf1>", True),
        ("leaf1#", True),
        ("\nleaf1.example.net# ", True),
        ("leaf1(config)#", True),
        ("leaf1(s1)(config)#", False),
        ("Interface Ethernet1 # uplink\n", False),
        (" --More-- ", False),
    ],
)
def test_the_prompt_ends_an_answer(screen: str, at_prompt: bool) -> None:
    assert bool(EOS.dialect.prompt.search(screen)) is at_prompt


def test_the_pager_is_seen() -> None:
    assert EOS.dialect.pager is not None
    assert EOS.dialect.pager.search("Ethernet1 is up\n --More-- ")
    assert not EOS.dialect.pager.search("Ethernet1 is up\n")


def test_every_question_that_eos_can_answer_is_mapped() -> None:
    asked = set(EOS.questions)
    assert not asked & QUESTIONS_NOT_ASKED
    assert {"optics.read", "interface.read", "bgp.neighbor_detail", "queue.read", "route.lookup"} <= asked
    for template in EOS.questions.values():
        assert set(re.findall(r"\{(\w+)\}", template)) <= {"interface", "peer", "prefix", "address", "queue"}

"""A pasted answer finds its parser and loses what the device did not say; line numbers stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netdoctor import platforms
from netdoctor.platforms import pasted

EOS = platforms.get("arista_eos")
LINUX = platforms.get("linux")


@pytest.mark.parametrize(
    ("command", "output", "template"),
    [
        ("show lldp neighbors detail | json", "{}", "show lldp neighbors detail | json"),
        ("show lldp neighbors detail", '{"lldpNeighbors": {}}', "show lldp neighbors detail | json"),
        ("  show  lldp neighbors   detail |json ", "{}", "show lldp neighbors detail | json"),
        ("show lldp neighbors detail | json | no-more", "{}", "show lldp neighbors detail | json"),
        ("show logging 300 | include BGP", "Mar 1", "show logging 300"),
        ("show logging 300 | grep -i bgp", "Mar 1", "show logging 300"),
        ("sh logg", "Mar 1", "show logging 300"),
        ("SHOW LLDP NEI DET", "{}", "show lldp neighbors detail | json"),
    ],
)
def test_a_command_is_found_as_people_write_it(command: str, output: str, template: str) -> None:
    found = pasted.reader_of(EOS, command, output)
    assert found is not None
    assert found[0].template == template


@pytest.mark.parametrize("command", ["/show version", "/ show version", "show / version", "show /version"])
def test_a_command_may_begin_at_the_root(command: str) -> None:
    found = pasted.reader_of(platforms.get("nokia_srl"), command)
    assert found is not None
    assert found[0].template == "show version"


def test_a_service_is_a_router_of_its_own() -> None:
    found = pasted.reader_of(platforms.get("nokia_sros"), 'show router service-name "red" bfd session')
    assert found is not None
    assert found[1] == {"router": "red"}


def test_quotes_and_sudo_are_those_of_a_shell() -> None:
    found = pasted.reader_of(LINUX, "sudo vtysh -c 'show bgp vrf all summary'", "{}")
    assert found is not None
    assert found[0].template == 'vtysh -c "show bgp vrf all summary json"'


@pytest.mark.parametrize("command", ["", "show", "sh", "reload", "show nonsense", "show lldp | json | json"])
def test_no_parser_is_guessed(command: str) -> None:
    assert pasted.reader_of(EOS, command) is None


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("Ethernet1 up\n", "Ethernet1 up"),
        ("leaf1#show x y\nEthernet1 up\n", "\nEthernet1 up"),
        ("leaf1# show  x   y  \nEthernet1 up\nleaf1#\n", "\nEthernet1 up"),
        ("oncall@leaf1> show x y\nEthernet1 up\n\noncall@leaf1> ", "\nEthernet1 up\n"),
        ("RP/0/RP0/CPU0:leaf1#show x y\nEthernet1 up\nRP/0/RP0/CPU0:leaf1#exit", "\nEthernet1 up"),
        ("A:oncall@leaf1# show x y\nEthernet1 up", "\nEthernet1 up"),
        ("show x y\nEthernet1 up\n", "\nEthernet1 up"),
        ("leaf1#show clock\n12:00\nleaf1#show x y\nEthernet1 up\nleaf1#show z\nno", "\n\n\nEthernet1 up"),
        (
            "        Ethernet1 up\n          MTU 1500\n\n        Ethernet2 up\n",
            "Ethernet1 up\n  MTU 1500\n\nEthernet2 up",
        ),
        ("\tEthernet1 up\n", "Ethernet1 up"),
        ("", ""),
    ],
)
def test_an_answer_is_what_the_device_said(said: str, answer: str) -> None:
    assert pasted.answer(said, "show x y") == answer


@given(st.text(max_size=300), st.text(max_size=40))
def test_no_text_and_no_command_is_too_wild(said: str, command: str) -> None:
    lines = said.expandtabs().splitlines()
    assert len(pasted.answer(said, command).split("\n")) <= max(len(lines), 1)
    pasted.reader_of(EOS, command, said)

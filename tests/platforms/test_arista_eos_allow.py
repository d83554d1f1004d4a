"""Only read-only commands of EOS are allowed, in any case and spacing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netdoctor import platforms

EOS = platforms.get("arista_eos")

READ_ONLY = [
    "show version",
    "show version | json",
    "show interfaces | json",
    "show interfaces Ethernet49/1 | json",
    "show interfaces Et1 transceiver dom thresholds | json",
    "show interfaces Port-Channel10 counters queue detail | json",
    "show bgp neighbors 198.51.100.1 vrf all | json",
    "show bgp neighbors 2001:db8::1 vrf RED | json",
    "show ip bgp 192.0.2.0/24 detail vrf all | json",
    "show ip route vrf all 192.0.2.1 detail | json",
    "show logging 300",
    "show logging threshold errors 50",
    "show policy-map interface control-plane",
    "show running-config interfaces Ethernet1",
    "show running-config section router bgp",
]

EVIL = [
    "configure",
    "configure terminal",
    "conf t",
    "configure session s1",
    "enable",
    "bash",
    "bash timeout 4 top -bn 1",
    "python-shell",
    "clear counters",
    "clear ip bgp *",
    "copy running-config startup-config",
    "copy running-config tftp:",
    "write memory",
    "write erase",
    "delete flash:startup-config",
    "erase startup-config",
    "reload",
    "reload now",
    "debug ip bgp",
    "trace monitor all",
    "terminal monitor",
    "monitor session 1 source Ethernet1",
    "install source flash:EOS.swi",
    "rename flash:a flash:b",
    "ping 192.0.2.1",
    "ssh admin@192.0.2.1",
    "telnet 192.0.2.1",
    "tcpdump interface Ethernet1",
    "show tech-support",
    "show tech-support all",
    "show running-config",
    "show running-config | json",
    "show running-config all",
    "show running-config sanitized",
    "show running-config interfaces Ethernet1 | json",
    "show startup-config",
    "show users accounts",
    "show aaa sessions",
    "show session-config named s1 diffs",
    "show file information flash:startup-config",
    "show version | redirect flash:v",
    "show version | append flash:v",
    "show version | tee flash:v",
    "show version | bash",
    "show version | no-more",
    "show version | include Arista",
    "show version | json | tee flash:v",
    "show version | json version 2",
    "show version |json",
    "show version > flash:v",
    "show version >> flash:v",
    "show version ; reload",
    "show version\nreload",
    "show version\rreload",
    "show version & reload",
    "show version && reload",
    "show version || reload",
    "show version `reload`",
    "show version $(reload)",
    "show version \x00",
    "show interfaces Ethernet1 | json ; bash",
    "show bgp neighbors 198.51.100.1 | redirect flash:x",
    "show logging 300 > flash:x",
    "show logging follow",
    "watch 1 show version",
    "alias x reload",
    "!",
    "#",
    "",
    "show",
    "show  version",
    " show version",
    "show version ",
    "SHOW VERSION",
    "Show version",
]


@pytest.mark.parametrize("command", READ_ONLY)
def test_read_only_commands_are_allowed(command: str) -> None:
    assert EOS.allows(command)


@pytest.mark.parametrize("command", EVIL)
@pytest.mark.parametrize(
    "spelt",
    [str, str.upper, str.title, lambda text: f" {text}", lambda text: text.replace(" ", "  ")],
    ids=["as it is", "upper", "title", "behind a blank", "wide"],
)
def test_everything_else_is_refused(command: str, spelt: object) -> None:
    assert callable(spelt)
    assert not EOS.allows(spelt(command))


@pytest.mark.parametrize("command", READ_ONLY)
@pytest.mark.parametrize(
    "tail",
    [
        "; reload",
        "\nreload",
        " | tee flash:x",
        " > flash:x",
        " | json | bash",
        "`id`",
        " & id",
        "\\",
        " $(id)",
    ],
)
def test_nothing_can_be_hung_on_a_read_only_command(command: str, tail: str) -> None:
    assert not EOS.allows(command + tail)


@given(st.text(max_size=80))
def test_only_show_commands_are_ever_allowed(command: str) -> None:
    assert not EOS.allows(command) or command.startswith("show ")


@given(
    st.sampled_from(READ_ONLY),
    st.sampled_from(list(";|&<>`$\\\n\r\t\0\"'!*?~^{}[]=")),
    st.data(),
)
def test_no_shell_character_fits_anywhere(command: str, character: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(command)))
    assert not EOS.allows(command[:place] + character + command[place:])


@given(
    st.sampled_from([template for template in EOS.questions.values() if "{" in template]),
    st.text(alphabet=st.characters(codec="ascii"), max_size=40),
)
def test_a_hole_takes_names_and_addresses_only(template: str, value: str) -> None:
    holes = dict.fromkeys(("interface", "peer", "prefix", "address", "queue"), value)
    text = template.format_map(holes)
    if EOS.allows(text):
        assert value and all(character.isalnum() or character in "/.:%- " for character in value)
        assert not {"reload", "bash", "configure", "tee", "redirect", "append"} & set(value.lower().split())

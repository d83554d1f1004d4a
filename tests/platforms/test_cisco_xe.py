"""How Cisco IOS and IOS-XE are spoken to: names, refusals, recognition, and what may be said."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netdoctor import platforms
from netdoctor.model.facts import DeviceInfo, Fact, Interface, IsisInterface
from netdoctor.model.findings import Reason
from netdoctor.platforms.base import Command, NotUnderstood, understand
from netdoctor.platforms.cisco_xe.names import far_interface
from netdoctor.platforms.pasted import reader_of

XE = platforms.get("cisco_xe")


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("Gi1/0/1", "GigabitEthernet1/0/1"),
        ("gigabitethernet 0/1", "GigabitEthernet0/1"),
        ("GigabitEthernet0/0/0.100", "GigabitEthernet0/0/0.100"),
        ("Te1/1/1", "TenGigabitEthernet1/1/1"),
        ("Ten 1/1/1", "TenGigabitEthernet1/1/1"),
        ("Tw1/0/1", "TwoGigabitEthernet1/0/1"),
        ("Twe1/0/1", "TwentyFiveGigE1/0/1"),
        ("Fi1/0/1", "FiveGigabitEthernet1/0/1"),
        ("Fif1/0/1", "FiftyGigE1/0/1"),
        ("Fo1/0/1", "FortyGigabitEthernet1/0/1"),
        ("Fou1/0/1", "FourHundredGigE1/0/1"),
        ("Hu1/0/49", "HundredGigE1/0/49"),
        ("Fas 0/1", "FastEthernet0/1"),
        ("Eth0/0", "Ethernet0/0"),
        ("Po10", "Port-channel10"),
        ("port-channel 10", "Port-channel10"),
        ("Vl20", "Vlan20"),
        ("lo0", "Loopback0"),
        ("Tu7", "Tunnel7"),
        ("BD100", "BDI100"),
        ("Se0/1/0:0", "Serial0/1/0:0"),
        ("nve1", "nve1"),
        ("pw100001", "pseudowire100001"),
        (" Gi1 ", "GigabitEthernet1"),
        ("VoipNull0.1", "VoipNull0.1"),
        ("xe-0/0/0", "xe-0/0/0"),
        ("ge-0/0/0", "ge-0/0/0"),
        ("", ""),
    ],
)
def test_interface_names_become_long(short: str, long: str) -> None:
    assert XE.normalise_interface(short) == long
    assert XE.normalise_interface(long) == long


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ("Gi0/1", "GigabitEthernet0/1"),
        ("Twe1/0/7", "TwentyFiveGigE1/0/7"),
        ("eth0", "eth0"),
        ("et-0/0/1", "et-0/0/1"),
        ("Et1", "Et1"),
        ("0000.5e00.5301", "0000.5e00.5301"),
    ],
)
def test_a_neighbours_port_is_made_long_only_where_it_is_surely_ios(told: str, name: str) -> None:
    assert far_interface(told) == name


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ("            ^\n% Invalid input detected at '^' marker.\n\n", "unsupported"),
        ("% Incomplete command.\n", "unsupported"),
        ('% Ambiguous command:  "show int t"\n', "unsupported"),
        ("% Command is not supported\n", "unsupported"),
        ("%This command is not supported on this platform\n", "unsupported"),
        ("Command authorization failed.\n", "not_authorised"),
        ("% Authorization failed.\n", "not_authorised"),
        ("% BGP not active\n", None),
        ("% LLDP is not enabled\n", None),
        ("%NTP is not enabled.\n", None),
        ("Jun 19 03:05:00: %SYS-5-CONFIG_I: Configured from console by console\n", None),
        ("", None),
    ],
)
def test_refusals_bear_their_reason(answer: str, reason: Reason | None) -> None:
    assert XE.refusal(answer) == reason


@pytest.mark.parametrize(
    ("source", "sign", "ios"),
    [
        ("server_version", "SSH-2.0-Cisco-1.25", True),
        ("server_version", "Cisco-1.25", True),
        ("server_version", "SSH-2.0-Cisco-2.0", False),
        ("server_version", "SSH-2.0-OpenSSH_8.3", False),
        ("output", "Cisco IOS XE Software, Version 17.06.05\nCisco IOS Software [Bengaluru]\n", True),
        ("output", "Cisco IOS Software, C2960 Software (C2960-LANBASEK9-M), Version 15.0(2)SE11\n", True),
        ("output", "Cisco Internetwork Operating System Software\nIOS (tm) C2950 Software\n", True),
        ("output", "Cisco IOS XR Software, Version 7.3.2\n", False),
        ("output", "Cisco Nexus Operating System (NX-OS) Software\n", False),
        ("output", "Arista DCS-7280SR3-48YC8-F\nSoftware image version: 4.31.2F\n", False),
        ("output", "Linux debian 6.1.0 #1 SMP x86_64 GNU/Linux\n", False),
    ],
)
def test_ios_is_recognised(source: str, sign: str, ios: bool) -> None:
    signs = [one for one in XE.dialect.recognitions if one.source == source]
    assert any(one.pattern.search(sign) for one in signs) is ios


@pytest.mark.parametrize(
    ("screen", "at_prompt"),
    [
        ("access1>", True),
        ("access1#", True),
        ("\nrtr-1.example.net# ", True),
        ("access1(config-if)#", True),
        ("access1(boot)#", True),
        ("Interface GigabitEthernet1 # uplink\n", False),
        (" --More-- ", False),
        ("Password: ", False),
    ],
)
def test_the_prompt_ends_an_answer(screen: str, at_prompt: bool) -> None:
    assert bool(XE.dialect.prompt.search(screen)) is at_prompt


def test_one_command_at_a_time_in_a_terminal_behind_enable() -> None:
    dialect = XE.dialect
    assert (dialect.mode, dialect.max_channels, dialect.enable) == ("shell", 1, "enable")
    assert dialect.pager is not None and dialect.pager.search("Gi1/0/1 is up\n --More-- ")


@pytest.mark.parametrize(
    ("pasted", "template"),
    [
        ("sh int", "show interfaces"),
        ("show interface gi 1/0/1", "show interfaces"),
        ("sh int stat", "show interfaces status"),
        ("sh ip int br", "show ip interface brief"),
        ("show ip interface vlan 10", "show ip interface"),
        ("show interfaces Te1/1/1 transceiver detail", "show interfaces transceiver detail"),
        ("sh int count err", "show interfaces counters errors"),
        ("show env temp", "show environment all"),
        ("sh lldp nei det", "show lldp neighbors detail"),
        ("show policy-map interface Gi0/0/0 output", "show policy-map interface"),
        ("show policy-map interface control-plane", "show policy-map control-plane"),
        ("show proc cpu sort", "show processes cpu sorted"),
        ("show logging | include BGP", "show logging"),
        ("syslog message received by a collector (INTERFACE_DOWN)", "show logging"),
    ],
)
def test_what_people_paste_finds_its_reader(pasted: str, template: str) -> None:
    found = reader_of(XE, pasted)
    assert found is not None and found[0].template == template


READ_ONLY = [
    "show version",
    "show inventory",
    "show interfaces",
    "show interfaces GigabitEthernet1/0/1",
    "show interfaces Te1/1/1 transceiver detail",
    "show interface status err-disabled",
    "show interfaces counters errors",
    "show policy-map interface GigabitEthernet0/0/0.100 output",
    "show platform hardware fed switch active qos queue stats interface Gi1/0/1",
    "show platform hardware qfp active statistics drop",
    "show bgp all neighbors 192.0.2.1",
    "show bgp vpnv4 unicast vrf RED neighbors 2001:db8::1 advertised-routes",
    "show ip bgp 192.0.2.0/24",
    "show ip route vrf RED 192.0.2.1",
    "show ip cef 192.0.2.0/24 detail",
    "show ip ospf neighbor detail",
    "show spanning-tree vlan 10 detail",
    "show mac address-table interface Gi1/0/1",
    "show nve peers",
    "show logging",
    "show running-config interface GigabitEthernet1/0/1",
    "show running-config | section router bgp",
]

EVIL = [
    "configure terminal",
    "conf t",
    "enable",
    "disable",
    "clear counters",
    "clear ip bgp *",
    "clear logging",
    "copy running-config startup-config",
    "copy running-config tftp:",
    "write memory",
    "write erase",
    "erase startup-config",
    "delete flash:vlan.dat",
    "format flash:",
    "reload",
    "reload in 5",
    "debug ip bgp",
    "undebug all",
    "terminal monitor",
    "monitor session 1 source interface Gi1/0/1",
    "monitor capture CAP start",
    "test cable-diagnostics tdr interface Gi1/0/1",
    "request platform software system shell",
    "guestshell run bash",
    "tclsh",
    "python",
    "bash",
    "start shell",
    "more flash:config.text",
    "verify /md5 flash:x",
    "ping 192.0.2.1",
    "traceroute 192.0.2.1",
    "telnet 192.0.2.1",
    "ssh -l admin 192.0.2.1",
    "set platform hardware fed switch active qos stats-polling disable",
    "install add file flash:x activate commit",
    "archive config",
    "event manager run applet",
    "send log hello",
    "show tech-support",
    "show running-config",
    "show startup-config",
    "show running-config all",
    "show running-config | redirect tftp://192.0.2.1/x",
    "show running-config | section username",
    "show running-config | include snmp",
    "show aaa servers",
    "show users",
    "show key chain",
    "show crypto key mypubkey rsa",
    "show platform hardware fed switch active qos queue stats interface Gi1/0/1 clear",
    "show platform hardware qfp active statistics drop clear",
    "show drops history qfp clear",
    "show interfaces counters errors clear",
    "show version | redirect flash:v",
    "show version | append flash:v",
    "show version | tee flash:v",
    "show version | include Cisco",
    "show version > flash:v",
    "show version ; reload",
    "show version\nreload",
    "show version\rreload",
    "show version & reload",
    "show version `reload`",
    "show version $(reload)",
    "show version \x00",
    "show ip bgp regexp .*",
    "do show version",
    "!",
    "",
    "show",
    "SHOW VERSION",
    " show version",
    "show  version",
]


@pytest.mark.parametrize("command", READ_ONLY)
def test_read_only_commands_are_allowed(command: str) -> None:
    assert XE.allows(command)


@pytest.mark.parametrize("command", EVIL)
@pytest.mark.parametrize(
    "spelt",
    [str, str.upper, str.title, lambda text: f" {text}", lambda text: text.replace(" ", "  ")],
    ids=["as it is", "upper", "title", "behind a blank", "wide"],
)
def test_everything_else_is_refused(command: str, spelt: object) -> None:
    assert callable(spelt)
    assert not XE.allows(spelt(command))


@pytest.mark.parametrize("command", READ_ONLY)
@pytest.mark.parametrize(
    "tail",
    [
        "; reload",
        "\nreload",
        " | tee flash:x",
        " | redirect flash:x",
        " > flash:x",
        "`id`",
        " & id",
        " $(id)",
    ],
)
def test_nothing_can_be_hung_on_a_read_only_command(command: str, tail: str) -> None:
    assert not XE.allows(command + tail)


@given(st.text(max_size=80))
def test_only_show_commands_are_ever_allowed(command: str) -> None:
    assert not XE.allows(command) or command.startswith("show ")


@given(
    st.sampled_from([template for template in XE.questions.values() if "{" in template]),
    st.text(alphabet=st.characters(codec="ascii"), max_size=40),
)
def test_a_hole_takes_names_and_addresses_only(template: str, value: str) -> None:
    text = template.format_map(dict.fromkeys(("interface", "peer", "prefix", "address", "queue"), value))
    if XE.allows(text):
        assert value and all(character.isalnum() or character in "/.:%- " for character in value)
        assert not {"clear", "reload", "redirect", "tee"} & set(value.lower().split())


def test_questions_have_known_holes() -> None:
    for template in XE.questions.values():
        assert set(re.findall(r"\{(\w+)\}", template)) <= {"interface", "peer", "prefix", "address", "queue"}


@pytest.mark.parametrize("command", XE.commands, ids=lambda command: command.template)
@given(output=st.text(max_size=300))
def test_wild_text_is_never_more_than_not_understood(command: Command, output: str) -> None:
    arguments = dict.fromkeys(re.findall(r"\{(\w+)\}", command.template), "GigabitEthernet1/0/1")
    try:
        understand(command.parse, output, arguments)
    except NotUnderstood as error:
        assert str(error)


SWITCH, ROUTER = DeviceInfo(model="C9300-48P"), DeviceInfo(model="C8500-12X4QC")
CHIP_DROPS = "show platform hardware fed switch active fwd-asic drops exceptions"
ENGINE_DROPS = "show platform hardware qfp active statistics drop"


@pytest.mark.parametrize(
    ("template", "facts", "expected"),
    [
        pytest.param(CHIP_DROPS, [SWITCH], [{}], id="a switch has a switch's chips"),
        pytest.param(CHIP_DROPS, [ROUTER], [], id="a router has none"),
        pytest.param(ENGINE_DROPS, [ROUTER], [{}], id="a router has a forwarding engine"),
        pytest.param(ENGINE_DROPS, [SWITCH], [], id="a switch has none"),
        pytest.param(ENGINE_DROPS, [], [{}], id="a box that does not tell its model is asked"),
        pytest.param(
            "show ip route vrf {vrf}",
            [
                Interface(interface="Gi0/0", vrf="Mgmt-vrf"),
                Interface(interface="Vl1"),
                Interface(interface="Vl2", vrf="RED"),
            ],
            [{"vrf": "Mgmt-vrf"}, {"vrf": "RED"}],
            id="every VRF that an interface stands in",
        ),
        pytest.param("show running-config | section interface", [SWITCH], [], id="no IS-IS, no keys of it"),
        pytest.param(
            "show running-config | section interface",
            [IsisInterface(interface="Gi1")],
            [{}],
            id="keys of IS-IS",
        ),
    ],
)
def test_what_is_asked_follows_from_what_is_known(
    template: str, facts: list[Fact], expected: list[dict[str, str]]
) -> None:
    command = next(one for one in XE.commands if one.template == template)
    assert command.arguments is not None
    assert [dict(arguments) for arguments in command.arguments(facts)] == expected

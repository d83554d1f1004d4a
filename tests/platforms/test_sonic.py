"""SONiC: how it is recognised and asked, and how its tables are read beyond what the samples show."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from netdoctor import platforms
from netdoctor.model.facts import (
    BgpSession,
    DropCounter,
    Fact,
    Interface,
    LagMember,
    LogEvent,
    OpticLane,
    QueueCounters,
    Sensor,
)
from netdoctor.platforms import pasted
from netdoctor.platforms.base import Command, NotUnderstood, understand
from netdoctor.platforms.sonic.drops import dropped
from netdoctor.platforms.sonic.reading import grid, table

SONIC = platforms.get("sonic")
VERSION = "\nSONiC Software Version: SONiC.202305.1\nDistribution: Debian 11.7\nKernel: 5.10.0-18-2-amd64\n"
UNAME = "Linux leaf1 5.10.0-18-2-amd64 #1 SMP Debian 5.10.140 (2022-09-02) x86_64 GNU/Linux\n"


def facts_of(command: str, output: str, at: datetime | None = None) -> list[Fact]:
    found = pasted.reader_of(SONIC, command, output)
    assert found is not None, command
    return understand(found[0].parse, pasted.answer(output, command), found[1], at)[0]


def recognised(name: str, output: str) -> bool:
    return any(
        sign.pattern.search(output)
        for sign in platforms.get(name).dialect.recognitions
        if sign.source == "output"
    )


def test_its_version_tells_it_from_plain_linux_and_all_others() -> None:
    assert [name for name in platforms.names() if recognised(name, VERSION)] == ["sonic"]
    assert not recognised("sonic", UNAME)


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Ethernet0", "Ethernet0"),
        ("eth4", "Ethernet4"),
        ("Eth 12", "Ethernet12"),
        ("po0001", "PortChannel0001"),
        ("PortChannel24", "PortChannel24"),
        ("vlan100", "Vlan100"),
        ("Lo0", "Loopback0"),
        ("eth0", "eth0"),
        ("lo", "lo"),
        ("Ethernet-BP4", "Ethernet-BP4"),
        ("Ethernet8@if3", "Ethernet8"),
    ],
)
def test_a_short_name_is_the_devices_own(said: str, name: str) -> None:
    assert SONIC.normalise_interface(said) == name


@pytest.mark.parametrize("prompt", ["admin@sonic:~$ ", "root@sonic:/home/admin# ", "\nadmin@leaf1-sonic:~$"])
def test_the_prompt_is_seen(prompt: str) -> None:
    assert SONIC.dialect.prompt.search(prompt)


@pytest.mark.parametrize(
    "text",
    [
        "show interfaces counters -a",
        "show interfaces transceiver eeprom --dom Ethernet0",
        "show queue counters Ethernet0 --json",
        "sudo -n show system-health detail",
        "aclshow -a -t DATAACL -r RULE_1,RULE_2",
        "show ip route 192.0.2.0/24",
        'vtysh -c "show bgp vrf all neighbors json"',
        "docker exec teamd teamdctl PortChannel1 state dump",
        "show interfaces counters rif PortChannel0001",
        "sudo -n show spanning-tree bpdu_guard",
        'sonic-db-dump -n CONFIG_DB -k "[PQS][OCU][RHE][TEU][_DE]*" -y',
    ],
)
def test_what_only_reads_is_allowed(text: str) -> None:
    assert SONIC.allows(text)


@pytest.mark.parametrize(
    "text",
    [
        "show queue counters -c",
        "show interfaces counters -c",
        "portstat -c",
        "aclshow -c",
        "queuestat -c",
        "sonic-clear counters",
        "config interface shutdown Ethernet0",
        "sudo config reload -y",
        "docker exec bgp bash",
        "docker exec -it teamd sh",
        "docker exec teamd teamdctl PortChannel1 config update {}",
        "sonic-db-cli CONFIG_DB set x y",
        "sonic-db-dump -n CONFIG_DB -y",
        'sonic-db-dump -n CONFIG_DB -k "SNMP*" -y',
        "show techsupport",
        "show interfaces status Ethernet0 | tee x",
        "show ip route $(reboot)",
        "show version\nreboot",
        "sudo -n sudo show version",
        "tail -f /var/log/syslog",
        "crm config polling interval 1",
    ],
)
def test_what_changes_anything_is_refused(text: str) -> None:
    assert not SONIC.allows(text)
    assert not SONIC.allows(text.upper())


def test_a_shifted_row_is_read_by_its_words() -> None:
    output = (
        "Interface    Oper    Admin             Alias    Description\n"
        "-----------  ------  -------  --------------  -------------\n"
        "  Ethernet0  down      up   hundredGigE1/1   to spine1\n"
    )
    row = next(table(output))
    assert row.cells == {
        "interface": "Ethernet0",
        "oper": "down",
        "admin": "up",
        "alias": "hundredGigE1/1",
        "description": "to spine1",
    }


def test_several_tables_and_cells_of_several_lines_are_read() -> None:
    output = "A    B\n---  ---\n1    x\n     y\n\nC    D\n---  ---\n2    z\nTotal number of entries 1\n"
    assert [row.cells for row in table(output)] == [{"a": "1", "b": "x y"}, {"c": "2", "d": "z"}]
    bars = "+---+---+\n| A | B |\n+===+===+\n| 1 | x |\n|   | y |\n+---+---+\n| 2 |   |\n+---+---+\n"
    assert [row.cells for row in grid(bars)] == [{"a": "1", "b": "x y"}, {"a": "2", "b": ""}]


def test_a_heading_alone_is_no_answer_where_there_must_be_rows() -> None:
    with pytest.raises(NotUnderstood):
        facts_of("show interfaces status", "  Interface    Lanes    Speed\n-----------  -------  -------\n")


def test_rules_are_drops_only_where_those_that_drop_were_asked_for() -> None:
    output = (
        "RULE NAME    TABLE NAME      PRIO    PACKETS COUNT    BYTES COUNT\n"
        "-----------  ------------  ------  ---------------  -------------\n"
        "RULE_1       DATAACL         9999              101            100\n"
    )
    (asked,) = understand(dropped, output)[0]
    (pasted_one,) = facts_of("aclshow -a", output)
    assert isinstance(asked, DropCounter) and asked.dropped_pkts == 101
    assert isinstance(pasted_one, DropCounter)
    assert (pasted_one.dropped_pkts, pasted_one.matched_pkts) == (None, 101)


def test_the_host_side_of_a_port_says_nothing_of_its_traffic() -> None:
    output = (
        '[{"ifname":"Ethernet0","flags":["UP"],"mtu":9100,"operstate":"DOWN","link_type":"ether",'
        '"address":"02:00:5e:10:00:02","stats64":{"rx":{"errors":9}}}]'
    )
    (fact,) = facts_of("ip -j -d link show", output)
    assert isinstance(fact, Interface)
    assert fact.known().keys() == {"interface", "mac", "vrf", "kind"}


def test_dark_lanes_behind_the_last_media_lane_are_none() -> None:
    output = (
        "Ethernet0: SFP EEPROM detected\n        Media Lane Count: 1\n        ChannelMonitorValues:\n"
        "                RX1Power: -8.7dBm\n                RX2Power: -infdBm\n"
        "                TX1Bias: 208.0mA\n                TX2Bias: 0.0mA\n"
    )
    lanes = [
        fact
        for fact in facts_of("show interfaces transceiver eeprom -d", output)
        if isinstance(fact, OpticLane)
    ]
    assert [lane.lane for lane in lanes] == [1]


@pytest.mark.parametrize(
    ("line", "kind", "place"),
    [
        ("NOTICE swss#orchagent: :- x: Port Ethernet8 oper state set from up to down", "other", None),
        ("NOTICE swss#orchagent: :- updatePortOperStatus: Port Ethernet8 oper state set from up to down",
         "link_down", "Ethernet8"),
        ("INFO bgp#bgpd[83]: %ADJCHANGE: neighbor 192.0.2.1(s) in vrf default Up", "bgp_up", "192.0.2.1"),
        ("WARNING kernel: [12.3] Out of memory: Killed process 77 (orchagent)", "out_of_memory", None),
        ("ERR syncd#syncd: message repeated: SAI_STATUS_INSUFFICIENT_RESOURCES", "table_full", None),
        ("INFO pmon#xcvrd: Ethernet4: transceiver removed", "transceiver_change", "Ethernet4"),
        ("NOTICE teamd#teamd_PortChannel1[30]: something else", "other", None),
    ],
)  # fmt: skip
def test_a_log_line_is_an_event(line: str, kind: str, place: str | None) -> None:
    now = datetime(2026, 11, 22, 12, tzinfo=UTC)
    (fact,) = facts_of("show logging -l 200", f"Nov 22 11:00:00.000001 leaf1 {line}", now)
    assert isinstance(fact, LogEvent)
    assert (fact.kind, fact.interface or fact.peer) == (kind, place)
    assert fact.at == datetime(2026, 11, 22, 11, 0, 0, 1, UTC)


@pytest.mark.parametrize(
    ("command", "type_"),
    [
        ("sh int stat", Interface),
        ("show interface counters errors", Interface),
        ("show platform psustatus", Sensor),
        ("sudo show ip bgp neighbors 192.0.2.1", BgpSession),
        ("show queue counters Ethernet0 | grep UC", QueueCounters),
        ("show interfaces portchannel", LagMember),
    ],
)
def test_a_command_is_found_however_it_is_written(command: str, type_: type[Fact]) -> None:
    found = pasted.reader_of(SONIC, command)
    assert found is not None and type_ in found[0].gives


_WILD = st.text(
    alphabet=st.sampled_from(list("Ethernet0 \n\t-=+|:.,%()[]{}\"'/*N/A0123456789abcdefXYZ\u00e9\ud800")),
    max_size=400,
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(output=_WILD)
@pytest.mark.parametrize("command", SONIC.commands, ids=lambda command: command.template)
def test_wild_text_breaks_no_parser(command: Command, output: str) -> None:
    holes = {"interface": "Ethernet0", "table": "T", "rules": "R"}
    with contextlib.suppress(NotUnderstood):
        understand(command.parse, output, holes, datetime(2026, 11, 22, tzinfo=UTC))

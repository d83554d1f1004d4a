"""Linux with FRRouting: how its answers are read beyond what the samples show."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

import netdoctor.platforms.linux
from netdoctor import platforms
from netdoctor.model.events import Note
from netdoctor.model.facts import (
    BgpAfi,
    BgpRoute,
    BgpSession,
    Fact,
    Interface,
    LogEvent,
    OspfInterface,
    QueueCounters,
    Route,
    RoutingProcess,
)
from netdoctor.model.findings import Source
from netdoctor.model.observations import Observation, Observations
from netdoctor.platforms.base import NotUnderstood, understand
from netdoctor.platforms.linux import ports, queues, routes
from netdoctor.platforms.linux.bgp import afi_safi, bgp_state
from netdoctor.platforms.linux.log_meanings import meaning
from netdoctor.platforms.linux.ospf import area
from netdoctor.platforms.linux.reading import age_s, documents, frr_time

LINUX = platforms.get("linux")
SAMPLES = Path(netdoctor.platforms.linux.__file__).parent / "samples"


def facts_of(command: str, output: str, at: datetime | None = None) -> list[Fact]:
    found = LINUX.command_for(command)
    assert found is not None, command
    return understand(found[0].parse, output, found[1], at)[0]


def notes_of(command: str, output: str) -> list[Note]:
    found = LINUX.command_for(command)
    assert found is not None, command
    return understand(found[0].parse, output, found[1])[1]


def observed(*cases: str) -> Observations:
    """What a router says in several samples together."""
    seen = Observations()
    for case in cases:
        command = (SAMPLES / case / "command.txt").read_text().strip()
        for fact in facts_of(command, (SAMPLES / case / "output.txt").read_text()):
            seen.add(Observation("leaf1", fact, (Source(device="leaf1", command=command),), 0.0))
    return seen


@pytest.mark.parametrize(
    ("name", "own"),
    [("eth1", "eth1"), ("eth1@if2", "eth1"), (" swp1s0 ", "swp1s0"), ("bond0.100@bond0:", "bond0.100")],
)
def test_an_interface_bears_the_kernels_name(name: str, own: str) -> None:
    assert LINUX.normalise_interface(name) == own


@pytest.mark.parametrize(
    ("answer", "recognised"),
    [
        ("Linux leaf1 6.1.0-25-amd64 #1 SMP Debian 6.1.106-3 x86_64 GNU/Linux", True),
        ("% Invalid input at line 1", False),
        ("FreeBSD router 14.0-RELEASE", False),
    ],
)
def test_linux_is_recognised_by_uname(answer: str, recognised: bool) -> None:
    assert any(sign.pattern.search(answer) for sign in LINUX.dialect.recognitions) is recognised


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("bash: line 1: ethtool: command not found", "unsupported"),
        ("sh: 1: tc: not found", "unsupported"),
        ("sudo: lldpcli: command not found", "unsupported"),
        ("tail: cannot open '/var/log/frr/frr.log' for reading: No such file or directory", "unsupported"),
        ("% Unknown command: show bfd peers json", "unsupported"),
        ("netlink error: No such device", "unsupported"),
        ("Cannot get module EEPROM information: Operation not supported", "unsupported"),
        ("cat: /etc/frr/daemons: Permission denied", "not_authorised"),
        ("-bash: /usr/sbin/nft: Permission denied", "not_authorised"),
        ("Operation not permitted (you must be root)", "not_authorised"),
        ("netlink error: Operation not permitted", "not_authorised"),
        ("sudo: unable to resolve host leaf1\nsudo: a password is required", "not_authorised"),
        ("oncall is not in the sudoers file.", "not_authorised"),
        ("Sorry, user oncall is not allowed to execute '/usr/sbin/tc' as root.", "not_authorised"),
        ("Exiting: failed to connect to any daemons.", "not_authorised"),
        ("bgpd is not running", None),
        ("% Can't open configuration file /etc/frr/vtysh.conf due to 'Permission denied'.\n{}", None),
        ("2026/11/22 14:33:01 ZEBRA: [ABCDE-12345] open: Permission denied", None),
        ('{"MESSAGE":"sh: 1: foo: command not found"}', None),
        ("Settings for eth0:\n\tSpeed: 1000Mb/s\nnetlink error: Operation not permitted", None),
    ],
)
def test_a_refusal_is_told_from_an_answer(said: str, reason: str | None) -> None:
    assert LINUX.refusal(said) == reason


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("00:03:12", 192.0),
        ("1d02h03m", 93780.0),
        ("2w3d04h", 1483200.0),
        ("20.935s", 20.935),
        ("0 day, 14:07:31", 50851.0),
        ("never", None),
        ("s", None),
        (None, None),
    ],
)
def test_ages(written: str | None, seconds: float | None) -> None:
    assert age_s(written) == seconds


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2026/11/22 14:33:05.15", datetime(2026, 11, 22, 14, 33, 5, 150000, UTC)),
        ("2026/11/22 14:33:05", datetime(2026, 11, 22, 14, 33, 5, 0, UTC)),
        ("(never)", None),
    ],
)
def test_frr_times(written: str, moment: datetime | None) -> None:
    assert frr_time(written) == moment


@pytest.mark.parametrize(
    ("name", "common"),
    [
        ("ipv4Unicast", "IPV4_UNICAST"),
        ("IPv4 Unicast", "IPV4_UNICAST"),
        ("ipv6LabeledUnicast", "IPV6_LABELED_UNICAST"),
        ("l2VpnEvpn", "L2VPN_EVPN"),
        ("ipv4Vpn", "L3VPN_IPV4_UNICAST"),
        ("linkState", "LINKSTATE"),
    ],
)
def test_address_families_bear_openconfigs_names(name: str, common: str) -> None:
    assert afi_safi(name) == common


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("Established", "established"),
        ("OpenConfirm", "openconfirm"),
        ("Idle (Admin)", "idle"),
        ("Clearing", "idle"),
        ("N/A", None),
        (None, None),
    ],
)
def test_bgp_states(word: str | None, state: str | None) -> None:
    assert bgp_state(word) == state


@pytest.mark.parametrize(
    ("written", "quad"),
    [("0", "0.0.0.0"), ("0.0.0.1 [Stub]", "0.0.0.1"), ("258", "0.0.1.2"), ("N/A", None), (None, None)],
)
def test_ospf_areas_are_dotted_quads(written: str | None, quad: str | None) -> None:
    assert area(written) == quad


@pytest.mark.parametrize(
    ("output", "count"),
    [
        ('{"a": 1}', 1),
        ('{"a": 1}\n{"b": 2}\n[3]', 3),
        ("% Can't open configuration file\n{}", 1),
        ("", 0),
    ],
)
def test_json_documents_stand_one_after_the_other(output: str, count: int) -> None:
    assert len(documents(output)) == count


@pytest.mark.parametrize("output", ['{"a": 1', "no JSON at all", "[" * 100_000])
def test_what_is_no_json_is_not_understood(output: str) -> None:
    with pytest.raises(NotUnderstood):
        documents(output)


ROUTE = {"protocol": "static", "selected": True, "installed": True, "nexthops": [{"blackhole": True}]}
TABLE = 'vtysh -c "show ip route vrf all json"'


@pytest.mark.parametrize(
    "output",
    [
        {"default": {"10.0.0.0/8": [ROUTE]}, "red": {"10.0.0.0/8": [{**ROUTE, "vrfName": "red"}]}},
        {"10.0.0.0/8": [ROUTE, {**ROUTE, "vrfName": "red"}]},
    ],
    ids=["by VRF", "in one table"],
)
def test_routes_of_several_vrfs(output: object) -> None:
    found = [fact for fact in facts_of(TABLE, json.dumps(output)) if isinstance(fact, Route)]
    assert [(route.vrf, route.prefix, route.discard) for route in found] == [
        ("default", "10.0.0.0/8", True),
        ("red", "10.0.0.0/8", True),
    ]


def test_what_a_cut_off_table_still_holds_is_read() -> None:
    whole = json.dumps({"10.0.0.0/8": [ROUTE], "10.1.0.0/16": [ROUTE]})
    found = facts_of(TABLE, whole[:-20])
    assert [fact.prefix for fact in found if isinstance(fact, Route)] == ["10.0.0.0/8"]
    assert [note.text for note in notes_of(TABLE, whole[:-20])] == ["cut off at 10.1.0.0/16"]


def test_a_large_table_is_read_up_to_a_limit() -> None:
    paths = [{"valid": True, "bestpath": True, "peerId": "10.0.0.1"}]
    table = {f"10.{i >> 8 & 255}.{i & 255}.{i >> 16}/32": paths for i in range(routes.MAX_PREFIXES + 5)}
    command = 'vtysh -c "show bgp vrf all ipv4 unicast json"'
    output = json.dumps({"default": {"vrfName": "default", "routes": table}})
    assert sum(isinstance(fact, BgpRoute) for fact in facts_of(command, output)) == routes.MAX_PREFIXES
    assert len(notes_of(command, output)) == 1


@pytest.mark.parametrize(
    ("output", "expected"),
    [
        ({"valid": True, "bestpath": True, "peerId": "(unspec)"}, (True, True, True)),
        ({"valid": True, "bestpath": True, "peerId": "10.0.0.1"}, (False, True, True)),
        ({"peerId": "10.0.0.1"}, (False, False, False)),
    ],
    ids=["own", "learned", "next hop inaccessible"],
)
def test_a_bgp_prefix_is_its_best_path(output: object, expected: tuple[bool, bool, bool]) -> None:
    table = json.dumps({"vrfName": "default", "routes": {"10.0.0.0/8": [output]}})
    (route,) = facts_of('vtysh -c "show bgp vrf all ipv4 unicast json"', table)
    assert isinstance(route, BgpRoute)
    assert (route.locally_originated, route.valid, route.best) == expected


NEIGHBORS = 'vtysh -c "show bgp vrf all neighbors json"'


def test_a_neighbour_of_a_vrf_and_one_from_a_listen_range() -> None:
    entry = {"bgpState": "Active", "connectRetryTimer": 120, "peerSubnetRangeGroup": "192.0.2.0/24"}
    (session,) = facts_of(NEIGHBORS, json.dumps({"red": {"vrfName": "red", "192.0.2.1": entry}}))
    assert isinstance(session, BgpSession)
    assert (session.vrf, session.peer, session.dynamic) == ("red", "192.0.2.1", True)


@pytest.mark.parametrize(
    ("capabilities", "negotiated"),
    [
        ({"ipv4Unicast": {"advertisedAndReceived": True}}, True),
        ({"ipv4Unicast": {"advertised": True}}, False),
        ({}, True),
    ],
    ids=["both ends", "this end only", "a peer without capabilities"],
)
def test_an_address_family_is_negotiated_by_both_ends(capabilities: object, negotiated: bool) -> None:
    entry = {
        "bgpState": "Established",
        "neighborCapabilities": {"multiprotocolExtensions": capabilities},
        "addressFamilyInfo": {"ipv4Unicast": {"acceptedPrefixCounter": 3}},
    }
    _, family = facts_of(NEIGHBORS, json.dumps({"default": {"192.0.2.1": entry}}))
    assert isinstance(family, BgpAfi)
    assert family.negotiated is negotiated
    assert family.prefixes_accepted_count == (3 if negotiated else None)


CONFIG = """
frr version 10.1
!
router bgp 65101 vrf red
 neighbor CORE peer-group
 neighbor CORE remote-as internal
 neighbor CORE password <redacted>
 neighbor CORE ttl-security hops 2
 neighbor 192.0.2.1 peer-group CORE
 neighbor 192.0.2.2 remote-as 65002
 neighbor 192.0.2.2 ebgp-multihop
 neighbor eth5 interface v6only remote-as external
 !
 address-family ipv6 unicast
  neighbor CORE maximum-prefix 500 90
  neighbor 192.0.2.1 prefix-list V6 in
  neighbor 192.0.2.1 route-map REJECT in
 exit-address-family
exit
!
interface eth3
 ip ospf area 0
exit
interface eth4
 ip ospf cost 10
exit
router ospf
 passive-interface default
 no passive-interface eth3
 area 0 authentication message-digest
exit
vrf red
 ip route 203.0.113.0/24 Null0 250
exit-vrf
ip route 198.51.100.0/24 192.0.2.9
"""


def test_the_configuration_of_a_group_holds_for_its_members() -> None:
    found = facts_of('vtysh -c "show running-config"', CONFIG)
    sessions = {fact.peer: fact for fact in found if isinstance(fact, BgpSession)}
    assert set(sessions) == {"192.0.2.1", "192.0.2.2", "eth5"}
    member, other = sessions["192.0.2.1"], sessions["192.0.2.2"]
    assert (member.vrf, member.auth_configured, member.gtsm_enabled, member.ttl_security_hops) == (
        ("red", True, True, 2)
    )
    assert (other.auth_configured, other.gtsm_enabled, other.ttl, other.peer_as) == (False, False, 255, 65002)
    (family,) = [fact for fact in found if isinstance(fact, BgpAfi)]
    assert (family.afi_safi, family.prefix_limit_count, family.import_policy) == (
        ("IPV6_UNICAST", 500, "REJECT")
    )


def test_the_configuration_of_ospf_and_static_routes() -> None:
    found = facts_of('vtysh -c "show running-config"', CONFIG)
    (interface,) = [fact for fact in found if isinstance(fact, OspfInterface)]
    assert (interface.interface, interface.area, interface.passive, interface.auth_type) == (
        ("eth3", "0.0.0.0", False, "message-digest")
    )
    assert [(route.vrf, route.prefix) for route in found if isinstance(route, Route)] == [
        ("red", "203.0.113.0/24")
    ]


def test_configuration_completes_what_the_daemon_tells() -> None:
    seen = observed("running-config/leaf", "bgp-neighbors/healthy")
    session = next(o.fact for o in seen.of(BgpSession) if o.fact.peer == "203.0.113.9")
    assert (session.session_state, session.auth_configured, session.gtsm_enabled) == ("active", True, False)


@pytest.mark.parametrize(
    ("cases", "expected"),
    [
        (("proc-net-unix/bgpd-dead", "run-frr/bgpd-dead"), (True, False)),
        (("bgp-neighbors/daemon-dead", "run-frr/bgpd-dead"), (True, False)),
        (("proc-net-unix/healthy", "run-frr/healthy"), (True, True)),
        (("proc-net-unix/bgpd-dead",), (None, False)),
    ],
)
def test_a_dead_daemon_is_one_that_ran_and_listens_no_more(
    cases: tuple[str, ...], expected: tuple[bool | None, bool]
) -> None:
    process = next(o.fact for o in observed(*cases).of(RoutingProcess) if o.fact.protocol == "bgp")
    assert (process.configured, process.running) == expected


def test_modules_are_asked_of_hardware_ports_only() -> None:
    facts = [
        Interface(interface="eth1", kind="ethernet", virtual=True),
        Interface(interface="swp2", kind="ethernet", virtual=False),
        Interface(interface="swp1", kind="ethernet", virtual=False),
        Interface(interface="eno1"),
    ]
    assert list(ports.hardware(facts)) == [{"interface": "swp1"}, {"interface": "swp2"}]


def test_modules_are_asked_of_so_many_ports_and_no_more() -> None:
    many = [Interface(interface=f"swp{i}", virtual=False) for i in range(500)]
    assert len(list(ports.hardware(many))) == ports.MAX_PORTS


def test_classes_are_asked_where_queues_stand_in_them() -> None:
    shaped = next(c for c in LINUX.commands if c.parse is queues.classes)
    assert shaped.arguments is not None
    facts = [
        QueueCounters(interface="eth1", queue="root", scheduler="tbf"),
        QueueCounters(interface="eth2", queue="1:10", scheduler="pfifo"),
        QueueCounters(interface="eth3", queue="root", scheduler="htb"),
        QueueCounters(interface="eth4", queue=":1", scheduler="fq_codel"),
    ]
    assert list(shaped.arguments(facts)) == [{"interface": "eth2"}, {"interface": "eth3"}]


def test_the_class_completes_the_queue_in_it() -> None:
    seen = observed("tc-qdisc/shaped", "tc-class/htb")
    queue = next(o.fact for o in seen.of(QueueCounters) if o.fact.queue == "1:10")
    assert (queue.dropped_pkts, queue.rate_limit_bps) == (1, 400_000)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([("mq", "0:", None), ("fq_codel", "0:", ":1"), ("fq_codel", "0:", ":2")], [":1", ":2"]),
        ([("htb", "1:", None)], ["root"]),
        ([("htb", "1:", None), ("pfifo", "10:", "1:10")], ["1:10"]),
        ([("fq_codel", "8001:", None), ("ingress", "ffff:", "ffff:fff1")], ["root", "ingress"]),
        ([("noqueue", "0:", None)], []),
    ],
)
def test_a_queue_that_only_sums_up_others_is_left_out(
    rows: list[tuple[str, str, str | None]], expected: list[str]
) -> None:
    output = [
        {"kind": kind, "handle": handle, "dev": "eth0", **({"parent": parent} if parent else {"root": True})}
        for kind, handle, parent in rows
    ]
    found = facts_of("tc -s -j qdisc show", json.dumps(output))
    assert [fact.queue for fact in found if isinstance(fact, QueueCounters)] == expected


@pytest.mark.parametrize(
    ("line", "kind", "place"),
    [
        ("%ADJCHANGE: neighbor 10.0.1.0(spine1) in vrf default Down User reset", "bgp_down", "10.0.1.0"),
        ("%ADJCHANGE: neighbor fe80::1 in vrf red Up", "bgp_up", "fe80::1"),
        ("%MAXPFXEXCEED: No. of IPv4 prefix received from eth2(leaf1)", "bgp_prefix_limit", "eth2"),
        ("AdjChg: Nbr 10.255.0.1, NbrIP 10.0.3.0 on eth3:10.0.3.1: Full -> Init", "ospf_change", "eth3"),
        ("TCP: MD5 Hash not found for 10.0.1.0.44113->10.0.1.1.179 [S]", "bgp_auth_failure", "10.0.1.0"),
        ("TCP: MD5 Hash failed for (10.0.1.0, 179)->(10.0.1.1, 33000)", "bgp_auth_failure", "10.0.1.0"),
        ("mlx5_core 0000:03:00.0 swp1: Link down", "link_down", "swp1"),
        ("e1000e 0000:00:1f.6 eno1: NIC Link is Up 1000 Mbps Full Duplex", "link_up", "eno1"),
        ("IPv6: ADDRCONF(NETDEV_CHANGE): eth1: link becomes ready", "link_up", "eth1"),
        ("br0: received packet on eth1 with own address as source address", "mac_move", "eth1"),
        ("neighbour: arp_cache: neighbor table overflow!", "table_full", None),
        ("nf_conntrack: nf_conntrack: table full, dropping packet", "table_full", None),
        ("mce: [Hardware Error]: Machine check events logged", "hardware_error", None),
        ("EDAC MC0: 1 CE memory read error on CPU_SrcID#0", "hardware_error", None),
        ("pcieport 0000:00:1c.0: PCIe Bus Error: severity=Corrected", "hardware_error", None),
        ("eth0: IPv6 duplicate address 2001:db8::1 detected!", "duplicate_address", "eth0"),
        ("Out of memory: Killed process 812 (bgpd)", "out_of_memory", None),
        ("bgpd[812]: segfault at 0 ip 0 sp 0 error 4", "process_crash", None),
        ("Configuration Read in Took: 00:00:00", "other", None),
    ],
)  # fmt: skip
def test_what_log_lines_are_about(line: str, kind: str, place: str | None) -> None:
    found, named = meaning(line)
    assert (found, named.get("peer") or named.get("interface")) == (kind, place)


@pytest.mark.parametrize(
    ("stamp", "moment"),
    [
        ("2026-11-22T14:30:55.123456+01:00", datetime(2026, 11, 22, 13, 30, 55, 123456, UTC)),
        ("Nov 22 14:30:55", datetime(2026, 11, 22, 14, 30, 55, 0, UTC)),
        ("Dec 24 08:00:00", datetime(2025, 12, 24, 8, 0, 0, 0, UTC)),
    ],
)
def test_syslog_times_without_a_year_are_never_in_the_future(stamp: str, moment: datetime) -> None:
    answered_at = datetime(2026, 11, 22, 15, 0, 0, 0, UTC)
    (event,) = facts_of("cat /var/log/syslog", f"{stamp} leaf1 kernel: eth1: Link is Down\n", answered_at)
    assert isinstance(event, LogEvent)
    assert (event.at, event.kind, event.interface) == (moment, "link_down", "eth1")

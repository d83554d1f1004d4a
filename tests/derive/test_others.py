"""OSPF over a link, prefixes on own interfaces, flaps, clocks, optics' interfaces, and who is reachable."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from netdoctor import derive
from netdoctor.derive import Situation
from netdoctor.model.devices import Device, Network
from netdoctor.model.entities import LinkEnd
from netdoctor.model.facts import (
    BgpRoute,
    BgpSession,
    Clock,
    Fact,
    Interface,
    InterfaceFlaps,
    LogEvent,
    OpticLane,
    OriginatedPrefix,
    OspfInstance,
    OspfInterface,
    OspfLink,
    OspfNeighbor,
    Reachability,
    Route,
)
from netdoctor.model.findings import Source
from netdoctor.model.observations import Observation, Observations

NOW_S = 1_700_000_000.0
NETWORK = Network(
    devices={name: Device(name=name, host=f"192.0.2.{n}") for n, name in enumerate(("leaf1", "spine1"), 10)},
    links=((LinkEnd("leaf1", "eth1"), LinkEnd("spine1", "eth2")),),
)
SITUATION = Situation(network=NETWORK, now_s=NOW_S, since_s=3600.0, targets=("leaf1",))


def test_ospf_at_both_ends(derived: Any) -> None:
    said = [
        ("leaf1", Interface(interface="eth1", oper_up=True, mtu_bytes=1500)),
        ("spine1", Interface(interface="eth2", oper_up=True, mtu_bytes=9000)),
        ("leaf1", OspfInterface(interface="eth1", area="0.0.0.0", hello_interval_s=10.0)),
        ("spine1", OspfInterface(interface="eth2", area="0.0.0.1", hello_interval_s=5.0)),
        ("spine1", OspfNeighbor(neighbor_router_id="1.1.1.1", interface="eth2", adjacency_state="init")),
    ]
    ((_, link),) = derived(OspfLink, said, situation=SITUATION)
    assert (link.a_area, link.b_area, link.a_hello_interval_s, link.b_hello_interval_s) == (
        "0.0.0.0",
        "0.0.0.1",
        10.0,
        5.0,
    )
    assert (link.a_mtu_bytes, link.b_mtu_bytes, link.adjacent, link.link_up) == (1500, 9000, False, True)
    counted = {fact.interface: fact for _, fact in derived(OspfInterface, said, situation=SITUATION)}
    assert (counted["eth1"].neighbors_count, counted["eth2"].neighbors_count) == (0, 1)
    assert counted["eth2"].adjacent_count == 0


@pytest.mark.parametrize(
    ("case", "interface", "serves_hosts", "in_bgp"),
    [
        ("hosts, and told", Interface(interface="eth3", addresses=("198.51.100.1/24",)), True, True),
        ("hosts, and not told", Interface(interface="eth3", addresses=("203.0.113.1/24",)), True, False),
        ("covered by an aggregate", Interface(interface="eth3", addresses=("10.1.2.1/24",)), True, True),
        (
            "a loopback",
            Interface(interface="lo", kind="loopback", addresses=("192.0.2.99/32",)),
            False,
            False,
        ),
        ("a link between routers", Interface(interface="eth1", addresses=("172.16.0.1/24",)), False, False),
        ("the management network", Interface(interface="eth0", addresses=("192.0.2.10/24",)), False, False),
    ],
)
def test_prefixes(case: str, interface: Interface, serves_hosts: bool, in_bgp: bool, derived: Any) -> None:
    up = {name: getattr(interface, name) for name in interface.__struct_fields__}
    said: list[tuple[str, Fact]] = [
        ("leaf1", Interface(**{**up, "oper_up": True})),
        ("leaf1", BgpSession(peer="172.16.0.2", session_state="established")),
        ("leaf1", BgpRoute(prefix="198.51.100.0/24", locally_originated=True)),
        ("leaf1", BgpRoute(prefix="10.1.0.0/16", locally_originated=True)),
        ("leaf1", BgpRoute(prefix="10.9.9.0/24", locally_originated=False)),
    ]
    ((_, prefix),) = derived(OriginatedPrefix, said, situation=SITUATION)
    assert (prefix.serves_hosts, prefix.in_bgp) == (serves_hosts, in_bgp), case
    assert prefix.peers_established_count == 1


def test_a_table_that_tells_no_route_as_its_own_leaves_open_what_is_in_bgp(derived: Any) -> None:
    said: list[tuple[str, Fact]] = [
        ("leaf1", Interface(interface="eth3", oper_up=True, addresses=("203.0.113.1/24",))),
        ("leaf1", BgpRoute(prefix="198.51.100.0/24")),
    ]
    ((_, prefix),) = derived(OriginatedPrefix, said, situation=SITUATION)
    assert prefix.in_bgp is None


def test_an_ospf_interface_has_the_router_id_of_its_process(derived: Any) -> None:
    said: list[tuple[str, Fact]] = [
        ("leaf1", OspfInstance(router_id="192.0.2.1")),
        ("leaf1", OspfInterface(interface="eth1")),
        ("leaf1", OspfInterface(interface="eth2", vrf="CUST-A")),
    ]
    found = {fact.interface: fact.router_id for _, fact in derived(OspfInterface, said, situation=SITUATION)}
    assert found == {"eth1": "192.0.2.1", "eth2": None}


@pytest.mark.parametrize(
    ("heard", "up_for_s", "counts"),
    [
        pytest.param("198.51.100.0/24", 60.0, (1, 0), id="the peer has it"),
        pytest.param("198.51.0.0/16", 60.0, (1, 0), id="the peer has an aggregate"),
        pytest.param("203.0.113.0/24", 60.0, (0, 1), id="the peer has others"),
        pytest.param("0.0.0.0/0", 60.0, (0, 1), id="the peer has a default route"),
        pytest.param("203.0.113.0/24", 2.0, (0, 0), id="the session has just come up"),
    ],
)
def test_a_prefix_is_looked_for_at_the_peers(
    heard: str, up_for_s: float, counts: tuple[int, int], derived: Any
) -> None:
    said: list[tuple[str, Fact]] = [
        ("leaf1", Interface(interface="eth3", oper_up=True, addresses=("198.51.100.1/24",))),
        ("leaf1", BgpSession(peer="172.16.0.2", session_state="established", up_for_s=up_for_s)),
        ("leaf1", BgpRoute(prefix="198.51.100.0/24", locally_originated=True)),
        ("spine1", Interface(interface="eth2", addresses=("172.16.0.2/24",))),
        ("spine1", BgpRoute(prefix=heard, locally_originated=False)),
    ]
    ((_, prefix),) = derived(OriginatedPrefix, said, situation=SITUATION)
    assert (prefix.peers_with_it_count, prefix.peers_without_it_count) == counts


def test_prefixes_of_a_device_without_a_bgp_table_are_not_judged(derived: Any) -> None:
    said = [("leaf1", Interface(interface="eth3", oper_up=True, addresses=("198.51.100.1/24",)))]
    assert derived(OriginatedPrefix, said, situation=SITUATION) == []


@pytest.mark.parametrize(
    ("case", "last_change_s", "log_ages_s", "in_window"),
    [
        ("long ago", 90_000.0, [90_000.0], 0),
        ("once, just now", 60.0, [], 1),
        ("often, just now", 5.0, [5.0, 50.0, 300.0, 900.0], 4),
        ("often, long ago", 90_000.0, [90_000.0, 90_100.0], 0),
    ],
)
def test_flaps(
    case: str, last_change_s: float, log_ages_s: list[float], in_window: int, derived: Any
) -> None:
    port = Interface(interface="eth1", oper_up=True, carrier_transitions_count=9, last_change_s=last_change_s)
    now = datetime.fromtimestamp(NOW_S, UTC)
    lines = [
        LogEvent(at=now - timedelta(seconds=age), kind="link_down", interface="eth1", text=f"down {age}")
        for age in log_ages_s
    ]
    said = [("leaf1", fact) for fact in (port, *lines)]
    ((_, flaps),) = derived(InterfaceFlaps, said, situation=SITUATION)
    assert flaps.transitions_in_window_count == in_window, case
    assert (flaps.transitions_total_count, flaps.window_s) == (9, 3600.0)


def test_a_clock_is_held_against_ours(derived: Any) -> None:
    ahead = Clock(device_time=datetime.fromtimestamp(10.0 + 42.5, UTC))
    ((_, clock),) = derived(Clock, [("leaf1", ahead)])
    assert clock.offset_s == 42.5


def test_a_clock_is_of_the_time_when_it_was_read() -> None:
    observations = Observations()
    for command, fact, at_s in (
        ("show clock", Clock(device_time=datetime.fromtimestamp(12.0, UTC)), 10.0),
        ("show ntp status", Clock(synchronised=True), 16.0),
    ):
        source = (Source(device="leaf1", command=command),)
        observations.add(Observation("leaf1", fact, source, at_s))
    extended, _ = derive.extend(observations, Situation())
    (clock,) = (seen.fact for seen in extended.of(Clock))
    assert (clock.offset_s, clock.synchronised) == (2.0, True)


def test_a_lane_learns_the_state_of_its_interface(derived: Any) -> None:
    said = [
        ("leaf1", Interface(interface="eth1", admin_up=False, oper_up=False)),
        ("leaf1", OpticLane(interface="eth1", lane=1, input_power_dbm=-40.0)),
    ]
    ((_, lane),) = derived(OpticLane, said)
    assert (lane.admin_up, lane.oper_up, lane.input_power_dbm) == (False, False, -40.0)


@pytest.mark.parametrize(
    ("case", "oper_up", "state", "expected"),
    [
        ("only its management is gone", True, "established", (1, 0, 1, 0)),
        ("it is gone altogether", False, "active", (0, 1, 0, 1)),
    ],
)
def test_an_unreached_device_in_its_neighbours_eyes(
    case: str, oper_up: bool, state: Any, expected: tuple[int, ...], derived: Any
) -> None:
    said = [
        ("spine1", Interface(interface="eth2", oper_up=oper_up, addresses=("172.16.0.1/31",))),
        ("spine1", BgpSession(peer="172.16.0.0", session_state=state)),
    ]
    situation = Situation(
        network=NETWORK, targets=("leaf1",), reached={"leaf1": "unreachable", "spine1": None}, now_s=NOW_S
    )
    seen = dict(derived(Reachability, said, situation=situation))
    leaf = seen["leaf1"]
    counts = leaf.links_up_count, leaf.links_down_count, leaf.sessions_up_count, leaf.sessions_down_count
    assert (leaf.reachable, leaf.reason, leaf.neighbors_examined_count) == (False, "unreachable", 1), case
    assert counts == expected
    assert seen["spine1"].reachable is True


@pytest.mark.parametrize(
    ("route", "entries", "programmed"),
    [
        (Route(prefix="10.2.0.0/16", protocol="bgp"), [Route(prefix="10.2.0.0/16", protocol="fib")], True),
        (
            Route(prefix="10.2.0.0/16", protocol="bgp"),
            [Route(prefix="10.2.0.0/16", protocol="fib", programmed=False)],
            False,
        ),
        (Route(prefix="10.2.0.0/16", protocol="bgp"), [Route(prefix="10.3.0.0/16", protocol="fib")], None),
        (
            Route(prefix="10.2.0.0/16", protocol="bgp", active=False),
            [Route(prefix="10.2.0.0/16", protocol="fib")],
            None,
        ),
        (Route(prefix="10.2.0.0/16", protocol="bgp", programmed=False), [], False),
    ],
    ids=["in the table", "not in the hardware", "another prefix", "not the best route", "its own word"],
)
def test_a_route_learns_whether_it_is_programmed(
    route: Route, entries: list[Route], programmed: bool | None, derived: Any
) -> None:
    said = [("leaf1", fact) for fact in (route, *entries)]
    known = {fact.protocol: fact.programmed for _, fact in derived(Route, said)}
    assert known["bgp"] is programmed

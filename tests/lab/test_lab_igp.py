"""Link-state routing in the lab: what keeps two ends apart, what they show, and where packets go then."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from netdoctor.lab import topology
from netdoctor.lab.igp import Adjacency
from netdoctor.lab.plan import Plan
from netdoctor.lab.world import World

from .conftest import NOON, Clock

RING = Plan("ring", {"router": ("arista_eos",) * 5})
CAMPUS = Plan(
    "campus", {"core": ("arista_eos",) * 2, "distribution": ("linux",) * 2, "access": ("linux",) * 2}
)
Change = Callable[[Adjacency], None]


def first(world: World) -> Adjacency:
    return world.adjacencies[0]


def hops(world: World, device: str, prefix: str) -> list[str]:
    """The routers that a device sends packets for a prefix to."""
    ports = (hop.port for hop in world.devices[device].routes[prefix].hops)
    return [port.far.device.name for port in ports if port and port.far]


def test_packets_go_round_the_ring_the_other_way_when_it_breaks(clock: Clock) -> None:
    world = topology.build(clock, plan=RING)
    assert hops(world, "router1", "10.10.2.0/24") == ["router2"]
    world.link_between("router1", "router2").cut = True
    world.settle(NOON)
    assert hops(world, "router1", "10.10.2.0/24") == ["router5"]
    assert [event.kind for event in world.devices["router1"].events if event.at == NOON] == [
        "link_down",
        "isis_down",
    ]
    assert not first(world).ends[0].adjacent


def test_equal_paths_are_used_together(clock: Clock) -> None:
    world = topology.build(clock, plan=CAMPUS)
    assert hops(world, "access1", "10.10.2.0/24") == ["distribution1", "distribution2"]
    route = world.devices["access1"].routes["10.10.2.0/24"]
    assert (route.protocol, route.distance, route.metric) == ("ospf", 110, 20)


@pytest.mark.parametrize(
    ("change", "trouble", "states"),
    [
        (lambda a: setattr(a.ends[0], "area", "0.0.0.1"), "area", ("down", "down")),
        (lambda a: setattr(a.ends[0], "hello_interval_s", 5.0), "timers", ("down", "down")),
        (lambda a: setattr(a.ends[1], "password", "x"), "authentication", ("down", "down")),
        (lambda a: setattr(a.ends[1], "passive", True), "passive", ("down", "down")),
        (lambda a: setattr(a.ends[0].port, "mtu_bytes", 1500), "mtu", ("exstart", "exstart")),
        (
            lambda a: setattr(a.ends[0].device, "router_id", a.ends[1].device.router_id),
            "router_id",
            ("down", "down"),
        ),
    ],
)
def test_what_keeps_ospf_neighbours_apart(
    clock: Clock, change: Change, trouble: str, states: tuple[str, str]
) -> None:
    world = topology.build(clock, plan=CAMPUS)
    adjacency = first(world)
    change(adjacency)
    world.settle(NOON)
    obstacle = adjacency.obstacle()
    assert obstacle is not None
    assert obstacle.trouble == trouble
    assert tuple(end.state for end in adjacency.ends) == states


@pytest.mark.parametrize(
    ("change", "trouble", "states"),
    [
        (lambda a: setattr(a.ends[0], "level", "1"), "level", ("down", "down")),
        (lambda a: setattr(a.ends[0].port, "mtu_bytes", 1500), "mtu", ("down", "init")),
        (lambda a: setattr(a.ends[1].port, "mtu_bytes", 1500), "mtu", ("init", "down")),
        (lambda a: setattr(a.ends[0], "password", "x"), "authentication", ("down", "down")),
    ],
)
def test_what_keeps_isis_neighbours_apart(
    clock: Clock, change: Change, trouble: str, states: tuple[str, str]
) -> None:
    world = topology.build(clock, plan=RING)
    adjacency = first(world)
    change(adjacency)
    world.settle(NOON)
    obstacle = adjacency.obstacle()
    assert obstacle is not None
    assert obstacle.trouble == trouble
    assert tuple(end.state for end in adjacency.ends) == states


def test_other_areas_are_no_obstacle_in_level_2(clock: Clock) -> None:
    world = topology.build(clock, plan=RING)
    first(world).ends[0].area = "49.0002"
    world.settle(NOON)
    assert first(world).obstacle() is None

"""What is changed in the world has the effects that it would have in a network."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from netdoctor.lab import topology
from netdoctor.lab.bgp import Neighbor, Policy
from netdoctor.lab.hardware import BGP_PORT, Filter, StaticRoute
from netdoctor.lab.meters import Meter
from netdoctor.lab.plan import clos
from netdoctor.lab.routes import lookup
from netdoctor.lab.world import World
from netdoctor.model.units import NO_LIGHT_DBM

from .conftest import NOON, Clock


def down_sessions(world: World) -> set[tuple[str, str]]:
    """Sessions that are not established, as (device, peer's device), seen from both ends."""
    return {
        (device.name, end.description)
        for device in world.devices.values()
        for end in device.neighbors.values()
        if not end.established
    }


def since(world: World, at: float) -> list[tuple[str, str]]:
    """What was logged from a time on, as (device, kind)."""
    return [(d.name, e.kind) for d in world.devices.values() for e in d.events if e.at >= at]


def losing(world: World, counter: str) -> set[tuple[str, str]]:
    """The ports on which a counter grows."""
    return {(p.device.name, p.name) for p in world.ports() if p.meters[counter].rate_per_s > 0}


class TestHealthy:
    def test_every_session_is_established(self, world: World) -> None:
        assert down_sessions(world) == set()

    def test_every_leaf_reaches_every_other_over_both_spines(self, world: World) -> None:
        for number in (2, 3, 4):
            route = world.devices["leaf1"].routes[f"10.10.{number}.0/24"]
            assert [hop.port.name for hop in route.hops if hop.port] == ["Ethernet49/1", "Ethernet50/1"]

    def test_nothing_is_lost(self, world: World) -> None:
        for counter in ("in_fcs_errors", "in_giants", "out_discards", "in_discards"):
            assert losing(world, counter) == set()

    def test_traffic_that_enters_leaves_again(self, world: World) -> None:
        for device in world.devices.values():
            entering = sum(port.in_bps for port in device.ports.values())
            leaving = sum(port.out_bps for port in device.ports.values())
            assert entering == pytest.approx(leaving, rel=0.01)

    def test_the_same_seed_gives_the_same_fabric(self, clock: Clock, world: World) -> None:
        again = topology.build(clock)
        assert [p.offered_bps for p in again.ports()] == [p.offered_bps for p in world.ports()]

    def test_the_past_has_an_old_flap_that_is_over(self, world: World) -> None:
        port = world.neighbor("leaf2", "spine2").port
        assert port.carrier_transitions_count == 3
        assert port.last_change_at < NOON - 7 * 86400


@pytest.mark.parametrize("size", [(1, 1), (2, 4), (3, 7)], ids=lambda size: f"{size[0]}x{size[1]}")
def test_a_fabric_of_any_size_converges(clock: Clock, size: tuple[int, int]) -> None:
    spines, leaves = size
    world = topology.build(clock, plan=clos(spines, leaves))
    assert len(world.devices) == spines + leaves
    assert len(world.sessions) == spines * leaves
    assert down_sessions(world) == set()
    for leaf in range(1, leaves + 1):
        known = [world.devices[f"leaf{leaf}"].routes.get(f"10.10.{n}.0/24") for n in range(1, leaves + 1)]
        assert None not in known


class TestCables:
    def test_exchanged_plugs_lead_elsewhere_and_no_session_comes_up(self, world: World) -> None:
        one, other = world.port("leaf4", "swp49"), world.port("leaf4", "swp50")
        far = one.far, other.far
        world.swap(one, other)
        world.settle(NOON)
        assert (other.far, one.far) == far
        assert one.oper_up
        assert other.oper_up
        assert {device for device, _ in down_sessions(world)} == {"leaf4", "spine1", "spine2"}

    def test_what_was_meant_is_remembered(self, world: World) -> None:
        one, other = world.port("leaf4", "swp49"), world.port("leaf4", "swp50")
        meant = list(world.intended_links)
        world.swap(one, other)
        assert world.intended_links == meant


class TestLight:
    def test_loss_on_one_strand_makes_errors_at_its_receiver_alone(self, world: World) -> None:
        link = world.link_between("spine1", "leaf3")
        receiver = world.port("leaf3", "swp49")
        link.loss_db[receiver] += 14.0
        world.settle(NOON)
        assert losing(world, "in_fcs_errors") == {("leaf3", "swp49")}
        assert world.received_dbm(receiver.far, 0) > -8.0  # type: ignore[arg-type]  # a link has two ends
        assert down_sessions(world) == set()

    def test_a_cut_takes_the_light_and_the_session_at_both_ends(self, world: World) -> None:
        link = world.link_between("spine2", "leaf4")
        link.cut = True
        world.settle(NOON)
        assert [end.oper_up for end in link.ends] == [False, False]
        assert [world.received_dbm(end, 0) for end in link.ends] == [NO_LIGHT_DBM, NO_LIGHT_DBM]
        assert down_sessions(world) == {("spine2", "leaf4"), ("leaf4", "spine2")}
        assert set(since(world, NOON)) == {
            (device, kind) for device in ("spine2", "leaf4") for kind in ("link_down", "bgp_down", "bfd_down")
        }

    def test_a_port_that_is_shut_sends_no_light(self, world: World) -> None:
        port = world.neighbor("spine1", "leaf1").port
        far = port.far
        port.admin_up = False
        world.settle(NOON)
        assert far is not None
        assert not far.oper_up
        assert world.received_dbm(far, 0) == NO_LIGHT_DBM
        assert world.received_dbm(port, 0) > -10.0

    def test_a_weak_laser_dims_what_arrives_at_the_far_end(self, world: World) -> None:
        port = world.neighbor("spine1", "leaf1").port
        far = port.far
        assert far is not None
        assert port.optic is not None
        before = world.received_dbm(far, 0)
        port.optic.output_power_dbm -= 5.0
        assert world.received_dbm(far, 0) == pytest.approx(before - 5.0)

    def test_what_is_mended_comes_back(self, world: World) -> None:
        link = world.link_between("spine2", "leaf4")
        link.cut = True
        world.settle(NOON)
        link.cut = False
        world.settle(NOON + 60)
        assert down_sessions(world) == set()
        assert world.neighbor("leaf4", "spine2").established_transitions_count == 2
        assert all(end.last_change_at == NOON + 60 for end in link.ends)


Change = Callable[[Neighbor], None]


def shut(end: Neighbor) -> None:
    end.shutdown = True


def set_password(end: Neighbor) -> None:
    end.password = "s3"


def set_wrong_as(end: Neighbor) -> None:
    end.remote_as = 1


def secure_ttl(end: Neighbor) -> None:
    end.gtsm_hops = 1


def forget(end: Neighbor) -> None:
    end.configured = False


def set_low_limit(end: Neighbor) -> None:
    end.prefix_limit = 3


class TestSessions:
    @pytest.mark.parametrize(
        ("change", "notification"),
        [
            pytest.param(shut, (6, 2), id="administrative shutdown"),
            pytest.param(set_wrong_as, (2, 2), id="bad peer AS"),
            pytest.param(set_low_limit, (6, 1), id="maximum number of prefixes"),
            pytest.param(set_password, (6, 6), id="reset by the end that got a password"),
            pytest.param(secure_ttl, (6, 6), id="reset by the end that got TTL security"),
            pytest.param(forget, (6, 3), id="de-configured"),
        ],
    )
    def test_one_end_that_differs_ends_the_session(
        self, world: World, change: Change, notification: tuple[int, int]
    ) -> None:
        end = world.neighbor("leaf4", "spine1")
        change(end)
        world.settle(NOON)
        assert down_sessions(world) == {("leaf4", "spine1"), ("spine1", "leaf4")}
        for side, sent in ((end, True), (world.far_end(end), False)):
            assert side.last_reset is not None
            assert (side.last_reset.code, side.last_reset.subcode) == notification
            assert side.last_reset.sent is sent

    def test_the_same_password_at_both_ends_is_fine(self, world: World) -> None:
        end = world.neighbor("leaf4", "spine1")
        end.password = world.far_end(end).password = "s3"
        world.settle(NOON)
        assert down_sessions(world) == set()

    def test_bfd_stays_up_while_the_wire_works(self, world: World) -> None:
        end = world.neighbor("leaf4", "spine1")
        end.shutdown = True
        world.settle(NOON)
        assert end.bfd_up

    def test_traffic_moves_to_the_paths_that_are_left(self, world: World) -> None:
        left = world.neighbor("leaf4", "spine2").port
        before = left.out_bps
        world.neighbor("leaf4", "spine1").shutdown = True
        world.settle(NOON)
        assert left.out_bps == pytest.approx(2 * before, rel=0.01)

    def test_a_policy_without_permits_takes_no_route_and_keeps_the_session(self, world: World) -> None:
        end = world.neighbor("leaf1", "spine1")
        end.import_policy = Policy("NONE", ())
        world.settle(NOON)
        assert end.established
        assert end.received
        assert end.accepted == {}

    def test_a_prefix_that_is_not_announced_is_unknown_elsewhere(self, world: World) -> None:
        world.devices["leaf4"].networks.remove("10.10.4.0/24")
        world.settle(NOON)
        assert lookup(world.devices["leaf1"], "10.10.4.10") is None

    def test_a_dead_daemon_ends_every_session_of_its_device(self, world: World) -> None:
        leaf = world.devices["leaf3"]
        leaf.processes = [process for process in leaf.processes if process.name != "bgpd"]
        world.settle(NOON)
        assert down_sessions(world) == {
            pair for spine in ("spine1", "spine2") for pair in (("leaf3", spine), (spine, "leaf3"))
        }
        assert all(port.oper_up for port in leaf.ports.values() if port.admin_up)


class TestStarvation:
    @pytest.fixture
    def starved(self, world: World) -> World:
        leaf = world.devices["leaf4"]
        leaf.processes[-1].cpu_pct = 100.0 * leaf.cores_count
        world.settle(NOON)
        return world

    def test_sessions_live_until_the_hold_timer_expires(self, starved: World) -> None:
        starved.advance(NOON + 179.0)
        assert down_sessions(starved) == set()

    def test_then_the_peers_give_up(self, starved: World) -> None:
        starved.advance(NOON + 200.0)
        ends = starved.devices["leaf4"].neighbors.values()
        assert [(e.last_reset.code, e.last_reset.sent) for e in ends if e.last_reset] == [(4, False)] * 2

    def test_they_come_back_and_are_lost_again(self, starved: World) -> None:
        starved.advance(NOON + 1000.0)
        downs = [event for event in starved.devices["leaf4"].events if event.kind == "bgp_down"]
        assert len(downs) == 8
        assert [event.at for event in downs] == sorted(event.at for event in downs)


def test_a_restart_forgets_what_was_counted_and_logged(world: World) -> None:
    leaf = world.devices["leaf2"]
    world.restart(leaf, NOON, NOON + 100.0, "power lost")
    assert leaf.booted_at == NOON + 100.0
    assert all(event.at >= NOON + 100.0 for event in leaf.events)
    assert world.port("leaf2", "Ethernet1").meters["in_pkts"].read(NOON + 100.0) == 0
    assert down_sessions(world) == set()
    assert world.neighbor("spine1", "leaf2").established_transitions_count == 2


def test_a_drained_router_is_left_by_traffic_and_keeps_its_sessions(world: World) -> None:
    world.devices["spine2"].draining = True
    world.settle(NOON)
    assert down_sessions(world) == set()
    assert world.neighbor("leaf1", "spine2").port.out_bps == 0.0
    assert world.neighbor("leaf1", "spine1").port.out_bps > 0.0


def test_a_filter_ends_a_session_and_counts_what_it_drops(world: World) -> None:
    end = world.neighbor("leaf3", "spine1")
    end.device.filters.append(Filter(end.peer_address, BGP_PORT, Meter(NOON)))
    world.settle(NOON)
    assert down_sessions(world) == {("leaf3", "spine1"), ("spine1", "leaf3")}
    assert end.device.filters[0].dropped.rate_per_s > 0
    assert end.bfd_up


class TestLoad:
    def test_more_than_a_port_carries_is_dropped(self, world: World) -> None:
        port = world.port("leaf1", "Ethernet1")
        port.shaper_bps = int(port.offered_bps // 2)
        world.settle(NOON)
        assert losing(world, "out_discards") == {("leaf1", "Ethernet1")}
        assert port.out_bps == pytest.approx(port.shaper_bps, rel=0.01)
        assert [q.traffic_class for q in port.queues if q.meters["dropped_pkts"].rate_per_s] == [0]

    def test_bursts_drop_at_a_low_mean_load(self, world: World) -> None:
        port = world.port("leaf1", "Ethernet1")
        port.burst_ratio, port.burst_time_share = 8.0, 0.01
        world.settle(NOON)
        assert losing(world, "out_discards") == {("leaf1", "Ethernet1")}
        assert port.out_bps < 0.5 * port.speed_bps

    def test_a_small_mtu_makes_giants_where_large_packets_arrive(self, world: World) -> None:
        world.port("leaf3", "swp50").mtu_bytes = 1500
        world.settle(NOON)
        assert losing(world, "in_giants") == {("leaf3", "swp50")}

    def test_a_discard_route_swallows_what_passes(self, world: World) -> None:
        spine = world.devices["spine1"]
        spine.static_routes.append(StaticRoute("10.10.3.0/24"))
        world.settle(NOON)
        assert spine.routes["10.10.3.0/24"].discards
        assert spine.discarded.rate_per_s > 0
        assert world.neighbor("spine1", "leaf3").port.out_bps == 0.0

    def test_two_readings_differ_by_what_passed_between_them(self, world: World, clock: Clock) -> None:
        meter = world.port("leaf1", "Ethernet1").meters["in_pkts"]
        first = meter.read(world.now())
        clock.at += 2.0
        assert meter.read(world.now()) - first == pytest.approx(2.0 * meter.rate_per_s, abs=1.0)


class TestHealth:
    def test_a_box_with_fewer_fans_gets_hot(self, world: World) -> None:
        spine = world.devices["spine1"]
        for fan in list(spine.sensors_of("fan"))[:2]:
            fan.working = False
        world.settle(NOON)
        assert all(probe.state == "hot" for probe in spine.sensors_of("temperature"))
        assert since(world, NOON).count(("spine1", "temperature_hot")) == 3
        assert since(world, NOON).count(("spine1", "fan_failed")) == 2

    def test_the_other_supply_takes_the_whole_load(self, world: World) -> None:
        one, other = world.devices["spine1"].sensors_of("power")
        one.working = False
        world.settle(NOON)
        assert (one.value, other.value) == (0.0, 2 * other.nominal)

"""Faults of BGP sessions and policies."""

from __future__ import annotations

from netdoctor.lab.bgp import Neighbor, Policy
from netdoctor.lab.faults import Place, fault
from netdoctor.lab.hardware import BGP_PORT, Event, Filter, StaticRoute
from netdoctor.lab.meters import Meter
from netdoctor.lab.world import World
from netdoctor.model import entities


def _place(world: World, end: Neighbor, target: str) -> Place:
    """A session, by the name that either end gives it."""
    ends = (end, world.far_end(end))
    return Place(target, tuple(entities.bgp(e.device.name, e.peer_address) for e in ends))


def _changed(end: Neighbor, at: float) -> None:
    end.device.log(Event(at, "config_change", subject="jdoe"))


@fault("leaf3 expects a wrong AS of spine2", cause="bgp.asn_mismatch")
def wrong_remote_as(world: World, at: float) -> Place:
    end = world.neighbor("leaf3", "spine2")
    end.remote_as = 65010
    _changed(end, at)
    return _place(world, end, "leaf3")


@fault("a BGP password on leaf4 that spine1 does not have", cause="bgp.auth_mismatch")
def password_on_one_end(world: World, at: float) -> Place:
    end = world.neighbor("leaf4", "spine1")
    end.password = "f4bric-key"  # noqa: S105 - the point of the fault; never leaves the simulation
    _changed(end, at)
    return _place(world, end, "leaf4")


@fault("TTL security on leaf3 alone, towards spine1", cause="bgp.ttl_security")
def ttl_security_on_one_end(world: World, at: float) -> Place:
    end = world.neighbor("leaf3", "spine1")
    end.gtsm_hops = 1
    _changed(end, at)
    return _place(world, end, "leaf3")


@fault("spine1 has its session with leaf1 shut down", cause="bgp.admin_shutdown")
def neighbor_shutdown(world: World, at: float) -> Place:
    end = world.neighbor("spine1", "leaf1")
    end.shutdown = True
    _changed(end, at)
    return _place(world, end, "leaf1")


@fault("leaf2 leaks its rack's host routes, more than spine1 takes", cause="bgp.max_prefix")
def prefix_leak(world: World, at: float) -> Place:
    end = world.neighbor("spine1", "leaf2")
    end.prefix_limit = 50
    leaf = world.devices["leaf2"]
    leaked = [f"10.10.2.{host}/32" for host in range(20, 96)]
    leaf.static_routes.extend(StaticRoute(prefix, "10.10.2.10") for prefix in leaked)
    leaf.networks.extend(leaked)
    _changed(world.far_end(end), at)
    return _place(world, end, "leaf2")


@fault("leaf1's import policy for spine1 lost its permit entry", cause="bgp.policy_rejects")
def policy_rejects_all(world: World, at: float) -> Place:
    end = world.neighbor("leaf1", "spine1")
    end.import_policy = Policy("FABRIC-IN-V2", ())
    _changed(end, at)
    return _place(world, end, "leaf1")


@fault("leaf4 no longer announces its hosts' prefix", cause="bgp.missing_advertisement")
def prefix_not_announced(world: World, at: float) -> Place:
    leaf = world.devices["leaf4"]
    prefix = leaf.networks.pop()
    leaf.log(Event(at, "config_change", subject="jdoe"))
    return Place("leaf4", (entities.prefix("leaf4", prefix),))


@fault("spine1 no longer knows leaf1 as a neighbour", cause="bgp.peer_missing")
def forgotten_neighbor(world: World, at: float) -> Place:
    end = world.neighbor("spine1", "leaf1")
    end.configured = False
    _changed(end, at)
    return _place(world, end, "leaf1")


@fault("a packet filter on leaf3 drops BGP from spine1", cause="bgp.port_blocked")
def filtered_session(world: World, at: float) -> Place:
    end = world.neighbor("leaf3", "spine1")
    end.device.filters.append(Filter(end.peer_address, BGP_PORT, Meter(at)))
    return _place(world, end, "leaf3")

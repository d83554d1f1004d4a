"""FRR's running configuration."""

from __future__ import annotations

from collections.abc import Iterator

from netdoctor.lab.bgp import Neighbor, Policy
from netdoctor.lab.hardware import Device
from netdoctor.lab.igp import IgpInterface
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.linux.daemons import runs
from netdoctor.lab.render.linux.frr_isis import AREA_TAG, network_entity


@answers('vtysh -c "show running-config"')
def running_config(view: View) -> str:
    head = "Building configuration...\n\nCurrent configuration:\n!\n"
    return head + "".join(f"{line}\n" for line in _lines(view.device))


def _lines(device: Device) -> Iterator[str]:
    yield "frr version 9.1.1"
    yield "frr defaults datacenter"
    yield f"hostname {device.name}"
    yield "log file /var/log/frr/frr.log informational"
    yield "log timestamp precision 3"
    yield "service integrated-vtysh-config"
    yield "!"
    for static in device.static_routes:
        yield f"ip route {static.prefix} {static.next_hop or 'Null0'}"
    yield "!"
    for port in device.ports.values():
        if port.address:
            yield from (f"interface {port.name}", f" description {port.description}")
            if port.name in device.igp:
                yield from (f" {line}" for line in _igp_interface(device.igp[port.name]))
            yield from ("exit", "!")
    if device.bgp_running and device.neighbors:
        yield from _bgp(device)
    yield from _igp(device)
    ends = list(device.neighbors.values())
    policies = {p.name: p for end in ends for p in (end.import_policy, end.export_policy)}
    for policy in policies.values():
        yield from _policy(policy)
    yield "end"


def _igp_interface(end: IgpInterface) -> Iterator[str]:
    """What one interface has of a link-state protocol; values that are the default are not shown."""
    p2p = end.network_type == "point_to_point"
    if end.protocol == "isis":
        level = {"1": "level-1", "2": "level-2-only"}.get(end.level)
        yield f"ip router isis {AREA_TAG}"
        yield from (f"isis circuit-type {level}",) if level else ()
        yield from ("isis network point-to-point",) if p2p else ()
        yield from ("isis passive",) if end.passive else ()
        yield from (f"isis password md5 {end.password}",) if end.password else ()
        return
    yield f"ip ospf area {end.area}"
    if end.password:
        yield from (
            "ip ospf authentication message-digest",
            f"ip ospf message-digest-key 1 md5 {end.password}",
        )
    yield f"ip ospf cost {end.cost}"
    if (end.hello_interval_s, end.dead_interval_s) != (10.0, 40.0):
        yield f"ip ospf hello-interval {end.hello_interval_s:.0f}"
        yield f"ip ospf dead-interval {end.dead_interval_s:.0f}"
    yield from ("ip ospf network point-to-point",) if p2p else ()
    yield from ("ip ospf passive",) if end.passive else ()


def _igp(device: Device) -> Iterator[str]:
    """The routing processes of link-state protocols."""
    if runs(device, "ospfd"):
        yield from ("router ospf", f" ospf router-id {device.router_id}", "exit", "!")
    if runs(device, "isisd"):
        yield f"router isis {AREA_TAG}"
        yield from (" is-type level-2-only", f" net {network_entity(device)}", "exit", "!")


def _bgp(device: Device) -> Iterator[str]:
    ends = [end for end in device.neighbors.values() if end.configured]
    yield f"router bgp {device.asn}"
    yield f" bgp router-id {device.loopback}"
    yield " bgp bestpath as-path multipath-relax"
    if device.draining:
        yield " bgp graceful-shutdown"
    for end in ends:
        yield from (f" neighbor {end.peer_address} {line}" for line in _session(end))
    yield " !"
    yield " address-family ipv4 unicast"
    yield from (f"  network {prefix}" for prefix in device.networks)
    for end in ends:
        yield from (f"  neighbor {end.peer_address} {line}" for line in _family(end))
    yield from (" exit-address-family", "exit", "!")


def _session(end: Neighbor) -> Iterator[str]:
    yield f"remote-as {end.remote_as}"
    yield f"description {end.description}"
    if end.bfd:
        yield "bfd"
    if end.password:
        yield f"password {end.password}"
    if end.gtsm_hops:
        yield f"ttl-security hops {end.gtsm_hops}"
    if end.shutdown:
        yield "shutdown"
    yield f"timers {end.keepalive_s:.0f} {end.hold_time_s:.0f}"


def _family(end: Neighbor) -> Iterator[str]:
    yield f"route-map {end.import_policy.name} in"
    yield f"route-map {end.export_policy.name} out"
    if end.prefix_limit:
        yield f"maximum-prefix {end.prefix_limit}"


def _policy(policy: Policy) -> Iterator[str]:
    """A route map that matches one prefix list; without any prefix it permits nothing."""
    for number, prefix in enumerate(policy.permits, 1):
        yield f"ip prefix-list {policy.name} seq {number * 5} permit {prefix} le 32"
    yield "!"
    yield f"route-map {policy.name} {'permit' if policy.permits else 'deny'} 10"
    if policy.permits:
        yield f" match ip address prefix-list {policy.name}"
    yield from ("exit", "!")

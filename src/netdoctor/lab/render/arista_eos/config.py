"""The running configuration, and what EOS derives from it."""

from __future__ import annotations

from collections.abc import Iterator

from netdoctor.lab.bgp import Neighbor, Policy
from netdoctor.lab.hardware import Device, Port
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.arista_eos.interfaces import chosen
from netdoctor.lab.render.text import as_json

SPEED_WORDS = {100_000_000_000: "100g-4", 10_000_000_000: "10g"}


def _shown(lines: Iterator[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


@answers("show running-config")
def running_config(view: View) -> str:
    device = view.device
    return _shown(_head(device)) + _shown(_interfaces(list(device.ports.values()))) + _shown(_routing(device))


@answers("show running-config interfaces {interface}")
def interface_config(view: View, interface: str) -> str:
    return _shown(_interfaces(chosen(view, interface)))


@answers("show running-config section router bgp", "show running-config section bgp")
def bgp_config(view: View) -> str:
    return _shown(_bgp(view.device))


def _head(device: Device) -> Iterator[str]:
    yield f"! device: {device.name} ({device.model}, EOS-{device.os_version})"
    yield from ("!", f"hostname {device.name}", "!", "vrf instance MGMT", "!")


def _interfaces(ports: list[Port]) -> Iterator[str]:
    for port in ports:
        yield f"interface {port.name}"
        if port.description:
            yield f"   description {port.description}"
        if not port.admin_up:
            yield "   shutdown"
        if port.kind == "management":
            yield "   vrf MGMT"
        if port.kind == "ethernet" and port.address:
            yield from (
                f"   mtu {port.mtu_bytes}",
                f"   speed {SPEED_WORDS[port.speed_bps]}",
                "   no switchport",
            )
        if port.address:
            yield f"   ip address {port.address}"
        yield "!"


def _routing(device: Device) -> Iterator[str]:
    yield "ip routing"
    for static in device.static_routes:
        yield f"ip route {static.prefix} {static.next_hop or 'Null0'}"
    policies = {
        p.name: p for end in device.neighbors.values() for p in (end.import_policy, end.export_policy)
    }
    for policy in policies.values():
        yield from _policy(policy)
    yield from _bgp(device)
    yield "end"


def _policy(policy: Policy) -> Iterator[str]:
    yield from ("!", f"ip prefix-list {policy.name}")
    for number, prefix in enumerate(policy.permits, 1):
        yield f"   seq {number * 10} permit {prefix} le 32"
    yield from ("!", f"route-map {policy.name} {'permit' if policy.permits else 'deny'} 10")
    if policy.permits:
        yield f"   match ip address prefix-list {policy.name}"


def _bgp(device: Device) -> Iterator[str]:
    ends = [end for end in device.neighbors.values() if end.configured]
    yield from ("!", f"router bgp {device.asn}", f"   router-id {device.loopback}", "   maximum-paths 8")
    for end in ends:
        yield from (f"   neighbor {end.peer_address} {line}" for line in _session(end))
    yield from (f"   network {prefix}" for prefix in device.networks)


def _session(end: Neighbor) -> Iterator[str]:
    yield f"remote-as {end.remote_as}"
    yield f"description {end.description}"
    if end.bfd:
        yield "bfd"
    if end.shutdown:
        yield "shutdown"
    if end.password:
        yield f"password {end.password}"
    if end.gtsm_hops:
        yield f"ttl maximum-hops {end.gtsm_hops}"
    yield f"route-map {end.import_policy.name} in"
    yield f"route-map {end.export_policy.name} out"
    if end.prefix_limit:
        yield f"maximum-routes {end.prefix_limit}"


@answers("show qos interfaces {interface}", "show qos interfaces")
def qos(view: View, interface: str | None = None) -> str:
    return _shown(line for port in chosen(view, interface) if port.queues for line in _qos(port))


def _qos(port: Port) -> Iterator[str]:
    yield f"{port.name}:"
    yield "   Trust Mode: DSCP"
    yield "   Default COS: 0"
    yield "   Default DSCP: 0"
    yield f"   Port shaping rate: {f'{port.shaper_bps // 1000} kbps' if port.shaper_bps else 'disabled'}"
    yield "   Tx-Queue     Bandwidth     Shape Rate     Priority"
    for queue in reversed(port.queues):
        priority = "SP" if queue.traffic_class == 7 else "RR"
        yield f"   {queue.traffic_class:8d}     {'-':^9}     {'-':^10}     {priority}"


@answers("show ip access-lists | json")
def access_lists(view: View) -> str:
    rules = (
        "permit icmp any any",
        "permit ip any any tracked",
        "permit tcp any any eq bgp",
        "permit udp any any eq 3784",
    )
    sequence = [{"text": text, "sequenceNumber": 10 * n} for n, text in enumerate(rules, 1)]
    name = "default-control-plane-acl"
    return as_json({"aclList": [{"name": name, "type": "Ip4Acl", "readonly": True, "sequence": sequence}]})

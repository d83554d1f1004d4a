"""Parts of the running configuration."""

from __future__ import annotations

from collections.abc import Iterator

from netdoctor.lab.bgp import Neighbor
from netdoctor.lab.hardware import Device, Port
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.cisco_nxos.words import chosen


def _shown(view: View, what: str, lines: Iterator[str]) -> str:
    head = f"\n!Command: show running-config {what}\n\nversion {view.device.os_version} Bios:version 05.47\n"
    return head + "".join(f"{line}\n" for line in lines)


@answers("show running-config interface {interface}")
def interface(view: View, interface: str) -> str:
    lines = (line for port in chosen(view, interface) for line in _port(port))
    return _shown(view, f"interface {interface}", lines)


def _port(port: Port) -> Iterator[str]:
    yield from ("", f"interface {port.name}")
    if port.description:
        yield f"  description {port.description}"
    if port.kind == "management":
        yield "  vrf member management"
    elif port.address:
        yield from ("  no switchport", f"  mtu {port.mtu_bytes}")
    if port.address:
        yield f"  ip address {port.address}"
    if port.kind == "ethernet":
        yield "  no shutdown" if port.admin_up else "  shutdown"


@answers("show running-config bgp")
def bgp(view: View) -> str:
    return _shown(view, "bgp", _bgp(view.device))


def _bgp(device: Device) -> Iterator[str]:
    yield from ("feature bgp", "", f"router bgp {device.asn}", f"  router-id {device.router_id}")
    if device.draining:
        yield "  graceful-shutdown activate"
    yield "  address-family ipv4 unicast"
    yield from (f"    network {prefix}" for prefix in device.networks)
    yield "    maximum-paths 8"
    for end in device.neighbors.values():
        if end.configured:
            yield from _neighbor(end)


def _neighbor(end: Neighbor) -> Iterator[str]:
    yield f"  neighbor {end.peer_address}"
    if end.bfd:
        yield "    bfd"
    yield f"    remote-as {end.remote_as}"
    if end.description:
        yield f"    description {end.description}"
    if end.password:
        yield f"    password 3 {end.password}"
    if end.gtsm_hops:
        yield f"    ttl-security hops {end.gtsm_hops}"
    if end.shutdown:
        yield "    shutdown"
    yield f"    timers {end.keepalive_s:.0f} {end.hold_time_s:.0f}"
    yield "    address-family ipv4 unicast"
    yield f"      route-map {end.import_policy.name} in"
    yield f"      route-map {end.export_policy.name} out"
    if end.prefix_limit:
        yield f"      maximum-prefix {end.prefix_limit}"

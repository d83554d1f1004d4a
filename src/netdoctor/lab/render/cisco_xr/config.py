"""The parts of the configuration that are asked for."""

from __future__ import annotations

from collections.abc import Iterator

from netdoctor.lab.bgp import Neighbor
from netdoctor.lab.hardware import Device, Port
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.cisco_xr.bgp import neighbors_of
from netdoctor.lab.render.cisco_xr.interfaces import ETHERNET_HEADER_BYTES
from netdoctor.lab.render.cisco_xr.queues import POLICY
from netdoctor.lab.render.cisco_xr.words import MANAGEMENT_VRF, chosen, stamped
from netdoctor.lab.render.text import address_of

NOTHING = "% No such configuration item(s)"


@answers("show running-config interface {interface}")
def interface_config(view: View, interface: str) -> str:
    ports = chosen(view, interface)
    return stamped(view, [line for port in ports for line in _interface(port)] or [NOTHING])


def _interface(port: Port) -> Iterator[str]:
    yield f"interface {port.name}"
    if port.description:
        yield f" description {port.description}"
    if port.kind == "management":
        yield f" vrf {MANAGEMENT_VRF}"
    else:
        yield f" mtu {port.mtu_bytes + ETHERNET_HEADER_BYTES}"
    if port.queues:
        yield f" service-policy output {POLICY}"
    if told := address_of(port):
        yield f" ipv4 address {told[0]}/{told[1]}"
    if not port.admin_up:
        yield " shutdown"
    yield "!"


@answers("show running-config router bgp")
def bgp_config(view: View) -> str:
    ends = neighbors_of(view)
    return stamped(view, _bgp(view.device, ends) if ends or view.device.neighbors else [NOTHING])


def _bgp(device: Device, ends: list[Neighbor]) -> Iterator[str]:
    yield f"router bgp {device.asn}"
    yield f" bgp router-id {device.router_id}"
    if device.draining:
        yield " bgp graceful-maintenance activate"
    yield " address-family ipv4 unicast"
    yield "  maximum-paths ebgp 8"
    yield from (f"  network {prefix}" for prefix in device.networks)
    yield " !"
    for end in ends:
        yield f" neighbor {end.peer_address}"
        yield from (f"  {line}" for line in _neighbor(end))
        yield " !"
    yield "!"


def _neighbor(end: Neighbor) -> Iterator[str]:
    yield f"remote-as {end.remote_as}"
    if end.bfd:
        yield from ("bfd fast-detect", "bfd multiplier 3", "bfd minimum-interval 300")
    if end.password:
        yield f"password clear {end.password}"
    if end.gtsm_hops:
        yield "ttl-security"
    if end.shutdown:
        yield "shutdown"
    yield f"description {end.description}"
    yield "address-family ipv4 unicast"
    yield f" route-policy {end.import_policy.name} in"
    if end.prefix_limit:
        yield f" maximum-prefix {end.prefix_limit} 75"
    yield f" route-policy {end.export_policy.name} out"
    yield "!"

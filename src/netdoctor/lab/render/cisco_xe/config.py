"""The parts of the running configuration that netdoctor reads."""

from __future__ import annotations

from collections.abc import Iterator

from netdoctor.lab.bgp import Neighbor
from netdoctor.lab.hardware import Device, Port
from netdoctor.lab.igp import IgpInterface
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.cisco_xe.queues import policy_name
from netdoctor.lab.render.cisco_xe.texts import MANAGEMENT_VRF, chosen, in_management
from netdoctor.lab.render.text import address_of


def _shown(lines: Iterator[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


@answers("show running-config | section router bgp")
def bgp_config(view: View) -> str:
    return _shown(_bgp(view.device))


def _bgp(device: Device) -> Iterator[str]:
    ends = [end for end in device.neighbors.values() if end.configured]
    if not ends:
        return
    yield f"router bgp {device.asn}"
    yield f" bgp router-id {device.router_id}"
    yield " bgp log-neighbor-changes"
    if device.draining:
        yield " bgp graceful-shutdown all neighbors activate"
    for end in ends:
        yield from (f" neighbor {end.peer_address} {line}" for line in _session(end))
    yield " !"
    yield " address-family ipv4"
    for prefix in device.networks:
        address, mask = _with_mask(prefix)
        yield f"  network {address} mask {mask}"
    for end in ends:
        yield from (f"  neighbor {end.peer_address} {line}" for line in _family(end))
    yield "  maximum-paths 8"
    yield " exit-address-family"


def _session(end: Neighbor) -> Iterator[str]:
    yield f"remote-as {end.remote_as}"
    if end.description:
        yield f"description {end.description}"
    if end.shutdown:
        yield "shutdown"
    if end.password:
        yield f"password 7 {_hidden(end.password)}"
    if end.gtsm_hops:
        yield f"ttl-security hops {end.gtsm_hops}"
    if end.bfd:
        yield "fall-over bfd"


def _family(end: Neighbor) -> Iterator[str]:
    yield "activate"
    yield f"route-map {end.import_policy.name} in"
    yield f"route-map {end.export_policy.name} out"
    if end.prefix_limit:
        yield f"maximum-prefix {end.prefix_limit}"


def _with_mask(prefix: str) -> tuple[str, str]:
    address, _, length = prefix.partition("/")
    bits = (0xFFFFFFFF << (32 - int(length))) & 0xFFFFFFFF
    return address, ".".join(str(bits >> shift & 0xFF) for shift in (24, 16, 8, 0))


@answers("show running-config interface {interface}")
def interface_config(view: View, interface: str) -> str:
    found = list(chosen(view, interface))
    head = "Building configuration...\n\nCurrent configuration : 248 bytes\n!\n"
    return head + "".join(_shown(_interface(port)) for port in found) + "end\n\n"


@answers("show running-config | section interface")
def interfaces_config(view: View) -> str:
    return "".join(_shown(_interface(port)) for port in chosen(view, None))


def _interface(port: Port) -> Iterator[str]:
    yield f"interface {port.name}"
    if port.description:
        yield f" description {port.description}"
    if in_management(port):
        yield f" vrf forwarding {MANAGEMENT_VRF}"
    elif port.address:
        yield " no switchport"
    if place := address_of(port):
        address, mask = _with_mask(f"{place[0]}/{place[1]}")
        yield f" ip address {address} {mask}"
    if not in_management(port) and port.address:
        yield f" mtu {port.mtu_bytes}"
    if end := port.device.igp.get(port.name):
        yield from _link_state(end)
    if not port.admin_up:
        yield " shutdown"
    if port.shaper_bps:
        yield f" service-policy output {policy_name(port)}"


def _link_state(end: IgpInterface) -> Iterator[str]:
    """OSPF or IS-IS on an interface."""
    point_to_point = end.network_type == "point_to_point"
    if end.protocol == "ospf":
        yield f" ip ospf 1 area {end.area}"
        yield f" ip ospf cost {end.cost}"
        if point_to_point:
            yield " ip ospf network point-to-point"
        if end.password:
            yield " ip ospf authentication message-digest"
            yield f" ip ospf message-digest-key 1 md5 7 {_hidden(end.password)}"
        return
    yield " ip router isis CORE"
    if point_to_point:
        yield " isis network point-to-point"
    yield f" isis metric {end.cost}"
    if end.password:
        yield " isis authentication mode md5"
        yield " isis authentication key-chain CORE"


def _hidden(password: str) -> str:
    return password.encode().hex().upper()

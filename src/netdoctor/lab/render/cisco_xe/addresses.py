"""`show ip interface` and `show ipv6 interface`."""

from __future__ import annotations

from collections.abc import Iterator

from netdoctor.lab.hardware import Port
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.cisco_xe.interfaces import state
from netdoctor.lab.render.cisco_xe.queues import FILTER
from netdoctor.lab.render.cisco_xe.texts import MANAGEMENT_VRF, chosen, in_management

FORWARDING = """  Directed broadcast forwarding is disabled
  Multicast reserved groups joined: 224.0.0.5 224.0.0.6
  Outgoing Common access list is not set
  Outgoing access list is not set
  Inbound Common access list is not set
  Inbound  access list is {inbound}
  Proxy ARP is enabled
  Local Proxy ARP is disabled
  Security level is default
  Split horizon is enabled
  ICMP redirects are always sent
  ICMP unreachables are always sent
  ICMP mask replies are never sent
  IP fast switching is enabled
  IP Flow switching is disabled
  IP CEF switching is enabled
  IP CEF switching turbo vector
  IP Null turbo vector
"""
SWITCHING = """  Associated unicast routing topologies:
        Topology "base", operation state is {operation}
  IP multicast fast switching is enabled
  IP multicast distributed fast switching is disabled
  IP route-cache flags are Fast, CEF
  Router Discovery is disabled
  IP output packet accounting is disabled
  IP access violation accounting is disabled
  TCP/IP header compression is disabled
  RTP/IP header compression is disabled
  Probe proxy name replies are disabled
  Policy routing is disabled
  Network address translation is disabled
  BGP Policy Mapping is disabled
  Input features: MCI Check
"""


@answers("show ip interface", "show ip interface {interface}")
def ip_interfaces(view: View, interface: str | None = None) -> str:
    found = ["".join(_ip_interface(port)) for port in chosen(view, interface)]
    if interface in (None, "Loopback0"):
        found.append(
            "".join(_ip("Loopback0", "up", "up", f"{view.device.loopback}/32", 1514, None, "not set"))
        )
    return "".join(found)


def _ip_interface(port: Port) -> Iterator[str]:
    admin, protocol, _ = state(port)
    vrf = MANAGEMENT_VRF if in_management(port) else None
    guarded = FILTER if port.device.filters and port.far else "not set"
    yield from _ip(port.name, admin, protocol, port.address, port.mtu_bytes, vrf, guarded)


def _ip(
    name: str, admin: str, protocol: str, address: str | None, mtu: int, vrf: str | None, inbound: str
) -> Iterator[str]:
    yield f"{name} is {admin}, line protocol is {protocol}\n"
    if address is None:
        yield "  Internet protocol processing disabled\n"
        return
    yield f"  Internet address is {address}\n"
    yield "  Broadcast address is 255.255.255.255\n"
    yield "  Address determined by non-volatile memory\n"
    yield f"  MTU is {mtu} bytes\n"
    yield "  Helper address is not set\n"
    yield FORWARDING.format(inbound=inbound)
    if vrf:
        yield f'  VPN Routing/Forwarding "{vrf}"\n'
    yield SWITCHING.format(operation="UP" if protocol == "up" else "DOWN")


@answers("show ipv6 interface", "show ipv6 interface {interface}")
def ipv6_interfaces(view: View, interface: str | None = None) -> str:
    """This fabric is numbered in IPv4 alone: no interface has an IPv6 address."""
    return ""

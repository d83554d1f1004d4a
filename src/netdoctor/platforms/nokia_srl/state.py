"""The state tree: `info from state … | as json`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from netdoctor.model.events import Note
from netdoctor.model.facts import FACT_TYPES, Fact
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.nokia_srl.queues import queues
from netdoctor.platforms.nokia_srl.reading import Object, Read, inner, moment, on_request, over, rows, trees
from netdoctor.platforms.nokia_srl.state_fabric import acl, bfd, segments, tunnel, tunnels
from netdoctor.platforms.nokia_srl.state_instances import instance
from netdoctor.platforms.nokia_srl.state_ports import interface
from netdoctor.platforms.nokia_srl.state_system import lldp, platform, system

_ALL = tuple(
    FACT_TYPES[name]
    for name in (
        "BfdSession", "BgpAfi", "BgpInstance", "BgpSession", "Clock", "ConfigChange", "CpuMemory",
        "DeviceInfo",
        "DhcpRelay", "DropCounter", "EthernetSegment", "EvpnInstance", "FecCounters", "Interface",
        "IsisAdjacency",
        "IsisInstance", "IsisInterface", "LagMember", "LldpNeighbor", "MacEntry", "Neighbor", "NtpPeer",
        "OpticLane", "OspfInstance", "OspfInterface", "OspfNeighbor", "PfcCounters", "QueueCounters", "Route",
        "BgpRoute", "RoutingProcess", "Sensor", "TableUse", "TcpConnection", "Transceiver", "VlanMember",
        "Vni", "Vtep",
    )
)  # fmt: skip


def _only(*names: str) -> tuple[Any, ...]:
    return tuple(FACT_TYPES[name] for name in names)


_PORT = _only(
    "Interface",
    "Transceiver",
    "OpticLane",
    "LagMember",
    "FecCounters",
    "Neighbor",
    "DhcpRelay",
    "QueueCounters",
    "VlanMember",
)


@command("info from state system information | as json", area="device", gives=_only("DeviceInfo", "Clock"))
def information(output: str, at: datetime | None = None) -> Read:
    """Version, clock, when it was booted."""
    yield from read(output, "system information", at)


@command("info from state system ntp | as json", area="services", gives=_only("NtpPeer", "Clock"))
def ntp(output: str, at: datetime | None = None) -> Read:
    """NTP servers."""
    yield from read(output, "system ntp", at)


@command("info from state platform chassis | as json", area="device", gives=_only("DeviceInfo", "Sensor"))
def chassis(output: str, at: datetime | None = None) -> Read:
    """Model and serial number."""
    yield from read(output, "platform chassis", at)


@command(
    "info from state platform control * | as json",
    area="device",
    gives=_only("CpuMemory", "Sensor", "DeviceInfo"),
)
def control(output: str, at: datetime | None = None) -> Read:
    """Load, memory and temperature of the control modules."""
    yield from read(output, "platform control *", at)


@command("info from state platform linecard * | as json", area="device", gives=_only("Sensor", "TableUse"))
def linecards(output: str, at: datetime | None = None) -> Read:
    """Temperature of the line cards, and how full their tables are."""
    yield from read(output, "platform linecard *", at)


@command("info from state platform fan-tray * | as json", area="device", gives=_only("Sensor"))
def fans(output: str, at: datetime | None = None) -> Read:
    """Fan trays."""
    yield from read(output, "platform fan-tray *", at)


@command("info from state platform power-supply * | as json", area="device", gives=_only("Sensor"))
def supplies(output: str, at: datetime | None = None) -> Read:
    """Power supplies."""
    yield from read(output, "platform power-supply *", at)


@command("info from state interface * | as json", area="interface", gives=_PORT, sampled=True)
def interfaces(output: str, at: datetime | None = None) -> Read:
    """Ports and subinterfaces whole: state, counters, modules, light, FEC, members, addresses, neighbours."""
    yield from read(output, "interface *", at)


@command(
    "info from state qos interfaces interface * | as json",
    area="queue",
    gives=_only("QueueCounters", "PfcCounters"),
    sampled=True,
)
def qos(output: str, at: datetime | None = None) -> Read:
    """Queues of every port."""
    yield from read(output, "qos interfaces interface *", at)


@command("info from state system lldp | as json", area="lldp", gives=_only("LldpNeighbor"))
def neighbors(output: str, at: datetime | None = None) -> Read:
    """Who is heard."""
    yield from read(output, "system lldp", at)


@command(
    "info from state network-instance * protocols bgp | as json",
    area="bgp",
    gives=_only("BgpSession", "BgpAfi", "BgpInstance"),
)
def bgp(output: str, at: datetime | None = None) -> Read:
    """BGP of every network instance."""
    yield from read(output, "network-instance * protocols bgp", at)


@command(
    "info from state network-instance * protocols ospf | as json",
    area="ospf",
    gives=_only("OspfNeighbor", "OspfInterface", "OspfInstance"),
)
def ospf(output: str, at: datetime | None = None) -> Read:
    """OSPF of every network instance."""
    yield from read(output, "network-instance * protocols ospf", at)


@command(
    "info from state network-instance * protocols isis | as json",
    area="isis",
    gives=_only("IsisAdjacency", "IsisInterface", "IsisInstance"),
)
def isis(output: str, at: datetime | None = None) -> Read:
    """IS-IS of every network instance."""
    yield from read(output, "network-instance * protocols isis", at)


@command(
    "info from state network-instance * route-table | as json",
    area="forwarding",
    gives=_only("Route"),
    timeout_s=30.0,
)
def route_tables(output: str, at: datetime | None = None) -> Read:
    """Routes of every network instance, up to a bound."""
    yield from read(output, "network-instance * route-table", at)


@command(
    "info from state network-instance * protocols bgp-evpn | as json",
    area="overlay",
    gives=_only("EvpnInstance"),
)
def evpn(output: str, at: datetime | None = None) -> Read:
    """EVPN instances."""
    yield from read(output, "network-instance * protocols bgp-evpn", at)


@command(
    "info from state network-instance * bridge-table mac-table | as json", area="l2", gives=_only("MacEntry")
)
def macs(output: str, at: datetime | None = None) -> Read:
    """MAC addresses of every MAC-VRF."""
    yield from read(output, "network-instance * bridge-table mac-table", at)


@command("info from state bfd | as json", area="bfd", gives=_only("BfdSession"))
def bfd_sessions(output: str, at: datetime | None = None) -> Read:
    """BFD sessions."""
    yield from read(output, "bfd", at)


@command("info from state tunnel-interface * | as json", area="overlay", gives=_only("Vni", "Vtep"))
def vxlan(output: str, at: datetime | None = None) -> Read:
    """VXLAN."""
    yield from read(output, "tunnel-interface *", at)


@command(
    "info from state system network-instance protocols evpn ethernet-segments | as json",
    area="overlay",
    gives=_only("EthernetSegment"),
)
def ethernet_segments(output: str, at: datetime | None = None) -> Read:
    """Multihomed Ethernet segments."""
    yield from read(output, "system network-instance protocols evpn ethernet-segments", at)


@command("info from state acl | as json", area="acl", gives=_only("DropCounter"), sampled=True)
def filters(output: str, at: datetime | None = None) -> Read:
    """What filters matched, those of the control plane too."""
    yield from read(output, "acl", at)


@command(
    "info from state system app-management application * | as json",
    area="device",
    gives=_only("RoutingProcess"),
)
def applications(output: str, at: datetime | None = None) -> Read:
    """The routing applications, and whether they run."""
    yield from read(output, "system app-management application *", at)


@command(
    "info from state system configuration commit * | as json", area="device", gives=_only("ConfigChange")
)
def commits(output: str, at: datetime | None = None) -> Read:
    """Who committed, and when."""
    yield from read(output, "system configuration commit *", at)


@command(
    "info from state platform | as json",
    area="device",
    gives=_ALL,
    arguments=on_request,
    aliases=(
        "info from {store} {path*} | as json",
        "info from {store} {path*}",
        "info {path*}",
        "info from state {path*} | as json",
        "info from state {path*}",
        "info state {path*} | as json",
        "info {path*} | as json",
        "info from state / {path*} | as json",
    ),
)
def any_state(output: str, path: str = "platform", store: str = "", at: datetime | None = None) -> Read:
    """Any part of the tree, of what is configured too."""
    yield from read(output, re.sub(r"^(?:from )?(?:state|running|candidate) ", "", path).lstrip("/ "), at)


def read(output: str, path: str, at: datetime | None) -> Iterator[Fact | Note]:
    """The facts in one part of the tree; `at` gives way to the device's own time where it tells it."""
    if not output.strip():
        return
    nothing, parts = True, list(trees(output, path))
    clock = (moment(inner(part, "system", "information").get("current-datetime")) for part in parts)
    now = next((time for time in clock if time), at)
    for part in parts:
        for fact in _facts(part, now):
            nothing = False
            yield fact
    if nothing and parts and all(_says_none(part) for part in parts):
        yield EMPTY


_ENTRIES = frozenset(
    {
        "neighbor",
        "peer",
        "instance",
        "bgp-instance",
        "mac",
        "route",
        "vxlan-interface",
        "entry",
        "ethernet-segment",
    }
)
_TREES = frozenset({"network-instance", "system", "bfd", "tunnel-interface", "acl", "qos"})


def _says_none(found: Any) -> bool:
    """True for a part of the tree that we know, and that has no entry which could be a fact."""
    return not found or (bool(_TREES & set(found)) and not _holds(found))


def _holds(found: Any) -> bool:
    if isinstance(found, dict):
        return any((name in _ENTRIES and bool(one)) or _holds(one) for name, one in found.items())
    return any(map(_holds, found)) if isinstance(found, list) else False


def _facts(found: Object, now: datetime | None) -> Iterator[Fact | Note]:
    yield from over(rows(found, "interface"), "interface", lambda entry: interface(entry, now))
    yield from over(rows(found, "network-instance"), "network-instance", lambda entry: instance(entry, now))
    yield from over(rows(found, "platform"), "platform", lambda entry: platform(entry, now))
    yield from over(rows(found, "system"), "system", lambda entry: system(entry, now))
    yield from over(rows(inner(found, "system"), "lldp"), "lldp", lldp)
    yield from over(rows(inner(found, "qos", "interfaces"), "interface"), "qos", queues)
    yield from over(rows(found, "bfd"), "bfd", bfd)
    yield from over(rows(found, "tunnel-interface"), "tunnel-interface", tunnel)
    yield from over(rows(found, "tunnel"), "tunnel", lambda entry: tunnels(entry, now))
    yield from over(rows(found, "acl"), "acl", acl)
    evpn_ = inner(found, "system", "network-instance", "protocols", "evpn", "ethernet-segments")
    yield from over(iter([evpn_] if evpn_ else []), "ethernet-segments", segments)

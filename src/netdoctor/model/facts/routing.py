"""Routing: BGP, BFD, OSPF, routes and neighbours (openconfig-network-instance, -bgp, -bfd, -ospfv2)."""

from __future__ import annotations

from typing import ClassVar, Literal

from netdoctor.model import entities
from netdoctor.model.facts.base import Fact

BgpState = Literal["idle", "connect", "active", "opensent", "openconfirm", "established"]

OspfNetworkType = Literal["point_to_point", "broadcast", "non_broadcast", "point_to_multipoint", "loopback"]


class BgpSession(Fact, frozen=True, kw_only=True):
    """One BGP neighbour (RFC 4271). NOTIFICATION codes as in RFC 4271 §4.5 and RFC 4486."""

    KEY: ClassVar[tuple[str, ...]] = ("vrf", "peer")
    vrf: str = entities.DEFAULT_VRF
    peer: str
    """The neighbour's address; the interface of an unnumbered neighbour."""
    peer_as: int | None = None
    """The AS configured for the neighbour."""
    local_as: int | None = None
    router_id: str | None = None
    peer_router_id: str | None = None
    peer_hostname: str | None = None
    session_state: BgpState | None = None
    admin_up: bool | None = None
    up_for_s: float | None = None
    down_for_s: float | None = None
    established_transitions_count: int | None = None
    last_reset_reason: str | None = None
    last_reset_s: float | None = None
    """Seconds since the last reset."""
    last_notification_code: int | None = None
    last_notification_subcode: int | None = None
    last_notification_sent: bool | None = None
    """True: this end sent it. False: the peer did."""
    hold_time_s: float | None = None
    keepalive_s: float | None = None
    description: str | None = None
    local_address: str | None = None
    update_source: str | None = None
    """The address, or the interface, that this end is configured to call from."""
    interface: str | None = None
    """The interface the peer is reached through."""
    ttl: int | None = None
    """The largest number of hops accepted (ebgp-multihop), 1 for a directly connected neighbour."""
    ttl_security_hops: int | None = None
    """GTSM (RFC 5082): the greatest distance accepted; None when it is not configured or not told."""
    gtsm_enabled: bool | None = None
    auth_configured: bool | None = None
    bfd_enabled: bool | None = None
    prefix_limit_exceeded: bool | None = None
    dynamic: bool | None = None
    """True for a neighbour that was accepted from a listen range."""

    def entity(self, device: str) -> str:
        return entities.bgp(device, self.peer, self.vrf)


class BgpAfi(Fact, frozen=True, kw_only=True):
    """One address family of one BGP neighbour."""

    KEY: ClassVar[tuple[str, ...]] = ("vrf", "peer", "afi_safi")
    vrf: str = entities.DEFAULT_VRF
    peer: str
    afi_safi: str
    """`IPV4_UNICAST`, `IPV6_UNICAST`, `L2VPN_EVPN`, …"""
    negotiated: bool | None = None
    prefixes_received_count: int | None = None
    prefixes_accepted_count: int | None = None
    prefixes_sent_count: int | None = None
    prefix_limit_count: int | None = None
    import_policy: str | None = None
    export_policy: str | None = None

    def entity(self, device: str) -> str:
        return entities.bgp(device, self.peer, self.vrf)


class RoutingProcess(Fact, frozen=True, kw_only=True):
    """A routing daemon or agent that the device is meant to run."""

    KEY: ClassVar[tuple[str, ...]] = ("protocol",)
    protocol: Literal["bgp", "ospf", "isis", "bfd", "rib", "lldp"]
    name: str | None = None
    configured: bool | None = None
    """True when the device's configuration, or its process supervisor, asks for it."""
    running: bool | None = None


class BfdSession(Fact, frozen=True, kw_only=True):
    """One BFD session; diagnostics in the words of RFC 5880 §4.1."""

    KEY: ClassVar[tuple[str, ...]] = ("vrf", "peer", "interface")
    vrf: str = entities.DEFAULT_VRF
    peer: str
    interface: str | None = None
    session_state: Literal["up", "down", "init", "admin_down"] | None = None
    diagnostic: str | None = None
    remote_diagnostic: str | None = None
    up_for_s: float | None = None
    down_for_s: float | None = None
    tx_interval_ms: float | None = None
    rx_interval_ms: float | None = None
    multiplier: int | None = None
    clients: tuple[str, ...] | None = None

    def entity(self, device: str) -> str:
        return entities.bfd(device, self.peer)


class OspfInterface(Fact, frozen=True, kw_only=True):
    """OSPF as configured and running on one interface (RFC 2328)."""

    KEY: ClassVar[tuple[str, ...]] = ("vrf", "interface")
    vrf: str = entities.DEFAULT_VRF
    interface: str
    area: str | None = None
    """Dotted quad, `0.0.0.0`."""
    router_id: str | None = None
    hello_interval_s: float | None = None
    dead_interval_s: float | None = None
    network_type: OspfNetworkType | None = None
    mtu_bytes: int | None = None
    auth_type: str | None = None
    passive: bool | None = None
    cost: int | None = None
    oper_up: bool | None = None
    neighbors_count: int | None = None
    adjacent_count: int | None = None
    """Neighbours that are Full."""

    def entity(self, device: str) -> str:
        return entities.ospf(device, self.interface)


class OspfNeighbor(Fact, frozen=True, kw_only=True):
    """One OSPF neighbour (RFC 2328 §10.1)."""

    KEY: ClassVar[tuple[str, ...]] = ("vrf", "neighbor_router_id", "interface")
    vrf: str = entities.DEFAULT_VRF
    neighbor_router_id: str
    address: str | None = None
    interface: str | None = None
    adjacency_state: (
        Literal["down", "attempt", "init", "two_way", "exstart", "exchange", "loading", "full"] | None
    ) = None
    area: str | None = None
    up_for_s: float | None = None

    def entity(self, device: str) -> str:
        return entities.ospf(device, self.interface or self.neighbor_router_id)


class OspfInstance(Fact, frozen=True, kw_only=True):
    """One OSPF process."""

    KEY: ClassVar[tuple[str, ...]] = ("vrf",)
    vrf: str = entities.DEFAULT_VRF
    router_id: str | None = None
    max_metric: bool | None = None
    """True while the router advertises itself as a stub (RFC 6987): drained, or just started."""
    neighbors_count: int | None = None
    adjacent_count: int | None = None
    """Neighbours that are Full."""


class IsisAdjacency(Fact, frozen=True, kw_only=True):
    """One IS-IS adjacency (ISO 10589; state `init` heard but not two-way, RFC 5303)."""

    KEY: ClassVar[tuple[str, ...]] = ("vrf", "interface", "neighbor", "level")
    vrf: str = entities.DEFAULT_VRF
    interface: str
    neighbor: str
    """The neighbour's host name (RFC 5301), else its system id."""
    level: Literal["1", "2", "1-2"] | None = None
    adjacency_state: Literal["down", "init", "up"] | None = None
    up_for_s: float | None = None
    area: str | None = None
    """The neighbour's area address, `49.0001`."""
    system_id: str | None = None
    hold_time_s: float | None = None
    addresses: tuple[str, ...] | None = None

    def entity(self, device: str) -> str:
        return entities.isis(device, self.interface)


class IsisInterface(Fact, frozen=True, kw_only=True):
    """IS-IS as configured and running on one interface."""

    KEY: ClassVar[tuple[str, ...]] = ("vrf", "interface")
    vrf: str = entities.DEFAULT_VRF
    interface: str
    level: Literal["1", "2", "1-2"] | None = None
    network_type: Literal["point_to_point", "broadcast"] | None = None
    passive: bool | None = None
    oper_up: bool | None = None
    auth_type: str | None = None
    metric: int | None = None
    mtu_bytes: int | None = None
    adjacent_count: int | None = None

    def entity(self, device: str) -> str:
        return entities.isis(device, self.interface)


class IsisInstance(Fact, frozen=True, kw_only=True):
    """One IS-IS process."""

    KEY: ClassVar[tuple[str, ...]] = ("vrf",)
    vrf: str = entities.DEFAULT_VRF
    name: str | None = None
    system_id: str | None = None
    areas: tuple[str, ...] | None = None
    level: Literal["1", "2", "1-2"] | None = None
    overload: bool | None = None
    """True while the overload bit is set (ISO 10589 section 7.2.8.1): drained, or just started."""


class BgpInstance(Fact, frozen=True, kw_only=True):
    """The BGP process of one VRF."""

    KEY: ClassVar[tuple[str, ...]] = ("vrf",)
    vrf: str = entities.DEFAULT_VRF
    local_as: int | None = None
    router_id: str | None = None
    graceful_shutdown: bool | None = None
    """True while RFC 8326 graceful shutdown is on for the whole process."""


class Route(Fact, frozen=True, kw_only=True):
    """One route of the routing table. `programmed` is the FIB's word where the device gives it."""

    KEY: ClassVar[tuple[str, ...]] = ("vrf", "prefix", "protocol")
    vrf: str = entities.DEFAULT_VRF
    prefix: str
    protocol: str
    """`connected`, `static`, `bgp`, `ospf`, `isis`, `kernel`, `local`, …"""
    next_hops: tuple[str, ...] | None = None
    out_interfaces: tuple[str, ...] | None = None
    discard: bool | None = None
    """True when the route leads to Null0, reject or blackhole."""
    distance: int | None = None
    metric: int | None = None
    age_s: float | None = None
    active: bool | None = None
    programmed: bool | None = None

    def entity(self, device: str) -> str:
        return entities.prefix(device, self.prefix)


class BgpRoute(Fact, frozen=True, kw_only=True):
    """One prefix of the BGP table, as its best path shows it."""

    KEY: ClassVar[tuple[str, ...]] = ("vrf", "prefix")
    vrf: str = entities.DEFAULT_VRF
    prefix: str
    locally_originated: bool | None = None
    valid: bool | None = None
    """False when no path is usable (next hop inaccessible)."""
    best: bool | None = None
    paths_count: int | None = None
    next_hops: tuple[str, ...] | None = None
    as_path: str | None = None
    communities: tuple[str, ...] | None = None

    def entity(self, device: str) -> str:
        return entities.prefix(device, self.prefix)


class Neighbor(Fact, frozen=True, kw_only=True):
    """One ARP or ND entry."""

    KEY: ClassVar[tuple[str, ...]] = ("vrf", "interface", "address")
    vrf: str = entities.DEFAULT_VRF
    address: str
    mac: str | None = None
    interface: str | None = None
    state: Literal["reachable", "stale", "delay", "probe", "incomplete", "failed", "permanent"] | None = None
    age_s: float | None = None

    def entity(self, device: str) -> str:
        return entities.host(self.address)

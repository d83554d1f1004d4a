"""Facts made from facts: differences between two samples, and what two ends say together.

`a_` and `b_` are the two ends of a link in sorted order; `far_` is what the other end of a session says.
"""

from __future__ import annotations

from typing import ClassVar

from netdoctor.model import entities
from netdoctor.model.facts.base import Fact
from netdoctor.model.facts.interface import _OnInterface
from netdoctor.model.facts.routing import BgpState


class InterfaceDelta(_OnInterface, frozen=True, kw_only=True):
    """What one interface counted between the two samples. A counter that went backwards is None."""

    window_s: float
    admin_up: bool | None = None
    oper_up: bool | None = None
    in_octets_delta_bytes: int | None = None
    out_octets_delta_bytes: int | None = None
    in_delta_pkts: int | None = None
    out_delta_pkts: int | None = None
    in_errors_delta_count: int | None = None
    in_fcs_errors_delta_count: int | None = None
    in_stomped_delta_count: int | None = None
    in_runts_delta_count: int | None = None
    in_giants_delta_count: int | None = None
    in_discards_delta_count: int | None = None
    out_errors_delta_count: int | None = None
    out_discards_delta_count: int | None = None
    late_collisions_delta_count: int | None = None
    carrier_transitions_delta_count: int | None = None
    in_utilisation_pct: float | None = None
    out_utilisation_pct: float | None = None


class FecDelta(_OnInterface, frozen=True, kw_only=True):
    """Codewords corrected and lost between the two samples."""

    window_s: float
    corrected_codewords_delta_count: int | None = None
    uncorrected_codewords_delta_count: int | None = None


class QueueDelta(_OnInterface, frozen=True, kw_only=True):
    """What one queue sent and dropped between the two samples."""

    KEY: ClassVar[tuple[str, ...]] = ("interface", "queue", "direction")
    queue: str
    direction: str = "out"
    traffic_class: str | None = None
    window_s: float
    transmitted_delta_pkts: int | None = None
    transmitted_delta_bytes: int | None = None
    dropped_delta_pkts: int | None = None
    dropped_delta_bytes: int | None = None
    dropping: bool | None = None
    """True when packets were dropped, counted as such or in bytes."""
    dropped_pct: float | None = None
    """Dropped of all that was offered to the queue, 0 to 100."""
    rate_bps: float | None = None
    rate_limit_bps: int | None = None
    utilisation_pct: float | None = None
    """Of the interface's speed."""

    def entity(self, device: str) -> str:
        return entities.queue(device, self.interface, self.queue)


class DropDelta(Fact, frozen=True, kw_only=True):
    """What a named drop counter counted between the two samples."""

    KEY: ClassVar[tuple[str, ...]] = ("kind", "name")
    kind: str
    name: str
    tcp_port: int | None = None
    peer: str | None = None
    interface: str | None = None
    window_s: float
    dropped_delta_pkts: int | None = None


class InterfaceFlaps(_OnInterface, frozen=True, kw_only=True):
    """How often an interface changed state, told apart by when."""

    window_s: float
    """The incident window (`--since`)."""
    admin_up: bool | None = None
    oper_up: bool | None = None
    transitions_in_window_count: int | None = None
    transitions_total_count: int | None = None
    last_change_s: float | None = None


class Link(Fact, frozen=True, kw_only=True):
    """Both ends of one link, met in one fact. The far end's fields are None when it was not examined."""

    KEY: ClassVar[tuple[str, ...]] = ("a_device", "a_interface")
    a_device: str
    a_interface: str
    b_device: str | None = None
    b_interface: str | None = None
    discovered_by: tuple[str, ...] = ()
    """Any of `lldp`, `inventory`, `bgp`, `subnet`."""
    a_admin_up: bool | None = None
    b_admin_up: bool | None = None
    a_oper_up: bool | None = None
    b_oper_up: bool | None = None
    optical: bool | None = None
    """True when a module at either end is for fibre."""
    a_mtu_bytes: int | None = None
    b_mtu_bytes: int | None = None
    a_speed_bps: int | None = None
    b_speed_bps: int | None = None
    a_duplex: str | None = None
    b_duplex: str | None = None
    a_autoneg: bool | None = None
    b_autoneg: bool | None = None
    a_fec_mode: str | None = None
    b_fec_mode: str | None = None
    a_media_type: str | None = None
    b_media_type: str | None = None
    a_wavelength_nm: float | None = None
    b_wavelength_nm: float | None = None
    a_lldp_heard: bool | None = None
    """True when `a` hears `b`; None when `a` runs no LLDP."""
    b_lldp_heard: bool | None = None
    intended: bool | None = None
    """False when the inventory says that this interface leads elsewhere."""
    intended_far: str | None = None

    def entity(self, device: str) -> str:
        far = (
            entities.LinkEnd(self.b_device, self.b_interface) if self.b_device and self.b_interface else None
        )
        return entities.link(entities.LinkEnd(self.a_device, self.a_interface), far)


class BgpPeering(Fact, frozen=True, kw_only=True):
    """A BGP session together with what the far end, examined too, says of it. One per examined end."""

    KEY: ClassVar[tuple[str, ...]] = ("vrf", "peer")
    vrf: str = entities.DEFAULT_VRF
    peer: str
    far_device: str
    far_peer: str | None = None
    """How the far end names this end."""
    far_configured: bool | None = None
    """False when the far end runs BGP and has no such neighbour."""
    source_address: str | None = None
    """The address that this end is configured to call from; None when it is left to the route."""
    interface: str | None = None
    far_interface: str | None = None
    session_state: BgpState | None = None
    admin_up: bool | None = None
    far_admin_up: bool | None = None
    peer_as: int | None = None
    far_local_as: int | None = None
    local_as: int | None = None
    far_peer_as: int | None = None
    auth_configured: bool | None = None
    far_auth_configured: bool | None = None
    gtsm_enabled: bool | None = None
    far_gtsm_enabled: bool | None = None
    ttl: int | None = None
    far_ttl: int | None = None
    hold_time_s: float | None = None
    far_hold_time_s: float | None = None
    link_up: bool | None = None
    """False when an interface that carries the session is down at either end."""

    def entity(self, device: str) -> str:
        return entities.bgp(device, self.peer, self.vrf)


class BgpExchange(Fact, frozen=True, kw_only=True):
    """What one end sent in an address family against what the other took. One per receiving end."""

    KEY: ClassVar[tuple[str, ...]] = ("vrf", "peer", "afi_safi")
    vrf: str = entities.DEFAULT_VRF
    peer: str
    afi_safi: str
    far_device: str
    session_state: BgpState | None = None
    negotiated: bool | None = None
    far_negotiated: bool | None = None
    far_prefixes_sent_count: int | None = None
    prefixes_received_count: int | None = None
    prefixes_accepted_count: int | None = None
    import_policy: str | None = None

    def entity(self, device: str) -> str:
        return entities.bgp(device, self.peer, self.vrf)


class BgpDeviceSummary(Fact, frozen=True, kw_only=True):
    """All the BGP sessions of one device together."""

    sessions_count: int
    """Sessions that are not shut down by configuration."""
    established_count: int
    down_count: int
    hold_timer_expired_count: int
    """Sessions whose last NOTIFICATION inside the incident window was 4/0."""


class _AtBothEnds(Fact, frozen=True, kw_only=True):
    """What runs at both ends of one link."""

    KEY: ClassVar[tuple[str, ...]] = ("a_device", "a_interface")
    a_device: str
    a_interface: str
    b_device: str
    b_interface: str
    link_up: bool | None = None
    adjacent: bool | None = None
    """True when either end has a neighbour on the link that is fully up."""
    a_enabled: bool | None = None
    b_enabled: bool | None = None
    a_mtu_bytes: int | None = None
    """Of packets. Of the ports in IS-IS, whose own word is less by a header that differs."""
    b_mtu_bytes: int | None = None
    a_auth_type: str | None = None
    b_auth_type: str | None = None
    a_passive: bool | None = None
    b_passive: bool | None = None

    def entity(self, device: str) -> str:
        return entities.link(
            entities.LinkEnd(self.a_device, self.a_interface),
            entities.LinkEnd(self.b_device, self.b_interface),
        )


class OspfLink(_AtBothEnds, frozen=True, kw_only=True):
    """OSPF at both ends of one link."""

    a_area: str | None = None
    b_area: str | None = None
    a_hello_interval_s: float | None = None
    b_hello_interval_s: float | None = None
    a_dead_interval_s: float | None = None
    b_dead_interval_s: float | None = None
    a_network_type: str | None = None
    b_network_type: str | None = None
    a_router_id: str | None = None
    b_router_id: str | None = None


class IsisLink(_AtBothEnds, frozen=True, kw_only=True):
    """IS-IS at both ends of one link."""

    one_way: bool | None = None
    """True when an end hears the other and is not heard by it (state init)."""
    levels_shared: bool | None = None
    """True when there is a level that both ends run."""
    level1_only: bool | None = None
    """True when level 1 is the only one that both ends run: then their areas must be the same."""
    passive: bool | None = None
    """True when an end says that it is passive: then there is to be no adjacency."""
    areas_shared: bool | None = None
    """True when both routers are in one area."""
    a_level: str | None = None
    b_level: str | None = None


class OriginatedPrefix(Fact, frozen=True, kw_only=True):
    """A prefix that stands on one of the device's own interfaces, against what BGP tells the others."""

    KEY: ClassVar[tuple[str, ...]] = ("vrf", "prefix")
    vrf: str = entities.DEFAULT_VRF
    prefix: str
    interface: str
    serves_hosts: bool
    """False for loopbacks, links between routers and the network that the device is managed through."""
    in_bgp: bool | None = None
    """True when BGP originates it, or a prefix that covers it, from here."""
    peers_established_count: int | None = None
    siblings_advertised: bool | None = None
    """True when prefixes of the same length from other devices are in the BGP table."""
    peers_with_it_count: int | None = None
    """Peers whose session has settled and whose BGP table was read, and has the prefix."""
    peers_without_it_count: int | None = None
    """Such peers that have neither it nor a prefix that covers it."""

    def entity(self, device: str) -> str:
        return entities.prefix(device, self.prefix)


class Reachability(Fact, frozen=True, kw_only=True):
    """What is known of a device that management could or could not reach. On the device itself."""

    reachable: bool
    reason: str | None = None
    neighbors_examined_count: int = 0
    """Neighbours that were examined and have a link or session towards it."""
    links_up_count: int = 0
    links_down_count: int = 0
    sessions_up_count: int = 0
    sessions_down_count: int = 0

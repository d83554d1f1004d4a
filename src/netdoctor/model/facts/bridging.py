"""Layer 2 and overlays: MAC addresses, spanning tree, VLANs, MLAG, VXLAN and EVPN (RFC 7348, RFC 7432)."""

from __future__ import annotations

from typing import ClassVar, Literal

from netdoctor.model import entities
from netdoctor.model.facts.base import Fact
from netdoctor.model.facts.interface import _OnInterface


class MacEntry(Fact, frozen=True, kw_only=True):
    """One entry of a MAC address table."""

    KEY: ClassVar[tuple[str, ...]] = ("vlan", "mac", "interface")
    mac: str
    """`00:1c:73:aa:00:01`, as everywhere."""
    vlan: str | None = None
    """The VLAN's number; the bridge domain's or MAC-VRF's name where there are no VLANs."""
    interface: str | None = None
    """The port, or the VXLAN tunnel, behind which the address is."""
    remote_vtep: str | None = None
    kind: Literal["dynamic", "static", "self", "remote"] | None = None
    moves_count: int | None = None
    age_s: float | None = None

    def entity(self, device: str) -> str:
        return entities.interface(device, self.interface) if self.interface else entities.device(device)


class StpPort(_OnInterface, frozen=True, kw_only=True):
    """One port in one spanning tree instance (IEEE 802.1D, 802.1w, 802.1s)."""

    KEY: ClassVar[tuple[str, ...]] = ("instance", "interface")
    instance: str
    """`VLAN0010`, `MST0`, `CIST`, as the device names it."""
    role: Literal["root", "designated", "alternate", "backup", "master", "disabled"] | None = None
    state: Literal["forwarding", "learning", "listening", "discarding", "disabled", "broken"] | None = None
    """Blocking is `discarding` (802.1D-2004 table 17-1); `broken`: an inconsistency guard holds the port."""
    inconsistency: str | None = None
    """The guard's own word: `root`, `loop`, `type`, `pvid`, `bpdu_guard`."""
    topology_changes_count: int | None = None
    last_change_s: float | None = None
    cost: int | None = None
    bpdus_received_count: int | None = None
    bpdus_sent_count: int | None = None


class StpInstance(Fact, frozen=True, kw_only=True):
    """One spanning tree instance as this bridge sees it."""

    KEY: ClassVar[tuple[str, ...]] = ("instance",)
    instance: str
    protocol: Literal["stp", "rstp", "pvst", "mstp"] | None = None
    root_mac: str | None = None
    root_priority: int | None = None
    bridge_mac: str | None = None
    bridge_priority: int | None = None
    is_root: bool | None = None
    root_port: str | None = None
    topology_changes_count: int | None = None
    last_change_s: float | None = None
    last_change_interface: str | None = None


class VlanMember(_OnInterface, frozen=True, kw_only=True):
    """One VLAN on one port."""

    KEY: ClassVar[tuple[str, ...]] = ("interface", "vlan")
    vlan: int
    tagged: bool | None = None

    def entity(self, device: str) -> str:
        return entities.vlan(device, str(self.vlan))


class MlagDomain(Fact, frozen=True, kw_only=True):
    """The pairing of two switches that share link aggregation groups (MLAG, vPC, CLAG, MC-LAG)."""

    KEY: ClassVar[tuple[str, ...]] = ("domain",)
    domain: str
    peer_up: bool | None = None
    peer_address: str | None = None
    peer_link: str | None = None
    peer_link_up: bool | None = None
    keepalive_up: bool | None = None
    consistent: bool | None = None
    reason: str | None = None
    role: Literal["primary", "secondary"] | None = None


class Vtep(Fact, frozen=True, kw_only=True):
    """A remote VXLAN tunnel endpoint."""

    KEY: ClassVar[tuple[str, ...]] = ("address",)
    address: str
    state: Literal["up", "down"] | None = None
    source: str | None = None
    """How it is known: `evpn`, `static`, `flood`, …"""
    vnis_count: int | None = None
    up_for_s: float | None = None

    def entity(self, device: str) -> str:
        return entities.host(self.address)


class Vni(Fact, frozen=True, kw_only=True):
    """One VXLAN network identifier on this device."""

    KEY: ClassVar[tuple[str, ...]] = ("vni",)
    vni: int
    kind: Literal["l2", "l3"] | None = None
    vlan: int | None = None
    vrf: str | None = None
    state: Literal["up", "down"] | None = None
    interface: str | None = None
    source: str | None = None
    remote_vteps_count: int | None = None
    macs_count: int | None = None
    reason: str | None = None

    def entity(self, device: str) -> str:
        return entities.vni(device, str(self.vni))


class EvpnInstance(Fact, frozen=True, kw_only=True):
    """One EVPN instance (RFC 7432)."""

    KEY: ClassVar[tuple[str, ...]] = ("name",)
    name: str
    vni: int | None = None
    vlan: int | None = None
    route_distinguisher: str | None = None
    import_targets: tuple[str, ...] | None = None
    export_targets: tuple[str, ...] | None = None
    remote_vteps_count: int | None = None
    macs_count: int | None = None
    state: Literal["up", "down"] | None = None


class EthernetSegment(Fact, frozen=True, kw_only=True):
    """One multihomed Ethernet segment (RFC 7432 section 5)."""

    KEY: ClassVar[tuple[str, ...]] = ("esi",)
    esi: str
    interface: str | None = None
    state: Literal["up", "down"] | None = None
    redundancy_mode: Literal["all_active", "single_active"] | None = None
    designated_forwarder: bool | None = None
    """True when this device forwards for the segment; None where it differs by instance."""
    peers: tuple[str, ...] | None = None

    def entity(self, device: str) -> str:
        return entities.interface(device, self.interface) if self.interface else entities.device(device)

"""Interfaces, their optics and their queues (openconfig-interfaces, -platform-transceiver, -qos)."""

from __future__ import annotations

from typing import ClassVar, Literal

from netdoctor.model import entities
from netdoctor.model.facts.base import Fact


class _OnInterface(Fact, frozen=True, kw_only=True):
    KEY: ClassVar[tuple[str, ...]] = ("interface",)
    interface: str

    def entity(self, device: str) -> str:
        return entities.interface(device, self.interface)


class Interface(_OnInterface, frozen=True, kw_only=True):
    """State and counters of one interface. Counters are totals since boot: judge `InterfaceDelta`."""

    UNION: ClassVar[tuple[str, ...]] = ("addresses",)
    admin_up: bool | None = None
    oper_up: bool | None = None
    oper_reason: str | None = None
    """The device's own word for why it is down (`errdisabled (bpduguard)`, `notconnect`, …)."""
    description: str | None = None
    mac: str | None = None
    mtu_bytes: int | None = None
    """As the device counts it: see `mtu_header_bytes`."""
    mtu_header_bytes: int | None = None
    """So much of `mtu_bytes` is the link's own header: 14 where a device counts the Ethernet header
    (Junos, IOS-XR, SR OS, SR Linux), 0 or None where it counts what a packet may have."""
    speed_bps: int | None = None
    duplex: Literal["full", "half"] | None = None
    autoneg: bool | None = None
    fec_mode: str | None = None
    last_change_s: float | None = None
    """Seconds since the operational state last changed."""
    carrier_transitions_count: int | None = None
    in_octets_bytes: int | None = None
    out_octets_bytes: int | None = None
    in_pkts: int | None = None
    out_pkts: int | None = None
    in_errors_count: int | None = None
    in_fcs_errors_count: int | None = None
    in_stomped_count: int | None = None
    in_runts_count: int | None = None
    in_giants_count: int | None = None
    in_discards_count: int | None = None
    out_errors_count: int | None = None
    out_discards_count: int | None = None
    late_collisions_count: int | None = None
    in_rate_bps: float | None = None
    out_rate_bps: float | None = None
    addresses: tuple[str, ...] | None = None
    """With prefix length, `192.0.2.1/31`."""
    vrf: str | None = None
    lower_layer: str | None = None
    """The interface that this one stands on (`lower-layer-if` of RFC 8343): a unit's port."""
    kind: Literal["ethernet", "loopback", "lag", "vlan", "tunnel", "bridge", "management"] | None = None
    virtual: bool | None = None
    """True for what the operating system makes up (a veth, a bridge): no hardware, no module to ask."""


class Transceiver(_OnInterface, frozen=True, kw_only=True):
    """The module plugged into an interface."""

    present: bool | None = None
    form_factor: str | None = None
    media_type: str | None = None
    """`100GBASE-LR4`, `10GBASE-SR`, …"""
    vendor: str | None = None
    part_number: str | None = None
    serial: str | None = None
    wavelength_nm: float | None = None


class OpticLane(_OnInterface, frozen=True, kw_only=True):
    """Digital diagnostics of one lane, with the module's own thresholds (SFF-8472, SFF-8636, CMIS).

    No light reads as -40.0 dBm; a value or threshold that the module does not give is None.
    """

    KEY: ClassVar[tuple[str, ...]] = ("interface", "lane")
    lane: int
    dom_supported: bool | None = None
    admin_up: bool | None = None
    """Joined from `Interface`, as is `oper_up`."""
    oper_up: bool | None = None
    input_power_dbm: float | None = None
    input_power_low_alarm_dbm: float | None = None
    input_power_low_warning_dbm: float | None = None
    input_power_high_warning_dbm: float | None = None
    input_power_high_alarm_dbm: float | None = None
    output_power_dbm: float | None = None
    output_power_low_alarm_dbm: float | None = None
    output_power_low_warning_dbm: float | None = None
    output_power_high_warning_dbm: float | None = None
    output_power_high_alarm_dbm: float | None = None
    bias_current_ma: float | None = None
    bias_current_low_alarm_ma: float | None = None
    bias_current_low_warning_ma: float | None = None
    bias_current_high_warning_ma: float | None = None
    bias_current_high_alarm_ma: float | None = None
    temperature_celsius: float | None = None
    temperature_low_alarm_celsius: float | None = None
    temperature_low_warning_celsius: float | None = None
    temperature_high_warning_celsius: float | None = None
    temperature_high_alarm_celsius: float | None = None
    supply_voltage_v: float | None = None
    supply_voltage_low_alarm_v: float | None = None
    supply_voltage_low_warning_v: float | None = None
    supply_voltage_high_warning_v: float | None = None
    supply_voltage_high_alarm_v: float | None = None


class FecCounters(_OnInterface, frozen=True, kw_only=True):
    """Forward error correction of one interface (IEEE 802.3 clauses 74, 91, 119)."""

    mode: str | None = None
    corrected_codewords_count: int | None = None
    uncorrected_codewords_count: int | None = None
    pre_fec_ber: float | None = None
    pcs_locked: bool | None = None


class QueueCounters(_OnInterface, frozen=True, kw_only=True):
    """Counters of one queue. Totals since boot: judge `QueueDelta`."""

    KEY: ClassVar[tuple[str, ...]] = ("interface", "queue", "direction")
    queue: str
    direction: Literal["in", "out"] = "out"
    traffic_class: str | None = None
    transmitted_pkts: int | None = None
    transmitted_bytes: int | None = None
    dropped_pkts: int | None = None
    dropped_bytes: int | None = None
    depth_bytes: int | None = None
    depth_max_bytes: int | None = None
    rate_limit_bps: int | None = None
    """The configured rate of a shaper or policer on this queue."""
    scheduler: str | None = None
    """How the queue is served, in the device's own word (`tbf`, `fq_codel`, `strict`)."""

    def entity(self, device: str) -> str:
        return entities.queue(device, self.interface, self.queue)


class PfcCounters(_OnInterface, frozen=True, kw_only=True):
    """Priority flow control of one priority (IEEE 802.1Qbb). Totals since boot."""

    KEY: ClassVar[tuple[str, ...]] = ("interface", "priority")
    priority: int
    received_pause_count: int | None = None
    sent_pause_count: int | None = None
    watchdog_storms_count: int | None = None


class LldpNeighbor(_OnInterface, frozen=True, kw_only=True):
    """Who is heard on an interface (IEEE 802.1AB, or CDP)."""

    KEY: ClassVar[tuple[str, ...]] = ("interface", "neighbor_device", "neighbor_interface")
    neighbor_device: str | None = None
    neighbor_interface: str | None = None
    neighbor_address: str | None = None
    neighbor_description: str | None = None
    protocol: Literal["lldp", "cdp"] = "lldp"


class LagMember(_OnInterface, frozen=True, kw_only=True):
    """One member of a link aggregation group (IEEE 802.1AX)."""

    KEY: ClassVar[tuple[str, ...]] = ("lag", "interface")
    lag: str
    state: Literal["bundled", "suspended", "individual", "down"] | None = None
    partner_system: str | None = None
    partner_key: str | None = None
    partner_interface: str | None = None
    reason: str | None = None

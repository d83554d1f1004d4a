"""The device itself: identity, health, time, logs, changes, drop counters (openconfig-platform, -system)."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Literal

from netdoctor.model import entities
from netdoctor.model.facts.base import Fact

LogSeverity = Literal["emergency", "alert", "critical", "error", "warning", "notice", "info", "debug"]
LogKind = Literal[
    "link_down",
    "link_up",
    "bgp_down",
    "bgp_up",
    "ospf_change",
    "isis_change",
    "bfd_down",
    "bfd_up",
    "bgp_auth_failure",
    "bgp_prefix_limit",
    "mac_move",
    "duplicate_address",
    "transceiver_change",
    "config_change",
    "reload",
    "process_crash",
    "hardware_error",
    "out_of_memory",
    "table_full",
    "stp_change",
    "lag_change",
    "power_thermal",
    "other",
]


class DeviceInfo(Fact, frozen=True, kw_only=True):
    """What the device is."""

    hostname: str | None = None
    vendor: str | None = None
    model: str | None = None
    os_version: str | None = None
    serial: str | None = None
    uptime_s: float | None = None
    last_reload_reason: str | None = None
    forwarding_enabled: bool | None = None
    """False when the device does not forward packets between its interfaces at all."""


class Sensor(Fact, frozen=True, kw_only=True):
    """A temperature, fan or power sensor."""

    KEY: ClassVar[tuple[str, ...]] = ("name", "kind")
    name: str
    kind: Literal["temperature", "fan", "power", "voltage", "current", "module"]
    """`module`: a card of the chassis, which has a state and no value."""
    value: float | None = None
    unit: str | None = None
    state: Literal["ok", "absent", "warning", "failed"] | None = None
    low_alarm: float | None = None
    high_alarm: float | None = None
    redundant: bool | None = None
    """True when the others of its kind carry the load without it."""

    def entity(self, device: str) -> str:
        return entities.sensor(device, self.name)


class CpuMemory(Fact, frozen=True, kw_only=True):
    """Load of one control-plane component."""

    KEY: ClassVar[tuple[str, ...]] = ("component",)
    component: str = "system"
    cpu_pct: float | None = None
    memory_used_bytes: int | None = None
    memory_total_bytes: int | None = None
    top_process: str | None = None
    top_process_cpu_pct: float | None = None
    load_per_core: float | None = None


class NtpPeer(Fact, frozen=True, kw_only=True):
    """One NTP server as the device sees it."""

    KEY: ClassVar[tuple[str, ...]] = ("address",)
    address: str
    selected: bool | None = None
    reachable: bool | None = None
    stratum: int | None = None
    offset_ms: float | None = None
    synchronised: bool | None = None


class Clock(Fact, frozen=True, kw_only=True):
    """The device's clock; `offset_s` is derived: the device's time minus ours."""

    device_time: datetime | None = None
    offset_s: float | None = None
    synchronised: bool | None = None


class LogEvent(Fact, frozen=True, kw_only=True):
    """One log line, normalised."""

    KEY: ClassVar[tuple[str, ...]] = ("at", "text")
    HISTORY: ClassVar[bool] = True
    at: datetime | None = None
    severity: LogSeverity | None = None
    facility: str | None = None
    mnemonic: str | None = None
    kind: LogKind = "other"
    interface: str | None = None
    peer: str | None = None
    in_window: bool | None = None
    """Derived: True when it was written inside the incident window."""
    text: str

    def entity(self, device: str) -> str:
        if self.interface:
            return entities.interface(device, self.interface)
        return entities.bgp(device, self.peer) if self.peer else entities.device(device)


class ConfigChange(Fact, frozen=True, kw_only=True):
    """A change of configuration: who, when, from where."""

    KEY: ClassVar[tuple[str, ...]] = ("at", "summary")
    HISTORY: ClassVar[bool] = True
    at: datetime | None = None
    user: str | None = None
    via: str | None = None
    in_window: bool | None = None
    """Derived: True when it was made inside the incident window."""
    summary: str | None = None


class DropCounter(Fact, frozen=True, kw_only=True):
    """A named counter of dropped packets: filter rules, control-plane policing, uRPF, TCP's own checks.

    Totals since boot: judge `DropDelta`.
    """

    KEY: ClassVar[tuple[str, ...]] = ("kind", "name")
    kind: Literal["acl", "copp", "urpf", "asic", "tcp_md5", "tcp_ttl", "softnet", "no_route", "storm_control"]
    name: str
    interface: str | None = None
    tcp_port: int | None = None
    """The TCP port that a filter rule matches, when it names one."""
    peer: str | None = None
    """The address that a filter rule matches, when it names one."""
    dropped_pkts: int | None = None
    conformed_pkts: int | None = None
    matched_pkts: int | None = None
    """Packets that a filter rule matched, where the answer does not say what it does with them."""
    dropped_bytes: int | None = None
    """Where the device counts bytes alone, as Catalyst 9000 does in control-plane policing."""
    conformed_bytes: int | None = None

    def entity(self, device: str) -> str:
        return entities.device(device)


class TableUse(Fact, frozen=True, kw_only=True):
    """How full one forwarding table of the hardware is."""

    KEY: ClassVar[tuple[str, ...]] = ("table",)
    table: str
    used_count: int | None = None
    limit_count: int | None = None


class TcpConnection(Fact, frozen=True, kw_only=True):
    """One TCP connection of the device's own control plane; port 179 on either side is BGP."""

    KEY: ClassVar[tuple[str, ...]] = ("local_address", "local_port", "remote_address", "remote_port")
    local_address: str
    local_port: int
    remote_address: str
    remote_port: int
    state: Literal["established", "syn_sent", "syn_recv", "listen", "closing"]

    def entity(self, device: str) -> str:
        return entities.bgp(device, self.remote_address)

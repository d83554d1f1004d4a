"""Devices as they stand in the rack: ports, queues, links, sensors, and what they remember."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from netdoctor.lab.chassis import chassis
from netdoctor.lab.meters import Meter
from netdoctor.lab.optics import Optic

if TYPE_CHECKING:
    from netdoctor.lab.bgp import Neighbor, Reset
    from netdoctor.lab.igp import IgpInterface
    from netdoctor.lab.routes import Path, Route

PORT_COUNTERS = (
    "in_octets",
    "out_octets",
    "in_pkts",
    "out_pkts",
    "in_fcs_errors",
    "in_giants",
    "in_discards",
    "out_discards",
)
QUEUE_COUNTERS = ("sent_pkts", "sent_octets", "dropped_pkts", "dropped_octets")

TCP_COUNTERS = ("md5_not_found", "md5_unexpected", "min_ttl_drop")

BGP_PORT = 179

SensorKind = Literal["temperature", "fan", "power"]


@dataclass(eq=False)
class Queue:
    """An egress queue. `share` is its part of the port's traffic."""

    traffic_class: int
    share: float
    meters: dict[str, Meter]
    depth_octets: int = 0


@dataclass(eq=False)
class Host:
    """A server on a port."""

    name: str
    address: str
    mac: str
    answers: bool = True


@dataclass(eq=False)
class Port:
    """One interface: what is configured, what is plugged in, and the state that follows."""

    device: Device = field(repr=False)
    name: str
    index: int
    mac: str
    speed_bps: int
    meters: dict[str, Meter]
    queues: list[Queue]
    kind: Literal["ethernet", "management"] = "ethernet"
    admin_up: bool = True
    mtu_bytes: int = 9214
    description: str = ""
    address: str | None = None
    """With prefix length."""
    optic: Optic | None = None
    link: Link | None = field(default=None, repr=False)
    host: Host | None = None
    fec_mode: str | None = None
    shaper_bps: int | None = None
    disabled_reason: str | None = None
    """Set when a protection has switched the port off."""
    burst_ratio: float = 1.0
    """How far the peaks of a second's traffic stand above its mean."""
    burst_time_share: float = 0.0
    oper_up: bool = False
    last_change_at: float = 0.0
    carrier_transitions_count: int = 0
    in_bps: float = 0.0
    out_bps: float = 0.0
    offered_bps: float = 0.0
    """What is to leave here, before drops."""

    @property
    def lit(self) -> bool:
        """True while the port's laser is on."""
        return self.admin_up and self.disabled_reason is None and self.device.powered

    @property
    def far(self) -> Port | None:
        """The port at the other end, or None for a port that leads to a host or nowhere."""
        return self.link.far(self) if self.link else None

    @property
    def capacity_bps(self) -> int:
        return min(self.speed_bps, self.shaper_bps or self.speed_bps)


@dataclass(eq=False)
class Link:
    """A pair of strands between two ports; `loss_db` is by receiving port."""

    ends: tuple[Port, Port]
    loss_db: dict[Port, float]
    cut: bool = False

    def far(self, port: Port) -> Port:
        return self.ends[1] if port is self.ends[0] else self.ends[0]


@dataclass(eq=False)
class Filter:
    """A rule that drops what comes from an address to a TCP port."""

    source: str
    tcp_port: int
    dropped: Meter


@dataclass(eq=False)
class Sensor:
    """A temperature probe (°C), a fan (% of its range) or a power supply (W)."""

    name: str
    kind: SensorKind
    nominal: float
    description: str = ""
    high_alarm: float | None = None
    high_critical: float | None = None
    working: bool = True
    value: float = 0.0
    state: str = "ok"
    """`ok`, `hot`, `critical` or `failed`."""


@dataclass(frozen=True)
class Event:
    """Something that a device would write into its log; each platform has its own words for it."""

    at: float
    kind: str
    port: Port | None = None
    neighbor: Neighbor | None = None
    reset: Reset | None = None
    subject: str = ""
    value: float = 0.0


@dataclass(frozen=True)
class StaticRoute:
    """A static route; without a next hop it discards."""

    prefix: str
    next_hop: str | None = None


@dataclass(eq=False)
class Process:
    """A program on the control plane. `cpu_pct` is of one core."""

    name: str
    cpu_pct: float
    memory_bytes: int
    pid: int


@dataclass(eq=False)
class Device:
    """One router: configuration, hardware and memory."""

    name: str
    platform: str
    model: str
    serial: str
    os_version: str
    asn: int
    loopback: str
    booted_at: float
    mac: str
    management_address: str = ""
    cores_count: int = 4
    memory_bytes: int = 8 << 30
    reload_reason: str = "Reload requested by the user."
    powered: bool = True
    draining: bool = False
    """True while the device asks its BGP peers to prefer other paths (RFC 8326)."""
    management_up: bool = True
    clock_offset_s: float = 0.0
    ports: dict[str, Port] = field(default_factory=dict)
    neighbors: dict[str, Neighbor] = field(default_factory=dict)
    """BGP neighbours by the peer's address."""
    igp: dict[str, IgpInterface] = field(default_factory=dict)
    """Link-state routing by the port's name."""
    router_id: str = ""
    """The loopback's address, unless somebody configured another."""
    networks: list[str] = field(default_factory=list)
    """Prefixes that BGP originates when a route for them is there."""
    static_routes: list[StaticRoute] = field(default_factory=list)
    processes: list[Process] = field(default_factory=list)
    sensors: list[Sensor] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    routes: dict[str, Route] = field(default_factory=dict)
    best: dict[str, list[Path]] = field(default_factory=dict)
    """BGP's best paths by prefix, equal ones together."""
    ntp_offset_ms: float = 0.3
    ntp_reachable: bool = True
    filters: list[Filter] = field(default_factory=list)
    starved_since: float | None = None
    """Since when the routing process comes too late to its timers."""
    discarded: Meter = field(default_factory=lambda: Meter(0.0))
    """Packets that a discard route swallowed."""

    tcp: dict[str, Meter] = field(default_factory=lambda: {name: Meter(0.0) for name in TCP_COUNTERS})
    """Segments that the device's own TCP refused."""

    def __post_init__(self) -> None:
        self.router_id = self.router_id or self.loopback

    @property
    def cpu_pct(self) -> float:
        """Load of all cores together."""
        return min(100.0, sum(p.cpu_pct for p in self.processes) / self.cores_count)

    def runs(self, name: str) -> bool:
        """True while a program of this name runs."""
        return any(process.name == name for process in self.processes)

    @property
    def bgp_running(self) -> bool:
        return self.runs(chassis(self.platform).bgp_process)

    @property
    def igp_running(self) -> bool:
        """True while the program of link-state routing runs; some platforms have one for all of routing."""
        return all(self.runs(name) for name in chassis(self.platform).igp_processes)

    @property
    def busiest_process(self) -> Process:
        return max(self.processes, key=lambda p: p.cpu_pct)

    @property
    def starved(self) -> bool:
        """True when there is too little CPU left for the routing process."""
        return self.cpu_pct >= 97.0

    def sensors_of(self, kind: SensorKind) -> Iterator[Sensor]:
        return (sensor for sensor in self.sensors if sensor.kind == kind)

    def log(self, event: Event) -> None:
        self.events.append(event)

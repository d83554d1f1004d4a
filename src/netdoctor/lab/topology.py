"""The fabrics that the lab can build: spines and leaves of mixed platforms, in good health."""

from __future__ import annotations

import ipaddress
import random
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

from netdoctor.lab.bgp import Neighbor, Policy, Session
from netdoctor.lab.chassis import Chassis, chassis
from netdoctor.lab.hardware import (
    PORT_COUNTERS,
    QUEUE_COUNTERS,
    Device,
    Event,
    Host,
    Link,
    Port,
    Process,
    Queue,
    Sensor,
)
from netdoctor.lab.igp import Adjacency, IgpInterface, IgpProtocol, NetworkType
from netdoctor.lab.meters import Meter
from netdoctor.lab.optics import Optic, OpticType
from netdoctor.lab.plan import SMALL, TIERS, Plan
from netdoctor.lab.traffic import Demand
from netdoctor.lab.world import World

DAY_S = 86400.0
SPINE_AS = 65000
LEAF_AS = 65100
OUT_OF_BAND, HOSTS = 0xFA, 0xC8
"""Octets of MAC addresses."""
MANAGEMENT = ipaddress.IPv4Network("192.0.2.0/24")
LARGE_MANAGEMENT = ipaddress.IPv4Network("198.18.0.0/15")
BACKBONE, ISIS_AREA = "0.0.0.0", "49.0001"  # noqa: S104 - OSPF's backbone area
PAIRS_IN_BLOCK = 128
HOST_PORTS = 8
"""So many ports of a router with hosts are for them."""
DEMANDS_MAX = 8
SHARED_LINKS_SHARE = 0.12
"""So much of a Clos' traffic is in a network where links are shared by many."""
FABRIC = "10.0.0.0/8"
QUEUE_SHARES = {0: 0.86, 1: 0.06, 3: 0.05, 7: 0.03}
"""Part of the traffic by class: best effort, bulk, storage, control."""
HOST_PORT_SPEED_BPS = 10_000_000_000


def build(clock: Callable[[], float] = time.time, *, seed: int = 1, plan: Plan = SMALL) -> World:
    """A healthy network that has been running for some weeks."""
    return _Builder(World(clock), random.Random(seed), plan).build()  # noqa: S311 - a simulation's dice


def add_port(device: Device, like: Port, name: str, host: Host) -> None:
    """Gives a device one more port like another of its, with a host on it."""
    index = max(port.index for port in device.ports.values()) + 1
    since = device.booted_at
    device.ports[name] = Port(
        device=device,
        name=name,
        index=index,
        mac=like.mac,
        speed_bps=like.speed_bps,
        meters=_meters(PORT_COUNTERS, since),
        queues=[Queue(q.traffic_class, q.share, _meters(QUEUE_COUNTERS, since)) for q in like.queues],
        optic=like.optic,
        host=host,
    )


class _Builder:
    def __init__(self, world: World, dice: random.Random, plan: Plan) -> None:
        self.world = world
        self.dice = dice
        self.plan = plan
        self.now = world.clock()
        self.born = self.now - dice.uniform(35.0, 60.0) * DAY_S
        self.links_of: Counter[str] = Counter()
        self.pairs_of: Counter[str] = Counter()
        self.numbers: dict[str, int] = {}
        self.management = MANAGEMENT if len(list(plan.routers())) <= 240 else LARGE_MANAGEMENT

    def build(self) -> World:
        hosting = TIERS[self.plan.shape][-1]
        for name, tier, platform in self.plan.routers():
            number = int(name.removeprefix(tier))
            self._device(name, platform, self._asn(tier, number), self._loopback(tier, number))
            if tier == hosting:
                self._hosts(name, number)
        for high, low in self.plan.pairs():
            self._link(high, low)
        self._demands(hosting)
        self._live()
        return self.world

    def _asn(self, tier: str, number: int) -> int:
        """An AS a leaf, one for all the others (RFC 7938 section 5.2)."""
        return LEAF_AS + number if tier == "leaf" else SPINE_AS

    def _loopback(self, tier: str, number: int) -> str:
        return f"10.255.{TIERS[self.plan.shape].index(tier)}.{number}"

    def _device(self, name: str, platform: str, asn: int, loopback: str) -> None:
        number = len(self.world.devices) + 1
        kind = chassis(platform)
        device = Device(
            name=name,
            platform=platform,
            model=kind.model,
            serial=f"{kind.serial_prefix}{self.dice.randrange(10**8, 10**9)}",
            os_version=kind.os_version,
            asn=asn,
            loopback=loopback,
            booted_at=self.born + number * 40.0,
            mac=_mac(number, 0),
            management_address=str(self.management[10 + number]),
            networks=[f"{loopback}/32"],
            processes=self._processes(kind),
            sensors=_sensors(kind, self.dice),
            ntp_offset_ms=self.dice.uniform(-0.6, 0.6),
            discarded=Meter(self.born),
        )
        self.world.devices[name] = device
        management = self._port(device, kind.management_port, 1_000_000_000, kind="management")
        management.mtu_bytes = 1500
        management.address = f"{device.management_address}/{self.management.prefixlen}"
        management.host = Host("oob1", str(self.management[1]), _mac(number, 1, OUT_OF_BAND))
        for spare in kind.spare_ports:
            self._port(device, spare, HOST_PORT_SPEED_BPS, admin_up=False, description="spare")

    def _port(self, device: Device, name: str, speed_bps: int, **extra: Any) -> Port:
        device.ports.pop(name, None)  # a spare one that is needed now
        index = max((port.index for port in device.ports.values()), default=0) + 1
        number = self.numbers.setdefault(device.name, len(self.numbers) + 1)
        queues = [Queue(c, share, _meters(QUEUE_COUNTERS, self.born)) for c, share in QUEUE_SHARES.items()]
        port = Port(
            device=device,
            name=name,
            index=index,
            mac=_mac(number, index),
            speed_bps=speed_bps,
            meters=_meters(PORT_COUNTERS, self.born),
            queues=queues if extra.get("kind") != "management" else [],
            **extra,
        )
        device.ports[name] = port
        return port

    def _hosts(self, name: str, number: int) -> None:
        device = self.world.devices[name]
        port = self._port(
            device, chassis(device.platform).port(1), HOST_PORT_SPEED_BPS, description=f"rack {number} hosts"
        )
        rack = ipaddress.ip_network(f"10.10.{number}.0/24")
        port.address = f"{rack[1]}/24"
        port.mtu_bytes = 9000
        port.host = Host(f"host{number}", str(rack[10]), _mac(number, 1, HOSTS))
        device.networks.append(str(rack))
        if self.plan.routing != "bgp":
            device.igp[port.name] = self._igp_interface(port, self.plan.routing, passive=True)

    def _link(self, high: str, low: str) -> None:
        """A link, with its modules and addresses and what runs over it."""
        devices = self.world.devices[high], self.world.devices[low]
        optic_type = min(
            (chassis(end.platform).uplink_optic for end in devices), key=lambda kind: kind.speed_bps
        )
        for device in devices:
            self.links_of[device.name] += 1
        names = [self._port_name(device, optic_type) for device in devices]
        ports = (
            self._port(devices[0], names[0], optic_type.speed_bps, description=f"{low} {names[1]}"),
            self._port(devices[1], names[1], optic_type.speed_bps, description=f"{high} {names[0]}"),
        )
        pair = self._pair(high)
        for offset, port in enumerate(ports):
            port.optic = self._optic(optic_type, chassis(devices[1].platform).optic_vendor)
            port.address = f"{pair + offset}/31"
        link = Link(ports, {port: self.dice.uniform(2.6, 4.2) for port in ports})
        self.world.connect(link)
        if self.plan.routing == "bgp":
            self._session(ports)
        else:
            one, other = (self._igp_interface(port, self.plan.routing) for port in ports)
            self.world.adjoin(Adjacency((one, other)))

    def _pair(self, high: str) -> ipaddress.IPv4Address:
        """The first of the two addresses of a router's newest link to one below it (RFC 3021)."""
        tier = high.rstrip("0123456789")
        largest = max(len(tier) for tier in self.plan.tiers.values())
        block = 256 * (1 if largest <= PAIRS_IN_BLOCK else 2) * int(high.removeprefix(tier))
        first = ipaddress.IPv4Address(f"10.{TIERS[self.plan.shape].index(tier)}.0.0") + block
        self.pairs_of[high] += 1
        return first + 2 * (self.pairs_of[high] - 1)

    def _port_name(self, device: Device, optic_type: OpticType) -> str:
        """The port for a device's newest link. Hosts have the first ports of their own kind."""
        kind, number = chassis(device.platform), self.links_of[device.name]
        if optic_type is kind.uplink_optic:
            return kind.uplink(number)
        return kind.port(number + (HOST_PORTS if kind.port(1) in device.ports else 0))

    @staticmethod
    def _igp_interface(port: Port, protocol: IgpProtocol, *, passive: bool = False) -> IgpInterface:
        area = BACKBONE if protocol == "ospf" else ISIS_AREA
        network_type: NetworkType = "broadcast" if passive else "point_to_point"
        return IgpInterface(port.device, port, protocol, area, network_type=network_type, passive=passive)

    def _optic(self, optic_type: OpticType, vendor: str) -> Optic:
        return Optic(
            type=optic_type,
            vendor=vendor,
            serial=f"XKT{self.dice.randrange(10**8, 10**9)}",
            output_power_dbm=optic_type.output_power_dbm + self.dice.uniform(-0.5, 0.5),
            bias_current_ma=optic_type.bias_current_ma + self.dice.uniform(-2.0, 2.0),
            temperature_celsius=self.dice.uniform(31.0, 38.0),
            supply_voltage_v=self.dice.uniform(3.26, 3.33),
            lane_offsets_db=tuple(self.dice.uniform(-0.4, 0.4) for _ in range(optic_type.lanes)),
        )

    def _processes(self, kind: Chassis) -> list[Process]:
        dice = self.dice
        return [
            Process(name, dice.uniform(0.4, 14.0 / (n + 1)), dice.randrange(60, 620) << 20, 1200 + 37 * n)
            for n, name in enumerate(kind.processes)
        ]

    def _session(self, ports: tuple[Port, Port]) -> None:
        addresses = [str(port.address).partition("/")[0] for port in ports]
        ends = []
        for near, far in ((0, 1), (1, 0)):
            device = ports[near].device
            end = Neighbor(
                device=device,
                port=ports[near],
                local_address=addresses[near],
                peer_address=addresses[far],
                remote_as=ports[far].device.asn,
                import_policy=Policy("FABRIC-IN", (FABRIC,)),
                export_policy=Policy("FABRIC-OUT", (FABRIC,)),
                description=ports[far].device.name,
            )
            device.neighbors[end.peer_address] = end
            ends.append(end)
        self.world.peer(Session((ends[0], ends[1]), phase_s=self.dice.uniform(4.0, 12.0)))

    def _demands(self, hosting: str) -> None:
        """Every rack speaks with the others, in a large network with the next few.

        Only in a Clos there is a way of its own for everybody.
        """
        share = 1.0 if self.plan.shape == "clos" else SHARED_LINKS_SHARE
        racks = [d for d in self.world.devices.values() if d.name.startswith(hosting)]
        for at, source in enumerate(racks):
            others = [rack for rack in racks if rack is not source]
            if len(others) > DEMANDS_MAX:
                others = [racks[(at + step) % len(racks)] for step in range(1, DEMANDS_MAX + 1)]
            for sink in others:
                rate_bps = self.dice.uniform(0.7e9, 1.2e9) * share
                self.world.demands.append(Demand(source, sink.networks[-1], rate_bps))

    def _live(self) -> None:
        """Some weeks pass, with what happens in any fabric: a change or two, and a short flap long ago."""
        self.world.settle(self.born + 600.0)
        devices = list(self.world.devices.values())
        for days in (21.3, 12.1, 6.4):
            device = self.dice.choice(devices)
            device.log(Event(self.now - days * DAY_S, "config_change", subject="netops"))
        old = self._old_link()
        flapped_at = self.now - 9.2 * DAY_S
        old.cut = True
        self.world.settle(flapped_at)
        old.cut = False
        self.world.settle(flapped_at + 41.0)

    def _old_link(self) -> Link:
        """The link that flapped long ago: of the second leaf to the last spine, else any."""
        if self.plan.shape != "clos":
            return self.world.links[0]
        spines, leaves = (len(self.plan.tiers[tier]) for tier in TIERS["clos"])
        return self.world.link_between(f"spine{spines}", f"leaf{min(2, leaves)}")


def _meters(names: tuple[str, ...], at: float) -> dict[str, Meter]:
    return {name: Meter(at) for name in names}


def _mac(number: int, index: int, kind: int = 0x1C) -> str:
    """A locally administered address: a device's own, one of its ports', or a host's."""
    return ":".join(f"{octet:02x}" for octet in (2, kind, *divmod(number, 256), *divmod(index, 256)))


def _sensors(kind: Chassis, dice: random.Random) -> list[Sensor]:
    heat = [
        Sensor(
            probe.name,
            "temperature",
            probe.usual + dice.uniform(-3, 3),
            probe.description,
            probe.high_alarm,
            probe.high_critical,
        )
        for probe in kind.probes
    ]
    fans = [Sensor(name, "fan", 38.0 + dice.uniform(-1, 1), kind.fan_model) for name in kind.fans]
    power = [Sensor(name, "power", 92.0, kind.power_supply_model) for name in kind.power_supplies]
    return [*heat, *fans, *power]

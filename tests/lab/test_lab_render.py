"""What the lab renders is what the real parsers read, and it tells the state of the world."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple, TypeVar

import pytest

from netdoctor import platforms
from netdoctor.derive.names import Places
from netdoctor.lab import faults, manner, render, scenario, topology
from netdoctor.lab.hardware import Device, Port
from netdoctor.lab.plan import Shape
from netdoctor.lab.scenario import Scenario
from netdoctor.lab.world import World
from netdoctor.model.facts import (
    BfdSession,
    BgpAfi,
    BgpSession,
    ConfigChange,
    CpuMemory,
    Fact,
    Interface,
    IsisAdjacency,
    LldpNeighbor,
    LogEvent,
    NtpPeer,
    OpticLane,
    OspfNeighbor,
    QueueCounters,
    Route,
    RoutingProcess,
    Sensor,
)
from netdoctor.model.facts import (
    Clock as DeviceClock,
)
from netdoctor.model.findings import Source
from netdoctor.model.observations import Observation, Observations

from .conftest import NOON, Clock
from .networks import network
from .silent import silent
from .walk import ask

F = TypeVar("F", bound=Fact)
QUICK = {"healthy", "dirty_connector", "password_on_one_end", "overheating"}
"""The faults that every platform is tried with before every commit; the others take longer."""


def _cases() -> Iterator[Any]:
    for platform in render.names():
        for fault in faults.found():
            marks = () if fault in QUICK else pytest.mark.slow
            yield pytest.param((platform, fault), id=f"{platform}, {fault}", marks=marks)


@pytest.fixture(params=_cases())
def staged(request: pytest.FixtureRequest, clock: Clock) -> Scenario:
    platform, fault = request.param
    return scenario.stage(fault, clock=clock, plan=network(platform, faults.get(fault).shape or "clos"))


class Answers(NamedTuple):
    """All that a device says, as the engine sees it, and the names of its interfaces."""

    device: Device
    silent: Mapping[str, str]
    observations: Observations
    places: Places

    def facts(self, kind: type[F]) -> Iterable[F]:
        return (observation.fact for observation in self.observations.of(kind))

    def port(self, interface: str | None) -> str | None:
        """The port that a unit, a controller or a port itself means."""
        return self.places.port(self.device.name, interface) if interface else None

    def tells(self, kind: type[Fact]) -> bool:
        """True when a platform is expected to speak of such things at all."""
        return kind.__name__ not in self.silent

    def agree(self, fact: Fact, name: str, expected: object) -> None:
        """A field has the value that the world has; where the platform is known to be silent, or none."""
        told = getattr(fact, name)
        place = f"{type(fact).__name__}.{name}"
        if told is None and place in self.silent:
            return
        assert told == expected, f"{place} of {fact.key} on {self.device.name}"


def examined(staged: Scenario) -> list[Device]:
    """The devices that a fault is about, and one of their neighbours."""
    world, place = staged.world, staged.place
    named = [place.target, *(entity.partition(":")[2].partition("/")[0] for entity in place.entities)]
    ends = [port.device.name for name in named[:1] for port in _fars(world.devices[name])]
    wanted = dict.fromkeys([*named, *ends[:1]])
    return [world.devices[name] for name in wanted if name in world.devices and world.devices[name].powered]


def _fars(device: Device) -> Iterator[Port]:
    return (port.far for port in device.ports.values() if port.far is not None)


def answers_of(world: World, device: Device) -> Answers:
    found = Observations()
    for command, output, facts, notes in ask(world, device):
        about = f"{device.name}: {command.template}"
        assert notes == [], about
        allowed = {None} if command.arguments is None else {None, "unsupported"}
        assert platforms.get(device.platform).refusal(output) in allowed, f"{about}\n{output[:400]}"
        for fact in facts:
            source = (Source(device=device.name, command=command.template),)
            found.add(Observation(device.name, fact, source, NOON))
    return Answers(device, silent(device.platform), found, Places(found))


def test_every_answer_is_understood_and_agrees_with_the_world(staged: Scenario) -> None:
    for device in examined(staged):
        found = answers_of(staged.world, device)
        assert_interfaces_agree(found)
        assert_light_agrees(found, staged.world)
        assert_queues_agree(found)
        assert_sessions_agree(found)
        assert_routes_agree(found)
        assert_neighbors_agree(found)
        assert_load_agrees(found)
        assert_health_agrees(found)
        assert_logs_agree(found)


def assert_interfaces_agree(found: Answers) -> None:
    device = found.device
    told = {fact.interface: fact for fact in found.facts(Interface)}
    addresses: dict[str | None, set[str]] = {}
    for fact in told.values():
        addresses.setdefault(found.port(fact.interface), set()).update(fact.addresses or ())
    for port in device.ports.values():
        fact = told[port.name]
        assert fact.oper_up is port.oper_up, port.name
        # What a protection has closed is administratively down on some platforms, and up on others.
        assert fact.admin_up is port.admin_up or port.disabled_reason, port.name
        if fact.mtu_bytes is not None or "Interface.mtu_bytes" not in found.silent:
            assert (fact.mtu_bytes or 0) - (fact.mtu_header_bytes or 0) == port.mtu_bytes, port.name
        if port.oper_up:
            found.agree(fact, "speed_bps", port.speed_bps)
        for field in ("in_pkts", "in_fcs_errors", "in_discards"):
            expected = port.meters[field].read(NOON)
            if port.kind == "ethernet":
                found.agree(fact, field if field == "in_pkts" else f"{field}_count", expected)
        if port.kind == "ethernet":
            found.agree(fact, "carrier_transitions_count", port.carrier_transitions_count)
        assert addresses.get(port.name, set()) == ({port.address} if port.address else set()), port.name
        if port.last_change_at and fact.last_change_s is not None:
            skew_s = abs(device.clock_offset_s)
            age_s = NOON - port.last_change_at
            assert fact.last_change_s == pytest.approx(age_s, abs=1.0 + skew_s, rel=0.05), port.name
    assert "Interface.last_change_s" in found.silent or any(f.last_change_s for f in told.values())


def assert_light_agrees(found: Answers, world: World) -> None:
    lanes = {(found.port(f.interface), f.lane): f for f in found.facts(OpticLane) if f.dom_supported}
    lit = [port for port in found.device.ports.values() if port.optic]
    assert {interface for interface, _ in lanes} == {port.name for port in lit}
    for port in lit:
        assert port.optic is not None
        for lane in range(port.optic.type.lanes):
            fact = lanes[port.name, lane + 1]
            # Milliwatts with four decimals are as precise as some devices are.
            assert fact.input_power_dbm == pytest.approx(world.received_dbm(port, lane), abs=0.06)
            found.agree(fact, "input_power_low_alarm_dbm", port.optic.type.rx.low_alarm)
            found.agree(fact, "bias_current_high_alarm_ma", port.optic.type.bias.high_alarm)


def assert_queues_agree(found: Answers) -> None:
    if not found.tells(QueueCounters):
        return
    dropped: dict[str | None, int] = {}
    for fact in found.facts(QueueCounters):
        if fact.direction == "out":
            place = found.port(fact.interface)
            dropped[place] = dropped.get(place, 0) + (fact.dropped_pkts or 0)
    for port in found.device.ports.values():
        lost = sum(queue.meters["dropped_pkts"].read(NOON) for queue in port.queues)
        assert dropped.get(port.name, 0) == pytest.approx(lost, abs=len(port.queues)), port.name


def assert_sessions_agree(found: Answers) -> None:
    if not found.device.bgp_running:
        return
    told = {fact.peer: fact for fact in found.facts(BgpSession)}
    families = {fact.peer: fact for fact in found.facts(BgpAfi)}
    over = {fact.peer: fact for fact in found.facts(BfdSession)}
    configured = [end for end in found.device.neighbors.values() if end.configured]
    assert told.keys() == {end.peer_address for end in configured}
    for end in configured:
        fact = told[end.peer_address]
        assert (fact.session_state, fact.peer_as) == (end.state, end.remote_as)
        found.agree(fact, "admin_up", not end.shutdown)
        for field, expected in (
            ("auth_configured", end.password is not None),
            ("gtsm_enabled", end.gtsm_hops is not None),
            ("prefix_limit_exceeded", end.limit_exceeded),
        ):
            if expected or getattr(fact, field):
                found.agree(fact, field, expected)
        if end.last_reset and end.last_reset.code is not None:
            found.agree(fact, "last_notification_code", end.last_reset.code)
            found.agree(fact, "last_notification_sent", end.last_reset.sent)
        if end.established:
            assert families[end.peer_address].prefixes_accepted_count == len(end.accepted)
            found.agree(families[end.peer_address], "prefixes_received_count", len(end.received))
        if found.tells(BfdSession) and end.bfd and end.established:
            assert (over[end.peer_address].session_state == "up") is end.bfd_up


def assert_routes_agree(found: Answers) -> None:
    if not found.tells(Route) or any(
        fact.protocol == "rib" and fact.running is False for fact in found.facts(RoutingProcess)
    ):
        return  # where one process does all of routing, nobody answers without it
    told = {fact.prefix: fact for fact in found.facts(Route) if fact.protocol != "local"}
    routes = found.device.routes
    assert told.keys() == routes.keys()
    for prefix, route in routes.items():
        assert bool(told[prefix].discard) is route.discards, prefix
        assert told[prefix].protocol == route.protocol
        hops = {hop.address for hop in route.hops if hop.address}
        assert set(told[prefix].next_hops or ()) == hops, prefix


def assert_neighbors_agree(found: Answers) -> None:
    told = {
        found.port(fact.interface): (fact.neighbor_device, fact.neighbor_interface)
        for fact in found.facts(LldpNeighbor)
    }
    ports = found.device.ports.values()
    linked = {port.name: far for port in ports if port.oper_up and (far := port.far)}
    assert told == {name: (far.device.name, far.name) for name, far in linked.items()}


def assert_load_agrees(found: Answers) -> None:
    told = next(fact for fact in found.facts(CpuMemory) if fact.cpu_pct is not None)
    # Some devices show whole percents.
    assert told.cpu_pct == pytest.approx(found.device.cpu_pct, abs=0.6)
    found.agree(told, "top_process", found.device.busiest_process.name)


def assert_health_agrees(found: Answers) -> None:
    told = list(found.facts(Sensor))
    for kind in ("temperature", "fan", "power"):
        if f"Sensor.{kind}" in found.silent:
            continue
        wrong = [fact for fact in told if fact.kind == kind and _alarming(fact)]
        assert len([fact for fact in told if fact.kind == kind]) >= 1, kind
        states = {sensor.state for sensor in found.device.sensors_of(kind)}
        # Devices differ in which of two limits makes an alarm; the higher one does on all.
        assert bool(states & {"critical", "failed"}) <= bool(wrong) <= bool(states - {"ok"}), (
            f"{kind}: {wrong}"
        )
    if found.tells(NtpPeer):
        synchronised = any(fact.synchronised or fact.selected for fact in found.facts(NtpPeer))
        assert synchronised is found.device.ntp_reachable
    if found.tells(DeviceClock):
        clock = next(fact for fact in found.facts(DeviceClock) if fact.device_time)
        assert clock.device_time is not None
        assert clock.device_time.timestamp() - NOON == pytest.approx(found.device.clock_offset_s, abs=1.1)


def _alarming(fact: Sensor) -> bool:
    over = fact.value is not None and fact.high_alarm is not None and fact.value >= fact.high_alarm
    return fact.state in {"warning", "failed"} or over


LOG_KINDS = {
    "link_up": "link_up",
    "link_down": "link_down",
    "bgp_up": "bgp_up",
    "bgp_down": "bgp_down",
    "bfd_up": "bfd_up",
    "bfd_down": "bfd_down",
    "ospf_up": "ospf_change",
    "ospf_down": "ospf_change",
    "isis_up": "isis_change",
    "isis_down": "isis_change",
    "prefix_limit": "bgp_prefix_limit",
    "fan_failed": "power_thermal",
    "power_failed": "power_thermal",
}
"""What the world calls an event, and what a log line of it is read as."""

RECENT_S = 3600.0


def assert_logs_agree(found: Answers) -> None:
    device = found.device
    lines = [(fact.kind, fact.at.timestamp()) for fact in found.facts(LogEvent) if fact.at]
    changes = [fact.at.timestamp() for fact in found.facts(ConfigChange) if fact.at]
    changes += [at for kind, at in lines if kind == "config_change"]
    for event in device.events:
        at = event.at + device.clock_offset_s
        if event.at < NOON - RECENT_S:
            continue
        if event.kind == "config_change":
            assert any(abs(told - at) <= 1.5 for told in changes), f"{device.name}: {changes}"
        elif (kind := LOG_KINDS.get(event.kind)) and f"LogEvent.{kind}" not in found.silent:
            near = [one for one, told in lines if abs(told - at) <= 1.5]
            assert kind in near, f"{device.name}: {event.kind} at {datetime.fromtimestamp(at, UTC)}"


@pytest.mark.parametrize("trouble", ["none", "cut", "password"])
@pytest.mark.parametrize("shape", ["ring", "campus"])
@pytest.mark.parametrize("platform", render.names())
def test_link_state_routing_agrees_with_the_world(
    platform: str, shape: Shape, trouble: str, clock: Clock
) -> None:
    world = topology.build(clock, plan=network(platform, shape))
    adjacency = world.adjacencies[0]
    if trouble == "cut":
        world.links[0].cut = True
    elif trouble == "password":
        adjacency.ends[0].password = "l1nk-key"
    world.settle(NOON - 600.0)
    for end in adjacency.ends:
        found = answers_of(world, end.device)
        assert_adjacencies_agree(found, world)
        assert_routes_agree(found)
        assert_logs_agree(found)


def assert_adjacencies_agree(found: Answers, world: World) -> None:
    kind: type[OspfNeighbor | IsisAdjacency] = OspfNeighbor
    if any(end.protocol == "isis" for end in found.device.igp.values()):
        kind = IsisAdjacency
    told = {
        found.port(fact.interface) for fact in found.facts(kind) if fact.adjacency_state in {"full", "up"}
    }
    if found.tells(kind):
        assert told == {name for name, end in found.device.igp.items() if end.adjacent}


@pytest.mark.parametrize(
    ("device", "command", "words", "status"),
    [
        pytest.param("leaf1", "show nonsense", "% Invalid input", 1, id="EOS"),
        pytest.param("leaf1", "show interfaces | json | grep x", "% Invalid input", 1, id="EOS, a pipe"),
        pytest.param("leaf3", "frobnicate -x", "bash: line 1: frobnicate: command not found", 127, id="bash"),
        pytest.param("leaf3", "sudo -n frobnicate", "sudo: frobnicate: command not found", 127, id="sudo"),
        pytest.param("leaf3", 'vtysh -c "show nonsense"', "% Unknown command: show nonsense", 1, id="vtysh"),
        pytest.param("leaf3", 'vtysh -c "show', "unexpected EOF", 2, id="an open quote"),
        pytest.param("leaf3", "ethtool -m swp49", "Operation not permitted", 1, id="ethtool without root"),
        pytest.param("leaf3", "ethtool -S swp77", "No such device", 75, id="ethtool, no such port"),
        pytest.param(
            "leaf3", 'vtysh -c "show ip ospf vrf all json"', "ospfd is not running", 0, id="no ospfd"
        ),
    ],
)
def test_what_a_device_does_not_know_it_refuses_in_its_own_words(
    world: World, device: str, command: str, words: str, status: int
) -> None:
    reply = manner.reply(world, world.devices[device], command)
    assert words in reply.output + reply.stderr
    assert reply.status == status


@pytest.mark.parametrize("name", render.names())
def test_a_device_refuses_what_it_does_not_know_as_real_ones_do(name: str, clock: Clock) -> None:
    world = topology.build(clock, plan=network(name))
    refused = manner.reply(world, world.devices["leaf1"], "show frobnication of the moon")
    assert platforms.get(name).refusal(refused.output + refused.stderr) == "unsupported"


@pytest.mark.parametrize("name", render.names())
@pytest.mark.parametrize("shape", ["clos", "ring", "campus"])
def test_what_a_report_tells_to_run_next_is_answered(name: str, shape: Shape, clock: Clock) -> None:
    world = topology.build(clock, plan=network(name, shape))
    platform, device = platforms.get(name), list(world.devices.values())[-1]
    port = next(port for port in device.ports.values() if port.far)
    peer = str(port.far.address).partition("/")[0] if port.far else ""
    holes = {
        "interface": port.name,
        "peer": peer,
        "prefix": device.networks[-1],
        "address": peer,
        "queue": "0",
    }
    refused = []
    for question in platform.questions.values():
        text = question.format(**holes)
        reply = manner.reply(world, device, f"{platform.dialect.elevate or ''}{text}")
        if reply.status or platform.refusal(reply.output + reply.stderr):
            refused.append((text, (reply.output + reply.stderr)[:200]))
    assert refused == []

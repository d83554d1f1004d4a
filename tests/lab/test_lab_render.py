"""What the lab renders is what the real parsers read, and it tells the state of the world."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

import pytest

from netdoctor import platforms
from netdoctor.lab import faults, render, scenario
from netdoctor.lab.hardware import Device
from netdoctor.lab.scenario import Scenario
from netdoctor.lab.world import World
from netdoctor.model.facts import (
    BgpAfi,
    BgpSession,
    CpuMemory,
    Fact,
    Interface,
    LldpNeighbor,
    OpticLane,
    Route,
)
from netdoctor.model.findings import Source
from netdoctor.model.observations import Observation, Observations

from .conftest import NOON, Clock
from .walk import ask

F = TypeVar("F", bound=Fact)
NAMES = sorted(faults.found())


@pytest.fixture(params=NAMES)
def staged(request: pytest.FixtureRequest, clock: Clock) -> Scenario:
    return scenario.stage(request.param, clock=clock)


def test_every_answer_is_understood_to_the_last_line(staged: Scenario) -> None:
    for device in answering(staged.world):
        refusal = platforms.get(device.platform).refusal
        for command, output, _, notes in ask(staged.world, device):
            assert notes == [], f"{device.name}: {command.template}"
            allowed = {None} if command.arguments is None else {None, "unsupported"}
            assert refusal(output) in allowed, f"{device.name}: {command.template}"


def merged(world: World, device: Device) -> Observations:
    """What all answers of a device say together, as the engine sees it."""
    found = Observations()
    for command, _, facts, _ in ask(world, device):
        for fact in facts:
            found.add(
                Observation(device.name, fact, (Source(device=device.name, command=command.template),), NOON)
            )
    return found


def facts_of(observations: Observations, kind: type[F]) -> Iterable[F]:
    return (observation.fact for observation in observations.of(kind))


def answering(world: World) -> list[Device]:
    return [device for device in world.devices.values() if device.powered]


def test_the_facts_agree_with_the_world(staged: Scenario) -> None:
    for device in answering(staged.world):
        found = merged(staged.world, device)
        assert_interfaces_agree(found, device)
        assert_light_agrees(found, staged.world, device)
        assert_sessions_agree(found, device)
        assert_routes_agree(found, device)
        assert_neighbors_agree(found, staged.world, device)


def assert_interfaces_agree(found: Observations, device: Device) -> None:
    told = {fact.interface: fact for fact in facts_of(found, Interface)}
    for port in device.ports.values():
        fact = told[port.name]
        assert (fact.admin_up, fact.oper_up, fact.mtu_bytes) == (port.admin_up, port.oper_up, port.mtu_bytes)
        assert fact.in_fcs_errors_count == port.meters["in_fcs_errors"].read(NOON)
        assert fact.in_pkts == port.meters["in_pkts"].read(NOON)
        assert fact.carrier_transitions_count == port.carrier_transitions_count
        assert fact.addresses == ((port.address,) if port.address else ())
        if port.last_change_at:
            skew_s = abs(device.clock_offset_s)
            assert fact.last_change_s == pytest.approx(NOON - port.last_change_at, abs=1.0 + skew_s)


def assert_light_agrees(found: Observations, world: World, device: Device) -> None:
    lanes = {(f.interface, f.lane): f for f in facts_of(found, OpticLane) if f.dom_supported}
    lit = [port for port in device.ports.values() if port.optic]
    assert {interface for interface, _ in lanes} == {port.name for port in lit}
    for port in lit:
        assert port.optic is not None
        for lane in range(port.optic.type.lanes):
            fact = lanes[port.name, lane + 1]
            assert fact.input_power_dbm == pytest.approx(world.received_dbm(port, lane), abs=0.01)
            assert fact.input_power_low_alarm_dbm == port.optic.type.rx.low_alarm
            assert fact.bias_current_high_alarm_ma == port.optic.type.bias.high_alarm


def assert_sessions_agree(found: Observations, device: Device) -> None:
    if not device.bgp_running:
        return
    told = {fact.peer: fact for fact in facts_of(found, BgpSession)}
    families = {fact.peer: fact for fact in facts_of(found, BgpAfi)}
    configured = [end for end in device.neighbors.values() if end.configured]
    assert told.keys() == {end.peer_address for end in configured}
    for end in configured:
        fact = told[end.peer_address]
        assert (fact.session_state, fact.peer_as) == (end.state, end.remote_as)
        assert fact.admin_up is not end.shutdown
        assert bool(fact.auth_configured) is (end.password is not None)
        assert bool(fact.gtsm_enabled) is (end.gtsm_hops is not None)
        assert bool(fact.prefix_limit_exceeded) is end.limit_exceeded
        if end.last_reset:
            assert fact.last_notification_code == end.last_reset.code
            assert fact.last_notification_sent is end.last_reset.sent
        if end.established:
            assert families[end.peer_address].prefixes_accepted_count == len(end.accepted)


def assert_routes_agree(found: Observations, device: Device) -> None:
    told = {fact.prefix: fact for fact in facts_of(found, Route)}
    assert told.keys() == device.routes.keys()
    for prefix, route in device.routes.items():
        assert told[prefix].discard is route.discards
        assert told[prefix].protocol == route.protocol
        hops = {hop.address for hop in route.hops if hop.address}
        assert set(told[prefix].next_hops or ()) == hops


def assert_neighbors_agree(found: Observations, world: World, device: Device) -> None:
    told = {
        fact.interface: (fact.neighbor_device, fact.neighbor_interface)
        for fact in facts_of(found, LldpNeighbor)
    }
    linked = {port.name: far for port in device.ports.values() if port.oper_up and (far := port.far)}
    assert told == {name: (far.device.name, far.name) for name, far in linked.items()}


def test_the_load_agrees(staged: Scenario) -> None:
    for device in answering(staged.world):
        told = next(
            fact for fact in facts_of(merged(staged.world, device), CpuMemory) if fact.cpu_pct is not None
        )
        assert told.cpu_pct == pytest.approx(device.cpu_pct, abs=0.2)
        assert told.top_process == device.busiest_process.name


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
    reply = render.reply(world, world.devices[device], command)
    assert words in reply.output + reply.stderr
    assert reply.status == status


@pytest.mark.parametrize(
    ("name", "interface", "peer"), [("spine1", "Ethernet3", "10.0.1.5"), ("leaf3", "swp49", "10.0.1.4")]
)
def test_what_a_report_tells_to_run_next_is_answered(
    world: World, name: str, interface: str, peer: str
) -> None:
    platform = platforms.get(world.devices[name].platform)
    holes = {"interface": interface, "peer": peer, "prefix": "10.10.3.0/24", "address": peer, "queue": "root"}
    questions = [question.format(**holes) for question in platform.questions.values()]
    replies = [
        (question, render.reply(world, world.devices[name], f"{platform.dialect.elevate or ''}{question}"))
        for question in questions
    ]
    assert [question for question, reply in replies if reply.status] == []

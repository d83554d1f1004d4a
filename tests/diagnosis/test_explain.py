"""How a ranked cause is told: evidence with its weight, impact, what to ask next."""

from __future__ import annotations

import re
from typing import Any

import pytest

from netdoctor import platforms
from netdoctor.diagnosis.candidates import candidates
from netdoctor.diagnosis.evidence import Weigher
from netdoctor.diagnosis.explain import causes
from netdoctor.diagnosis.next_step import fill
from netdoctor.diagnosis.rank import rank
from netdoctor.diagnosis.table import Table
from netdoctor.diagnosis.topology import Topology
from netdoctor.model.facts import Interface
from netdoctor.model.findings import Cause
from netdoctor.platforms.base import Command, Dialect, Platform
from netdoctor.rules.files import Catalogue, Confirm
from tests.diagnosis.conftest import CATALOGUE, FAR_BGP, FAR_RX, LINK, NEAR_BGP, NEAR_RX, cause, verdict

TOY = Platform(
    name="toy",
    title="Toy OS",
    dialect=Dialect(mode="exec", prompt=re.compile("> $")),
    allow=(),
    commands=(Command("show ports {interface}", lambda output: (), "interface", (Interface,)),),
    questions={"optics.read": "show light {interface}", "bgp.read": "show bgp {peer}", "any": "show any"},
)
LOW_ONE_WAY = (
    verdict("optics.rx_low", NEAR_RX, dbm=-15.8),
    verdict("optics.rx_low", FAR_RX, "pass"),
    verdict("optics.tx_low", FAR_RX, "pass"),
    verdict("bgp.down", NEAR_BGP),
)


@pytest.fixture(autouse=True)
def _toy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platforms, "names", lambda: ("toy",))
    monkeypatch.setattr(platforms, "get", {"toy": TOY}.__getitem__)


def told(topology: Topology, *verdicts: Any, catalogue: Catalogue = CATALOGUE) -> tuple[Cause, ...]:
    table = Table(verdicts)
    ranking = rank(candidates(catalogue, table, topology), table.findings(), catalogue, ("leaf1",))
    spoken = {"leaf1": "toy", "spine1": "toy"}
    return causes(ranking, table.findings(), catalogue, topology, spoken)


def asking(*confirm: Confirm, at: Any = "link") -> Catalogue:
    only = cause("optics.dirty", at, 0.1, ("optics.rx_low", "usually", "one-end"), confirm=confirm)
    return Catalogue(checks=CATALOGUE.checks, causes={only.id: only})


def test_a_cause_is_told_with_its_numbers(topology: Topology) -> None:
    first = told(topology, *LOW_ONE_WAY)[0]
    assert (first.id, first.entity) == ("optics.dirty", LINK)
    assert first.explanation == "leaf1 eth1 ↔ spine1 eth2: -15.8 dBm"
    assert first.impact == (NEAR_BGP, NEAR_RX)


@pytest.mark.parametrize(
    ("check", "entity", "role", "present", "weight_decibans"),
    [
        ("optics.rx_low", NEAR_RX, "against", True, -0.7),
        ("optics.rx_low", FAR_RX, "for", False, 13.0),
        ("bgp.down", NEAR_BGP, "for", True, 13.2),
    ],
)
def test_evidence_is_weighed_against_the_runner_up(
    check: str, entity: str, role: str, present: bool, weight_decibans: float, topology: Topology
) -> None:
    table = Table(LOW_ONE_WAY)
    found = {one.cause.id: one for one in candidates(CATALOGUE, table, topology) if one.place.entity == LINK}
    evidence = Weigher(CATALOGUE, table.findings()).evidence(found["optics.dirty"], found["optics.bent"])
    piece = next(e for e in evidence if (e.check, e.entity) == (check, entity))
    assert (piece.role, piece.present) == (role, present)
    assert piece.weight_decibans == pytest.approx(weight_decibans, abs=0.1)


def test_what_was_not_checked_is_told_and_weighs_nothing(topology: Topology) -> None:
    first = told(topology, LOW_ONE_WAY[0], verdict("interface.errors", NEAR_RX, "unknown"))[0]
    (piece,) = [e for e in first.evidence if e.role == "unchecked" and e.check == "interface.errors"]
    assert (piece.weight_decibans, piece.present) == (0.0, False)


@pytest.mark.parametrize(
    ("case", "confirm", "device", "command"),
    [
        ("here", Confirm(ask="optics.read", why="w", expect="e"), "leaf1", "show light eth1"),
        (
            "at the other end",
            Confirm(ask="optics.read", at="far-end", why="w", expect="e"),
            "spine1",
            "show light eth2",
        ),
    ],
)
def test_the_confirming_question_in_the_devices_own_words(
    case: str, confirm: Confirm, device: str, command: str, topology: Topology
) -> None:
    step = told(topology, *LOW_ONE_WAY[:3], catalogue=asking(confirm))[0].next_steps[0]
    assert (step.device, step.command, step.expect) == (device, command, "e"), case


def test_a_question_that_the_platform_cannot_ask_is_left_out(topology: Topology) -> None:
    catalogue = asking(Confirm(ask="no.such", why="w", expect="e"))
    assert told(topology, *LOW_ONE_WAY[:3], catalogue=catalogue)[0].next_steps == ()


def test_what_was_not_checked_becomes_a_next_step_when_its_answer_would_tell(topology: Topology) -> None:
    unknown = verdict("interface.errors", NEAR_RX, "unknown")
    steps = told(topology, LOW_ONE_WAY[0], unknown)[0].next_steps
    assert [(step.device, step.command) for step in steps] == [("leaf1", "show ports eth1")]


def test_findings_that_fit_nothing_are_the_unknown_cause(topology: Topology) -> None:
    first = told(topology, verdict("device.strange", "device:leaf1"))[0]
    assert (first.id, first.entity, first.severity) == ("unknown", "device:leaf1", "major")


def test_a_session_cause_names_the_far_sessions_impact(topology: Topology) -> None:
    both = (
        verdict("bgp.as_differs", NEAR_BGP, dbm=1.0),
        verdict("bgp.as_differs", FAR_BGP, dbm=1.0),
        verdict("bgp.down", NEAR_BGP),
        verdict("bgp.down", FAR_BGP),
    )
    first = told(topology, *both)[0]
    assert (first.entity, first.impact) == (NEAR_BGP, (FAR_BGP,))


@pytest.mark.parametrize(
    ("template", "holes", "expected"),
    [
        ("show bgp {peer}", {"peer": "192.0.2.1"}, "show bgp 192.0.2.1"),
        ("show bgp {peer}", {}, None),
        ("show clock", {}, "show clock"),
    ],
)
def test_a_hole_without_a_value_asks_nothing(
    template: str, holes: dict[str, str], expected: str | None
) -> None:
    assert fill(template, holes) == expected

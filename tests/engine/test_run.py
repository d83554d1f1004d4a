"""A run: whom it asks, what it concludes, and what one bad device costs."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from netdoctor.engine.journal import Journal
from netdoctor.engine.run import collect, investigate
from netdoctor.model.events import (
    Captured,
    CommandFailed,
    DeviceChosen,
    Diagnosed,
    Entry,
    Faulted,
    FindingRaised,
    Interrupted,
    NeighborSkipped,
    Parsed,
    RunEnded,
    RunStarted,
    SessionFailed,
)
from netdoctor.transport.session import SessionError
from tests.engine.conftest import CATALOGUE, Wire, healthy, request_for


def of(entries: list[Entry], kind: type[Any]) -> list[Any]:
    return [entry.event for entry in entries if isinstance(entry.event, kind)]


async def never() -> str:
    await asyncio.Event().wait()
    raise AssertionError("unreachable")


async def test_healthy(journal: Journal, entries: list[Entry]) -> None:
    wire = Wire({"leaf1": healthy(), "spine1": healthy()})
    diagnosis = await investigate(request_for("leaf1"), CATALOGUE, journal, wire)
    assert (diagnosis.verdict, diagnosis.exit_code, diagnosis.findings) == ("healthy", 0, ())
    assert isinstance(entries[0].event, RunStarted)
    assert isinstance(entries[-1].event, RunEnded)
    assert sorted(wire.closed) == ["leaf1", "spine1"]


async def test_counters_are_read_twice_and_the_difference_judged(journal: Journal) -> None:
    wire = Wire({"leaf1": healthy(errors=["eth1 up 100", "eth1 up 107"]), "spine1": healthy()})
    diagnosis = await investigate(request_for("leaf1"), CATALOGUE, journal, wire)
    assert wire.asked.count(("leaf1", "show ports")) == 2
    assert wire.asked.count(("leaf1", "show version")) == 1
    assert diagnosis.findings[0].measured["in_fcs_errors_delta_count"] == 7
    assert (diagnosis.causes[0].id, diagnosis.causes[0].entity) == ("interface.bad", "interface:leaf1/eth1")
    assert diagnosis.exit_code == 1


async def test_what_the_device_refuses_is_not_asked_twice(journal: Journal) -> None:
    refused = SessionError("not_authorised", "no rights")
    wire = Wire({"leaf1": healthy(errors=refused), "spine1": healthy()})
    await investigate(request_for("leaf1"), CATALOGUE, journal, wire)
    assert wire.asked.count(("leaf1", "show ports")) == 1


async def test_totals_since_boot_are_no_finding(journal: Journal) -> None:
    wire = Wire({"leaf1": healthy(errors="eth1 up 999999"), "spine1": healthy()})
    assert (await investigate(request_for("leaf1"), CATALOGUE, journal, wire)).findings == ()


@pytest.mark.parametrize(
    ("case", "heard", "options", "asked", "skipped"),
    [
        ("by the inventory's links", "none", {}, {"leaf1", "spine1"}, set()),
        ("by LLDP", "eth2 spine2 eth1", {}, {"leaf1", "spine1", "spine2"}, set()),
        ("not in the inventory", "eth2 stranger eth1", {}, {"leaf1", "spine1"}, {"stranger"}),
        ("no neighbours wanted", "eth2 spine2 eth1", {"depth": 0}, {"leaf1"}, {"spine1", "spine2"}),
    ],
)
async def test_whom_it_asks(
    case: str,
    heard: str,
    options: dict[str, Any],
    asked: set[str],
    skipped: set[str],
    journal: Journal,
    entries: Any,
) -> None:
    wire = Wire({name: healthy() for name in ("spine1", "spine2")} | {"leaf1": healthy(heard)})
    await investigate(request_for("leaf1", **options), CATALOGUE, journal, wire)
    assert {device for device, _ in wire.asked} == asked, case
    assert {event.device for event in of(entries, NeighborSkipped)} == skipped
    assert {event.device for event in of(entries, DeviceChosen)} == asked


async def test_neighbours_of_neighbours_with_depth_two(journal: Journal) -> None:
    wire = Wire(
        {"leaf1": healthy(), "spine1": healthy("eth9 core1 eth1"), "core1": healthy("eth3 spine2 eth1")}
    )
    await investigate(request_for("leaf1", depth=2), CATALOGUE, journal, wire)
    assert {device for device, _ in wire.asked} == {"leaf1", "spine1", "core1"}


@pytest.mark.parametrize(
    ("case", "failure", "reason"),
    [
        ("no route", SessionError("unreachable", "no route"), "unreachable"),
        ("key refused", SessionError("auth_failed", "refused"), "auth_failed"),
        ("host key changed", SessionError("host_key", "changed"), "host_key"),
        ("something nobody thought of", RuntimeError("boom"), "faulted"),
    ],
)
async def test_a_neighbour_without_a_session_costs_its_own_findings_only(
    case: str, failure: Exception, reason: str, journal: Journal, entries: list[Entry]
) -> None:
    wire = Wire({"leaf1": healthy(errors=["eth1 up 0", "eth1 up 5"])}, refused={"spine1": failure})
    diagnosis = await investigate(request_for("leaf1"), CATALOGUE, journal, wire)
    assert [event.reason for event in of(entries, SessionFailed)] == [reason], case
    assert {(row.device, row.reason) for row in diagnosis.not_checked} == {("spine1", reason)}
    assert diagnosis.causes[0].id == "interface.bad"


async def test_a_target_without_a_session_is_undetermined(journal: Journal) -> None:
    wire = Wire({"spine1": healthy()}, refused={"leaf1": SessionError("unreachable", "no route")})
    diagnosis = await investigate(request_for("leaf1"), CATALOGUE, journal, wire)
    assert (diagnosis.verdict, diagnosis.exit_code) == ("undetermined", 3)
    assert {row.check for row in diagnosis.not_checked if row.device == "leaf1"} == set(CATALOGUE.checks)


async def test_a_device_that_hangs_ends_with_the_deadline(journal: Journal, entries: list[Entry]) -> None:
    said = {**healthy(), "show version": never}
    wire = Wire({"leaf1": said, "spine1": healthy()})
    diagnosis = await investigate(request_for("leaf1", deadline_s=1.2), CATALOGUE, journal, wire)
    assert of(entries, RunEnded)[0].deadline_hit is True
    assert ("leaf1", "timeout") in {(e.device, e.reason) for e in of(entries, CommandFailed)}
    assert {row.reason for row in diagnosis.not_checked if row.device == "leaf1"} <= {"timeout"}


async def test_one_that_dies_in_mid_answer_keeps_what_it_said_before(
    journal: Journal, entries: list[Entry]
) -> None:
    died = SessionError("disconnected", "closed in mid-answer", output="eth1 u")
    wire = Wire({"leaf1": healthy(errors=["eth1 down 0", died]), "spine1": healthy()})
    diagnosis = await investigate(request_for("leaf1"), CATALOGUE, journal, wire)
    assert [finding.check for finding in diagnosis.findings] == ["interface.down"]
    assert ("interface.errors", "disconnected") in {(r.check, r.reason) for r in diagnosis.not_checked}
    assert of(entries, CommandFailed)[0].output == "eth1 u"


async def test_a_parsers_fault_is_told_and_costs_its_own_facts(
    journal: Journal, entries: list[Entry]
) -> None:
    wire = Wire({"leaf1": {**healthy(), "show version": "explode"}, "spine1": healthy()})
    diagnosis = await investigate(request_for("leaf1"), CATALOGUE, journal, wire)
    (fault,) = of(entries, Faulted)
    assert (fault.part, fault.name, fault.device) == ("parser", "show version", "leaf1")
    assert diagnosis.checks_run > 0


async def test_text_that_is_not_understood_is_never_none(journal: Journal, entries: list[Entry]) -> None:
    wire = Wire({"leaf1": {**healthy(), "show neighbors": "% garbage"}, "spine1": healthy()})
    await investigate(request_for("leaf1"), CATALOGUE, journal, wire)
    assert [(e.command, e.reason) for e in of(entries, CommandFailed)] == [("show neighbors", "parse_error")]


async def test_an_odd_line_does_not_lose_the_rest(journal: Journal, entries: list[Entry]) -> None:
    wire = Wire({"leaf1": healthy(errors="eth1 up 0\n?!"), "spine1": healthy()})
    await investigate(request_for("leaf1"), CATALOGUE, journal, wire)
    parsed = next(e for e in of(entries, Parsed) if e.device == "leaf1" and e.command == "show ports")
    assert (len(parsed.facts), parsed.notes[0].line, parsed.notes[0].text) == (1, 2, "?!")


async def test_the_first_finding_comes_before_the_second_sample(
    journal: Journal, entries: list[Entry]
) -> None:
    wire = Wire({"leaf1": healthy(errors="eth1 down 0"), "spine1": healthy()})
    await investigate(request_for("leaf1"), CATALOGUE, journal, wire)
    kinds = [e.event for e in entries if e.origin == "leaf1"]
    raised = next(i for i, event in enumerate(kinds) if isinstance(event, FindingRaised))
    second = next(i for i, e in enumerate(kinds) if isinstance(e, Captured) and e.sample == 2)
    assert raised < second


async def test_interrupted_it_concludes_from_what_it_has(journal: Journal, entries: list[Entry]) -> None:
    found = asyncio.Event()
    journal.subscribe(lambda entry: found.set() if isinstance(entry.event, FindingRaised) else None)
    wire = Wire({"leaf1": healthy(errors="eth1 down 0"), "spine1": {**healthy(), "show version": never}})
    task = asyncio.create_task(investigate(request_for("leaf1", interval_s=60.0), CATALOGUE, journal, wire))
    await found.wait()
    task.cancel()
    diagnosis = await task
    assert [finding.check for finding in diagnosis.findings] == ["interface.down"]
    assert ("leaf1", "interface.errors", "timeout") in {
        (row.device, row.check, row.reason) for row in diagnosis.not_checked
    }, "counters that were read once are not judged, and that is told"
    assert of(entries, Interrupted)
    assert isinstance(entries[-2].event, Diagnosed)


async def test_secrets_never_enter_the_journal(journal: Journal, entries: list[Entry]) -> None:
    secret = "toy 1.0\nneighbor 192.0.2.1 password hunter2"
    wire = Wire({"leaf1": {**healthy(), "show version": secret}, "spine1": healthy()})
    await investigate(request_for("leaf1"), CATALOGUE, journal, wire)
    assert "hunter2" not in repr(entries)
    assert "neighbor 192.0.2.1 password" in repr(entries)


async def test_a_target_narrowed_to_an_interface(journal: Journal) -> None:
    wire = Wire({"leaf1": healthy(errors="eth1 up 0\neth2 down 0"), "spine1": healthy()})
    diagnosis = await investigate(request_for("leaf1:eth1"), CATALOGUE, journal, wire)
    assert diagnosis.findings == ()


async def test_a_neighbours_other_ports_are_none_of_our_business(journal: Journal) -> None:
    wire = Wire({"leaf1": healthy(), "spine1": healthy(errors="eth1 up 0\neth7 down 0")})
    assert (await investigate(request_for("leaf1"), CATALOGUE, journal, wire)).findings == ()
    shared = Wire({"leaf1": healthy(), "spine1": healthy(errors="eth1 down 0\neth7 up 0")})
    found = (await investigate(request_for("leaf1"), CATALOGUE, journal, shared)).findings
    assert [finding.entity for finding in found] == ["interface:spine1/eth1"]


async def test_collect_asks_and_concludes_nothing(journal: Journal, entries: list[Entry]) -> None:
    wire = Wire({"leaf1": healthy(errors="eth1 down 0"), "spine1": healthy()})
    await collect(request_for("leaf1"), journal, wire)
    assert of(entries, Captured)
    assert not of(entries, Diagnosed)
    assert isinstance(entries[-1].event, RunEnded)

"""The report: every key of the contract, and the same bytes whatever order devices answer in."""

from __future__ import annotations

import json
import random
from collections import defaultdict
from datetime import UTC, datetime
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netdoctor.model.events import Captured, Diagnosed, Entry, Event, FindingRaised, RunEnded, RunStarted
from netdoctor.model.findings import Cause, Diagnosis, Evidence, Finding, NextStep, NotChecked, Source
from netdoctor.report import json as as_json
from netdoctor.report import jsonl
from netdoctor.report.build import NotARun, build
from netdoctor.report.schema import event_schema, report_schema
from netdoctor.view.state import RunState

AT = datetime(2026, 1, 31, 3, 5, 1, 137000, tzinfo=UTC)
STARTED = RunStarted(run_id="r1", version="1.0", targets=("leaf1",))


def fold(entries: list[Entry]) -> RunState:
    state = RunState()
    for entry in entries:
        state.apply(entry)
    return state


def report_of(*happened: Event) -> dict[str, Any]:
    entries = [
        Entry(seq=seq, at=AT, origin="engine", event=event)
        for seq, event in enumerate((STARTED, *happened), start=1)
    ]
    decoded: dict[str, Any] = json.loads(as_json.render(build(fold(entries))))
    return decoded


def finding(check: str, severity: str = "minor", entity: str = "device:leaf1", **more: object) -> Finding:
    area = check.partition(".")[0]
    return Finding(check=check, area=area, severity=severity, entity=entity, title=check, **more)


def interleaved(entries: list[Entry], rng: random.Random) -> list[Entry]:
    """The same entries in another order; each origin's own order is kept."""
    queues: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        queues[entry.origin].append(entry)
    mixed: list[Entry] = []
    while queues:
        origin = rng.choice(sorted(queues))
        mixed.append(queues[origin].pop(0))
        if not queues[origin]:
            del queues[origin]
    return mixed


@settings(max_examples=15, deadline=None)
@given(seed=st.integers())
def test_order_of_arrival_never_shows(recorded: list[Entry], seed: int) -> None:
    expected = as_json.render(build(fold(recorded)))
    assert as_json.render(build(fold(interleaved(recorded, random.Random(seed))))) == expected


def test_recorded_report_is_as_the_published_schema_says(recorded: list[Entry]) -> None:
    jsonschema.validate(json.loads(as_json.render(build(fold(recorded)))), report_schema())


def test_every_event_is_as_the_published_schema_says(recorded: list[Entry]) -> None:
    schema = jsonschema.Draft202012Validator(event_schema())
    for line in jsonl.render(recorded):
        schema.validate(json.loads(line))


def test_an_empty_run_has_every_key_and_empty_lists() -> None:
    report = report_of(
        Diagnosed(diagnosis=Diagnosis(verdict="healthy", summary="ok")), RunEnded(duration_s=1.234)
    )
    jsonschema.validate(report, report_schema())
    assert report == {
        "schema": "netdoctor.report/1",
        "run": {
            "id": "r1",
            "version": "1.0",
            "started_at": "2026-01-31T03:05:01.137Z",
            "duration_s": 1.23,
            "targets": ["leaf1"],
            "symptom": None,
            "deadline_hit": False,
        },
        "verdict": "healthy",
        "summary": "ok",
        "causes": [],
        "findings": [],
        "not_checked": [],
        "devices": [],
        "paths": [],
        "changes": [],
        "coverage": {"checks_run": 0, "findings": 0, "not_checked": 0},
    }


@pytest.mark.parametrize("change", [{"extra": 1}, {"verdict": "fine"}, {"causes": None}, {"run": {}}])
def test_schema_refuses_what_the_contract_does_not_say(change: dict[str, Any]) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(report_of(Diagnosed(diagnosis=Diagnosis())) | change, report_schema())


@pytest.mark.parametrize("key", ["schema", "run", "causes", "not_checked", "paths", "coverage"])
def test_schema_requires_every_key(key: str) -> None:
    report = report_of(Diagnosed(diagnosis=Diagnosis()))
    del report[key]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(report, report_schema())


def test_findings_are_numbered_worst_first_and_name_their_outputs() -> None:
    answer = Captured(device="leaf1", command="b", output="Ethernet1 is down", platform="linux")
    other = Captured(device="leaf1", command="a", output="", platform="linux")
    source = Source(device="leaf1", command="b")
    lost = Source(device="leaf1", command="never kept")
    diagnosis = Diagnosis(
        findings=(
            finding("device.fan", "minor"),
            finding("interface.down", "major", "interface:leaf1/Ethernet1", sources=(source, lost)),
            finding("bgp.down", "major"),
        )
    )
    report = report_of(answer, other, Diagnosed(diagnosis=diagnosis))
    named = [(row["id"], row["check"]) for row in report["findings"]]
    assert named == [("F1", "bgp.down"), ("F2", "interface.down"), ("F3", "device.fan")]
    assert report["findings"][1]["source"] == [
        {"device": "leaf1", "command": "b", "output": "O2", "excerpt": "Ethernet1 is down"},
        {"device": "leaf1", "command": "never kept", "output": None, "excerpt": ""},
    ]


def test_a_finding_keeps_the_sources_that_show_what_was_measured() -> None:
    answers = [
        Captured(device="leaf1", command=command, output=output, platform="linux")
        for command, output in (("a", "eth1 is up"), ("b", "eth1 cpu 97.3 percent"))
    ]
    sources = tuple(Source(device="leaf1", command=command) for command in ("a", "b"))
    shown = finding("device.cpu", sources=sources, measured={"cpu_pct": 97.3})
    report = report_of(*answers, Diagnosed(diagnosis=Diagnosis(findings=(shown,))))
    assert [source["command"] for source in report["findings"][0]["source"]] == ["b"]


def test_evidence_names_a_finding_or_says_where_there_is_none() -> None:
    def evidence(check: str, *, present: bool) -> Evidence:
        return Evidence(
            role="for", check=check, entity="device:leaf1", present=present, weight_decibans=1.26, text="t"
        )

    cause = Cause(
        id="device.cpu",
        title="t",
        entity="device:leaf1",
        probability=0.87654,
        severity="minor",
        explanation="e",
        evidence=(evidence("device.cpu", present=True), evidence("device.fan", present=False)),
        next_steps=(
            NextStep(device="leaf1", command="top", why="w", expect="x"),
            NextStep(device="leaf1", command="reload", why="w", expect="x", intrusive=True),
        ),
    )
    report = report_of(Diagnosed(diagnosis=Diagnosis(causes=(cause,), findings=(finding("device.cpu"),))))
    jsonschema.validate(report, report_schema())
    (shown,) = report["causes"]
    assert (shown["rank"], shown["probability"]) == (1, 0.877)
    assert shown["evidence"] == [
        {"finding": "F1", "role": "for", "weight_decibans": 1.3, "text": "t"},
        {
            "finding": None,
            "check": "device.fan",
            "entity": "device:leaf1",
            "role": "for",
            "weight_decibans": 1.3,
            "text": "t",
        },
    ]
    assert [step.get("intrusive") for step in shown["next_steps"]] == [None, True]


def test_not_checked_is_sorted_and_counted() -> None:
    rows = tuple(
        NotChecked(device=device, area="bgp", check=check, reason="timeout")
        for device, check in (("spine1", "bgp.a"), ("leaf1", "bgp.b"), ("leaf1", None))
    )
    report = report_of(Diagnosed(diagnosis=Diagnosis(not_checked=rows)))
    jsonschema.validate(report, report_schema())
    assert [(row["device"], row["check"]) for row in report["not_checked"]] == [
        ("leaf1", None),
        ("leaf1", "bgp.b"),
        ("spine1", "bgp.a"),
    ]
    assert report["coverage"]["not_checked"] == 3


def test_a_run_cut_off_tells_what_was_raised() -> None:
    report = report_of(FindingRaised(finding=finding("bgp.down")))
    assert (report["verdict"], report["findings"][0]["check"]) == ("undetermined", "bgp.down")
    assert "cut off" in report["summary"]


def test_a_collected_run_says_how_it_is_diagnosed() -> None:
    collected = RunStarted(run_id="r1", version="1.0", targets=("leaf1",), kind="collect")
    assert "netdoctor analyze" in report_of(collected, RunEnded(duration_s=1.0))["summary"]


def test_a_journal_without_its_beginning_is_refused() -> None:
    with pytest.raises(NotARun, match="no beginning"):
        build(RunState())


@pytest.mark.parametrize("hidden", ["\x9b", "\u202e", "\x7f", "\u2066"])
def test_json_lets_no_character_through_that_could_steer_a_terminal(hidden: str) -> None:
    diagnosis = Diagnosis(summary=f"a{hidden}b")
    entries = [
        Entry(seq=1, at=AT, origin="engine", event=STARTED),
        Entry(seq=2, at=AT, origin="engine", event=Diagnosed(diagnosis=diagnosis)),
    ]
    for text in (as_json.render(build(fold(entries))), "".join(jsonl.render(entries))):
        assert hidden not in text
        assert f"\\u{ord(hidden):04x}" in text
    assert json.loads(as_json.render(build(fold(entries))))["summary"] == diagnosis.summary

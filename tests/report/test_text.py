"""The page: what a tired person reads in ten seconds, at any width, with or without colours."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import msgspec
import pytest

from netdoctor.model.events import DeviceChosen, Diagnosed, Entry, Event, RunEnded, RunStarted, SessionOpened
from netdoctor.model.findings import Cause, Change, Diagnosis, Evidence, Finding, NextStep, NotChecked
from netdoctor.report import text
from netdoctor.report.build import build
from netdoctor.report.model import Report
from netdoctor.view.state import RunState

AT = datetime(2026, 1, 31, 3, 5, 1, tzinfo=UTC)
LONG_COMMAND = "vtysh -c 'show bgp vrf all neighbors 2001:db8:ffff:ffff::1 json' " + "x" * 60


def state_of(*happened: Event) -> RunState:
    state = RunState()
    started = RunStarted(run_id="r1", version="1.0", targets=("leaf1",))
    for seq, event in enumerate((started, *happened), start=1):
        state.apply(Entry(seq=seq, at=AT, origin="engine", event=event))
    return state


def report_of(diagnosis: Diagnosis, *happened: Event, deadline_hit: bool = False) -> Report:
    ended = RunEnded(duration_s=7.3, deadline_hit=deadline_hit)
    return build(state_of(*happened, Diagnosed(diagnosis=diagnosis), ended))


def finding(number: int, entity: str = "interface:leaf1/eth1") -> Finding:
    return Finding(
        check=f"interface.check_{number}",
        area="interface",
        severity="major",
        entity=entity,
        title=f"title of finding {number}",
        measured={"in_errors_delta_count": 12345},
    )


def cause(rank: int, probability: float, evidence: tuple[Evidence, ...] = ()) -> Cause:
    return Cause(
        id=f"interface.cause_{rank}",
        title=f"Cause number {rank}",
        entity="link:leaf1/eth1--spine1/Ethernet1",
        probability=probability,
        severity="major",
        explanation=f"chain of cause {rank}",
        evidence=evidence,
        impact=("bgp:leaf1/10.0.0.1",),
        next_steps=(NextStep(device="spine1", command=f"show {rank}", why="why so", expect="that"),),
        remedy=f"remedy {rank}",
    )


def speaks(number: int, role: str, weight_decibans: float = 3.0) -> Evidence:
    return Evidence(
        role=role,
        check=f"interface.check_{number}",
        entity="interface:leaf1/eth1",
        present=role in {"for", "explained"},
        weight_decibans=weight_decibans,
        text=f"evidence {number}",
    )


def lines(page: str) -> list[str]:
    return [" ".join(line.split()) for line in page.splitlines()]


def test_verdict_and_summary_come_first() -> None:
    diagnosis = Diagnosis(verdict="degraded", summary="It is the cable.", checks_run=214)
    assert lines(text.render(report_of(diagnosis)))[:2] == [
        "DEGRADED leaf1 no findings in 214 checks",
        "It is the cable.",
    ]


def test_the_likeliest_cause_is_told_in_full_and_the_others_are_named() -> None:
    page = text.render(report_of(Diagnosis(causes=(cause(1, 0.87), cause(2, 0.12)))))
    assert "1. Cause number 1 very likely, 87 % major" in lines(page)
    assert "link leaf1 eth1 – spine1 Ethernet1" in lines(page)
    assert "chain of cause 1" in page
    assert "affects BGP session leaf1 to 10.0.0.1" in lines(page)
    assert "next on spine1: why so" in lines(page)
    assert "show 1" in lines(page)
    assert "expect that" in lines(page)
    assert "fix remedy 1" in lines(page)
    assert "2. Cause number 2 unlikely, 12 % major" in lines(page)
    assert "remedy 2" not in page


def test_all_causes_are_told_in_full_when_asked_for() -> None:
    page = text.render(report_of(Diagnosis(causes=(cause(1, 0.87), cause(2, 0.12)))), verbose=True)
    assert "remedy 2" in page


def test_evidence_stands_for_against_explained_and_unseen_the_weightiest_first() -> None:
    evidence = (
        speaks(1, "for", 3.0),
        speaks(2, "for", 14.2),
        speaks(3, "against", -6.0),
        speaks(4, "explained"),
        speaks(5, "unchecked"),
    )
    found = tuple(finding(number) for number in (1, 2, 4))
    page = lines(text.render(report_of(Diagnosis(causes=(cause(1, 0.9, evidence),), findings=found))))
    start = page.index("for F2 evidence 2 26:1")
    assert page[start : start + 5] == [
        "for F2 evidence 2 26:1",
        "F1 evidence 1 2:1",
        "against evidence 3 1:4",
        "explains F3 evidence 4",
        "unseen evidence 5",
    ]


def test_much_evidence_is_cut_short_unless_asked_for() -> None:
    evidence = tuple(speaks(number, "for") for number in range(9))
    report = report_of(Diagnosis(causes=(cause(1, 0.9, evidence),)))
    assert "and 5 more" in lines(text.render(report))
    assert "evidence 8" in text.render(report, verbose=True)


def test_what_hardly_speaks_against_is_left_out_unless_asked_for() -> None:
    report = report_of(Diagnosis(causes=(cause(1, 0.9, (speaks(1, "against", -1.0),)),)))
    assert "against" not in text.render(report)
    assert "against evidence 1 1:1.3" in lines(text.render(report, verbose=True))


def test_one_next_step_is_shown_and_all_when_asked_for() -> None:
    steps = tuple(NextStep(device="d", command=f"show {n}", why="w", expect="e") for n in (1, 2))
    report = report_of(Diagnosis(causes=(msgspec.structs.replace(cause(1, 0.9), next_steps=steps),)))
    assert "show 2" not in text.render(report)
    assert "show 2" in text.render(report, verbose=True)


def test_findings_fold_under_their_cause_and_the_others_are_told() -> None:
    diagnosis = Diagnosis(
        causes=(cause(1, 0.9, (speaks(1, "for"),)),),
        findings=(finding(1), finding(2)),
    )
    page = text.render(report_of(diagnosis))
    assert "Explained by cause 1: F1" in page
    assert "title of finding 1" not in page
    assert "F2 major title of finding 2 interface.check_2" in lines(page)
    assert "measured in errors delta 12,345" in lines(text.render(report_of(diagnosis), verbose=True))


def test_not_checked_is_one_line_a_device_and_reason_with_advice() -> None:
    rows = (
        *(
            NotChecked(device="spine2", area=area, check=f"{area}.x", reason="auth_failed", detail="refused")
            for area in ("bgp", "optics", "queue", "ospf", "bfd")
        ),
        NotChecked(device="leaf1", area="optics", check="optics.x", reason="unsupported"),
        NotChecked(device="leaf9", area="device", reason="skipped", detail="not in the inventory"),
    )
    report = report_of(Diagnosis(not_checked=rows))
    page = lines(text.render(report, width=120, advice={"spine2": "use another key"}))
    start = page.index("Not checked")
    assert page[start + 1 : start + 5] == [
        "spine2 5 checks of bfd, bgp, optics and 2 more: refused our login (refused)",
        "→ use another key",
        "leaf1 1 check of optics: not known to this device",
        "leaf9 device: skipped (not in the inventory)",
    ]


def test_recent_changes_say_who_and_when() -> None:
    changes = (
        Change(device="leaf1", at="2026-01-31T02:40:00.123Z", user="alice", via="vty4", summary="edited"),
        Change(device="spine1"),
    )
    page = lines(text.render(report_of(Diagnosis(changes=changes))))
    start = page.index("Recent changes")
    assert page[start + 1 : start + 3] == ["leaf1 2026-01-31 02:40:00 UTC alice via vty4 edited", "spine1"]


def test_devices_are_listed_with_what_was_asked_of_them() -> None:
    page = lines(
        text.render(
            report_of(
                Diagnosis(),
                DeviceChosen(device="leaf1", role="target"),
                SessionOpened(device="leaf1", platform="linux", host="127.0.0.1", duration_s=0.2),
                DeviceChosen(device="a-spine-with-a-name-of-some-length", role="neighbor"),
            )
        )
    )
    assert "leaf1 linux" in page
    assert "a-spine-with-a-name-of-some-length not reached" in page


@pytest.mark.parametrize(
    ("interrupted", "deadline_hit", "said"),
    [(True, False, "The run was stopped"), (False, True, "The deadline was hit"), (False, False, None)],
)
def test_a_partial_report_says_so(interrupted: bool, deadline_hit: bool, said: str | None) -> None:
    page = text.render(report_of(Diagnosis(), deadline_hit=deadline_hit), interrupted=interrupted)
    assert ("this is what was known by then" in page) == (said is not None)
    assert (said or "") in page


@pytest.mark.parametrize("width", [40, 80, 120])
def test_no_line_is_wider_than_the_page(recorded: list[Entry], width: int) -> None:
    state = RunState()
    for entry in recorded:
        state.apply(entry)
    report = build(state)
    commands = {step.command for item in report.causes for step in item.next_steps}
    commands |= {source.command for item in report.findings for source in item.source}
    for line in text.render(report, width=width, verbose=True).splitlines():
        assert len(line) <= width or line.strip() in commands


def test_a_command_is_never_broken_or_cut() -> None:
    step = NextStep(device="leaf1", command=LONG_COMMAND, why="w", expect="e")
    diagnosis = Diagnosis(
        causes=(
            Cause(
                id="bgp.x",
                title="t",
                entity="device:leaf1",
                probability=0.9,
                severity="minor",
                explanation="e",
                next_steps=(step,),
            ),
        )
    )
    assert LONG_COMMAND in text.render(report_of(diagnosis), width=60)


def test_colours_change_nothing_but_colours(recorded: list[Entry]) -> None:
    state = RunState()
    for entry in recorded:
        state.apply(entry)
    plain, coloured = (text.render(build(state), color=color) for color in (False, True))
    assert "\x1b" not in plain
    assert "\x1b" in coloured
    stripped = re.sub(r"\x1b\[[0-9;]*m", "", coloured)
    assert [line.rstrip() for line in stripped.splitlines()] == plain.splitlines()


@pytest.mark.parametrize("evil", ["\x1b[31mred\x1b[0m", "[bold red]markup[/]", "\x9b2J", "\x1b]0;title\x07"])
def test_what_a_device_says_cannot_steer_the_terminal(evil: str) -> None:
    diagnosis = Diagnosis(
        summary=evil,
        causes=(
            Cause(
                id="bgp.x",
                title=evil,
                entity=f"interface:leaf1/{evil}",
                probability=0.9,
                severity="minor",
                explanation=evil,
                remedy=evil,
                impact=(f"device:{evil}",),
                next_steps=(NextStep(device=evil, command=evil, why=evil, expect=evil),),
            ),
        ),
        findings=(Finding(check="a.b", area="bgp", severity="minor", entity="device:x", title=evil),),
        not_checked=(NotChecked(device=evil, area="bgp", reason="timeout", detail=evil),),
    )
    page = text.render(report_of(diagnosis, DeviceChosen(device=evil, role="target")), verbose=True)
    assert not set(page) & {"\x1b", "\x9b", "\x07"}
    if evil.startswith("[bold"):
        assert page.count("markup[/]") >= 8

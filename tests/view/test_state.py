"""The fold: what a run looks like after its events, in whatever order devices answer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from netdoctor.model.events import (
    Captured,
    CommandFailed,
    CommandSent,
    DeviceChosen,
    Diagnosed,
    Entry,
    Event,
    Faulted,
    FindingRaised,
    Interrupted,
    NeighborSkipped,
    Parsed,
    RunEnded,
    RunStarted,
    SessionClosed,
    SessionFailed,
    SessionOpened,
)
from netdoctor.model.facts import DeviceInfo
from netdoctor.model.findings import Diagnosis, Finding
from netdoctor.view.state import RunState

STARTED = datetime(2026, 1, 31, 3, 5, 1, tzinfo=UTC)
OPENED = SessionOpened(device="leaf1", platform="linux", host="127.0.0.1", duration_s=0.3)
REFUSED = SessionFailed(device="leaf1", reason="auth_failed", detail="publickey", advice="try --identity")
LOST = SessionFailed(device="leaf1", reason="disconnected", detail="closed by peer")
CLOSED = SessionClosed(device="leaf1", session_s=2.1, commands=1)
ANSWER = Captured(device="leaf1", command="uptime", output="up", platform="linux")
LOW_LIGHT = Finding(
    check="optics.rx_power_low", area="optics", severity="major", entity="interface:leaf1/eth1", title="low"
)


def fold(*happened: Event) -> RunState:
    state = RunState()
    for number, event in enumerate(happened):
        at = STARTED + timedelta(seconds=number)
        state.apply(Entry(seq=number + 1, at=at, origin=getattr(event, "device", "engine"), event=event))
    return state


@pytest.mark.parametrize(
    ("happened", "phase", "reachable"),
    [
        ([DeviceChosen(device="leaf1", role="target")], "waiting", False),
        ([OPENED], "connected", True),
        ([OPENED, CLOSED], "closed", True),
        ([REFUSED], "failed", False),
        ([OPENED, LOST], "failed", True),
        ([OPENED, LOST, CLOSED], "failed", True),
        ([ANSWER], "waiting", True),
    ],
)
def test_session_of_a_device(happened: list[Event], phase: str, reachable: bool) -> None:
    device = fold(*happened).devices["leaf1"]
    assert (device.phase, device.reachable) == (phase, reachable)


def test_a_command_counts_once_a_sample_whatever_became_of_it() -> None:
    state = fold(
        CommandSent(device="leaf1", command="uptime"),
        ANSWER,
        CommandSent(device="leaf1", command="uptime", sample=2),
        CommandFailed(device="leaf1", command="uptime", sample=2, reason="timeout"),
    )
    assert state.devices["leaf1"].commands_count == 2


def test_what_a_device_is_comes_together_from_several_answers() -> None:
    state = fold(
        Parsed(device="leaf1", command="cat /etc/os-release", facts=(DeviceInfo(os_version="Debian 12"),)),
        Parsed(device="leaf1", command="hostnamectl", facts=(DeviceInfo(model="X1", os_version="12"),)),
    )
    assert state.info("leaf1") == DeviceInfo(model="X1", os_version="Debian 12")
    assert state.info("leaf2") is None


def test_findings_show_as_they_are_raised_until_the_diagnosis_has_the_last_word() -> None:
    assert fold(FindingRaised(finding=LOW_LIGHT)).findings == [LOW_LIGHT]
    assert fold(FindingRaised(finding=LOW_LIGHT), Diagnosed(diagnosis=Diagnosis())).findings == []


def test_the_latest_diagnosis_stands() -> None:
    first, last = Diagnosis(summary="early"), Diagnosis(summary="late")
    assert fold(Diagnosed(diagnosis=first), Diagnosed(diagnosis=last)).diagnosis == last


@pytest.mark.parametrize(
    ("happened", "code"),
    [
        ([], 3),
        ([Diagnosed(diagnosis=Diagnosis(exit_code=0))], 0),
        ([Diagnosed(diagnosis=Diagnosis(exit_code=1))], 1),
        ([Interrupted(), Diagnosed(diagnosis=Diagnosis(exit_code=1))], 130),
    ],
)
def test_exit_code(happened: list[Event], code: int) -> None:
    assert fold(*happened).exit_code == code


def test_what_else_is_kept() -> None:
    skipped = NeighborSkipped(device="leaf9", seen_by="leaf1", detail="not in the inventory")
    fault = Faulted(part="parser", name="uptime", device="leaf1", detail="ValueError")
    state = fold(
        RunStarted(run_id="r1", version="1", targets=("leaf1",)),
        skipped,
        fault,
        REFUSED,
        RunEnded(duration_s=3.0, deadline_hit=True),
    )
    assert state.started_at == STARTED
    assert state.latest_at == STARTED + timedelta(seconds=4)
    assert state.skipped == {("leaf9", "leaf1"): skipped}
    assert state.faults == {fault}
    assert state.advice == {"leaf1": "try --identity"}
    assert state.ended is not None
    assert state.ended.deadline_hit

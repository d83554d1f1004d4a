"""What samples alone do not show: times, limits, answers that complete each other, unknown trees."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from netdoctor import platforms
from netdoctor.model.events import Note
from netdoctor.model.facts import BfdSession, BgpSession, Fact, Interface, LogEvent, OspfNeighbor
from netdoctor.model.findings import Source
from netdoctor.model.observations import Observation, Observations
from netdoctor.platforms.arista_eos.bgp_notifications import code_of, subcode_of
from netdoctor.platforms.base import NotUnderstood, understand

EOS = platforms.get("arista_eos")
AT = datetime(2026, 1, 3, 12, 0, tzinfo=UTC)
PROMPT_JUNK = 'show hostname | json\n! some warning\n{"hostname": "leaf1", "fqdn": "leaf1"}\n'


def _read(command: str, answer: Any, at: datetime | None = AT) -> tuple[list[Fact], list[Note]]:
    found = EOS.command_for(command)
    assert found is not None, command
    output = answer if isinstance(answer, str) else json.dumps(answer)
    return understand(found[0].parse, output, found[1], at)


def _facts(command: str, answer: Any, at: datetime | None = AT) -> list[Any]:
    return _read(command, answer, at)[0]


def _completed(fact_type: type[Fact], *answers: tuple[str, Any]) -> Any:
    """The one fact of a type that several commands tell together."""
    observations = Observations()
    for command, answer in answers:
        for fact in _facts(command, answer):
            observations.add(Observation("d1", fact, (Source(device="d1", command=command),), 0.0))
    (observation,) = observations.of(fact_type)
    return observation.fact


@pytest.mark.parametrize(
    ("written", "at", "when"),
    [
        ("Jan  3 11:59:00", AT, "2026-01-03T11:59:00+00:00"),
        ("Dec 31 23:59:59", AT, "2025-12-31T23:59:59+00:00"),
        ("Jan  4 11:00:00", AT, "2026-01-04T11:00:00+00:00"),
        ("Feb 29 00:00:00", datetime(2025, 1, 1, tzinfo=UTC), "2024-02-29T00:00:00+00:00"),
        ("Jan  3 2024 11:59:00", AT, "2024-01-03T11:59:00+00:00"),
        ("2025-06-01T10:00:00.500000+02:00", AT, "2025-06-01T08:00:00.500000+00:00"),
        ("2025-06-01T10:00:00Z", None, "2025-06-01T10:00:00+00:00"),
        ("Jan  3 11:59:00", None, None),
        ("Feb 31 11:59:00", AT, None),
    ],
)
def test_log_times_get_the_year_they_lack(written: str, at: datetime | None, when: str | None) -> None:
    line = f"{written} leaf1 Ebra: %LINEPROTO-5-UPDOWN: Line protocol on Interface Et1, changed state to up"
    (event,) = _facts("show logging 300", line, at)
    assert event.at == (datetime.fromisoformat(when) if when else None)


def test_a_long_log_line_is_read_in_no_time_and_kept_whole() -> None:
    (event,) = _facts("show logging 300", "Jan  3 11:59:00 leaf1 Agent: %X-3-Y: " + "a-" * 100_000)
    assert isinstance(event, LogEvent)
    assert event.kind == "other" and len(event.text) > 200_000


def _bfd(**stats: Any) -> Any:
    return {"vrfs": {"default": {"ipv4Neighbors": {"192.0.2.1": {"peerStats": {"Ethernet1": stats}}}}}}


def _ospf(state: str, since: float) -> Any:
    entry = {"routerId": "192.0.2.1", "adjacencyState": state, "details": {"stateTime": since}}
    return {"vrfs": {"default": {"instList": {"1": {"ospfNeighborEntries": [entry]}}}}}


def _summary(state: str, since: float, **row: Any) -> Any:
    peers = {"192.0.2.1": {"peerState": state, "upDownTime": since, **row}}
    return {"vrfs": {"default": {"asn": "65001", "peers": peers}}}


SINCE = AT.timestamp() - 90


@pytest.mark.parametrize(
    ("command", "answer", "fact_type", "field"),
    [
        ("show bfd peers detail | json", _bfd(status="up", lastUp=SINCE), BfdSession, "up_for_s"),
        ("show bfd peers detail | json", _bfd(status="down", lastDown=SINCE), BfdSession, "down_for_s"),
        ("show ip ospf neighbor | json", _ospf("full", SINCE), OspfNeighbor, "up_for_s"),
        ("show bgp summary vrf all | json", _summary("Established", SINCE), BgpSession, "up_for_s"),
        ("show bgp summary vrf all | json", _summary("Active", SINCE), BgpSession, "down_for_s"),
    ],
)
def test_dates_become_ages_when_the_time_of_the_answer_is_known(
    command: str, answer: Any, fact_type: type[Fact], field: str
) -> None:
    def age(at: datetime | None) -> float | None:
        told = [fact for fact in _facts(command, answer, at) if isinstance(fact, fact_type)]
        value: float | None = getattr(told[0], field)
        return value

    assert age(AT) == pytest.approx(90.0)
    assert age(None) is None
    assert age(datetime.fromtimestamp(SINCE - 60, UTC)) is None


def test_an_interface_is_aged_by_the_devices_own_clock() -> None:
    entry = {
        "lastStatusChangeTimestamp": 1000000000.0,
        "interfaceCounters": {"counterRefreshTime": 1000000042.0},
    }
    (fact,) = _facts("show interfaces | json", {"interfaces": {"Ethernet1": entry}})
    assert fact.last_change_s == 42.0


@pytest.mark.parametrize(
    ("idle_reason", "admin_up", "limit_exceeded"),
    [("Admin", False, None), ("MaxPath", True, True), ("PfxCt", True, True), ("NoInterface", True, None)],
)
def test_neighbours_and_summary_complete_each_other(
    idle_reason: str, admin_up: bool, limit_exceeded: bool | None
) -> None:
    """The neighbour in full does not say why it is Idle; the summary does."""
    full = {"peerAddress": "192.0.2.1", "state": "Idle", "holdTime": 180}
    session = _completed(
        BgpSession,
        ("show bgp neighbors vrf all | json", {"vrfs": {"default": {"peerList": [full]}}}),
        ("show bgp summary vrf all | json", _summary("Idle", SINCE, peerStateIdleReason=idle_reason)),
    )
    assert (session.admin_up, session.prefix_limit_exceeded) == (admin_up, limit_exceeded)
    assert (session.hold_time_s, session.down_for_s) == (180.0, pytest.approx(90.0))


def test_the_protection_that_disabled_a_port_is_its_reason() -> None:
    state = {"interfaceStatus": "errdisabled", "lineProtocolStatus": "down"}
    interface = _completed(
        Interface,
        ("show interfaces | json", {"interfaces": {"Ethernet2": state}}),
        (
            "show interfaces status errdisabled | json",
            {"interfaceStatuses": {"Ethernet2": {"causes": ["bpduguard"]}}},
        ),
    )
    assert interface.oper_reason == "errdisabled (bpduguard)"
    assert (interface.admin_up, interface.oper_up) == (True, False)


@pytest.mark.parametrize(
    ("error", "subcode", "numbers"),
    [
        ("OpenError", "bad AS number", (2, 2)),
        ("Open Message Error", "Bad Peer AS", (2, 2)),
        ("Hold Timer Expired Error", "None", (4, None)),
        ("Cease", "maximum number of prefixes reached", (6, 1)),
        ("Cease", "administrative shutdown", (6, 2)),
        ("Cease", "peer de-configured", (6, 3)),
        ("Cease", "administrative reset", (6, 4)),
        ("Cease", "BFD Down", (6, 10)),
        ("Cease", "something new", (6, None)),
        ("6", 2, (6, 2)),
        (None, None, (None, None)),
        ("gibberish", "", (None, None)),
    ],
)
def test_notifications_become_numbers(
    error: Any, subcode: Any, numbers: tuple[int | None, int | None]
) -> None:
    code = code_of(error)
    assert (code, subcode_of(code, subcode)) == numbers


@pytest.mark.parametrize(
    ("sent_s", "received_s", "sent"),
    [(10, 50, True), (50, 10, False), (None, 10, False), (10, None, True)],
)
def test_the_newer_notification_is_the_last_one(
    sent_s: int | None, received_s: int | None, sent: bool
) -> None:
    peer: dict[str, Any] = {"peerAddress": "192.0.2.1", "state": "Active"}
    for side, age in (("lastError", sent_s), ("lastErrorRcvd", received_s)):
        peer |= {f"{side}Code": "Cease", f"{side}TimeInfo": {"time": age} if age else {}}
    (session,) = _facts("show bgp neighbors vrf all | json", {"vrfs": {"default": {"peerList": [peer]}}})
    assert session.last_notification_sent is sent


JSON_COMMANDS = [command.template for command in EOS.commands if command.template.endswith("| json")]


@pytest.mark.parametrize("template", JSON_COMMANDS)
@pytest.mark.parametrize(
    "answer",
    [
        {"something": {"else": 1}},
        {"vrfs": {"default": {"something": {"else": 1}}}},
        {"errors": ["internal error"]},
    ],
    ids=["unknown tree", "unknown table", "error"],
)
def test_an_unknown_tree_is_never_taken_for_none(template: str, answer: Any) -> None:
    with pytest.raises(NotUnderstood):
        _read(template, answer)


@pytest.mark.parametrize("template", JSON_COMMANDS)
def test_an_answer_that_was_cut_is_not_understood(template: str) -> None:
    with pytest.raises(NotUnderstood):
        _read(template, '{"vrfs": {"default": {"peers": {"192.0.2.1": {"peer')


def test_an_error_of_the_device_is_told() -> None:
    with pytest.raises(NotUnderstood, match="agent not running"):
        _read("show bgp summary vrf all | json", {"errors": ["Bgp agent not running"]})


@pytest.mark.parametrize(
    "answer",
    [
        {"hostname": "leaf1"},
        {"jsonrpc": "2.0", "id": "1", "result": [{"hostname": "leaf1"}]},
        {"command": "show hostname", "result": {"hostname": "leaf1"}, "encoding": "json"},
        PROMPT_JUNK,
    ],
    ids=["plain", "eAPI", "one of many", "behind an echo"],
)
def test_the_envelope_does_not_matter(answer: Any) -> None:
    (info,) = _facts("show hostname | json", answer)
    assert info.hostname == "leaf1"


@pytest.mark.parametrize(
    ("command", "table"),
    [("show ip route vrf all | json", "routes"), ("show ip bgp vrf all | json", "bgpRouteEntries")],
)
def test_a_whole_internet_table_is_bounded_and_says_so(command: str, table: str) -> None:
    prefixes = {f"10.{i >> 8}.{i & 255}.0/24": {"routeType": "eBGP", "vias": []} for i in range(20_050)}
    facts, notes = _read(command, {"vrfs": {"default": {table: prefixes}}})
    assert len(facts) == 20_000
    assert [note.text.partition(":")[0].split()[:3] for note in notes] == [["more", "than", "20000"]]


def test_counters_are_sampled_and_full_tables_only_asked_of_targets() -> None:
    by_template = {command.template: command for command in EOS.commands}
    sampled = {template for template, command in by_template.items() if command.sampled}
    assert sampled == {
        "show interfaces | json",
        "show interfaces phy detail | json",
        "show interfaces counters queue detail | json",
        "show interfaces counters queue drops | json",
        "show hardware counter drop | json",
        "show policy-map interface control-plane",
        "show qos interfaces {interface}",
    }
    assert by_template["show ip bgp vrf all | json"].targets_only

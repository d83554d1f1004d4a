"""Counters are judged by the difference of two samples; one that went backwards is unknown."""

from typing import Any

import pytest

from netdoctor.model.facts import (
    DropCounter,
    DropDelta,
    FecCounters,
    FecDelta,
    Interface,
    InterfaceDelta,
    QueueCounters,
    QueueDelta,
)


@pytest.mark.parametrize(
    ("case", "before", "after", "expected"),
    [
        ("grew", {"in_fcs_errors_count": 5}, {"in_fcs_errors_count": 12}, {"in_fcs_errors_delta_count": 7}),
        ("stood still", {"in_errors_count": 5}, {"in_errors_count": 5}, {"in_errors_delta_count": 0}),
        ("went backwards", {"in_errors_count": 9}, {"in_errors_count": 2}, {"in_errors_delta_count": None}),
        ("not said once", {}, {"in_errors_count": 2}, {"in_errors_delta_count": None}),
        (
            "utilisation of the speed",
            {"out_octets_bytes": 0, "speed_bps": 1000},
            {"out_octets_bytes": 625, "speed_bps": 1000},
            {"out_utilisation_pct": 50.0, "in_utilisation_pct": None},
        ),
    ],
)
def test_interface(
    case: str, before: dict[str, Any], after: dict[str, Any], expected: dict[str, Any], derived: Any
) -> None:
    ((device, delta),) = derived(
        InterfaceDelta,
        [("d", Interface(interface="e", **before))],
        [("d", Interface(interface="e", **after))],
    )
    assert device == "d"
    assert delta.window_s == 10.0
    assert {name: getattr(delta, name) for name in expected} == expected, case


def test_one_sample_makes_no_difference(derived: Any) -> None:
    assert derived(InterfaceDelta, [("d", Interface(interface="e", in_errors_count=5))]) == []


def test_queue(derived: Any) -> None:
    def queue(sent: int, dropped: int) -> QueueCounters:
        return QueueCounters(
            interface="e",
            queue="1:",
            transmitted_pkts=sent,
            transmitted_bytes=sent * 125,
            dropped_pkts=dropped,
        )

    speed = Interface(interface="e", speed_bps=100_000)
    ((_, delta),) = derived(QueueDelta, [("d", queue(0, 3)), ("d", speed)], [("d", queue(900, 103))])
    assert (delta.transmitted_delta_pkts, delta.dropped_delta_pkts, delta.dropped_pct) == (900, 100, 10.0)
    assert (delta.rate_bps, delta.utilisation_pct) == (90_000.0, 90.0)


def test_fec_and_drop_counters(derived: Any) -> None:
    first = [
        ("d", FecCounters(interface="e", corrected_codewords_count=1, uncorrected_codewords_count=0)),
        ("d", DropCounter(kind="acl", name="r1", tcp_port=179, dropped_pkts=4)),
    ]
    second = [
        ("d", FecCounters(interface="e", corrected_codewords_count=4, uncorrected_codewords_count=0)),
        ("d", DropCounter(kind="acl", name="r1", tcp_port=179, dropped_pkts=6)),
    ]
    ((_, fec),) = derived(FecDelta, first, second)
    assert (fec.corrected_codewords_delta_count, fec.uncorrected_codewords_delta_count) == (3, 0)
    ((_, drops),) = derived(DropDelta, first, second)
    assert (drops.kind, drops.tcp_port, drops.dropped_delta_pkts) == ("acl", 179, 2)

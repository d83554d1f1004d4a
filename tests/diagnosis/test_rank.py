"""What the ranking puts first, and how sure it is, by what was found, what passed and what is unknown."""

import itertools
from typing import Any

import pytest

from netdoctor.diagnosis.candidates import candidates
from netdoctor.diagnosis.rank import CERTAIN, UNKNOWN_ID, Ranking, rank
from netdoctor.diagnosis.table import Table
from netdoctor.diagnosis.topology import Topology
from netdoctor.rules.files import Catalogue
from tests.diagnosis.conftest import (
    CATALOGUE,
    FAR_BGP,
    FAR_RX,
    LINK,
    NEAR_BGP,
    NEAR_RX,
    cause,
    verdict,
)

RX_LOW = verdict("optics.rx_low", NEAR_RX, dbm=-15.8)
FAR_RX_LOW = verdict("optics.rx_low", FAR_RX, dbm=-15.0)
FAR_RX_FINE = verdict("optics.rx_low", FAR_RX, "pass")
FAR_TX_FINE = verdict("optics.tx_low", FAR_RX, "pass")
FAR_TX_LOW = verdict("optics.tx_low", FAR_RX, dbm=-9.0)
ERRORS = verdict("interface.errors", NEAR_RX)
DOWN = verdict("bgp.down", NEAR_BGP)
FAR_DOWN = verdict("bgp.down", FAR_BGP)
OTHER_UP = verdict("bgp.down", "bgp:leaf1/192.0.2.3", "pass")
AS_DIFFERS = verdict("bgp.as_differs", NEAR_BGP)
FAR_AS_DIFFERS = verdict("bgp.as_differs", FAR_BGP)
FAR_AS_FINE = verdict("bgp.as_differs", FAR_BGP, "pass")
PORT_DOWN = verdict("interface.down", NEAR_RX)
FAR_PORT_DOWN = verdict("interface.down", FAR_RX)
PORTS_UP = (verdict("interface.down", NEAR_RX, "pass"), verdict("interface.down", FAR_RX, "pass"))
FULL = verdict("queue.drops", "queue:leaf1/eth9/0")
CUT: tuple[Any, ...] = (
    ("interface.down", "always", "both-ends"),
    ("bgp.down", "always", "over-link"),
)
ODDITY = verdict("device.oddity", "device:leaf1")


def ranked(topology: Topology, *verdicts: Any, targets: tuple[str, ...] = ("leaf1",)) -> Ranking:
    table = Table(verdicts)
    return rank(candidates(CATALOGUE, table, topology), table.findings(), CATALOGUE, targets)


@pytest.mark.parametrize(
    ("case", "verdicts", "cause", "entity"),
    [
        ("low light one way", (RX_LOW, FAR_RX_FINE, FAR_TX_FINE, ERRORS), "optics.dirty", LINK),
        ("low light both ways", (RX_LOW, FAR_RX_LOW, FAR_TX_FINE, ERRORS), "optics.bent", LINK),
        ("the sender is weak", (RX_LOW, FAR_RX_FINE, FAR_TX_LOW), "optics.weak_laser", FAR_RX),
        (
            "effects do not outrank their root",
            (PORT_DOWN, FAR_PORT_DOWN, DOWN, FAR_DOWN),
            "interface.cut",
            LINK,
        ),
        ("the AS, not the link", (DOWN, FAR_DOWN, AS_DIFFERS, FAR_AS_FINE, *PORTS_UP), "bgp.asn", NEAR_BGP),
        (
            "a finding that nothing explains",
            (ODDITY, verdict("device.strange", "device:leaf1")),
            UNKNOWN_ID,
            "device:leaf1",
        ),
    ],
)
def test_first(case: str, verdicts: tuple[Any, ...], cause: str, entity: str, topology: Topology) -> None:
    first = ranked(topology, *verdicts).ranked[0]
    assert (first.candidate.cause.id, first.candidate.place.entity) == (cause, entity), case
    assert first.probability > 0.5


def test_no_findings_is_health(topology: Topology) -> None:
    ranking = ranked(topology, FAR_RX_FINE, *PORTS_UP)
    assert ranking.ranked == ()
    assert ranking.healthy == 1.0


def test_a_common_oddity_alone_is_most_likely_nothing(topology: Topology) -> None:
    assert ranked(topology, ODDITY).healthy > 0.5


def test_two_faults_at_once_are_both_found(topology: Topology) -> None:
    ranking = ranked(
        topology,
        *(RX_LOW, FAR_RX_FINE, FAR_TX_FINE, ERRORS),
        *(DOWN, FAR_DOWN, AS_DIFFERS, FAR_AS_DIFFERS, *PORTS_UP),
    )
    first, second = ranking.ranked[:2]
    assert {first.candidate.cause.id, second.candidate.cause.id} == {"optics.dirty", "bgp.asn"}
    assert min(first.probability, second.probability) > 0.5


def test_a_session_that_is_up_speaks_against_a_dead_daemon(topology: Topology) -> None:
    def daemon(*verdicts: Any) -> float:
        found = ranked(topology, *verdicts).ranked
        dead = ("device.daemon", "device:leaf1")
        return next((one.probability for one in found if one.candidate.key == dead), 0.0)

    assert daemon(DOWN, FAR_DOWN, *PORTS_UP, OTHER_UP) < daemon(DOWN, FAR_DOWN, *PORTS_UP)


def test_a_second_fault_is_found_behind_the_many_rivals_of_the_first(topology: Topology) -> None:
    rivals = tuple(cause(f"interface.rival{n}", "link", 0.02, *CUT) for n in range(30))
    catalogue = Catalogue(
        checks=CATALOGUE.checks, causes={one.id: one for one in (*CATALOGUE.causes.values(), *rivals)}
    )
    table = Table((PORT_DOWN, FAR_PORT_DOWN, DOWN, FAR_DOWN, FULL))
    ranking = rank(candidates(catalogue, table, topology), table.findings(), catalogue, ("leaf1",))
    second = next(one for one in ranking.ranked if one.candidate.cause.id == "queue.full")
    assert second.probability > 0.4


def test_one_cause_at_two_places_of_a_device_is_believed_at_both(topology: Topology) -> None:
    peers = (NEAR_BGP, "bgp:leaf1/192.0.2.3")
    verdicts = [verdict(check, peer) for peer in peers for check in ("bgp.as_differs", "bgp.down")]
    first, second = ranked(topology, *verdicts).ranked[:2]
    assert {one.candidate.key for one in (first, second)} == {("bgp.asn", peer) for peer in peers}
    assert second.probability > 0.5


def test_one_full_queue_is_enough_for_a_full_interface(topology: Topology) -> None:
    queues = [
        verdict("queue.drops", f"queue:leaf1/eth1/{number}", "fail" if number == 0 else "pass")
        for number in range(8)
    ]
    first = ranked(topology, *queues).ranked[0]
    assert first.candidate.key == ("queue.full", NEAR_RX)
    assert first.candidate.fits == 0.0


def test_the_unknown_counts_neither_for_nor_against(topology: Topology) -> None:
    without = ranked(topology, RX_LOW, ERRORS)
    unknown = ranked(topology, RX_LOW, ERRORS, verdict("optics.rx_low", FAR_RX, "unknown"))
    assert [(r.candidate.key, r.probability) for r in without.ranked] == [
        (r.candidate.key, r.probability) for r in unknown.ranked
    ]


def test_a_mismatch_that_both_ends_show_is_worded_at_the_target(topology: Topology) -> None:
    both = (DOWN, FAR_DOWN, AS_DIFFERS, FAR_AS_DIFFERS, *PORTS_UP)
    for target, entity in (("leaf1", NEAR_BGP), ("spine1", FAR_BGP)):
        first = ranked(topology, *both, targets=(target,)).ranked[0]
        assert (first.candidate.cause.id, first.candidate.place.entity) == ("bgp.asn", entity)


def test_nothing_is_called_certain(topology: Topology) -> None:
    ranking = ranked(topology, DOWN, FAR_DOWN, AS_DIFFERS, FAR_AS_FINE, *PORTS_UP)
    assert all(one.probability <= CERTAIN for one in ranking.ranked)


@pytest.mark.parametrize("order", list(itertools.permutations(range(4))))
def test_the_order_of_verdicts_changes_nothing(order: tuple[int, ...], topology: Topology) -> None:
    verdicts = (RX_LOW, FAR_RX_FINE, ERRORS, DOWN)
    expected = ranked(topology, *verdicts)
    shuffled = ranked(topology, *(verdicts[i] for i in order))
    assert [(r.candidate.key, r.probability) for r in shuffled.ranked] == [
        (r.candidate.key, r.probability) for r in expected.ranked
    ]

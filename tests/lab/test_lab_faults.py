"""The faults: found by looking, each with an effect, and nowhere named."""

from __future__ import annotations

import pytest

from netdoctor.lab import faults, manner, scenario
from netdoctor.lab.faults import Fault
from netdoctor.model import entities
from netdoctor.rules import load_catalogue

from .conftest import Clock
from .walk import commands_of, spoken

FAULTS = list(faults.found().values())


def test_a_fault_is_found_by_the_name_of_its_function() -> None:
    assert faults.get("dirty_connector").inject.__name__ == "dirty_connector"


def test_an_unknown_name_is_answered_with_the_nearest() -> None:
    with pytest.raises(faults.UnknownFault, match="did you mean 'fibre_cut'"):
        faults.get("fiber_cut")


def test_there_are_many_and_a_healthy_one() -> None:
    assert len(FAULTS) >= 11
    assert [fault.name for fault in FAULTS if fault.cause is None] == ["healthy"]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
class TestEach:
    def test_its_cause_stands_in_the_catalogue(self, fault: Fault) -> None:
        assert fault.cause is None or fault.cause in load_catalogue().causes

    def test_it_names_places_that_exist(self, fault: Fault, clock: Clock) -> None:
        staged = scenario.stage(fault.name, clock=clock)
        assert staged.place.target in staged.world.devices
        assert bool(staged.place.entities) is (fault.cause is not None)
        for entity in staged.place.entities:
            assert set(entities.devices_of(entity)) <= staged.world.devices.keys()

    def test_nothing_that_is_rendered_names_it(self, fault: Fault, clock: Clock) -> None:
        staged = scenario.stage(fault.name, clock=clock)
        words = _telling_words(fault)
        for device in staged.world.devices.values():
            for command in commands_of(device):
                reply = manner.reply(staged.world, device, spoken(device, command))
                text = (reply.output + reply.stderr).lower()
                assert [word for word in words if word in text] == [], command


def _telling_words(fault: Fault) -> list[str]:
    """How we name the fault and its cause; `ttl-security` is a device's own word, and none of these."""
    if fault.cause is None:
        return [fault.title]
    cause = load_catalogue().causes[fault.cause]
    names = {fault.name.replace("_", joint) for joint in ("_", "-", " ", "")}
    return sorted(
        {word.lower() for word in {*names, fault.title, cause.id, cause.id.partition(".")[2], cause.title}}
    )


@pytest.mark.parametrize("seed", [1, 2, 7])
def test_another_seed_changes_values_not_places(seed: int, clock: Clock) -> None:
    assert scenario.stage("fibre_cut", seed=seed, clock=clock).place == (
        "leaf4",
        ("link:leaf4/swp50--spine2/Ethernet4",),
    )

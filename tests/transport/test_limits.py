"""How much is asked and taken at once."""

from __future__ import annotations

from netdoctor.transport.limits import AFTER_FLOOD_BYTES, OutputBudget

MIB = 1 << 20


def test_an_answer_is_cut_at_its_limit() -> None:
    budget = OutputBudget(8 * MIB)
    assert budget.grant(5 * MIB, 0) == 5 * MIB
    assert budget.grant(5 * MIB, 5 * MIB) == 3 * MIB
    assert budget.grant(1, 8 * MIB) == 0


def test_answers_that_come_at_once_share_twice_the_limit() -> None:
    budget = OutputBudget(8 * MIB)
    assert [budget.grant(7 * MIB, 0) for _ in range(3)] == [7 * MIB, 7 * MIB, 2 * MIB]


def test_a_device_that_flooded_once_is_given_less() -> None:
    budget = OutputBudget(8 * MIB)
    budget.give_back(budget.grant(9 * MIB, 0))
    assert budget.grant(8 * MIB, 0) == AFTER_FLOOD_BYTES


def test_what_was_given_back_is_there_for_others() -> None:
    budget = OutputBudget(8 * MIB)
    for _ in range(10):
        taken = budget.grant(8 * MIB, 0)
        assert taken == 8 * MIB
        budget.give_back(taken)

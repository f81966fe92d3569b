"""Budgets of events a second."""

from __future__ import annotations

from archwright.stack.realtime.budget import Budget


def test_a_second_holds_so_many_and_the_next_as_many_again() -> None:
    budget = Budget(3)
    assert [budget.spend(10.0), budget.spend(10.1, 2), budget.spend(10.2)] == [True, True, False]
    assert budget.spend(11.0)
    assert not budget.spend(11.1, 3)


def test_other_spans() -> None:
    budget = Budget(1, 30.0)
    assert [budget.spend(10.0), budget.spend(39.9), budget.spend(40.0)] == [True, False, True]

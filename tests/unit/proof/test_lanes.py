"""Lanes: order within, order of the result, ends at a failure, stops when asked to."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from archwright.diagnostics import Diagnostic, DiagnosticError
from archwright.proof.gate import Evidence, Subject
from archwright.proof.lanes import run_lanes
from subjects.builds import Scripted
from subjects.small_app import subject

SUBJECT = subject(Path("/nowhere"), {})
WRONG = Diagnostic("AW-5103", "wrong")


def quiet(_name: str, _evidence: Evidence | None) -> None:
    """Say nothing."""


def test_the_result_is_in_lane_order_whichever_finishes_first() -> None:
    late = threading.Event()

    def wait(_: Subject) -> list[Diagnostic]:
        assert late.wait(10)
        return []

    def end(_: Subject) -> list[Diagnostic]:
        late.set()
        return []

    lanes = [[Scripted("a", wait), Scripted("b")], [Scripted("c"), Scripted("d", end)]]
    assert [e.gate for e in run_lanes(SUBJECT, lanes, quiet)] == ["a", "b", "c", "d"]


def test_a_failure_ends_its_lane_only() -> None:
    lanes = [[Scripted("a", lambda _: [WRONG]), Scripted("b")], [Scripted("c")]]
    found = run_lanes(SUBJECT, lanes, quiet)
    assert [(e.gate, e.passed) for e in found] == [("a", False), ("c", True)]


def test_what_a_gate_raises_as_diagnostics_is_its_finding() -> None:
    def fail(_: Subject) -> list[Diagnostic]:
        raise DiagnosticError(WRONG)

    (evidence,) = run_lanes(SUBJECT, [[Scripted("a", fail)]], quiet)
    assert evidence.diagnostics == (WRONG,)
    assert evidence.seconds > 0


@pytest.mark.parametrize("error", [KeyboardInterrupt(), RuntimeError()])
def test_what_is_raised_keeps_the_other_lanes_from_going_on(error: BaseException) -> None:
    entered, raised = threading.Event(), threading.Event()

    def fail(_: Subject) -> list[Diagnostic]:
        assert entered.wait(10)
        raised.set()
        raise error

    def wait(_: Subject) -> list[Diagnostic]:
        entered.set()
        assert raised.wait(10)
        threading.Event().wait(0.2)
        return []

    after = Scripted("after")
    with pytest.raises(type(error)):
        run_lanes(SUBJECT, [[Scripted("a", fail)], [Scripted("b", wait), after]], quiet)
    assert after.seen == []


def test_one_is_told_at_a_time() -> None:
    at_once = [0, 0]

    def notify(_name: str, _evidence: Evidence | None) -> None:
        at_once[0] += 1
        at_once[1] = max(at_once)
        threading.Event().wait(0.005)
        at_once[0] -= 1

    run_lanes(SUBJECT, [[Scripted(f"{lane}{g}") for g in range(3)] for lane in "abcd"], notify)
    assert at_once == [0, 1]


def test_no_lanes() -> None:
    assert run_lanes(SUBJECT, [], quiet) == []

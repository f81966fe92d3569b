"""Which gates run when, and that no database is left."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Literal

import pytest

from archwright.emit.draft import Draft
from archwright.proof.database import Prepared
from archwright.proof.gate import Evidence, Subject
from archwright.proof.plans.population import LARGE, ROWS
from archwright.proof.prover import GateProver
from archwright.proof.query_plans import QueryPlansGate
from subjects.canned import Canned, said

DATABASE = ["database", "access matrix"]
FRONT = ["drafts", "format", "types", "lint"]
SLOW = ["unit", "functions", "bundle"]


@dataclass
class Server:
    """Hands out names of databases."""

    there: list[str] = field(default_factory=list)
    made: int = 0

    @contextmanager
    def scratch(self, template: str | None = None) -> Iterator[str]:
        self.made += 1
        name = f"{template or 'bootstrap'}+{self.made}"
        self.there.append(name)
        try:
            yield name
        finally:
            self.there.remove(name)


def prover(server: Any, mode: Literal["fast", "full"] = "full") -> GateProver:
    return GateProver(Canned(said()), server, mode)


@pytest.mark.parametrize(
    ("mode", "last", "wanted"),
    [
        ("full", False, [[*DATABASE, "query plans"], FRONT, SLOW]),
        ("full", True, [[*DATABASE, "query plans"], [*FRONT, "unused"], SLOW]),
        ("fast", False, [DATABASE, FRONT]),
        ("fast", True, [DATABASE, FRONT]),
    ],
)
def test_the_gates_of_a_phase(
    mode: Literal["fast", "full"], last: bool, wanted: list[list[str]]
) -> None:
    with prover(Server(), mode) as gates:
        lanes = gates.lanes(Prepared("x"), last=last)
    assert [[gate.name for gate in lane] for lane in lanes] == wanted


def test_a_browser_joins_the_last_phase_of_a_full_pass() -> None:
    class Browser:
        name = "browser"

        def check(self, subject: Subject) -> Evidence:
            raise AssertionError

    def lanes(mode: Literal["fast", "full"], *, last: bool) -> list[list[str]]:
        with GateProver(Canned(said()), server, mode, Browser()) as gates:
            found = gates.lanes(Prepared("x"), last=last)
        return [[gate.name for gate in lane] for lane in found]

    server: Any = Server()
    assert lanes("full", last=True)[-1] == [*SLOW, "browser"]
    assert lanes("full", last=False)[-1] == SLOW
    assert lanes("fast", last=True) == [DATABASE, FRONT]


@pytest.mark.parametrize(("large", "rows"), [(False, ROWS), (True, LARGE)])
def test_how_many_rows_the_queries_are_planned_on(large: bool, rows: int) -> None:
    server: Any = Server()
    with GateProver(Canned(said()), server, large=large) as gates:
        (database, *_) = gates.lanes(Prepared("x"), last=True)
    plans = database[-1]
    assert isinstance(plans, QueryPlansGate)
    assert plans.rows == rows


def test_databases_follow_one_another_and_none_is_left() -> None:
    server = Server()
    with prover(server) as gates:
        first = gates.prepare(None, [])
        second = gates.prepare(first.name, [])
        assert server.there == ["bootstrap+1", "bootstrap+1+2"] == [first.name, second.name]
        gates.drop(first.name)
        assert server.there == [second.name]
    assert server.there == []


def test_none_is_left_after_ctrl_c_either() -> None:
    server = Server()
    gates = prover(server)
    gates.__enter__()
    gates.prepare(None, [])
    error = KeyboardInterrupt()
    gates.__exit__(type(error), error, None)
    assert server.there == []


def test_what_cannot_be_formatted_stays_for_its_gate() -> None:
    drafts = [Draft("a.ts", "const a = (", "packs/x"), Draft("b.sql", "select  1", "packs/x")]
    with prover(Server()) as gates:
        assert gates.format(drafts) == tuple(drafts)

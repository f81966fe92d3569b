"""Asks everything, refines what surprises, and counts: the access matrix of an architecture."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import groupby
from typing import TypeAlias

from archwright.blueprint.access_scope import Operation
from archwright.proof.access.answers import CONSTRAINT, REFUSED, Single, as_declared
from archwright.proof.access.bench import Answer, Bench
from archwright.proof.access.cast import Cast
from archwright.proof.access.layout import Layout
from archwright.proof.access.predicates import judges
from archwright.proof.access.questions import Asker, Question
from archwright.proof.access.statement import Statement
from archwright.proof.oracle import Row, World
from archwright.proof.oracle_verdicts import Verdict

_RAISED = "P0001"
_NO_PRIVILEGE = "permission denied"
_POLICY = "row-level security policy"


@dataclass(frozen=True, slots=True)
class Finding:
    """Where the database answered otherwise than the rules; ``row`` None: on no single one."""

    player: str
    table: str
    operation: Operation
    row: Row | None
    expected: str
    got: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Trouble:
    """A statement that ends otherwise because of a trigger, and how."""

    player: str
    table: str
    operation: Operation
    state: str
    message: str

    @property
    def deliberate(self) -> bool:
        """Tell whether a trigger refused on purpose, or made another row of it than was asked for.

        A trigger that lacks a right itself, or fails in any other way, is a fault.
        """
        if self.state in {"", _RAISED} or self.state.startswith(CONSTRAINT):
            return True
        lacking = self.message.startswith(_NO_PRIVILEGE)
        elsewhere = _POLICY in self.message and f'"{self.table}"' not in self.message
        return self.state == REFUSED and not lacking and not elsewhere


@dataclass(slots=True)
class Matrix:
    """The result: what differs, what failed, and how often each verdict came."""

    findings: list[Finding] = field(default_factory=list)
    troubles: dict[Trouble, None] = field(default_factory=dict)
    cells: dict[tuple[str, str, Operation], Counter[Verdict]] = field(default_factory=dict)
    statements: int = 0

    def count(self, question: Question) -> None:
        """Add the verdicts of a question to its cell."""
        cell = self.cells.setdefault(
            (question.player.name, question.table, question.operation), Counter()
        )
        cell.update(item.expected for item in question.items)


def run_matrix(layout: Layout, bench: Bench, cast: Cast, tables: Collection[str]) -> Matrix:
    """Ask about all operations on the tables as every player.

    While the database answers as one player, the oracle works on the next.
    """
    world = world_of(layout, bench)
    matrix = Matrix()
    unclear: list[_Unclear] = []
    with ThreadPoolExecutor(1) as database:
        waiting: list[Future[list[_Unclear]]] = []
        for player in cast.players:
            asked = [
                question
                for table in sorted(tables)
                for question in Asker(layout, bench, world, player, table).all()
            ]
            waiting.append(database.submit(_ask, bench, asked, matrix))
        for each in waiting:
            unclear += each.result()
    _without_triggers(bench, unclear, matrix)
    return matrix


def world_of(layout: Layout, bench: Bench) -> World:
    """Return the rows as the database holds them, for the oracle."""
    rows = {table: dict(enumerate(listed)) for table, listed in bench.rows.items()}
    world = World(layout.scope, rows, bench.now, judges(layout.meanings, lambda: world))
    return world


_Unclear: TypeAlias = tuple[Single, Answer]
"""A question about one row, and an answer that differs from what is declared."""


def _ask(bench: Bench, asked: Sequence[Question], matrix: Matrix) -> list[_Unclear]:
    """Ask as one persona; what does not come out row by row. Return what differs."""
    if not asked:
        return []
    persona = asked[0].player.persona

    def answers(statements: Sequence[Statement]) -> list[Answer]:
        matrix.statements += len(statements)
        return bench.ask(persona, statements)

    singles: list[Single] = []
    for question, answer in zip(asked, answers([q.statement for q in asked]), strict=True):
        matrix.count(question)
        if not as_declared(question, answer):
            singles += _singles(question)
    return [
        (single, answer)
        for single, answer in zip(singles, answers([s.statement for s in singles]), strict=True)
        if single.heard(answer) != single.expected
    ]


def _without_triggers(bench: Bench, unclear: Sequence[_Unclear], matrix: Matrix) -> None:
    """Ask what differs once more; all at once, since a change of mode forgets all plans."""
    with bench.without_triggers():
        for persona, found in groupby(unclear, lambda each: each[0].question.player.persona):
            listed = list(found)
            matrix.statements += len(listed)
            final = bench.ask(persona, [single.statement for single, _ in listed])
            for (single, first), answer in zip(listed, final, strict=True):
                _conclude(single, first, answer, matrix)


def _singles(question: Question) -> list[Single]:
    if question.kind == "blind":
        return [Single(question, None, question.statement)]
    return [Single(question, item, item.alone) for item in question.items]


def _conclude(single: Single, first: Answer, final: Answer, matrix: Matrix) -> None:
    """Note a difference that stays without triggers; otherwise what the triggers did."""
    question = single.question
    where = (question.player.name, question.table, question.operation)
    heard = single.heard(final, triggers=False)
    if heard != single.expected:
        said = f" ({final.message})" if final.state else ""
        row = single.item.row if single.item else None
        shown = f"{heard or 'an error'}{said}"
        matrix.findings.append(Finding(*where, row, single.expected, shown, question.note))
    elif not first.state.startswith(CONSTRAINT):
        message = first.message or f"{single.heard(first)} instead of {single.expected}"
        matrix.troubles[Trouble(*where, first.state, message)] = None

"""Asks everything, refines what surprises, and counts: the access matrix of an architecture."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

from archwright.blueprint.access_scope import Operation
from archwright.proof.access.bench import Answer, Bench
from archwright.proof.access.cast import Cast
from archwright.proof.access.layout import Layout
from archwright.proof.access.predicates import judges
from archwright.proof.access.questions import Asker, Item, Question
from archwright.proof.oracle import Persona, Row, World
from archwright.proof.oracle_verdicts import Verdict

REFUSED = "42501"
_CONSTRAINT = "23"
_RAISED = "P0001"
_NO_PRIVILEGE = "permission denied"


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
    """A statement that ended in an error that is none of access: a trigger that fails, say."""

    player: str
    table: str
    operation: Operation
    state: str
    message: str

    @property
    def deliberate(self) -> bool:
        """Tell whether a trigger said no on purpose, with ``raise exception``."""
        return self.state == _RAISED


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
    with ThreadPoolExecutor(1) as database:
        waiting: list[Future[None]] = []
        for player in cast.players:
            asked = [
                question
                for table in sorted(tables)
                for question in Asker(layout, bench, world, player, table).all()
            ]
            waiting.append(database.submit(_ask, bench, asked, matrix))
        for each in waiting:
            each.result()
    return matrix


def world_of(layout: Layout, bench: Bench) -> World:
    """Return the rows as the database holds them, for the oracle."""
    rows = {table: dict(enumerate(listed)) for table, listed in bench.rows.items()}
    world = World(layout.scope, rows, bench.now, judges(layout.meanings, lambda: world))
    return world


def _ask(bench: Bench, asked: Sequence[Question], matrix: Matrix) -> None:
    if not asked:
        return
    persona = asked[0].player.persona
    answers = _answers(bench, persona, [q.statement for q in asked], matrix)
    again: list[tuple[Question, Item]] = []
    blind: list[Question] = []
    for question, answer in zip(asked, answers, strict=True):
        matrix.count(question)
        if as_declared(question, answer):
            continue
        again += [(question, item) for item in question.items]
        if question.kind == "blind" and answer.state in {"", REFUSED}:
            matrix.findings.append(_miscounted(question, answer))
        elif question.kind == "blind":
            blind.append(question)
    _refine(bench, persona, again, blind, matrix)


def _refine(
    bench: Bench,
    persona: Persona,
    again: Sequence[tuple[Question, Item]],
    blind: Sequence[Question],
    matrix: Matrix,
) -> None:
    """Ask row by row what did not come out, and once more without triggers where one failed."""
    answers = _answers(bench, persona, [item.alone for _, item in again], matrix)
    unclear: list[tuple[Question, Item]] = []
    for (question, item), answer in zip(again, answers, strict=True):
        if not _told(question, item, answer, matrix):
            unclear.append((question, item))
    if not unclear and not blind:
        return
    with bench.without_triggers():
        answers = _answers(bench, persona, [item.alone for _, item in unclear], matrix)
        counts = _answers(bench, persona, [question.statement for question in blind], matrix)
    for (question, item), answer in zip(unclear, answers, strict=True):
        _told(question, item, answer, matrix, triggers=False)
    for question, answer in zip(blind, counts, strict=True):
        # A constraint of the rows that are reached says that they were.
        if not as_declared(question, answer) and not answer.state.startswith(_CONSTRAINT):
            matrix.findings.append(_miscounted(question, answer))


def _miscounted(question: Question, answer: Answer) -> Finding:
    wanted = str(Verdict.DENIED) if question.count is None else f"{question.count} rows"
    got = str(Verdict.DENIED) if answer.state == REFUSED else f"{next(iter(answer.keys), 0)} rows"
    if answer.state not in {"", REFUSED}:
        got = f"{answer.message} [{answer.state}]"
    where = (question.player.name, question.table, question.operation)
    return Finding(*where, None, wanted, got, question.note)


def _answers(
    bench: Bench, persona: Persona, statements: Sequence[str], matrix: Matrix
) -> list[Answer]:
    matrix.statements += len(statements)
    return bench.ask(persona, statements)


def as_declared(question: Question, answer: Answer) -> bool:
    """Tell whether an answer about several rows says for each of them what it must."""
    if question.kind == "closed":
        return answer.state == REFUSED and answer.message.startswith(_NO_PRIVILEGE)
    if question.kind == "insert":
        return answer.state == ""
    if question.kind == "blind":
        wanted_count = {str(question.count)}
        done = answer.state == "" and answer.keys == wanted_count
        return answer.state == REFUSED if question.count is None else done
    if len(question.items) == 1:
        return verdict_of(question.items[0], answer, question.operation) is (
            question.items[0].expected
        )
    wanted = {i.key for i in question.items if i.expected is Verdict.ALLOWED}
    refused = any(i.expected is Verdict.DENIED for i in question.items)
    return answer.state == "" and not refused and answer.keys == wanted


def verdict_of(
    item: Item, answer: Answer, operation: Operation, *, triggers: bool = True
) -> Verdict | None:
    """Return what an answer about one row means; None where an error hides it.

    Row-level security comes before constraints, so that a constraint's error shows that it
    allowed; but a trigger comes before it and may use the same codes.
    """
    if answer.state == REFUSED:
        return Verdict.DENIED
    if answer.state.startswith(_CONSTRAINT) and not triggers:
        return Verdict.ALLOWED
    if answer.state:
        return None
    done = operation == "insert" or item.key in answer.keys
    return Verdict.ALLOWED if done else Verdict.NO_ROWS


def _told(
    question: Question, item: Item, answer: Answer, matrix: Matrix, *, triggers: bool = True
) -> bool:
    """Note what one row's answer shows; False where it shows nothing of access."""
    name = question.player.name
    got = verdict_of(item, answer, question.operation, triggers=triggers)
    if got is None and answer.state.startswith(_CONSTRAINT):
        return False
    if got is None:
        trouble = Trouble(name, question.table, question.operation, answer.state, answer.message)
        matrix.troubles[trouble] = None
        return False
    extra = answer.keys - {item.key} if question.operation != "insert" else frozenset()
    shown = f"{got} and {len(extra)} other rows" if extra else str(got)
    if answer.state:
        shown += f" ({answer.message})"
    if extra or got is not item.expected:
        where = (name, question.table, question.operation, item.row)
        matrix.findings.append(Finding(*where, str(item.expected), shown, question.note))
    return True

"""What the database's answers mean, one row at a time and several at once."""

from __future__ import annotations

from dataclasses import dataclass

from archwright.blueprint.access_scope import Operation
from archwright.proof.access.bench import Answer
from archwright.proof.access.questions import Item, Question
from archwright.proof.access.statement import Statement
from archwright.proof.oracle_verdicts import Verdict

REFUSED = "42501"
CONSTRAINT = "23"
"""The class of SQLSTATEs that constraints, and triggers in their manner, raise."""
_NO_PRIVILEGE = "permission denied"


@dataclass(frozen=True, slots=True)
class Single:
    """A statement about one row, or (``item`` None) one that names none."""

    question: Question
    item: Item | None
    statement: Statement

    @property
    def expected(self) -> str:
        """Return how it must end, in words."""
        if self.item is not None:
            return str(self.item.expected)
        count = self.question.count
        return str(Verdict.DENIED) if count is None else f"{count} rows"

    def heard(self, answer: Answer, *, triggers: bool = True) -> str:
        """Return how it ended, in the same words; "" where an error hides it."""
        if self.item is not None:
            verdict = verdict_of(self.item, answer, self.question.operation, triggers=triggers)
            extra = answer.keys - {self.item.key} if self.question.operation != "insert" else ()
            return f"{verdict} and {len(extra)} other rows" if extra else str(verdict or "")
        if answer.state == REFUSED:
            return str(Verdict.DENIED)
        if answer.state.startswith(CONSTRAINT) and not triggers:
            return self.expected  # the rows that it reached broke a constraint
        return "" if answer.state else f"{next(iter(answer.keys), 0)} rows"


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
    if answer.state.startswith(CONSTRAINT) and not triggers:
        return Verdict.ALLOWED
    if answer.state:
        return None
    done = operation == "insert" or item.key in answer.keys
    return Verdict.ALLOWED if done else Verdict.NO_ROWS

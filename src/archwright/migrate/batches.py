"""How a migration file runs: in one transaction, but for the statements that allow none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pglast
from pglast import ast
from pglast.parser import ParseError


@dataclass(frozen=True, slots=True)
class Batch:
    """A piece of a file that commits as a whole; ``alone``: one statement, in no transaction.

    ``line`` is the number of lines of the file before it.
    """

    sql: str
    line: int = 0
    alone: bool = False


def batches(script: str) -> tuple[Batch, ...]:
    """Split a file where the Supabase CLI does.

    Statements that PostgreSQL refuses in a transaction (indexes built or dropped concurrently,
    ``vacuum`` and the like) run by themselves; what stands between them is one transaction each.
    A file without such statements, or one that does not parse, is one batch as it is.
    """
    try:
        slices = pglast.parser.split(script, only_slices=True)
        nodes = pglast.parse_sql(script)
    except ParseError:
        return (Batch(script),)
    alone = [_alone(raw.stmt) for raw in nodes]
    if len(slices) != len(alone) or not any(alone):
        return (Batch(script),)
    return tuple(_split(script, slices, alone))


def _split(script: str, slices: Sequence[slice], alone: Sequence[bool]) -> Iterator[Batch]:
    begin = 0
    for i, piece in enumerate(slices):
        last = i + 1 == len(slices)
        end = len(script) if last else piece.stop + 1  # with its semicolon
        if alone[i] or last or alone[i + 1]:
            yield Batch(script[begin:end], script.count("\n", 0, begin), alone[i])
            begin = end


def _alone(node: ast.Node | None) -> bool:
    match node:
        case ast.IndexStmt():
            return bool(node.concurrent)
        case ast.DropStmt():
            return bool(node.concurrent)
        case ast.ReindexStmt():
            return any(option.defname == "concurrently" for option in node.params or ())
        case ast.VacuumStmt():
            return bool(node.is_vacuumcmd)
        case ast.AlterSystemStmt() | ast.ClusterStmt():
            return True
    return False

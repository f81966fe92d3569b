"""In which order tables and functions are created, so that each finds what it needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from archwright.migrate.mentions import language, mentions, signature_types
from archwright.migrate.operations.base import Operation
from archwright.migrate.operations.column import AddColumn, ChangeDefault
from archwright.migrate.order import ordered
from archwright.schema.model import Function, Ref, Table

Node = Ref | str  # a table by name, a function by signature


@dataclass(frozen=True, slots=True)
class CreationOrder:
    """The nodes in order, and the functions whose body must not be checked when created."""

    nodes: tuple[Node, ...]
    unchecked: frozenset[str]


def creation_order(
    tables: Mapping[Ref, Table],
    altered: Mapping[Ref, tuple[Operation, ...]],
    functions: Mapping[str, Function],
) -> CreationOrder:
    """Order new and altered tables and new functions.

    Types of arguments, and functions in defaults and checks, must be there. Foreign keys and
    bodies only should: a key can be added later, a body can go unchecked.
    """
    by_table = _by_name((r, r) for r in tables)
    by_function = _by_name((f.ref, s) for s, f in functions.items())
    hard: dict[Node, set[Node]] = {}
    soft: dict[Node, set[Node]] = {}
    for ref, table in tables.items():
        texts = _alteration_texts(altered[ref]) if ref in altered else _table_texts(table)
        hard[ref] = mentions(*texts).among(by_function)
        soft[ref] = set() if ref in altered else {k.table for k in table.foreign_keys}
    for sign, function in functions.items():
        hard[sign] = signature_types(function).among(by_table)
        found = mentions(function.sql)
        soft[sign] = found.among(by_table)
        if language(function) == "sql":
            # Other languages look functions up when they run.
            soft[sign] |= found.among(by_function) - {sign}
    wanted: list[Node] = [*tables, *functions]
    nodes = ordered(wanted, hard, soft)
    position = {node: i for i, node in enumerate(nodes)}
    unchecked = {s for s in functions if any(position[n] > position[s] for n in soft[s])}
    return CreationOrder(nodes, frozenset(unchecked))


def _by_name(pairs: Iterable[tuple[Ref, Node]]) -> dict[tuple[str, str], list[Node]]:
    found: dict[tuple[str, str], list[Node]] = {}
    for ref, node in pairs:
        found.setdefault((ref.schema, ref.name), []).append(node)
    return found


def _table_texts(table: Table) -> list[str | None]:
    texts = [t for c in table.columns for t in (c.default, c.generated)]
    texts += [c.expression for c in table.checks]
    texts += [part for e in table.exclusions for part in (*(x for x, _ in e.elements), e.where)]
    return texts


def _alteration_texts(operations: tuple[Operation, ...]) -> list[str | None]:
    texts: list[str | None] = []
    for op in operations:
        if isinstance(op, AddColumn):
            texts += [op.column.default, op.column.generated]
        elif isinstance(op, ChangeDefault):
            texts.append(op.default)
    return texts

"""The difference of two schemas as operations, in an order that runs."""

from __future__ import annotations

from collections.abc import Iterable

from archwright.migrate import (
    differ_access,
    differ_creation,
    differ_jobs,
    differ_partitions,
    differ_removal,
    differ_trees,
)
from archwright.migrate.disturbed import Disturbed, find
from archwright.migrate.moves import Moves, with_moves
from archwright.migrate.operations.base import Operation
from archwright.migrate.operations.comment import DropComment, PutComment, target
from archwright.migrate.operations.enum import (
    AddEnumValue,
    CreateEnum,
    DropEnum,
    EnumColumn,
    ReplaceEnum,
)
from archwright.migrate.operations.extension import (
    ChangeUsage,
    CreateExtension,
    CreateNamespace,
    DropNamespace,
    LeaveExtension,
)
from archwright.migrate.renames import Renames, rename_steps, renamed
from archwright.schema.model import Schema
from archwright.schema.namespaces import namespaces, usage

_NONE = Renames()
_STAY = Moves()


def diff(
    old: Schema, new: Schema, renames: Renames = _NONE, moves: Moves = _STAY
) -> tuple[Operation, ...]:
    """Return the operations that turn a database with one schema into one with the other.

    ``renames`` that ``check_renames`` lets pass come first, with what carries the names; nothing
    is taken for a rename that is not declared. ``moves`` that ``check_moves`` lets pass say what
    becomes of data that would be lost.

    Both schemas must be consistent: what they mention is there. Order of columns and of
    collections does not count; ``diff(a, a)`` is empty. New enumeration values come first, since
    they must be committed before use (``to_files`` puts them into a file of their own).
    """
    first = rename_steps(old, new, renames)
    old = renamed(first, old)
    carried = tuple(differ_partitions.bring_back(old, new))
    aside = differ_partitions.put_aside(old, new)
    ended = tuple(differ_jobs.ended(old, new))
    for operation in aside:
        old = operation.after(old)
    disturbed = find(old, new)
    built = differ_creation.tables_and_functions(old, new, disturbed)
    found = [
        *first,
        *_enum_values(old, new),
        *(CreateExtension(e) for e in sorted(set(new.extensions) - set(old.extensions))),
        *_namespaces(old, new),
        *ended,
        *aside,
        *differ_removal.early(old, new, disturbed),
        *_enums(old, new, disturbed),
        *built,
        *carried,
        *differ_creation.keys_and_indexes(old, new, disturbed, built),
        *differ_trees.filled(old, new),
        *differ_access.triggers(old, new, disturbed),
        *differ_access.policies(old, new, disturbed),
        *differ_access.grants(old, new, disturbed),
        *differ_access.buckets(old, new),
        *differ_jobs.begun(old, new),
        *_comments(old, new),
        *differ_removal.late(old, new),
        *_leftovers(old, new),
    ]
    return with_moves(found, old, moves)


def _enum_values(old: Schema, new: Schema) -> Iterable[Operation]:
    before = {e.name: e for e in old.enums}
    for enum in new.enums:
        there = list(before[enum.name].values) if enum.name in before else None
        if there is None or [v for v in enum.values if v in there] != there:
            continue
        for i, value in enumerate(enum.values):
            if value not in there:
                following = next((v for v in enum.values[i:] if v in there), None)
                yield AddEnumValue(enum.name, value, following)


def _namespaces(old: Schema, new: Schema) -> Iterable[Operation]:
    yield from (CreateNamespace(n) for n in sorted(namespaces(new) - namespaces(old)))
    before, after = usage(old), usage(new)
    for name in sorted(namespaces(new)):
        was, now = before.get(name, frozenset()), after.get(name, frozenset())
        if was != now:
            yield ChangeUsage(name, tuple(sorted(now - was)), tuple(sorted(was - now)))


def _enums(old: Schema, new: Schema, disturbed: Disturbed) -> Iterable[Operation]:
    before = {e.name for e in old.enums}
    for enum in sorted(new.enums, key=lambda e: e.name):
        if enum.name not in before:
            yield CreateEnum(enum)
        elif enum.name in disturbed.enums:
            yield ReplaceEnum(enum, tuple(_enum_columns(old, disturbed, enum.name)))


def _enum_columns(old: Schema, disturbed: Disturbed, name: str) -> Iterable[EnumColumn]:
    """Yield the columns that hold the type and are there when it is replaced."""
    for table in old.tables:
        for column in table.columns:
            if column.enum == name and (table.ref, column.name) not in disturbed.renewed:
                yield EnumColumn(table.ref, column.name, column.type.endswith("[]"))


def _comments(old: Schema, new: Schema) -> Iterable[Operation]:
    kept = {target(c) for c in new.comments}
    yield from (PutComment(c) for c in new.comments if c not in old.comments)
    yield from (DropComment(c) for c in old.comments if target(c) not in kept)


def _leftovers(old: Schema, new: Schema) -> Iterable[Operation]:
    kept = {e.name for e in new.enums}
    yield from (DropEnum(e.name) for e in old.enums if e.name not in kept)
    opened = usage(old)
    for name in sorted(namespaces(old) - namespaces(new)):
        yield DropNamespace(name, tuple(sorted(opened[name])))
    yield from (LeaveExtension(e) for e in sorted(set(old.extensions) - set(new.extensions)))

"""Which constraints, indexes, policies, triggers and functions take over the name of a rename."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from archwright.migrate.operations.base import Operation
from archwright.migrate.operations.rename_carried import (
    RenameConstraint,
    RenameFunction,
    RenameIndex,
    RenamePolicy,
    RenameTrigger,
)
from archwright.schema.model import Function, Ref, Schema, Table
from archwright.schema.namespaces import PLATFORM_ONLY
from archwright.schema.render import constraints


def carried(schema: Schema, new: Schema, words: Mapping[str, str]) -> Iterator[Operation]:
    """Yield renames of what is the same in both schemas but for its name.

    A constraint or index must be equal otherwise; policies and triggers are changed in
    place later. ``words`` are parts of names, before and after, the longest first.
    """
    now = {t.ref: t for t in new.tables}
    for table in schema.tables:
        if table.ref in now:
            yield from _constraints(table, now[table.ref])
    yield from _indexes(schema, new)
    yield from _policies(schema, new, words)
    yield from _triggers(schema, new, words)


def follow(name: str, words: Mapping[str, str]) -> str:
    """Return a name with its renamed parts; parts stand between underscores."""
    if not words:
        return name
    listed = "|".join(re.escape(w) for w in words)
    pattern = rf"(?<![A-Za-z0-9])(?:{listed})(?![A-Za-z0-9])"
    return re.sub(pattern, lambda m: words[m.group()], name)


def _constraints(table: Table, new: Table) -> Iterator[Operation]:
    there = {c.name for c in constraints(new)}
    before = [c for c in constraints(table) if c.name not in there]
    known = {c.name for c in constraints(table)}
    left = [c for c in constraints(new) if c.name not in known]
    for old in before:
        same = next((c for c in left if replace(c, name=old.name) == old), None)
        if same is not None:
            left.remove(same)
            yield RenameConstraint(table.ref, old.name, same.name)


def _indexes(schema: Schema, new: Schema) -> Iterator[Operation]:
    there = {(i.table, i.name) for i in new.indexes}
    known = {(i.table, i.name) for i in schema.indexes}
    left = [i for i in new.indexes if (i.table, i.name) not in known]
    for old in schema.indexes:
        if (old.table, old.name) in there:
            continue
        same = next((i for i in left if replace(i, name=old.name) == old), None)
        if same is not None:
            left.remove(same)
            yield RenameIndex(old.table, old.name, same.name)


def _policies(schema: Schema, new: Schema, words: Mapping[str, str]) -> Iterator[Operation]:
    known = {(p.table, p.name) for p in schema.policies}
    later = {(p.table, p.name): p for p in new.policies}
    for old in schema.policies:
        if (old.table, old.name) in later or old.table.schema in PLATFORM_ONLY:
            continue
        to = _free(old.table, follow(old.name, words), known, later)
        alike = (p.name for p in new.policies if replace(p, name=old.name) == old)
        to = to or next((n for n in alike if (old.table, n) not in known), "")
        if to:
            known.add((old.table, to))
            yield RenamePolicy(old.table, old.name, to)


def _triggers(schema: Schema, new: Schema, words: Mapping[str, str]) -> Iterator[Operation]:
    known = {(t.table, t.name) for t in schema.triggers}
    later = {(t.table, t.name) for t in new.triggers}
    for old in schema.triggers:
        if (old.table, old.name) in later or old.table.schema in PLATFORM_ONLY:
            continue  # on a table of the platform a trigger cannot be renamed
        if to := _free(old.table, follow(old.name, words), known, later):
            yield RenameTrigger(old.table, old.name, to)


def _free(
    table: Ref, to: str, known: Iterable[tuple[Ref, str]], later: Iterable[tuple[Ref, str]]
) -> str:
    """Return the new name where something is to have it that nothing has yet, else ""."""
    return to if (table, to) in later and (table, to) not in known else ""


def carried_functions(schema: Schema, new: Schema, words: Mapping[str, str]) -> Iterator[Operation]:
    """Yield renames of functions; what calls them is equal only once they have their new names."""
    known = {f.signature for f in schema.functions}
    later = {f.signature: f for f in new.functions}
    overloaded = [f.ref for f in schema.functions]
    for old in schema.functions:
        to = follow(old.ref.name, words)
        if old.signature in later or to == old.ref.name or overloaded.count(old.ref) > 1:
            continue
        made = replace(old, ref=Ref(old.ref.schema, to))
        target = later.get(made.signature)
        if target is not None and made.signature not in known and _same_kind(made, target):
            yield RenameFunction(old, to)


def _same_kind(old: Function, new: Function) -> bool:
    return (old.arguments, old.returns, old.returns_set, old.returns_table) == (
        new.arguments,
        new.returns,
        new.returns_set,
        new.returns_table,
    )

"""What must be taken away for a while because something that it depends on is replaced."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from archwright.migrate.mentions import mentions, signature_types
from archwright.schema.model import (
    Check,
    Column,
    Exclusion,
    ForeignKey,
    Function,
    Index,
    Policy,
    Ref,
    Schema,
    Table,
    Trigger,
    Unique,
)


@dataclass(frozen=True, slots=True)
class Disturbed:
    """Names whose dependents go before the change and come back after it.

    ``functions`` by signature; ``columns`` change their type or are dropped and added again;
    ``keys`` are unique column sets whose index goes, with the foreign keys on them.
    """

    enums: frozenset[str]
    functions: frozenset[str]
    function_names: frozenset[Ref]
    retyped: frozenset[tuple[Ref, str]]
    renewed: frozenset[tuple[Ref, str]]
    keys: frozenset[tuple[Ref, frozenset[str]]]

    @property
    def _nothing(self) -> bool:
        return not (self.enums or self.function_names or self.retyped or self.renewed)

    def _text(self, table: Ref, *texts: str | None) -> bool:
        if self._nothing:
            return False
        found = mentions(*texts)
        if self.enums & found.words or any(found.has(f) for f in self.function_names):
            return True
        return any(
            column in found.words and (ref == table or ref.name in found.words)
            for ref, column in self.retyped | self.renewed
        )

    def policy(self, policy: Policy) -> bool:
        """Tell whether a policy's conditions depend on something replaced."""
        return self._text(policy.table, policy.using, policy.check)

    def calls(self, trigger: Trigger) -> bool:
        """Tell whether a trigger's function is dropped."""
        found = mentions(trigger.sql)
        return any(found.has(f) for f in self.function_names)

    def trigger(self, trigger: Trigger) -> bool:
        """Tell whether a trigger depends on something replaced."""
        return self._text(trigger.table, trigger.sql)

    def index(self, index: Index) -> bool:
        """Tell whether an index depends on something replaced."""
        return self._text(index.table, *index.columns, index.where)

    def default(self, table: Ref, column: Column) -> bool:
        """Tell whether a column's default has the old type or calls a function that is replaced."""
        if column.default is None or (table, column.name) in self.renewed:
            return False
        found = mentions(column.default)
        return (table, column.name) in self.retyped or any(
            found.has(f) for f in self.function_names
        )

    def check(self, table: Ref, check: Check | Exclusion) -> bool:
        """Tell whether a check or exclusion depends on something replaced."""
        if isinstance(check, Check):
            return self._text(table, check.expression)
        return self._text(table, *(e for e, _ in check.elements), check.where)

    def unique(self, table: Ref, unique: Unique) -> bool:
        """Tell whether a unique constraint is on a column that is renewed."""
        return any((table, c) in self.renewed for c in unique.columns)

    def primary_key(self, table: Table) -> bool:
        """Tell whether the primary key is on a column that is renewed."""
        return any((table.ref, c) in self.renewed for c in table.primary_key)

    def foreign_key(self, table: Ref, key: ForeignKey) -> bool:
        """Tell whether a column on either side, or the key that it points to, is replaced."""
        columns = self.retyped | self.renewed
        return (
            any((table, c) in columns for c in key.columns)
            or any((key.table, c) in columns for c in key.to)
            or (key.table, frozenset(key.to)) in self.keys
        )


def key_columns(index: Index) -> frozenset[str]:
    """Return an index's columns without their direction: what a foreign key may point to."""
    return frozenset(c.split()[0].strip('"') for c in index.columns)


def same_statement(old: Function, new: Function) -> bool:
    """Tell whether ``create or replace`` can turn one function into the other.

    PostgreSQL refuses another result type, renamed arguments and fewer defaults.
    """
    return (
        (old.returns, old.returns_set, old.returns_table)
        == (new.returns, new.returns_set, new.returns_table)
        and [a.name for a in old.arguments] == [a.name for a in new.arguments]
        and all(
            b.has_default or not a.has_default
            for a, b in zip(old.arguments, new.arguments, strict=True)
        )
    )


def find(old: Schema, new: Schema) -> Disturbed:
    """Return what is replaced between two schemas."""
    enums = _replaced_enums(old, new)
    later = {f.signature: f for f in new.functions}
    functions = [
        f
        for f in old.functions
        if f.signature not in later
        or not same_statement(f, later[f.signature])
        or enums & signature_types(f).words
    ]
    names = frozenset(f.ref for f in functions)
    retyped, renewed = _columns(old, new, names, enums)
    partial = Disturbed(
        enums,
        frozenset(f.signature for f in functions),
        names,
        frozenset(retyped),
        frozenset(renewed),
        frozenset(),
    )
    return Disturbed(
        enums,
        partial.functions,
        names,
        partial.retyped,
        partial.renewed,
        frozenset(_lost_keys(old, new, partial)),
    )


def _replaced_enums(old: Schema, new: Schema) -> frozenset[str]:
    """Return types whose old values are not, in order, among the new ones."""
    later = {e.name: e.values for e in new.enums}
    return frozenset(
        e.name
        for e in old.enums
        if e.name in later and [v for v in later[e.name] if v in e.values] != list(e.values)
    )


def _columns(
    old: Schema, new: Schema, functions: frozenset[Ref], enums: frozenset[str]
) -> tuple[set[tuple[Ref, str]], set[tuple[Ref, str]]]:
    later = {t.ref: t for t in new.tables}
    retyped: set[tuple[Ref, str]] = set()
    renewed: set[tuple[Ref, str]] = set()
    for table in old.tables:
        after = later.get(table.ref)
        for column in table.columns:
            other = after.column(column.name) if after else None
            if other is not None and _is_renewed(column, other, functions, enums):
                renewed.add((table.ref, column.name))
            elif column.enum in enums or (other is not None and _is_retyped(column, other)):
                retyped.add((table.ref, column.name))
        if after is not None:
            renewed |= set(_dependent_generated(table, after, retyped | renewed))
    return retyped, renewed


def _is_retyped(old: Column, new: Column) -> bool:
    return (old.type, old.enum) != (new.type, new.enum)


def _is_renewed(old: Column, new: Column, functions: frozenset[Ref], enums: frozenset[str]) -> bool:
    """Tell whether a column must be dropped and added: its generation changes or depends."""
    if old.generated is None and new.generated is None:
        return False
    found = mentions(old.generated)
    return (
        old.generated != new.generated
        or _is_retyped(old, new)
        or any(found.has(f) for f in functions)
        or bool(enums & found.words)
    )


def _dependent_generated(
    old: Table, new: Table, changed: set[tuple[Ref, str]]
) -> Iterable[tuple[Ref, str]]:
    for column in old.columns:
        words = mentions(column.generated).words
        gone = {c.name for c in old.columns if new.column(c.name) is None}
        touched = {c for ref, c in changed if ref == old.ref} | gone
        if column.generated is not None and words & touched and new.column(column.name):
            yield (old.ref, column.name)


def _lost_keys(
    old: Schema, new: Schema, disturbed: Disturbed
) -> Iterable[tuple[Ref, frozenset[str]]]:
    later = {t.ref: t for t in new.tables}
    for table in old.tables:
        other = later.get(table.ref)
        if other is None:
            continue
        if table.primary_key != other.primary_key or disturbed.primary_key(table):
            yield (table.ref, frozenset(table.primary_key))
        for unique in table.uniques:
            if unique not in other.uniques or disturbed.unique(table.ref, unique):
                yield (table.ref, frozenset(unique.columns))
    standing = set(new.indexes)
    for index in old.indexes:
        if index.unique and (index not in standing or disturbed.index(index)):
            yield (index.table, key_columns(index))

"""Puts the tables together: columns from packs and their amendments, keys, checks, enums."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from archwright.catalog.columns import SCALARS, TEXTS, ColumnType, parse_column
from archwright.catalog.instance import Instance
from archwright.catalog.manifest import TableSpec
from archwright.catalog.naming import bounded
from archwright.diagnostics import Diagnostic
from archwright.plan.restrict import Restricted
from archwright.schema.arcs import arc_check
from archwright.schema.model import (
    Check,
    Column,
    Enum,
    Exclusion,
    ForeignKey,
    Ref,
    Table,
    Unique,
)

_TEXT_TYPES = frozenset(SCALARS[name] for name in TEXTS)


@dataclass(slots=True)
class TableDraft:
    """A table while it is put together; ``columns`` in order of definition."""

    instance: Instance
    spec: TableSpec
    ref: Ref
    columns: dict[str, tuple[ColumnType, Instance]] = field(default_factory=dict)


@dataclass(slots=True)
class Draft:
    """All tables of a restricted app by name, and the enums of the whole Blueprint."""

    tables: dict[str, TableDraft] = field(default_factory=dict)
    enums: dict[str, tuple[str, ...]] = field(default_factory=dict)
    problems: list[Diagnostic] = field(default_factory=list)

    def report(self, instance: Instance, path: tuple[str, ...], message: str) -> None:
        """Add a diagnostic at a place of an instance's manifest."""
        text = f"{instance.key}: {message}"
        self.problems.append(Diagnostic("AW-3101", text, instance.place(*path)))


def draft_tables(app: Restricted) -> Draft:
    """Collect tables and columns of the built parts."""
    draft = Draft()
    _collect_enums(app, draft)
    for instance in app.instances:
        for name, spec in instance.manifest.tables.items():
            if not app.has_part(instance, spec.part):
                continue
            if name in draft.tables:
                first = draft.tables[name].instance.key
                draft.report(instance, ("tables", name), f"{first} already defines table {name}")
                continue
            table = TableDraft(instance, spec, Ref(spec.schema_, name))
            draft.tables[name] = table
            for column, text in spec.columns.items():
                _add_column(draft, table, instance, ("tables", name, "columns"), column, text)
            _check_names(draft, table)
    for instance in app.instances:
        for name, columns in instance.manifest.columns.items():
            if name not in draft.tables:
                if name not in _defined(app):
                    draft.report(instance, ("columns", name), f"nothing defines table {name}")
                continue
            for column, text in columns.items():
                table = draft.tables[name]
                _add_column(draft, table, instance, ("columns", name), column, text)
    return draft


def build_tables(draft: Draft) -> tuple[tuple[Table, ...], tuple[Enum, ...]]:
    """Return the finished tables and the enums that they use, each by name."""
    tables = tuple(_table(draft, draft.tables[name]) for name in sorted(draft.tables))
    used = {c.enum for t in tables for c in t.columns if c.enum}
    enums = tuple(Enum(name, draft.enums[name]) for name in sorted(used))
    return tables, enums


def _collect_enums(app: Restricted, draft: Draft) -> None:
    """Take every enum with the values of the whole Blueprint: a phase never widens one."""
    enums = draft.enums
    owners: dict[str, Instance] = {}
    for instance in app.expansion.instances:
        for name, spec in instance.manifest.enums.items():
            first = owners.setdefault(name, instance)
            if name in SCALARS:
                draft.report(instance, ("enums", name), f"{name} is a type of its own")
            elif first.feature != instance.feature:
                text = f"{first.key} already defines the enum {name}"
                draft.report(instance, ("enums", name), text)
            # The instances of one pack may share an enum: it is made once.
            there = enums.get(name, ())
            enums[name] = (*there, *(v for v in spec.values if v not in there))
    for instance in app.expansion.instances:
        for name, values in instance.manifest.enum_values.items():
            if name in enums:
                enums[name] = (*enums[name], *(v for v in values if v not in enums[name]))


def _constraint(*words: str) -> str:
    """Return a constraint's name as PostgreSQL gives it, or a shorter one that is unique."""
    return bounded("_".join(words))


def _twice(names: Iterable[str]) -> list[str]:
    return [name for name, count in Counter(names).items() if count > 1]


def _defined(app: Restricted) -> set[str]:
    return {name for i in app.expansion.instances for name in i.manifest.tables}


def _add_column(
    draft: Draft,
    table: TableDraft,
    instance: Instance,
    path: tuple[str, ...],
    name: str,
    text: str,
) -> None:
    parsed = parse_column(text)
    if isinstance(parsed, str):
        draft.report(instance, (*path, name), parsed)
    elif name in table.columns:
        other = table.columns[name][1].key
        draft.report(instance, (*path, name), f"{other} already adds {table.ref.name}.{name}")
    elif parsed.enum and parsed.type.removesuffix("[]") not in draft.enums:
        draft.report(instance, (*path, name), f"there is no type {parsed.type!r}")
    else:
        table.columns[name] = (parsed, instance)


def _check_names(draft: Draft, table: TableDraft) -> None:
    """Report keys, owners and constraints that name a column the table does not have."""
    spec, name = table.spec, table.ref.name
    wanted = [("key", c) for c in spec.key]
    wanted += [("owner", spec.owner)] if spec.owner else []
    wanted += [("unique", c) for columns in spec.unique for c in columns]
    wanted += [("unique_nulls_equal", c) for columns in spec.unique_nulls_equal for c in columns]
    wanted += [("comments", c) for c in spec.comments]
    wanted += [("foreign", c) for f in spec.foreign for c in (*f.columns, *f.set_null)]
    wanted += [("unique_where", c) for u in spec.unique_where.values() for c in u.columns]
    for where, column in wanted:
        if column not in table.columns:
            text = f"{name} has no column {column!r}"
            draft.report(table.instance, ("tables", name, where), text)


def _table(draft: Draft, table: TableDraft) -> Table:
    name, spec = table.ref.name, table.spec
    columns = tuple(_column(n, c, spec.comments.get(n, "")) for n, (c, _) in table.columns.items())
    checks = [Check(n, sql) for n, sql in spec.checks.items()]
    checks += [arc_check(name, arc, listed) for arc, listed in spec.one_of.items()]
    for column, (kind, _) in table.columns.items():
        if (expression := _range(column, kind)) is not None:
            checks.append(Check(_constraint(name, column, "check"), expression))
    uniques = [Unique(_constraint(name, *c, "key"), c) for c in spec.unique]
    uniques += [Unique(_constraint(name, *c, "key"), c, True) for c in spec.unique_nulls_equal]
    uniques += [
        Unique(_constraint(name, column, "key"), (column,))
        for column, (kind, _) in table.columns.items()
        if kind.unique
    ]
    exclusions = [Exclusion(n, e.using, e.elements, e.where) for n, e in spec.exclude.items()]
    foreign_keys = _foreign_keys(draft, table)
    made = [*(c.name for c in checks), *(u.name for u in uniques)]
    made += [*(e.name for e in exclusions), *(k.name for k in foreign_keys)]
    for label in _twice(made):
        draft.report(table.instance, ("tables", name), f"two constraints are called {label}")
    return Table(
        ref=table.ref,
        columns=columns,
        primary_key=spec.key,
        checks=tuple(sorted(checks, key=lambda c: c.name)),
        uniques=tuple(sorted(uniques, key=lambda u: u.name)),
        foreign_keys=foreign_keys,
        exclusions=tuple(sorted(exclusions, key=lambda e: e.name)),
        comment=spec.comment,
        partition_by=spec.partition.by if spec.partition else None,
    )


def _column(name: str, kind: ColumnType, comment: str) -> Column:
    return Column(
        name=name,
        type=f"public.{kind.type}" if kind.enum else kind.type,
        not_null=not kind.nullable,
        default=kind.default,
        generated=kind.generated,
        enum=kind.type.removesuffix("[]") if kind.enum else None,
        comment=comment,
    )


def _range(column: str, kind: ColumnType) -> str | None:
    if kind.low is None and kind.high is None:
        return None
    subject = column
    if kind.type.endswith("[]"):
        subject = f"cardinality({column})"
    elif kind.type in _TEXT_TYPES:
        subject = f"char_length({column})"
    if kind.low is not None and kind.high is not None:
        return f"{subject} between {kind.low} and {kind.high}"
    return f"{subject} >= {kind.low}" if kind.low is not None else f"{subject} <= {kind.high}"


def _foreign_keys(draft: Draft, table: TableDraft) -> tuple[ForeignKey, ...]:
    name = table.ref.name
    keys: list[ForeignKey] = []
    for column, (kind, instance) in table.columns.items():
        if kind.references is None:
            continue
        target = _target(draft, kind.references)
        if target is None:
            text = f"{name}.{column} references {kind.references}, which has no single key here"
            own = instance is table.instance
            path = ("tables", name, "columns") if own else ("columns", name)
            draft.report(instance, (*path, column), text)
            continue
        ref, key = target
        label = _constraint(name, column, "fkey")
        made = ForeignKey(label, (column,), ref, (key,), kind.on_delete, deferred=kind.deferred)
        keys.append(made)
    for index, spec in enumerate(table.spec.foreign):
        there = draft.tables.get(spec.references)
        missing = [c for c in spec.to if there is None or c not in there.columns]
        if there is None or missing or len(spec.to) != len(spec.columns):
            text = f"{name} references {spec.references}({', '.join(spec.to)}), which is not there"
            draft.report(table.instance, ("tables", name, "foreign", str(index)), text)
            continue
        label = _constraint(name, *spec.columns, "fkey")
        ref = there.ref
        keys.append(
            ForeignKey(
                label, spec.columns, ref, spec.to, spec.on_delete, spec.set_null, spec.deferred
            )
        )
    return tuple(sorted(keys, key=lambda k: k.name))


def _target(draft: Draft, references: str) -> tuple[Ref, str] | None:
    if references == "auth.users":
        return Ref("auth", "users"), "id"
    table = draft.tables.get(references)
    if table is None or len(table.spec.key) != 1:
        return None
    return table.ref, table.spec.key[0]

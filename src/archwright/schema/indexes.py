"""Indexes from foreign keys, declared queries and packs; none that another one makes useless."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from archwright.catalog.manifest import QuerySpec
from archwright.catalog.naming import bounded
from archwright.diagnostics import Diagnostic, Place
from archwright.plan.restrict import Restricted
from archwright.schema.arcs import arc_columns
from archwright.schema.model import Index, Ref, Table
from archwright.schema.numbers import number_index
from archwright.schema.relation_names import name_clashes

_NAME = re.compile(r"[a-z_][a-z0-9_]*")


def plan_indexes(
    app: Restricted, tables: tuple[Table, ...]
) -> tuple[tuple[Index, ...], list[Diagnostic]]:
    """Return all indexes by name; the primary key's and the unique constraints' are not listed.

    Diagnostics: columns that are not there (AW-3102), two indexes, or an index and a key or a
    table, of one name (AW-3105).
    """
    known = {t.ref.name: t for t in tables}
    placed = [*_declared(app, known), *_queried(app, known)]
    problems: list[Diagnostic] = []
    taken: dict[str, Index | None] = {u.name: None for t in tables for u in t.uniques}
    for index, place in placed:
        if taken.setdefault(index.name, index) != index:
            text = f"there is something else called {index.name}"
            problems.append(Diagnostic("AW-3105", text, place))
        columns = {c.name for c in known[index.table.name].columns}
        for column in index.columns:
            word = column.split()[0]
            if _NAME.fullmatch(word) and word not in columns:
                text = f"{index.table.name} has no column {word!r}"
                problems.append(Diagnostic("AW-3102", text, place))
    by_table: dict[Ref, list[Index]] = {t.ref: [] for t in tables}
    for index, _ in placed:
        by_table[index.table].append(index)
    found: list[Index] = []
    for table in tables:
        own = by_table[table.ref]
        found += _needed([*own, *_foreign(table, own)], table)
    if not problems:
        problems += name_clashes(app, tables, found)
    return tuple(sorted(found, key=lambda i: i.name)), problems


def _declared(app: Restricted, known: dict[str, Table]) -> Iterable[tuple[Index, Place]]:
    for instance in app.instances:
        for name, spec in instance.manifest.indexes.items():
            if spec.table in known and app.has_part(instance, spec.part):
                ref = known[spec.table].ref
                index = Index(name, ref, spec.columns, spec.using, spec.unique, spec.where)
                yield index, instance.place("indexes", name)
        for name, number in instance.manifest.numbers.items():
            table, _, column = number.column.partition(".")
            numbered = known.get(table)
            if numbered and numbered.column(column) and app.has_part(instance, number.part):
                made = number_index(name, number, numbered)
                if made is not None:
                    yield made, instance.place("numbers", name)
        for table, spec_table in instance.manifest.tables.items():
            if table not in known or not app.has_part(instance, spec_table.part):
                continue
            for name, partial in spec_table.unique_where.items():
                ref = known[table].ref
                index = Index(name, ref, partial.columns, unique=True, where=partial.where)
                yield index, instance.place("tables", table, "unique_where", name)


def _queried(app: Restricted, known: dict[str, Table]) -> Iterable[tuple[Index, Place]]:
    for instance in app.instances:
        for name, spec in instance.manifest.queries.items():
            if spec.table in known and app.has_part(instance, spec.part):
                columns = query_columns(spec)
                if columns:
                    index = _index(known[spec.table].ref, columns)
                    if spec.filter is not None:
                        # Two queries may have the same columns and another filter each.
                        index = replace(index, name=bounded(f"{name}_idx"), where=spec.filter)
                    yield index, instance.place("queries", name)


def query_columns(spec: QuerySpec) -> tuple[str, ...]:
    """Return the index columns of a keyset or lookup query: equality first, then the order."""
    if spec.kind not in {"keyset", "lookup"}:
        return ()
    equal = tuple(w.split()[0] for w in spec.where)
    return (*equal, *(o for o in spec.order if o.split()[0] not in equal))


def _index(table: Ref, columns: tuple[str, ...], where: str | None = None) -> Index:
    words = [table.name, *(c.split()[0] for c in columns)]
    if where:
        words += re.findall(r"[a-z0-9]+", where.lower())
    return Index(bounded("_".join(words) + "_idx"), table, columns, where=where)


def _foreign(table: Table, found: list[Index]) -> list[Index]:
    """Index each foreign key that nothing else serves: the referenced row's delete looks here."""
    served = [table.primary_key, *(u.columns for u in table.uniques)]
    served += [
        tuple(c.split()[0] for c in i.columns)
        for i in found
        if i.where is None and i.using == "btree"
    ]
    arced = arc_columns(table)
    more: list[Index] = []
    for key in table.foreign_keys:
        width = len(key.columns)
        if not any(set(s[:width]) == set(key.columns) for s in served):
            nullable = any(not _not_null(table, c) for c in key.columns)
            only = key.columns[0] if nullable and width == 1 else None
            # Of an arc most rows have another column set: they need no place in this one's index.
            only = next((c for c in key.columns if c in arced), only)
            more.append(_index(table.ref, key.columns, f"{only} is not null" if only else None))
    return more


def _not_null(table: Table, column: str) -> bool:
    found = table.column(column)
    return found is not None and found.not_null


def _needed(indexes: list[Index], table: Table) -> list[Index]:
    """Drop doubles and plain indexes that are a leading part of a wider one or of a key.

    A partial index is kept beside a wider whole one: that one holds what the filter leaves out,
    and who counts the unread few would walk through all. Only ``is not null`` filters nothing
    that an equality on the same column would find.
    """
    unique = list({(i.columns, i.using, i.where): i for i in indexes}.values())
    keys = [table.primary_key, *(u.columns for u in table.uniques)]
    kept: list[Index] = []
    for index in unique:
        if index.unique or index.using != "btree":
            kept.append(index)
            continue
        width = len(index.columns)
        bare = tuple(c.removesuffix(" asc") for c in index.columns)
        covered = any(k[:width] == bare for k in keys) and index.where is None
        for other in unique:
            if other is index or other.using != "btree":
                continue
            longer = len(other.columns) > width and other.columns[:width] == index.columns
            if longer and (other.where == index.where or _serves(other, index)):
                covered = True
        if not covered:
            kept.append(index)
    return kept


def _serves(wider: Index, index: Index) -> bool:
    """Tell whether a whole index finds what a partial one is there for."""
    return wider.where is None and index.where == f"{index.columns[0]} is not null"

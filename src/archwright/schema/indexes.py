"""Indexes from foreign keys, declared queries and packs; none that another one makes useless."""

from __future__ import annotations

from collections.abc import Iterable

from archwright.catalog.manifest import QuerySpec
from archwright.catalog.naming import bounded
from archwright.plan.restrict import Restricted
from archwright.schema.model import Index, Ref, Table


def plan_indexes(app: Restricted, tables: tuple[Table, ...]) -> tuple[Index, ...]:
    """Return all indexes by name; the primary key's and the unique constraints' are not listed."""
    known = {t.ref.name: t for t in tables}
    found = [*_declared(app, known), *_queried(app, known)]
    found += _foreign(tables, found)
    return tuple(sorted(_needed(found, known), key=lambda i: i.name))


def _declared(app: Restricted, known: dict[str, Table]) -> Iterable[Index]:
    for instance in app.instances:
        for name, spec in instance.manifest.indexes.items():
            if spec.table in known and app.has_part(instance, spec.part):
                ref = known[spec.table].ref
                yield Index(name, ref, spec.columns, spec.using, spec.unique, spec.where)
        for table, spec_table in instance.manifest.tables.items():
            if table not in known or not app.has_part(instance, spec_table.part):
                continue
            for name, partial in spec_table.unique_where.items():
                yield Index(
                    name, known[table].ref, partial.columns, unique=True, where=partial.where
                )


def _queried(app: Restricted, known: dict[str, Table]) -> Iterable[Index]:
    for instance in app.instances:
        for spec in instance.manifest.queries.values():
            if spec.table in known and app.has_part(instance, spec.part):
                columns = query_columns(spec)
                if columns:
                    yield _index(known[spec.table].ref, columns, spec.filter)


def query_columns(spec: QuerySpec) -> tuple[str, ...]:
    """Return the index columns of a keyset or lookup query: equality first, then the order."""
    if spec.kind not in {"keyset", "lookup"}:
        return ()
    equal = tuple(w.split()[0] for w in spec.where)
    return (*equal, *(o for o in spec.order if o.split()[0] not in equal))


def _index(table: Ref, columns: tuple[str, ...], where: str | None) -> Index:
    words = [table.name, *(c.split()[0] for c in columns)]
    if where:
        words.append("partial")
    return Index(bounded("_".join(words) + "_idx"), table, columns, where=where)


def _foreign(tables: tuple[Table, ...], found: list[Index]) -> list[Index]:
    """Index each foreign key that nothing else serves: the referenced row's delete looks here."""
    more: list[Index] = []
    for table in tables:
        for key in table.foreign_keys:
            served = [table.primary_key, *(u.columns for u in table.uniques)]
            served += [
                tuple(c.split()[0] for c in i.columns)
                for i in found
                if i.table == table.ref and i.where is None and i.using == "btree"
            ]
            width = len(key.columns)
            if not any(set(s[:width]) == set(key.columns) for s in served):
                nullable = any(not _not_null(table, c) for c in key.columns)
                where = f"{key.columns[0]} is not null" if nullable and width == 1 else None
                more.append(_index(table.ref, key.columns, where))
    return more


def _not_null(table: Table, column: str) -> bool:
    found = table.column(column)
    return found is not None and found.not_null


def _needed(indexes: list[Index], known: dict[str, Table]) -> list[Index]:
    """Drop doubles and plain indexes that are a leading part of a wider one or of a key."""
    unique = list({(i.table, i.columns, i.using, i.where): i for i in indexes}.values())
    kept: list[Index] = []
    for index in unique:
        if index.unique or index.using != "btree":
            kept.append(index)
            continue
        table = known[index.table.name]
        keys = [table.primary_key, *(u.columns for u in table.uniques)]
        width = len(index.columns)
        bare = tuple(c.removesuffix(" asc") for c in index.columns)
        covered = any(k[:width] == bare for k in keys) and index.where is None
        for other in unique:
            if other is index or other.table != index.table or other.using != "btree":
                continue
            longer = len(other.columns) > width and other.columns[:width] == index.columns
            if longer and other.where in (index.where, None):
                covered = True
        if not covered:
            kept.append(index)
    return kept

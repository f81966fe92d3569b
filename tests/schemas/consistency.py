"""What a schema needs to be one that PostgreSQL could hold: all that is named is there."""

from __future__ import annotations

from collections.abc import Iterator

from archwright.migrate.disturbed import key_columns
from archwright.migrate.mentions import mentions
from archwright.schema.model import Ref, Schema, Table
from archwright.schema.render import constraints


def faults(schema: Schema) -> list[str]:
    """Return what is missing or there twice."""
    return [*_twice(schema), *_tables(schema), *_around(schema)]


def _twice(schema: Schema) -> Iterator[str]:
    names: dict[str, list[object]] = {
        "table": [t.ref for t in schema.tables],
        "function": [f.signature for f in schema.functions],
        "policy": [(p.table, p.name) for p in schema.policies],
        "trigger": [(t.table, t.name) for t in schema.triggers],
        "grant": [(g.table, g.role, g.privilege) for g in schema.grants],
        "enum": [e.name for e in schema.enums],
        "bucket": [b.name for b in schema.buckets],
        # the index of a constraint has its name
        "index": [
            *(Ref(i.table.schema, i.name) for i in schema.indexes),
            *(Ref(t.ref.schema, u.name) for t in schema.tables for u in t.uniques),
        ],
    }
    for kind, found in names.items():
        yield from (f"{kind} {n} twice" for n in set(found) if found.count(n) > 1)


def _tables(schema: Schema) -> Iterator[str]:
    enums = {e.name for e in schema.enums}
    tables = {t.ref: t for t in schema.tables}
    for table in schema.tables:
        has = {c.name for c in table.columns}
        if len(has) != len(table.columns):
            yield f"a column of {table.ref} twice"
        yield from (f"no type {c.enum}" for c in table.columns if c.enum and c.enum not in enums)
        keys = [table.primary_key, *(u.columns for u in table.uniques)]
        keys += [k.columns for k in table.foreign_keys]
        yield from (f"no column {c} of {table.ref}" for key in keys for c in key if c not in has)
        for key in table.foreign_keys:
            target = tables.get(key.table)
            if target is None and key.table.schema == "public":
                yield f"{key.name} points to no table"
            elif target is not None and frozenset(key.to) not in _unique_sets(schema, target):
                yield f"{key.name} points to no key"
        names = [c.name for c in constraints(table)]
        yield from (f"constraint {n} twice" for n in set(names) if names.count(n) > 1)


def _unique_sets(schema: Schema, table: Table) -> set[frozenset[str]]:
    found = {frozenset(table.primary_key), *(frozenset(u.columns) for u in table.uniques)}
    indexes = (i for i in schema.indexes if i.table == table.ref and i.unique and not i.where)
    return found | {key_columns(i) for i in indexes}


def _around(schema: Schema) -> Iterator[str]:
    tables = {t.ref: {c.name for c in t.columns} for t in schema.tables}
    functions = {f.ref for f in schema.functions}
    ours = {"private"}
    for kind, owner, text in _texts(schema):
        if owner.schema == "public" and owner not in tables:
            yield f"{kind} on {owner}, which is not there"
        for pair in mentions(text).pairs:
            if pair[0] in ours and Ref(*pair) not in functions and Ref(*pair) not in tables:
                yield f"{kind} on {owner} needs {pair}"
    for grant in schema.grants:
        missing = set(grant.columns) - tables.get(grant.table, set())
        yield from (f"a grant on {grant.table}.{c}, which is not there" for c in missing)


def _texts(schema: Schema) -> Iterator[tuple[str, Ref, str]]:
    for table in schema.tables:
        yield from (("check", table.ref, c.expression) for c in table.checks)
        yield from (("default", table.ref, c.default) for c in table.columns if c.default)
        yield from (("column", table.ref, c.generated) for c in table.columns if c.generated)
    yield from (("index", i.table, " ".join((*i.columns, i.where or ""))) for i in schema.indexes)
    yield from (("policy", p.table, f"{p.using} {p.check}") for p in schema.policies)
    yield from (("trigger", t.table, t.sql) for t in schema.triggers)
    yield from (("grant", g.table, "") for g in schema.grants)

"""Apply operations to a schema value, and bring schemas into one comparable form."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from archwright.migrate.operations.base import Operation
from archwright.schema.model import Schema, Table


def apply(operations: Iterable[Operation], schema: Schema) -> Schema:
    """Return the schema after all operations, in normal form."""
    for operation in operations:
        schema = operation.after(schema)
    return normal(schema)


def normal(schema: Schema) -> Schema:
    """Return the schema with every collection sorted where order means nothing, columns too."""
    return replace(
        schema,
        extensions=tuple(sorted(schema.extensions)),
        enums=tuple(sorted(schema.enums, key=lambda e: e.name)),
        tables=tuple(sorted((_table(t) for t in schema.tables), key=lambda t: t.ref)),
        indexes=tuple(sorted(schema.indexes, key=lambda i: (i.table, i.name))),
        functions=tuple(
            replace(f, callers=tuple(sorted(f.callers)))
            for f in sorted(schema.functions, key=lambda f: f.signature)
        ),
        triggers=tuple(sorted(schema.triggers, key=lambda t: (t.table, t.name))),
        policies=tuple(
            replace(p, roles=tuple(sorted(p.roles)))
            for p in sorted(schema.policies, key=lambda p: (p.table, p.name))
        ),
        grants=tuple(
            replace(g, columns=tuple(sorted(g.columns)))
            for g in sorted(schema.grants, key=lambda g: (g.table, g.role, g.privilege))
        ),
        buckets=tuple(sorted(schema.buckets, key=lambda b: b.name)),
        jobs=tuple(sorted(schema.jobs, key=lambda j: j.name)),
        comments=tuple(sorted(schema.comments)),
    )


def _table(table: Table) -> Table:
    return replace(
        table,
        columns=tuple(sorted(table.columns, key=lambda c: c.name)),
        checks=tuple(sorted(table.checks, key=lambda c: c.name)),
        uniques=tuple(sorted(table.uniques, key=lambda c: c.name)),
        foreign_keys=tuple(sorted(table.foreign_keys, key=lambda c: c.name)),
        exclusions=tuple(sorted(table.exclusions, key=lambda c: c.name)),
    )

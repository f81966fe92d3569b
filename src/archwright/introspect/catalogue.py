"""Read a live PostgreSQL's catalogue into a schema value."""

from __future__ import annotations

from archwright.introspect import access, constraints, queries, routines, tables
from archwright.introspect.found import Introspected, Remark
from archwright.migrate.apply import normal
from archwright.ports import Connection
from archwright.schema.model import Bucket, Enum, Job, Schema
from archwright.schema.sql_text import literal

OLDEST = 150000
"""The oldest server that is read, as ``server_version_num`` says it."""


def introspect(connection: Connection) -> Introspected:
    """Return what the database holds beside the platform's own, in normal form, with remarks.

    The connection reads only: its transaction's search path is emptied and comes back with the
    transaction's end. SQL texts are PostgreSQL's own printing of them, every name qualified, so
    two databases compare where both were introspected; what was typed may have been spelt
    otherwise. Raises what the connection raises.
    """
    connection.execute("select pg_catalog.set_config('search_path', '', true)")
    made = tables.read(connection)
    keyed = constraints.read(connection, made.tables)
    indexes, on_indexes = constraints.indexes(connection)
    functions, on_functions = routines.functions(connection)
    triggers, on_triggers = routines.triggers(connection)
    policies, on_policies = access.policies(connection)
    grants, on_grants = access.grants(connection)
    enums, on_enums = _enums(connection)
    buckets, on_buckets = _buckets(connection)
    comments = connection.execute(queries.COMMENTS).fetchall()
    schema = Schema(
        extensions=tuple(name for (name,) in connection.execute(queries.EXTENSIONS).fetchall()),
        enums=enums,
        tables=keyed.tables,
        indexes=indexes,
        functions=functions,
        triggers=triggers,
        policies=policies,
        grants=grants,
        buckets=buckets,
        jobs=_jobs(connection),
        comments=tuple(f"{target} is {literal(text)}" for target, text in comments),
    )
    remarks = {
        *made.remarks,
        *keyed.remarks,
        *on_indexes,
        *on_functions,
        *on_triggers,
        *on_policies,
        *on_grants,
        *on_enums,
        *on_buckets,
        *(Remark(*row) for row in connection.execute(queries.ELSEWHERE).fetchall()),
    }
    order = {t.ref: tuple(c.name for c in t.columns) for t in made.tables}
    return Introspected(normal(schema), tuple(sorted(remarks)), made.numbered, order)


def server_version(connection: Connection) -> int:
    """Return ``server_version_num``: 170004 for 17.4."""
    row = connection.execute("select current_setting('server_version_num')::integer").fetchone()
    return int(row[0])


def _enums(connection: Connection) -> tuple[tuple[Enum, ...], list[Remark]]:
    enums: list[Enum] = []
    remarks: list[Remark] = []
    for schema, name, values in connection.execute(queries.ENUMS).fetchall():
        if schema == "public":
            enums.append(Enum(name, tuple(values)))
        else:
            text = f"an enumeration outside of public: {', '.join(values)}"
            remarks.append(Remark("type", f"{schema}.{name}", text))
    return tuple(enums), remarks


def _jobs(connection: Connection) -> tuple[Job, ...]:
    there = "select to_regclass('cron.job') is not null"
    if not connection.execute(there).fetchone()[0]:
        return ()
    rows = connection.execute(queries.JOBS).fetchall()
    return tuple(Job(name, schedule, command) for name, schedule, command in rows)


def _buckets(connection: Connection) -> tuple[tuple[Bucket, ...], list[Remark]]:
    there = "select to_regclass('storage.buckets') is not null"
    if not connection.execute(there).fetchone()[0]:
        return (), []
    buckets: list[Bucket] = []
    remarks: list[Remark] = []
    for name, public, limit, types in connection.execute(queries.BUCKETS).fetchall():
        if limit is None:
            remarks.append(Remark("bucket", name, "has no limit on the size of a file"))
        buckets.append(Bucket(name, bool(public), limit or 0, tuple(types)))
    return tuple(buckets), remarks

"""Renders INSERT, UPSERT, UPDATE and DELETE with what they return."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from archwright.stack.rest.conditions import condition, nothing_embedded
from archwright.stack.rest.errors import RestError
from archwright.stack.rest.lookup import find_columns, find_relation
from archwright.stack.rest.model import Catalog, Column, Table
from archwright.stack.rest.params import Params
from archwright.stack.rest.payload import Rows
from archwright.stack.rest.source import Source, columns_of, table_source
from archwright.stack.rest.sql import Sql, build, ident, join, raw, value
from archwright.stack.rest.syntax import Condition, FieldRef, Item, Pick

SOURCE = "pgrst_source"
_READ = "from json"
INSERTED = "pgrst.inserted"
_COUNTED = (
    f"set_config('{INSERTED}', (coalesce(nullif(current_setting('{INSERTED}', true), ''), '0')::int"
    " {} 1)::text, true) <> '{}'"
)


@dataclass(frozen=True, slots=True)
class Upsert:
    """What happens to rows that are there already: the columns that tell, merge or ignore."""

    columns: tuple[str, ...]
    merge: bool


def insert(
    table: Table,
    rows: Rows,
    back: Sql,
    *,
    upsert: Upsert | None = None,
    defaults: bool = False,
    only: Sequence[Condition] = (),
) -> Sql:
    """Render an insert; ``only`` are conditions on the payload itself (PUT)."""
    columns = find_columns(table, rows.keys)
    source = _payload(columns, rows, defaults=defaults)
    tests = [condition(_body(table), item, nothing_embedded) for item in only]
    conflict = raw("")
    if upsert is not None:
        if upsert.merge:
            # counts up for each row and, where it conflicts, down again: 201 or 200 follows
            tests.append(raw(_COUNTED.format("+", "0")))
        conflict = _conflict(columns, upsert)
    names = build(" ({})", join(", ", [ident(column.name) for column in columns]))
    where = build(" where {}", join(" and ", tests)) if tests else raw("")
    return build(
        "insert into {}{} select {} from {}{}{} {}",
        ident(*table.name),
        names if columns else raw(""),
        join(", ", [ident("pgrst_body", column.name) for column in columns]),
        source,
        where,
        conflict,
        back,
    )


def update(table: Table, rows: Rows, where: Sql, back: Sql, *, defaults: bool) -> Sql:
    """Render an update of the rows that the conditions choose."""
    columns = find_columns(table, rows.keys)
    if not columns:
        # nothing to set: no rows, but with the columns that are asked for
        asked = raw(back.text.removeprefix("returning ").replace("%%", "%"))
        return build("select {} from {} where false", asked, ident(*table.name))
    sets = [build("{} = {}", ident(c.name), ident("pgrst_body", c.name)) for c in columns]
    return build(
        "update {} set {} from {} {} {}",
        ident(*table.name),
        join(", ", sets),
        _payload(columns, rows, defaults=defaults, one=True),
        where,
        back,
    )


def delete(table: Table, where: Sql, back: Sql) -> Sql:
    """Render a delete of the rows that the conditions choose."""
    return build("delete from {} {} {}", ident(*table.name), where, back)


def where(catalog: Catalog, table: Table, params: Params, command: str, *, safe: bool) -> Sql:
    """Render the conditions of an update or delete; ``safe`` refuses to do without any."""
    if not params.level.conditions:
        if safe:
            raise RestError(400, "21000", f"{command} requires a WHERE clause")
        return raw("")
    # the table has no alias here, so it is known by its own name
    source = table_source(catalog, table.name, table.name[1])
    tests = [condition(source, item, nothing_embedded) for item in params.level.conditions]
    return build("where {}", join(" and ", tests))


def explicit(table: Table, items: tuple[Item, ...]) -> tuple[Item, ...]:
    """Replace ``*`` by the table's columns, where computed columns stand beside it."""
    beside = any(isinstance(item, Pick) and not item.star for item in items)
    if not beside:
        return items
    columns = tuple(Pick(FieldRef(name)) for name in table.columns)
    found: list[Item] = []
    for item in items:
        found.extend(columns if isinstance(item, Pick) and item.star else (item,))
    return tuple(found)


def returning(catalog: Catalog, table: Table, items: Sequence[Item], order: Sequence[str]) -> Sql:
    """Name what a write returns: what was selected, sort keys, keys of embeddings, primary key.

    Naming no more than that matters: each returned column needs the right to read it.
    """
    names: dict[str, None] = {}
    for item in items:
        if isinstance(item, Pick):
            names[item.ref.name] = None
            continue
        relation = find_relation(catalog, table.name[0], table.name, item.name, item.hint)
        # what a computed relationship needs of its row only the function knows
        own = ["*"] if relation.function else [column for column, _ in relation.pairs]
        names.update(dict.fromkeys(own))
    names.update(dict.fromkeys((*order, *table.key)))
    wanted = list(names)
    if "*" in names:
        wanted = ["*", *(name for name in names if name not in table.columns and name != "*")]
    columns = [
        build("{}.*", ident(*table.name)) if name == "*" else ident(*table.name, name)
        for name in wanted
    ]
    return build("returning {}", join(", ", columns) if columns else raw("1"))


def _body(table: Table) -> Source:
    columns = columns_of(table)
    return Source(raw(""), "pgrst_body", table.name, columns, represented=table.represented)


def _payload(columns: tuple[Column, ...], rows: Rows, *, defaults: bool, one: bool = False) -> Sql:
    """Turn the payload into rows typed like the table, missing keys null or defaulted."""
    limit = raw(" limit 1" if one else "")
    data = value(rows.text, "jsonb" if defaults else "json")
    many = "recordset" if rows.listed else "record"
    if not columns:
        each = build("json_array_elements({}) as _", value(rows.text, "json"))
        each = each if rows.listed else raw("(values (1)) as _")
        return build("(select from {}{}) as pgrst_body", each, limit)
    names = join(", ", [_read(column) for column in columns])
    shape = join(
        ", ",
        [
            build("{} {}", ident(c.name), raw("json" if _READ in c.casts else c.type))
            for c in columns
        ],
    )
    if not defaults:
        call = build("json_to_{}({}) as _ ({})", raw(many), data, shape)
        return build("(select {} from {}{}) as pgrst_body", names, call, limit)
    pairs = [
        build("{}, to_jsonb({})", value(c.name, "text"), raw(c.default))
        for c in columns
        if c.default is not None
    ]
    lines = build("jsonb_array_elements({}) as line", data)
    if not rows.listed:
        lines = build("(select {} as line) as line", data)
    filled = build("jsonb_build_object({}) || line.line", join(", ", pairs))
    if rows.listed:
        filled = build("jsonb_build_object({}) || line", join(", ", pairs))
    call = build("{}, lateral jsonb_to_record({}) as _ ({})", lines, filled, shape)
    return build("(select {} from {}{}) as pgrst_body", names, call, limit)


def _read(column: Column) -> Sql:
    """Name a column of the payload, read as its domain reads JSON."""
    function = column.casts.get(_READ)
    name = ident(column.name)
    return build("{}({}) as {}", ident(*function), name, name) if function else name


def _conflict(columns: tuple[Column, ...], upsert: Upsert) -> Sql:
    target = join(", ", [ident(name) for name in upsert.columns])
    if not upsert.merge or not columns:
        return build(" on conflict ({}) do nothing", target)
    sets = [build("{} = excluded.{}", ident(c.name), ident(c.name)) for c in columns]
    back = raw(_COUNTED.format("-", "-1"))
    return build(" on conflict ({}) do update set {} where {}", target, join(", ", sets), back)

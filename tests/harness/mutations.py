"""Renders INSERT, UPSERT, UPDATE and DELETE with what they return."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from .conditions import condition
from .errors import ApiError, unsupported
from .model import Catalog, Column, Table
from .params import Params
from .relations import find
from .source import returned_source, table_source
from .sql import Sql, build, ident, join, raw, value
from .syntax import Embed, Item, Pick, Star

SOURCE = "pgrst_source"
INSERTED = "harness.inserted"
_COUNTED = (
    f"set_config('{INSERTED}', (coalesce(nullif(current_setting('{INSERTED}', true), ''), '0')::int"
    " {} 1)::text, true) is not null"
)


@dataclass(frozen=True, slots=True)
class Body:
    """A JSON payload: its rows, whether it came as a list, the columns it names."""

    text: str
    rows: tuple[dict[str, object], ...]
    listed: bool
    columns: tuple[str, ...]


def parse_body(text: str, columns: tuple[str, ...] | None) -> Body:
    """Read a payload; without ``columns=`` all rows must have the same keys (PGRST102)."""
    try:
        data = json.loads(text or "{}")
    except ValueError as error:
        raise ApiError(400, "PGRST102", "Empty or invalid json") from error
    rows = data if isinstance(data, list) else [data]
    if not all(isinstance(row, dict) for row in rows):
        raise ApiError(400, "PGRST102", "Empty or invalid json")
    if columns is None:
        keys = tuple(rows[0]) if rows else ()
        if any(set(row) != set(keys) for row in rows):
            raise ApiError(400, "PGRST102", "All object keys must match")
        columns = keys
    return Body(json.dumps(rows), tuple(rows), isinstance(data, list), columns)


def insert(
    catalog: Catalog, table: Table, body: Body, params: Params, prefer: dict[str, str], back: Sql
) -> Sql:
    """Render an insert; ``resolution`` makes it an upsert."""
    columns = _known(table, body.columns)
    target = ident(catalog.schema, table.name)
    conflict = _conflict(table, columns, params, prefer.get("resolution"))
    if not columns:
        if len(body.rows) > 1:
            raise unsupported("inserting several rows that name no column")
        if body.rows:
            return build("insert into {} default values {} {}", target, conflict, back)
        return build("select from {} where false", target)
    names = join(", ", (ident(column.name) for column in columns))
    rows = _rows(columns, body, defaults=prefer.get("missing") == "default")
    if prefer.get("resolution"):
        # counts up for each row and, where it conflicts, down again: 201 or 200 in the answer
        rows = build("{} where {}", rows, build(_COUNTED, raw("+")))
    return build("insert into {} ({}) {} {} {}", target, names, rows, conflict, back)


def update(catalog: Catalog, table: Table, body: Body, params: Params, back: Sql) -> Sql:
    """Render an update of the rows that the conditions choose."""
    columns = _known(table, body.columns)
    target = ident(catalog.schema, table.name)
    if not columns:
        return build("select from {} where false", target)
    sets = join(
        ", ",
        (build("{} = pgrst_body.{}", ident(c.name), ident(c.name)) for c in columns),
    )
    return build(
        "update {} set {} from ({} limit 1) as pgrst_body where {} {}",
        target,
        sets,
        _rows(columns, body, defaults=False),
        _where(catalog, table, params, "UPDATE"),
        back,
    )


def delete(catalog: Catalog, table: Table, params: Params, back: Sql) -> Sql:
    """Render a delete of the rows that the conditions choose."""
    where = _where(catalog, table, params, "DELETE")
    return build("delete from {} where {} {}", ident(catalog.schema, table.name), where, back)


def returning(catalog: Catalog, table: Table, items: Sequence[Item] | None) -> Sql:
    """Name what a write returns: what was selected, keys of embeddings, the primary key.

    Naming no more than that matters: each returned column needs the right to read it.
    """
    if items is None:
        return raw("returning 1")
    if any(isinstance(item, Star) for item in items):
        return build("returning {}.*", ident(catalog.schema, table.name))
    source = table_source(catalog, table.name, table.name)
    names: dict[str, None] = {}
    for item in items:
        if isinstance(item, Pick):
            source.column(item.ref.name)
            names[item.ref.name] = None
        elif isinstance(item, Embed):
            relation = find(catalog, table.name, item.name, item.hint)
            names.update(dict.fromkeys(own for own, _ in relation.pairs))
    names.update(dict.fromkeys(table.key))
    columns = (ident(catalog.schema, table.name, name) for name in names)
    return build("returning {}", join(", ", columns))


def written(catalog: Catalog, table: Table, params: Params) -> tuple[Item, ...]:
    """Check the select list against the table before anything is written."""
    source = returned_source(catalog, SOURCE, table, table.name)
    for item in params.items:
        if isinstance(item, Pick):
            source.field(item.ref)
    return params.items


def _known(table: Table, names: tuple[str, ...]) -> tuple[Column, ...]:
    for name in names:
        if name not in table.columns:
            raise ApiError(
                400,
                "PGRST204",
                f"Could not find the '{name}' column of '{table.name}' in the schema cache",
            )
    return tuple(table.columns[name] for name in dict.fromkeys(names))


def _rows(columns: tuple[Column, ...], body: Body, *, defaults: bool) -> Sql:
    """Turn the payload into rows typed like the table, missing keys null or defaulted."""
    names = join(", ", (ident(column.name) for column in columns))
    shape = join(", ", (build("{} {}", ident(c.name), raw(c.type)) for c in columns))
    if not defaults:
        payload = value(body.text, "json")
        return build("select {} from json_to_recordset({}) as given ({})", names, payload, shape)
    pairs = join(
        ", ",
        (
            build("{}, to_jsonb({})", value(c.name, "text"), raw(c.default))
            for c in columns
            if c.default is not None
        ),
    )
    return build(
        "select {} from jsonb_array_elements({}) as line,"
        " lateral jsonb_to_record(jsonb_build_object({}) || line) as given ({})",
        names,
        value(body.text, "jsonb"),
        pairs,
        shape,
    )


def _conflict(
    table: Table, columns: tuple[Column, ...], params: Params, resolution: str | None
) -> Sql:
    if resolution is None:
        return raw("")
    names = params.on_conflict or table.key
    if not names:
        return raw("")
    target = join(", ", (ident(column.name) for column in _known(table, names)))
    if resolution == "ignore-duplicates" or not columns:
        return build("on conflict ({}) do nothing", target)
    sets = join(
        ", ",
        (build("{} = excluded.{}", ident(c.name), ident(c.name)) for c in columns),
    )
    back = build(_COUNTED, raw("-"))
    return build("on conflict ({}) do update set {} where {}", target, sets, back)


def _where(catalog: Catalog, table: Table, params: Params, command: str) -> Sql:
    if not params.level.conditions:
        # the hosted platform loads the safeupdate extension
        raise ApiError(400, "21000", f"{command} requires a WHERE clause")
    source = table_source(catalog, table.name, table.name)
    return join(
        " and ", (condition(source, item, lambda _: None) for item in params.level.conditions)
    )

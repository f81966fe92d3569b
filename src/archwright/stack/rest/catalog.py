"""Reads the schema cache from PostgreSQL's catalog."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from archwright.stack.database import Connection
from archwright.stack.rest import catalog_sql
from archwright.stack.rest.model import (
    Argument,
    Casts,
    Catalog,
    Column,
    ForeignKey,
    Function,
    Handler,
    Handlers,
    Name,
    Relation,
    Table,
    ViewKey,
)
from archwright.stack.rest.relations import build_relations
from archwright.stack.rest.views import Key, View, origins, view_keys

Row = tuple[Any, ...]

_BODIES = frozenset({"bytea", "json", "jsonb", "text", "xml"})
"""Types of which a function may take a request's body as its one unnamed argument."""


async def load(connection: Connection, schemas: Sequence[str]) -> Catalog:
    """Read the catalog of the exposed schemas, in the caller's transaction."""
    wanted = list(schemas)
    # without a search path all names come qualified
    await connection.execute("select set_config('search_path', '', true)")
    found = await _rows(connection, catalog_sql.TABLES, wanted)
    columns = await _rows(connection, catalog_sql.COLUMNS, wanted)
    keys: dict[int, list[str]] = dict(await _rows(connection, catalog_sql.PRIMARY_KEYS))
    foreign = await _rows(connection, catalog_sql.FOREIGN_KEYS)
    primary = await _rows(connection, catalog_sql.KEYS_BY_NUMBER)
    views = await _rows(connection, catalog_sql.VIEWS)
    routines = await _rows(connection, catalog_sql.FUNCTIONS, wanted)
    casts = _casts(await _rows(connection, catalog_sql.CASTS))
    comments: dict[str, str] = dict(await _rows(connection, catalog_sql.COMMENTS, wanted))
    handlers = _handlers(await _rows(connection, catalog_sql.HANDLERS, wanted, wanted))
    shown = view_keys([_view(row) for row in views], [*_keys(foreign, primary)])
    tables = _tables(found, columns, keys, shown, casts)
    functions, computed = _functions(routines, set(wanted))
    relations = build_relations(tables, [_foreign_key(row) for row in foreign], shown, computed)
    return Catalog(tuple(wanted), tables, relations, functions, handlers, comments)


async def _rows(connection: Connection, sql: str, *parameters: object) -> list[Row]:
    cursor = await connection.execute(sql.encode(), parameters or None)
    return await cursor.fetchall()


def _tables(
    rows: list[Row],
    columns: list[Row],
    keys: dict[int, list[str]],
    shown: list[ViewKey],
    casts: Mapping[int, Casts],
) -> dict[Name, Table]:
    by_oid: dict[int, dict[str, Column]] = defaultdict(dict)
    for oid, name, kind, default, nullable, comment, enum, most, type_oid in columns:
        more = (tuple(enum or ()), most, casts.get(type_oid, {}))
        by_oid[oid][name] = Column(name, kind, default, nullable, comment, *more)
    of_views: dict[Name, tuple[str, ...]] = {}
    for item in shown:
        if item.kind == "p":
            of_views.setdefault(item.view, tuple(names[0] for _, names in item.columns))
    return {
        (schema, name): Table(
            (schema, name),
            view,
            by_oid[oid],
            of_views.get((schema, name), ()) if view else tuple(keys.get(oid, ())),
            comment,
            insertable,
            updatable,
            deletable,
            any(column.casts for column in by_oid[oid].values()),
        )
        for oid, schema, name, view, comment, insertable, updatable, deletable in rows
    }


def _casts(rows: list[Row]) -> dict[int, Casts]:
    """Give for each domain the functions that present and read it."""
    found: dict[int, dict[str, Name]] = defaultdict(dict)
    for source, target, presents, source_name, target_name, schema, name in rows:
        if presents:
            found[source][target_name] = (schema, name)
        else:
            found[target][f"from {source_name}"] = (schema, name)
    return dict(found)


def _handlers(rows: list[Row]) -> dict[Name | None, Handlers]:
    found: dict[Name | None, dict[str, Handler]] = defaultdict(dict)
    for media, binary, schema, name, target in rows:
        whose = (target[0], target[1]) if target else None
        function = (schema, name) if name else None
        handler = Handler(media, function, whose if function else None, binary)
        found[whose].setdefault(media, handler)
    return dict(found)


def _foreign_key(row: Row) -> ForeignKey:
    name, _, _, schema, table, target_schema, target, pairs, unique, *_ = row
    columns = tuple((own, other) for own, other in pairs)
    return ForeignKey(name, (schema, table), (target_schema, target), columns, unique)


def _keys(foreign: list[Row], primary: list[Row]) -> list[Key]:
    found: list[Key] = []
    for name, oid, schema, table, numbers, columns in primary:
        found.append(Key(name, "p", oid, (schema, table), tuple(numbers), tuple(columns)))
    for name, oid, target_oid, schema, table, to_schema, to, pairs, _, near, far in foreign:
        own, other = zip(*pairs, strict=True)
        found.append(Key(name, "f", oid, (schema, table), tuple(near), own))
        found.append(Key(name, "f_ref", target_oid, (to_schema, to), tuple(far), other))
    return found


def _view(row: Row) -> View:
    oid, schema, name, definition, columns = row
    return View(oid, (schema, name), tuple(columns or ()), origins(definition))


def _functions(
    rows: list[Row], schemas: set[str]
) -> tuple[dict[Name, tuple[Function, ...]], list[Relation]]:
    functions: dict[Name, list[Function]] = defaultdict(list)
    computed: list[Relation] = []
    for row in rows:
        function, source = _function(row), row[15]
        if source and function.table and len(function.arguments) == 1:
            many = function.many and row[7] != 1
            where = (source[0], source[1])
            computed.append(
                Relation("computed", "", where, function.table, function=function.name, many=many)
            )
        if function.name[0] in schemas and _callable(function):
            functions[function.name].append(function)
    return {name: tuple(group) for name, group in functions.items()}, computed


def _function(row: Row) -> Function:
    schema, name, many, volatility, defaults, type_name, kind, _, table = row[:9]
    types, names, modes, variadic, config, attributes = row[9:15]
    types, names = types or [], names or []
    modes = modes or ["i"] * len(types)
    inputs = [names[i] if i < len(names) else "" for i, mode in enumerate(modes) if mode in "ibv"]
    last = len(types) - 1
    arguments = tuple(
        Argument(argument, type_of, i < len(types) - defaults, variadic and i == last)
        for i, (argument, type_of) in enumerate(zip(inputs, types, strict=True))
    )
    outputs = [names[i] for i, mode in enumerate(modes) if mode in "otb" and i < len(names)]
    returns: Literal["void", "scalar", "rows"] = "scalar"
    if type_name == "void":
        returns = "void"
    elif kind == "c" or outputs:
        returns = "rows"
    return Function(
        name=(schema, name),
        arguments=arguments,
        returns=returns,
        many=many,
        table=(table[0], table[1]) if table else None,
        columns=tuple(outputs or attributes or ()) if returns == "rows" else (),
        volatility=volatility,
        settings=dict(item.split("=", 1) for item in config or ()),
        comment=row[16],
    )


def _callable(function: Function) -> bool:
    """Tell whether all arguments can be given by name, or the one as the body."""
    unnamed = [argument for argument in function.arguments if not argument.name]
    alone = len(function.arguments) == 1
    return not unnamed or (alone and unnamed[0].type in _BODIES)

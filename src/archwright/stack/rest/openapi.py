"""Describes the exposed schema as OpenAPI 2.0, as the caller may see it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

from archwright.stack.database import Session
from archwright.stack.rest.model import Catalog, Column, Function, Name, Table

Json = dict[str, Any]

_VISIBLE = """
select n.nspname, c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
where n.nspname = %s and c.relkind in ('r', 'p', 'v', 'm', 'f')
  and (has_table_privilege(c.oid, 'select, insert, update, delete')
       or has_any_column_privilege(c.oid, 'select, insert, update'))
union all
select n.nspname, p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace
where n.nspname = %s and has_function_privilege(p.oid, 'execute')
"""
_NUMBERS = re.compile(r"(smallint|integer|bigint|real|double precision|numeric|decimal)\b")
_INTEGERS = ("smallint", "integer", "bigint")


async def visible(session: Session, schema: str) -> set[Name]:
    """Return the tables and functions that the session's role may use."""
    cursor = await session.execute(_VISIBLE.encode(), (schema, schema))
    return {(home, name) for home, name in await cursor.fetchall()}


def describe(catalog: Catalog, schema: str, shown: Collection[Name] | None, base: str) -> Json:
    """Build the document; ``shown`` None means all, ``base`` is the service's own path."""
    tables = [
        table
        for name, table in sorted(catalog.tables.items())
        if name[0] == schema and (shown is None or name in shown)
    ]
    routines = [
        group
        for name, group in sorted(catalog.functions.items())
        if name[0] == schema and (shown is None or name in shown)
    ]
    paths: Json = {"/": {"get": _operation("Introspection", "OpenAPI description", [], "OK")}}
    for table in tables:
        paths[f"/{table.name[1]}"] = _table_path(table)
    for group in routines:
        paths[f"/rpc/{group[0].name[1]}"] = _function_path(group[0])
    return {
        "swagger": "2.0",
        "info": {"title": "PostgREST API", "description": "", "version": "13.0.0"},
        "basePath": base,
        "schemes": ["http"],
        "consumes": _types(),
        "produces": _types(),
        "paths": paths,
        "definitions": {table.name[1]: _definition(catalog, table) for table in tables},
        "parameters": _parameters(tables),
    }


def _types() -> list[str]:
    vendor = "application/vnd.pgrst.object+json"
    return ["application/json", vendor, f"{vendor};nulls=stripped", "text/csv"]


def _operation(tag: str, summary: str | None, parameters: list[Json], answer: str) -> Json:
    found: Json = {"tags": [tag], "parameters": parameters}
    if summary:
        found["summary"] = summary
    status = {"OK": "200", "Created": "201", "No Content": "204"}[answer]
    return {**found, "responses": {status: {"description": answer}}}


def _ref(name: str) -> Json:
    return {"$ref": f"#/parameters/{name}"}


def _table_path(table: Table) -> Json:
    name = table.name[1]
    filters = [_ref(f"rowFilter.{name}.{column}") for column in table.columns]
    paging = [_ref(word) for word in ("select", "order", "range", "rangeUnit", "offset", "limit")]
    body = [_ref(f"body.{name}")]
    read = _operation(name, table.comment, [*filters, *paging, _ref("preferCount")], "OK")
    read["responses"]["200"]["schema"] = {
        "type": "array",
        "items": {"$ref": f"#/definitions/{name}"},
    }
    read["responses"]["206"] = {"description": "Partial Content"}
    path: Json = {"get": read}
    if table.insertable:
        more = [*body, _ref("select"), _ref("preferPost")]
        path["post"] = _operation(name, table.comment, more, "Created")
    if table.updatable:
        more = [*filters, *body, _ref("preferReturn")]
        path["patch"] = _operation(name, table.comment, more, "No Content")
    if table.deletable:
        more = [*filters, _ref("preferReturn")]
        path["delete"] = _operation(name, table.comment, more, "No Content")
    return path


def _function_path(function: Function) -> Json:
    tag = f"(rpc) {function.name[1]}"
    schema: Json = {
        "type": "object",
        "properties": {argument.name: _type(argument.type) for argument in function.arguments},
    }
    if required := [argument.name for argument in function.arguments if argument.required]:
        schema["required"] = required
    body = [{"in": "body", "name": "args", "required": True, "schema": schema}]
    path: Json = {"post": _operation(tag, function.comment, body, "OK")}
    if function.volatility != "v":
        query = [
            {
                "in": "query",
                "name": argument.name,
                "required": argument.required,
                "type": "string",
                "format": argument.type,
            }
            for argument in function.arguments
        ]
        path["get"] = _operation(tag, function.comment, query, "OK")
    return path


def _definition(catalog: Catalog, table: Table) -> Json:
    keys = {
        relation.pairs[0][0]: (relation.target[1], relation.pairs[0][1])
        for relation in catalog.relations.get(table.name, ())
        if relation.kind in ("many-to-one", "one-to-one")
        and len(relation.pairs) == 1
        and not relation.target_is_view
    }
    found: Json = {
        "type": "object",
        "properties": {
            name: _property(column, name in table.key, keys.get(name))
            for name, column in table.columns.items()
        },
    }
    if required := [name for name, column in table.columns.items() if not column.nullable]:
        found["required"] = required
    if table.comment:
        found["description"] = table.comment
    return found


def _property(column: Column, primary: bool, target: tuple[str, str] | None) -> Json:
    notes = [column.comment] if column.comment else []
    if primary:
        notes.append("Note:\nThis is a Primary Key.<pk/>")
    if target:
        table, other = target
        notes.append(
            f"Note:\nThis is a Foreign Key to `{table}.{other}`.<fk table='{table}'"
            f" column='{other}'/>"
        )
    found = _type(column.type)
    if column.default is not None:
        found["default"] = column.default
    if column.enum:
        found["enum"] = list(column.enum)
    if column.most is not None:
        found["maxLength"] = column.most
    return {**found, "description": "\n\n".join(notes)} if notes else found


def _type(sql: str) -> Json:
    if sql.endswith("[]"):
        return {"type": "array", "format": sql, "items": {"type": _type(sql[:-2])["type"]}}
    number = _NUMBERS.match(sql)
    if number:
        return {"type": "integer" if number[1] in _INTEGERS else "number", "format": sql}
    if sql == "boolean":
        return {"type": "boolean", "format": sql}
    if sql in ("json", "jsonb"):
        return {"type": "object", "format": sql}
    return {"type": "string", "format": sql}


def _parameters(tables: list[Table]) -> Mapping[str, Json]:
    def query(name: str, description: str) -> Json:
        return {"name": name, "in": "query", "type": "string", "description": description}

    def header(name: str, description: str) -> Json:
        return {"name": name, "in": "header", "type": "string", "description": description}

    found: dict[str, Json] = {
        "select": query("select", "Filtering Columns"),
        "order": query("order", "Ordering"),
        "offset": query("offset", "Limiting and Pagination"),
        "limit": query("limit", "Limiting and Pagination"),
        "on_conflict": query("on_conflict", "On Conflict"),
        "range": header("Range", "Limiting and Pagination"),
        "rangeUnit": {**header("Range-Unit", "Limiting and Pagination"), "default": "items"},
        "preferCount": header("Prefer", "Preference: count=exact, planned or estimated"),
        "preferReturn": header("Prefer", "Preference: return=minimal or representation"),
        "preferPost": header("Prefer", "Preference: return=… and resolution=…"),
    }
    for table in tables:
        name = table.name[1]
        schema = {"$ref": f"#/definitions/{name}"}
        found[f"body.{name}"] = {
            "name": name,
            "in": "body",
            "required": False,
            "description": name,
            "schema": schema,
        }
        for column in table.columns.values():
            found[f"rowFilter.{name}.{column.name}"] = query(column.name, column.comment or "")
    return found

"""Functions from SQL files: what they take and give is read from the SQL, never said twice."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import pglast
from pglast import ast
from pglast.enums import FunctionParameterMode

from archwright.schema.model import Argument, Function, Ref

_TYPES = {
    "int2": "smallint",
    "int4": "integer",
    "int": "integer",
    "int8": "bigint",
    "bool": "boolean",
    "float8": "double precision",
    "float4": "real",
    "timestamptz": "timestamp with time zone",
    "timestamp": "timestamp without time zone",
    "timetz": "time with time zone",
    "varchar": "character varying",
    "bpchar": "character",
}
_CREATE = re.compile(r"\bcreate\s+(?:or\s+replace\s+)?function\b", re.IGNORECASE)
_OUT = {
    FunctionParameterMode.FUNC_PARAM_OUT,
    FunctionParameterMode.FUNC_PARAM_TABLE,
}


@lru_cache(maxsize=2048)
def read_function(
    sql: str, expected: Ref, callers: tuple[str, ...], comment: str = ""
) -> Function | str:
    """Read one ``create function`` statement, or say what is wrong with it."""
    try:
        statements = pglast.parse_sql(sql)
    except pglast.parser.ParseError as error:
        return f"not SQL: {error.args[0]}"
    if len(statements) != 1 or not isinstance(statements[0].stmt, ast.CreateFunctionStmt):
        return "expected exactly one `create function` statement"
    statement: Any = statements[0].stmt
    name = tuple(part.sval for part in statement.funcname)
    if name != (expected.schema, expected.name):
        return f"the file creates {'.'.join(name)}, and the manifest calls it {expected}"
    options = {o.defname: o for o in statement.options or ()}
    problem = _unsafe(options, expected)
    if problem:
        return problem
    inputs = [p for p in statement.parameters or () if p.mode not in _OUT]
    outputs = [p for p in statement.parameters or () if p.mode in _OUT]
    returns, is_set = "", bool(outputs)
    if statement.returnType is not None:
        returns = type_text(statement.returnType)
        is_set = bool(statement.returnType.setof) or bool(outputs)
    text = _CREATE.sub("create or replace function", sql.strip().rstrip(";").rstrip(), count=1)
    return Function(
        ref=expected,
        arguments=tuple(
            Argument(p.name or "", type_text(p.argType), p.defexpr is not None) for p in inputs
        ),
        returns="record" if outputs else returns,
        returns_set=is_set,
        sql=text,
        callers=callers,
        returns_table=tuple(Argument(p.name, type_text(p.argType)) for p in outputs),
        comment=comment,
    )


def type_text(node: Any) -> str:
    """Return a type as PostgreSQL prints it, arrays as ``uuid[]``."""
    parts = [part.sval for part in node.names]
    array = "[]" if node.arrayBounds else ""
    if parts[0] == "pg_catalog":
        parts = parts[1:]
    name = ".".join(parts)
    return _TYPES.get(name, name) + array


def _unsafe(options: dict[str, Any], ref: Ref) -> str | None:
    definer = "security" in options and _truth(options["security"].arg)
    path = options.get("set")
    pinned = (
        path is not None
        and path.arg.name == "search_path"
        and [getattr(getattr(a, "val", None), "sval", None) for a in path.arg.args or ()] == [""]
    )
    if definer and ref.schema != "private":
        return "a security definer function belongs in the schema private"
    if definer and not pinned:
        return "a security definer function needs `set search_path = ''`"
    return None


def _truth(node: Any) -> bool:
    return bool(getattr(node, "boolval", False) or getattr(node, "ival", 0))

"""Functions from SQL files: what they take and give is read from the SQL, never said twice."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from pglast import ast
from pglast.enums import FunctionParameterMode

from archwright.catalog.sql_expression import keyword_end, only_statement
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
_LANGUAGES = frozenset({"sql", "plpgsql"})
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
        statement, text = only_statement(sql)
    except ValueError as error:
        return str(error)
    if not isinstance(statement, ast.CreateFunctionStmt) or statement.is_procedure:
        return "expected exactly one `create function` statement"
    name = tuple(part.sval for part in statement.funcname or ())
    if name != (expected.schema, expected.name):
        return f"the file creates {'.'.join(name)}, and the manifest calls it {expected}"
    problem = _unsafe(statement.options or (), expected)
    if problem:
        return problem
    parameters: tuple[Any, ...] = tuple(statement.parameters or ())
    inputs = [p for p in parameters if p.mode not in _OUT]
    outputs = [p for p in parameters if p.mode in _OUT]
    returns, is_set = "", bool(outputs)
    if statement.returnType is not None:
        returns = type_text(statement.returnType)
        is_set = bool(statement.returnType.setof) or bool(outputs)
    if not statement.replace:
        # Comments stand before: the first word that is none is `create`.
        end = keyword_end(text, "create", "function") or 0
        start = end - len(text[:end].split()[-1])
        text = f"{text[:start]}or replace {text[start:]}"
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


def _unsafe(options: Sequence[Any], ref: Ref) -> str | None:
    """Say what a function must not be: in another language, or a definer that can be fooled."""
    values = {o.defname: o.arg for o in options if o.defname != "set"}
    language = values.get("language")
    if language is None or language.sval.lower() not in _LANGUAGES:
        return "a function is written in sql or plpgsql"
    settings = [o.arg for o in options if o.defname == "set"]
    if any(s.name != "search_path" for s in settings) or len(settings) > 1:
        return "a function sets its search_path and nothing else"
    if not ("security" in values and _truth(values["security"])):
        return None
    if ref.schema != "private":
        return "a security definer function belongs in the schema private"
    path = [getattr(getattr(a, "val", None), "sval", None) for s in settings for a in s.args or ()]
    if path != [""]:
        return "a security definer function needs `set search_path = ''`"
    return None


def _truth(node: Any) -> bool:
    return bool(getattr(node, "boolval", False) or getattr(node, "ival", 0))

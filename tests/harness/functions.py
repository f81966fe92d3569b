"""Chooses the function that an rpc call means and renders the call."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace

from .errors import ApiError, unsupported
from .model import Catalog, Function
from .source import Source, returned_source
from .sql import Sql, build, ident, join, raw, value
from .syntax import Item, Pick, Star

SCALAR = "pgrst_scalar"


def arguments_of(catalog: Catalog, name: str) -> frozenset[str]:
    """All argument names of the functions of that name."""
    group = catalog.functions.get(name, ())
    return frozenset(argument.name for function in group for argument in function.arguments)


def parse_arguments(text: str) -> dict[str, object]:
    """Read the named arguments of a POST call."""
    try:
        data = json.loads(text or "{}")
    except ValueError as error:
        raise ApiError(400, "PGRST102", "Empty or invalid json") from error
    if not isinstance(data, dict):
        raise unsupported("calling a function with a JSON list")
    return data


def choose(catalog: Catalog, name: str, given: Mapping[str, object]) -> Function:
    """Find the function that takes these names; PGRST202 for none, PGRST203 for several."""
    group = catalog.functions.get(name, ())
    matches = [function for function in group if _takes(function, given)]
    if len(matches) == 1:
        return _callable(matches[0])
    if matches:
        signatures = ", ".join(_signature(catalog, function) for function in matches)
        raise ApiError(
            300,
            "PGRST203",
            f"Could not choose the best candidate function between: {signatures}",
            None,
            "Try renaming the parameters or the function itself in the database so function"
            " overloading can be resolved",
        )
    if any(argument.name == "" for function in group for argument in function.arguments):
        raise unsupported(f"unnamed arguments of the function '{name}'")
    names = ", ".join(sorted(given))
    shown = f"{catalog.schema}.{name}" + (f"({names})" if names else " without parameters")
    how = (
        f"with parameter{'s' if len(given) > 1 else ''} {names}" if names else "without parameters"
    )
    raise ApiError(
        404,
        "PGRST202",
        f"Could not find the function {shown} in the schema cache",
        f"Searched for the function {catalog.schema}.{name} {how} or with a single unnamed"
        " json/jsonb parameter, but no matches were found in the schema cache.",
    )


def call(
    catalog: Catalog,
    function: Function,
    given: Mapping[str, object],
    items: Sequence[Item] = (),
) -> Sql:
    """Render the CTE's body: the call with its arguments bound by name as one JSON value."""
    target = ident(catalog.schema, function.name)
    used = [argument for argument in function.arguments if argument.name in given]
    shape = join(", ", (build("{} {}", ident(a.name), raw(a.type)) for a in used))
    bound = join(", ", (build("{} := given.{}", ident(a.name), ident(a.name)) for a in used))
    source = build(
        "json_to_record({}) as given ({}), lateral ",
        value(json.dumps({a.name: given[a.name] for a in used}), "json"),
        shape,
    )
    if not used:
        source = raw("")
    if function.returns == "rows":
        computed = catalog.computed.get(function.table or "", frozenset())
        columns = [raw("called.*"), *(ident("called", n) for n in _picked(items) if n in computed)]
        return build(
            "select {} from {}{}({}) as called", join(", ", columns), source, target, bound
        )
    return build(
        "select called as {} from {}{}({}) as called", ident(SCALAR), source, target, bound
    )


def result_source(catalog: Catalog, function: Function, cte: str) -> Source:
    """Describe the rows that the call gives, for select list and conditions."""
    table = catalog.tables.get(function.table or "")
    source = returned_source(catalog, cte, table, table.name if table else function.name)
    return source if table else replace(source, columns=function.columns)


def _picked(items: Sequence[Item]) -> list[str]:
    """Name what PostgREST picks from the call itself: nothing beside a star."""
    if any(isinstance(item, Star) for item in items):
        return []
    return list(dict.fromkeys(item.ref.name for item in items if isinstance(item, Pick)))


def _takes(function: Function, given: Mapping[str, object]) -> bool:
    names = {argument.name for argument in function.arguments}
    required = {argument.name for argument in function.arguments if argument.required}
    return "" not in names and required <= set(given) <= names


def _callable(function: Function) -> Function:
    if function.variadic:
        raise unsupported(f"the variadic function '{function.name}'")
    if function.returns == "record":
        raise unsupported(f"the function '{function.name}', which returns untyped records")
    return function


def _signature(catalog: Catalog, function: Function) -> str:
    arguments = ", ".join(f"{a.name} => {a.type}" for a in function.arguments)
    return f"{catalog.schema}.{function.name}({arguments})"

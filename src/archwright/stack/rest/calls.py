"""Renders the call of a function with its arguments bound."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from archwright.stack.rest.conditions import array_literal
from archwright.stack.rest.model import Argument, Function
from archwright.stack.rest.sql import Sql, build, ident, join, raw, value

SCALAR = "pgrst_scalar"


@dataclass(frozen=True, slots=True)
class Call:
    """A call, and the FROM items before it that its arguments come from."""

    call: Sql
    before: Sql = field(default_factory=lambda: raw(""))


def call_with_body(function: Function, body: bytes) -> Call:
    """Call a function whose one unnamed argument is the body itself."""
    as_type = function.arguments[0].type
    whole: object = body if as_type == "bytea" else body.decode("utf-8", "replace")
    return Call(build("{}({})", ident(*function.name), value(whole, as_type)))


def call_with_pairs(function: Function, pairs: Sequence[tuple[str, str]]) -> Call:
    """Call a function with arguments from a query string or form; the last of a name counts.

    A variadic argument takes all of its name.
    """
    given: dict[str, list[str]] = {}
    for name, text in pairs:
        given.setdefault(name, []).append(text)
    bound = [
        _bound(argument, value(_text_of(argument, given[argument.name]), argument.type))
        for argument in function.arguments
        if argument.name in given
    ]
    return Call(build("{}({})", ident(*function.name), join(", ", bound)))


def call_with_json(function: Function, given: Mapping[str, Any], text: str, listed: bool) -> Call:
    """Call a function with the members of a JSON object, of a list the first one's.

    Simple values are bound one by one, so that PostgreSQL plans with them; lists and objects
    are taken out of the text by PostgreSQL itself.
    """
    used = [argument for argument in function.arguments if argument.name in given]
    nested = [argument for argument in used if not _simple(argument, given[argument.name])]
    bound = [
        _bound(
            argument,
            ident("pgrst_body", argument.name)
            if argument in nested
            else value(_plain(given[argument.name]), argument.type),
        )
        for argument in used
    ]
    call = build("{}({})", ident(*function.name), join(", ", bound))
    if not nested:
        return Call(call)
    shape = join(", ", [build("{} {}", ident(a.name), raw(a.type)) for a in nested])
    kind = raw("recordset" if listed else "record")
    body = build("json_to_{}({}) as _ ({})", kind, value(text, "json"), shape)
    return Call(call, build("(select * from {} limit 1) as pgrst_body, ", body))


def select_call(function: Function, call: Call, computed: Sequence[str] = ()) -> Sql:
    """Select from a call: a scalar under its own name, else its columns and computed ones."""
    if function.returns != "rows":
        scalar = build("lateral (select {} as {}) as pgrst_call", call.call, ident(SCALAR))
        return build("select pgrst_call.* from {}{}", call.before, scalar)
    columns = [raw("pgrst_call.*"), *(ident("pgrst_call", name) for name in computed)]
    return build("select {} from {}{} as pgrst_call", join(", ", columns), call.before, call.call)


def _bound(argument: Argument, given: Sql) -> Sql:
    variadic = raw("variadic " if argument.variadic else "")
    return build("{}{} := {}", variadic, ident(argument.name), given)


def _text_of(argument: Argument, texts: list[str]) -> str:
    if not argument.variadic:
        return texts[-1]
    if len(texts) == 1 and texts[0].startswith("{"):
        return texts[0]
    return array_literal(tuple(texts))


def _simple(argument: Argument, given: Any) -> bool:
    if argument.type in ("json", "jsonb") or argument.variadic:
        return False
    return given is None or isinstance(given, bool | str)


def _plain(given: Any) -> str | None:
    if isinstance(given, bool):
        return "true" if given else "false"
    return given if given is None else str(given)

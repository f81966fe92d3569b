"""Conditions and sort keys to SQL."""

from __future__ import annotations

import re
from collections.abc import Callable

from .errors import ApiError
from .filters import COMPARISONS, TEXT_SEARCH, parse_list
from .source import Source
from .sql import Sql, build, join, raw, value
from .syntax import Condition, Group, OrderTerm, Test

EmbedNull = Callable[[str], Sql | None]
_CONFIGURATION = re.compile(r"\w+")


def condition(source: Source, item: Condition, embedded: EmbedNull) -> Sql:
    """Render a condition; ``embedded`` gives the value to test for ``embedding=is.null``."""
    if isinstance(item, Group):
        parts = join(f" {item.kind} ", (condition(source, part, embedded) for part in item.parts))
        return build("not ({})" if item.negated else "({})", parts)
    out = _test(source, item, embedded)
    return build("not ({})", out) if item.negated else out


def _test(source: Source, test: Test, embedded: EmbedNull) -> Sql:
    if test.operator == "is":
        related = None if test.ref.path else embedded(test.ref.name)
        if related is not None and test.value.lower() not in ("null", "not_null"):
            raise ApiError(
                400,
                "PGRST120",
                "Only is null or not is null filters are allowed on"
                f" embedded resource '{test.ref.name}'",
            )
        subject = related or source.field(test.ref)
        return build("{} is {}", subject, raw(test.value.lower().replace("_", " ")))
    subject = source.field(test.ref)
    if test.operator == "in":
        return build("{} = any ({})", subject, value(_array(parse_list(test.value))))
    if test.operator in TEXT_SEARCH:
        return _text_search(source, test, subject)
    operand = value(_pattern(test))
    if test.modifier:
        operand = build("{} ({})", raw(test.modifier), operand)
    return build("{} {} {}", subject, raw(COMPARISONS[test.operator]), operand)


def _pattern(test: Test) -> str:
    if test.operator in ("like", "ilike"):
        return test.value.replace("*", "%")
    return test.value


def _array(values: list[str]) -> str:
    """Write an array literal; the column gives it its type."""
    escaped = (item.replace("\\", "\\\\").replace('"', '\\"') for item in values)
    return "{" + ",".join(f'"{item}"' for item in escaped) + "}"


def _text_search(source: Source, test: Test, subject: Sql) -> Sql:
    arguments = [value(test.value, "text")]
    configuration: list[Sql] = []
    if test.modifier:
        configuration = [value(test.modifier, "regconfig")]
    column = source.columns.get(test.ref.name)
    if test.ref.path or (column is not None and column.type != "tsvector"):
        subject = build("to_tsvector({})", join(", ", [*configuration, subject]))
    function = raw(TEXT_SEARCH[test.operator])
    return build("{} @@ {}({})", subject, function, join(", ", [*configuration, *arguments]))


def direction(term: OrderTerm) -> Sql:
    """Render what follows the sort key."""
    out = " desc" if term.descending else " asc"
    return raw(out + (f" nulls {term.nulls}" if term.nulls else ""))

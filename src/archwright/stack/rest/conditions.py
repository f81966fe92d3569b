"""Conditions and sort keys to SQL."""

from __future__ import annotations

from collections.abc import Callable

from archwright.stack.rest.errors import RestError
from archwright.stack.rest.filters import COMPARISONS, TEXT_SEARCH
from archwright.stack.rest.model import Name
from archwright.stack.rest.source import Source
from archwright.stack.rest.sql import Sql, build, ident, join, raw, value
from archwright.stack.rest.syntax import Condition, Group, OrderTerm, Test

Present = Callable[[str], Sql | None]
"""Whether rows of an embedding were found, as SQL; None where the name is no embedding."""


def nothing_embedded(_: str) -> Sql | None:
    """Answer for levels without embeddings."""
    return None


def condition(source: Source, item: Condition, present: Present) -> Sql:
    """Render a condition; ``present`` serves ``embedding=is.null``."""
    if isinstance(item, Group):
        parts = [condition(source, part, present) for part in item.parts]
        return build("not ({})" if item.negated else "({})", join(f" {item.kind} ", parts))
    out = _test(source, item, present)
    return build("not ({})", out) if item.negated else out


def _test(source: Source, test: Test, present: Present) -> Sql:
    there = None if test.ref.path else present(test.ref.name)
    if there is not None:
        return _embedding(test, there)
    if test.operator in TEXT_SEARCH:
        return _text_search(source, test)
    subject = source.field(test.ref)
    if test.operator == "is":
        return build("{} is {}", subject, raw(_text(test).lower().replace("_", " ")))
    reader = source.reader(test.ref) if source.represented else None
    if test.operator == "in":
        if reader is not None and test.value:
            read = join(", ", [_read(reader, each) for each in test.value])
            return build("{} = any (array[{}])", subject, read)
        return build("{} = any ({})", subject, value(array_literal(test.value)))
    text = _text(test)
    if test.operator in ("like", "ilike"):
        text = text.replace("*", "%")
    operand = value(text)
    if reader is not None and not test.modifier:
        operand = _read(reader, text)
    if test.modifier:
        operand = build("{} ({})", raw(test.modifier), operand)
    return build("{} {} {}", subject, raw(COMPARISONS[test.operator]), operand)


def _read(reader: Name, text: str) -> Sql:
    return build("{}({})", ident(*reader), value(text, "text"))


def _embedding(test: Test, there: Sql) -> Sql:
    what = _text(test).lower() if test.operator == "is" else ""
    if what not in ("null", "not_null"):
        raise RestError(
            400,
            "PGRST120",
            f"Bad operator on the '{test.ref.name}' embedded resource",
            "Only is null or not is null filters are allowed on embedded resources",
        )
    return there if what == "not_null" else build("not ({})", there)


def _text(test: Test) -> str:
    assert isinstance(test.value, str)
    return test.value


def array_literal(values: str | tuple[str, ...]) -> str:
    """Write an array literal; the column gives it its type."""
    assert isinstance(values, tuple)
    escaped = (item.replace("\\", "\\\\").replace('"', '\\"') for item in values)
    return "{" + ",".join(f'"{item}"' for item in escaped) + "}"


def _text_search(source: Source, test: Test) -> Sql:
    function = raw(TEXT_SEARCH[test.operator])
    query = build("{}({})", function, value(_text(test), "text"))
    if test.modifier:
        language = value(test.modifier, "regconfig")
        query = build("{}({}, {})", function, language, value(_text(test), "text"))
    return build("{} @@ {}", source.searchable(test.ref, test.modifier), query)


def direction(term: OrderTerm) -> Sql:
    """Render what follows the sort key."""
    out = f" {term.direction}" if term.direction else ""
    return raw(out + (f" nulls {term.nulls}" if term.nulls else ""))

"""The filter of a postgres_changes subscription: ``column=operator.value``, comma between."""

from __future__ import annotations

from dataclasses import dataclass

OPERATORS = {
    "eq": "=",
    "neq": "<>",
    "lt": "<",
    "lte": "<=",
    "gt": ">",
    "gte": ">=",
    "in": "= any",
    "like": "like",
    "ilike": "ilike",
    "match": "~",
    "imatch": "~*",
    "is": "is",
    "isdistinct": "is distinct from",
}
_MOST = 100
_STATES = ("null", "true", "false", "unknown")


class FilterError(ValueError):
    """The filter cannot be read; its text tells why."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One comparison; ``values`` has one item, but for ``in``."""

    column: str
    operator: str
    values: tuple[str, ...]
    negated: bool = False


def parse_filter(text: str | None) -> tuple[Condition, ...]:
    """Read a filter; none and the empty one let all pass; raises ``FilterError``."""
    if not text:
        return ()
    parts = [part.strip() for part in _split(text)]
    if len(parts) > _MOST:
        raise FilterError("too many conditions")
    return tuple(_condition(part) for part in parts if part)


def _split(text: str) -> list[str]:
    """Split at commas that stand outside of parentheses and quotes and are not escaped."""
    parts, start, depth, quoted, at = [], 0, 0, False, 0
    while at < len(text):
        sign = text[at]
        if sign == "\\":
            at += 1
        elif sign == '"':
            quoted = not quoted
        elif quoted:
            pass
        elif sign == "(":
            depth += 1
        elif sign == ")":
            depth = max(depth - 1, 0)
        elif sign == "," and depth == 0:
            parts.append(text[start:at])
            start = at + 1
        at += 1
    if quoted:
        raise FilterError(f"a quote is not closed in '{text}'")
    return [*parts, text[start:]]


def _condition(part: str) -> Condition:
    column, equals, rest = part.partition("=")
    column, rest = column.strip(), rest.strip()
    if not equals or not column:
        raise FilterError(f"missing '=' in filter part: '{part}'")
    negated = rest.startswith("not.")
    operator, dot, value = rest.removeprefix("not.").partition(".")
    if not dot:
        raise FilterError(f"invalid filter format in '{part}', expected '<op>.<value>'")
    if operator not in OPERATORS:
        raise FilterError(f"unsupported filter type '{operator}' for part: '{part}'")
    if operator == "in":
        if not (value.startswith("(") and value.endswith(")")):
            raise FilterError("`in` filter value must be wrapped by parentheses")
        values = tuple(_plain(item.strip()) for item in _split(value[1:-1]))
        if len(values) > _MOST:
            raise FilterError("`in` takes at most 100 values")
        return Condition(column, operator, values, negated)
    if operator == "is" and value.lower() not in _STATES:
        raise FilterError(f"`is` takes null, true, false or unknown, not '{value}'")
    return Condition(column, operator, (_plain(value),), negated)


def _plain(value: str) -> str:
    """Take quotes and escapes off."""
    if len(value) > 1 and value[0] == value[-1] == '"':
        inner, plain, at = value[1:-1], [], 0
        while at < len(inner):
            at += inner[at] == "\\" and at + 1 < len(inner)
            plain.append(inner[at])
            at += 1
        return "".join(plain)
    return value.replace("\\,", ",")

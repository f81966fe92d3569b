"""What an attribute of the Blueprint may say: bounds and defaults that its type has room for."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Decimal

from archwright.blueprint.model import Attribute

NUMBERS = frozenset({"integer", "bigint", "decimal"})
LONGEST_TEXT = 2000
_ROOM = {"integer": 2**31, "bigint": 2**63}
_NUMBER = re.compile(r"-?(\d{1,30})(?:\.(\d{1,30}))?")
_DATE = r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
_TIME = r"([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?"
_WRITTEN = {
    "date": re.compile(_DATE),
    "time": re.compile(_TIME),
    "datetime": re.compile(_DATE + r"([T ]" + _TIME + r"(Z|[+-]\d{2}:\d{2})?)?"),
    "uuid": re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"),
}


def check_attribute(attribute: Attribute) -> Iterator[tuple[str, str]]:
    """Yield (key, what is wrong) of one attribute."""
    if attribute.type == "enum" and not attribute.values:
        yield "values", "an enum has at least one value"
    if attribute.type != "enum" and attribute.values:
        yield "values", f"only an enum has values, not a {attribute.type}"
    if len(set(attribute.values)) < len(attribute.values):
        yield "values", "a value stands twice"
    if attribute.unique and (attribute.list or attribute.type == "json"):
        yield "unique", f"a {'list' if attribute.list else 'json'} cannot be unique"
    yield from _digits(attribute)
    yield from _bounds(attribute)
    if attribute.default is None:
        return
    if attribute.list:
        yield (
            "default",
            "a list has no default but the empty one, which it has where it is required",
        )
    elif not _fits(attribute, attribute.default):
        yield "default", f"the default {attribute.default!r:.40} is not a {attribute.type} in range"


def _digits(attribute: Attribute) -> Iterator[tuple[str, str]]:
    precision, scale = attribute.precision, attribute.scale
    if attribute.type != "decimal" and (precision is not None or scale is not None):
        key = "precision" if precision is not None else "scale"
        yield key, f"only a decimal has precision and scale, not a {attribute.type}"
    elif precision is None and scale is not None:
        yield "scale", "the digits after the point are some of all digits: say `precision` as well"
    elif precision is not None and (scale or 0) > precision:
        yield "scale", f"of {precision} digits {scale} cannot stand after the point"


def _bounds(attribute: Attribute) -> Iterator[tuple[str, str]]:
    low, high = attribute.minimum, attribute.maximum
    if low is None and high is None:
        return
    counted = attribute.list or attribute.type == "text"
    key = "minimum" if low is not None else "maximum"
    if not counted and attribute.type not in NUMBERS:
        yield key, f"a {attribute.type} has no minimum or maximum"
    elif low is not None and high is not None and low > high:
        yield "minimum", f"the minimum {low} is above the maximum {high}"
    elif counted and ((low or 0) < 0 or (high is not None and high <= 0)):
        yield "minimum" if (low or 0) < 0 else "maximum", "a length is above zero"
    elif not attribute.list and attribute.type in _ROOM:
        room = _ROOM[attribute.type]
        for name, bound in (("minimum", low), ("maximum", high)):
            if bound is not None and not -room <= bound < room:
                yield name, f"{bound} is beyond what a {attribute.type} can be"


def _fits(attribute: Attribute, value: bool | int | str) -> bool:
    """Tell whether a default is of the attribute's type and inside its range."""
    kind = attribute.type
    if kind == "boolean" or isinstance(value, bool):
        return kind == "boolean" and isinstance(value, bool)
    if isinstance(value, int):
        return kind in NUMBERS and _has_room(attribute, value) and _inside(attribute, value)
    return _written(attribute, value)


def _written(attribute: Attribute, value: str) -> bool:
    kind = attribute.type
    match kind:
        case "enum":
            return value in attribute.values
        case "text":
            longest = LONGEST_TEXT if attribute.maximum is None else attribute.maximum
            return (attribute.minimum or 0) <= len(value) <= longest
        case "json":
            return _is_json(value)
        case "decimal":
            found = _NUMBER.fullmatch(value)
            return (
                found is not None
                and _has_room(attribute, int(found[1]), len(found[2] or ""))
                and _inside(attribute, Decimal(value))
            )
        case _:
            return kind in _WRITTEN and _WRITTEN[kind].fullmatch(value) is not None


def _inside(attribute: Attribute, value: int | Decimal) -> bool:
    low, high = attribute.minimum, attribute.maximum
    return (low is None or value >= low) and (high is None or value <= high)


def _has_room(attribute: Attribute, whole: int, after: int = 0) -> bool:
    """Tell whether a number has no more digits than its column."""
    if attribute.type in _ROOM:
        room = _ROOM[attribute.type]
        return -room <= whole < room
    if attribute.precision is None:
        return True
    scale = attribute.scale or 0
    return after <= scale and abs(whole) < 10 ** (attribute.precision - scale)


def _is_json(value: str) -> bool:
    try:
        json.loads(value)
    except ValueError:
        return False
    return True

"""A value as people type it, read as what its place in the Blueprint holds."""

from __future__ import annotations

import re
import types
from collections.abc import Callable
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from archwright.build.change.paths import UNFIT, LostError

_TRUTH = {"true": True, "yes": True, "false": False, "no": False}
_WHOLE = re.compile(r"[-+]?[0-9]{1,18}")
Fits = Callable[[Any], bool]


def read_value(annotation: Any, text: str, fits: Fits = lambda _: True) -> Any:
    """Return a typed value: text, true or false, a whole number, or a list with commas.

    ``fits`` decides where a place may hold several kinds. What the text then says (a colour, a
    name) is for the Blueprint to judge. Raises ``LostError`` where the kind is wrong.
    """
    kinds = _kinds(annotation)
    origin = get_origin(kinds[0]) if len(kinds) == 1 else None
    if origin is tuple:
        return _several(kinds[0], text)
    read = [value for kind in kinds if (value := _one(kind, text)) is not None]
    fitting = [value for value in read if fits(value)]
    if not read:
        raise LostError(f"{text!r:.60} does not fit here", f"Expected {_expected(kinds)}.", UNFIT)
    return (fitting or read)[0]


def _several(annotation: Any, text: str) -> list[Any]:
    inner = get_args(annotation)[0]
    if get_origin(_plain(inner)) is tuple:
        raise LostError("a list of lists cannot be typed here", "Edit blueprint.yaml.", UNFIT)
    parts = [part.strip() for part in re.split(r"[,|]", text)]
    return [read_value(inner, part) for part in parts if part]


def _kinds(annotation: Any) -> list[Any]:
    """Return the kinds of values that a place may hold, the strictest first."""
    plain = _plain(annotation)
    if get_origin(plain) in {Union, types.UnionType}:
        found = [k for a in get_args(plain) if a is not type(None) for k in _kinds(a)]
        return sorted(found, key=lambda kind: kind is str)
    return [plain]


def _plain(annotation: Any) -> Any:
    return get_args(annotation)[0] if get_origin(annotation) is Annotated else annotation


def _one(kind: Any, text: str) -> Any:
    """Return a value of one kind; None where the text is none."""
    if kind is bool:
        return _TRUTH.get(text.lower())
    if kind is int:
        return int(text) if _WHOLE.fullmatch(text) else None
    if get_origin(kind) is Literal:
        return next((value for value in get_args(kind) if str(value) == text), None)
    return text if kind is str else None


def _expected(kinds: list[Any]) -> str:
    words: list[str] = []
    for kind in kinds:
        if get_origin(kind) is Literal:
            words += [str(value) for value in get_args(kind)]
        else:
            words.append({bool: "true or false", int: "a whole number"}.get(kind, "text"))
    return " or ".join(words)

"""Paths into a Blueprint, as people type them: ``Video.title.maximum``, ``app.theme.primary``."""

from __future__ import annotations

import difflib
import re
import types
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from archwright.blueprint.model import Blueprint, Entity, FeatureUse
from archwright.build.change.differences import IDENTITY

Kind = Literal["model", "models", "mapping", "leaf", "item"]
Data = dict[str, Any]

_PATH = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,63}(\.[A-Za-z][A-Za-z0-9_-]{0,63}){0,9}")
_INNER = ("attributes", "relations")


UNREADABLE = "AW-1501"
LOST = "AW-1502"
UNFIT = "AW-1503"
NOTHING = "AW-1504"
NOT_THEIRS = "AW-1505"


class LostError(Exception):
    """A wish that cannot be granted: why, and what could have been meant."""

    def __init__(self, message: str, hint: str = "", code: str = LOST) -> None:
        """Keep all three."""
        super().__init__(message)
        self.message, self.hint, self.code = message, hint, code


@dataclass(frozen=True)
class Spot:
    """Where a path leads: what holds the value under which key, and what may stand there."""

    holder: Any
    key: Any
    annotation: Any
    kind: Kind
    path: tuple[str, ...]


def locate(data: Data, text: str) -> Spot:
    """Return where a path leads in a Blueprint's data, which gets what is missing on the way.

    Raises ``LostError``.
    """
    return _walk(data, full(data, text))


def full(data: Mapping[str, Any], text: str) -> tuple[str, ...]:
    """Return a path with all its steps: ``Video.title`` is ``entities.Video.attributes.title``."""
    if not _PATH.fullmatch(text):
        raise LostError(f"{text!r:.80} is no path", "A path is names with dots: app.theme.primary.")
    steps = text.split(".")
    if steps[0] == "access" and len(steps) > 1:
        steps = ["entities", steps[1], "access", *steps[2:]]
    elif steps[0] not in Blueprint.model_fields:
        steps = [_list_of(data, steps[0]), *steps]
    if steps[0] == "entities" and len(steps) > 2:
        steps[2:] = _in_entity(item(data["entities"], steps[1]) or {}, steps[1], steps[2:])
    if steps[0] == "features" and len(steps) == 3 and steps[2] not in FeatureUse.model_fields:
        steps.insert(2, "options")
    return tuple(steps)


def item(items: Iterable[Data], name: str) -> Data | None:
    """Return the item of a list that has a name."""
    return next((found for found in items if called(found) == name), None)


def called(found: Mapping[str, Any]) -> str:
    """Return what an item of a list is called."""
    return next((str(found[key]) for key in IDENTITY if key in found), "")


def kind_of(annotation: Any) -> tuple[Kind, Any]:
    """Return how a field holds its values, and the model or value inside."""
    inner = _without_none(annotation)
    origin = get_origin(inner)
    if isinstance(inner, type) and issubclass(inner, BaseModel):
        return "model", inner
    if origin is tuple:
        first = get_args(inner)[0]
        if isinstance(first, type) and issubclass(first, BaseModel):
            return "models", first
    if origin is dict:
        return "mapping", get_args(inner)[1]
    return "leaf", annotation


def close(word: str, known: Iterable[str]) -> str:
    """Return a hint that names what could have been meant."""
    names = sorted(dict.fromkeys(known))
    near = difflib.get_close_matches(word, names, n=1, cutoff=0.6)
    if near:
        return f"Did you mean {near[0]}?"
    return f"There are: {', '.join(names[:20])}." if names else ""


def _list_of(data: Mapping[str, Any], name: str) -> str:
    """Return in which list of the Blueprint a name stands."""
    named = {
        key: [called(i) for i in data.get(key, ())] for key in ("entities", "features", "roles")
    }
    found = [key for key, names in named.items() if name in names]
    if len(found) == 1:
        return found[0]
    if found:
        both = " and ".join(f"{key}.{name}" for key in found)
        raise LostError(f"{name} may be {both}", "Say which of them.")
    known = [*Blueprint.model_fields, *(n for names in named.values() for n in names)]
    raise LostError(f"nothing in the Blueprint is called {name}", close(name, known))


def _in_entity(entity: Mapping[str, Any], name: str, rest: Sequence[str]) -> list[str]:
    """Return the steps inside an entity with the list in which a column stands."""
    first = rest[0]
    homes = [key for key in _INNER if item(entity.get(key, ()), first) is not None]
    field = first in Entity.model_fields
    if field and homes and len(rest) == 1:
        said = f"{name}.{first} is a column and a word of every entity"
        raise LostError(said, f"Say {name}.{homes[0]}.{first} for the column.")
    if homes and (not field or first not in {*_INNER, "access"}):
        return [homes[0], *rest]
    if not field:
        columns = [called(i) for key in _INNER for i in entity.get(key, ())]
        known = [*columns, *Entity.model_fields]
        raise LostError(f"{name} has no {first}", close(first, known))
    return list(rest)


def _walk(data: Data, steps: Sequence[str]) -> Spot:
    model: type[BaseModel] = Blueprint
    node: Any = data
    left = list(steps)
    while True:
        step = left.pop(0)
        field = model.model_fields.get(step)
        if field is None:
            at = ".".join(steps[: len(steps) - len(left) - 1])
            raise LostError(f"{at} has no {step}", close(step, model.model_fields))
        kind, inner = kind_of(field.annotation)
        if not left:
            return Spot(node, step, field.annotation, kind, tuple(steps))
        if kind == "leaf":
            raise LostError(f"{step} is one value, and has no {left[0]}")
        if kind == "mapping":
            if len(left) > 1:
                raise LostError(f"{left[0]} is one value, and has no {left[1]}")
            return Spot(node.setdefault(step, {}), left[0], inner, "leaf", tuple(steps))
        if kind == "model":
            node, model = node.setdefault(step, {}), inner
            continue
        name, items = left.pop(0), node.setdefault(step, [])
        found = item(items, name)
        if found is None:
            said = f"there is no {name} in {step}"
            raise LostError(said, close(name, [called(i) for i in items]))
        if not left:
            return Spot(items, items.index(found), inner, "item", tuple(steps))
        node, model = found, inner


def _without_none(annotation: Any) -> Any:
    """Return an annotation without ``None`` and without what pydantic checks besides."""
    origin = get_origin(annotation)
    if origin in {Union, types.UnionType}:
        inner = [a for a in get_args(annotation) if a is not type(None)]
        return _without_none(inner[0]) if len(inner) == 1 else annotation
    return annotation

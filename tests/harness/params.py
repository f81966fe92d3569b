"""Sorts a query string into select list, conditions by level, order, paging and write options."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Literal

from .errors import ApiError
from .filters import is_operation, parse_field, parse_logic, parse_order, parse_test
from .select_list import parse_select
from .syntax import Condition, Item, Level, OrderTerm, Star

_KEY = re.compile(r'((?:"[^"]*"|[^".>-]|-(?!>))+)\.(?=.)', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Params:
    """A parsed query string; ``arguments`` are those of a function called by GET."""

    items: tuple[Item, ...]
    level: Level
    columns: tuple[str, ...] | None
    on_conflict: tuple[str, ...] | None
    arguments: dict[str, str]


@dataclass(slots=True)
class _Draft:
    """A level while it is being collected."""

    conditions: list[Condition] = field(default_factory=list)
    order: tuple[OrderTerm, ...] = ()
    limit: int | None = None
    offset: int = 0
    children: dict[str, _Draft] = field(default_factory=dict)

    def freeze(self) -> Level:
        children = {name: child.freeze() for name, child in self.children.items()}
        return Level(tuple(self.conditions), self.order, self.limit, self.offset, children)


def parse_params(pairs: Sequence[tuple[str, str]], arguments: Collection[str] = ()) -> Params:
    """Parse decoded (key, value) pairs; ``arguments`` are a function's argument names."""
    draft = _Draft()
    items: tuple[Item, ...] = (Star(),)
    lists: dict[str, tuple[str, ...]] = {}
    given: dict[str, str] = {}
    for key, text in pairs:
        if key == "select":
            items = parse_select(text)
        elif key in ("columns", "on_conflict"):
            lists[key] = tuple(part.strip().strip('"') for part in text.split(","))
        elif key in arguments and not is_operation(text):
            given[key] = text
        else:
            _collect(draft, key, text)
    return Params(items, draft.freeze(), lists.get("columns"), lists.get("on_conflict"), given)


def split_key(key: str) -> tuple[list[str], str]:
    """Split ``author.posts.created_at`` into the embeddings and the last part."""
    path: list[str] = []
    rest = key
    while match := _KEY.match(rest):
        path.append(match[1].strip('"'))
        rest = rest[match.end() :]
    return path, rest


def _collect(root: _Draft, key: str, text: str) -> None:
    path, leaf = split_key(key)
    negated = bool(path) and path[-1] == "not" and leaf in ("and", "or")
    draft = root
    for name in path[:-1] if negated else path:
        draft = draft.children.setdefault(name, _Draft())
    if leaf in ("and", "or"):
        kind: Literal["and", "or"] = "and" if leaf == "and" else "or"
        draft.conditions.append(parse_logic(kind, text, negated=negated))
    elif leaf == "order":
        draft.order = parse_order(text)
    elif leaf in ("limit", "offset"):
        number = _number(leaf, text)
        if leaf == "limit":
            draft.limit = number
        else:
            draft.offset = number
    else:
        draft.conditions.append(parse_test(parse_field(leaf), text))


def _number(leaf: str, text: str) -> int:
    if not re.fullmatch(r"-?\d+", text):
        raise ApiError(
            400, "PGRST100", f'"failed to parse {leaf} ({text})" (line 1, column 1)', "not a number"
        )
    if int(text) < 0:
        raise ApiError(
            416,
            "PGRST103",
            "Requested range not satisfiable",
            f"{leaf.capitalize()} should be greater than or equal to zero.",
        )
    return int(text)

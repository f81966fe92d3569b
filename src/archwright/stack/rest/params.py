"""Sorts a query string into select list, conditions by level, order, paging and write options."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from archwright.stack.rest.cursor import DEEPEST, Cursor
from archwright.stack.rest.errors import out_of_range, unparsable
from archwright.stack.rest.filters import looks_like_filter, parse_field, parse_test
from archwright.stack.rest.logic import parse_logic, parse_order
from archwright.stack.rest.select_list import parse_select
from archwright.stack.rest.syntax import STAR, Condition, Item, Level, OrderTerm

_KEY = re.compile(r'(?:"((?:[^"\\]|\\.)*)"|((?:[^".>-]|-(?!>))+))\.(?=.)', re.DOTALL)
_GREATEST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Params:
    """A parsed query string; ``arguments`` are those of a function called by GET, in order."""

    items: tuple[Item, ...] = (STAR,)
    level: Level = field(default_factory=Level)
    columns: tuple[str, ...] | None = None
    on_conflict: tuple[str, ...] | None = None
    arguments: tuple[tuple[str, str], ...] = ()


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


def parse_params(pairs: Sequence[tuple[str, str]], *, calling: bool = False) -> Params:
    """Parse decoded (key, value) pairs; ``calling`` takes what is no filter as an argument."""
    draft = _Draft()
    out = Params()
    given: list[tuple[str, str]] = []
    seen = {"apikey"}
    for key, text in pairs:
        if key in seen:
            continue
        if key in ("select", "columns", "on_conflict"):
            # of these the first one counts
            seen.add(key)
        if key == "select":
            out = replace(out, items=parse_select(text))
        elif key == "columns":
            out = replace(out, columns=_names("columns parameter", text))
        elif key == "on_conflict":
            out = replace(out, on_conflict=_names("on_conflict parameter", text))
        elif calling and _is_argument(key, text):
            given.append((key, text))
        else:
            _collect(draft, key, text)
    return replace(out, level=draft.freeze(), arguments=tuple(given))


def split_key(key: str) -> tuple[list[str], str]:
    """Split ``author.posts.created_at`` into the embeddings and the last part."""
    path: list[str] = []
    at = 0
    while match := _KEY.match(key, at):
        quoted = match[1]
        path.append(match[2] if quoted is None else re.sub(r"\\(.)", r"\1", quoted))
        at = match.end()
        if len(path) > DEEPEST:
            raise unparsable("tree path", key, at, f"nested deeper than {DEEPEST}")
    return path, key[at:]


def _is_argument(key: str, text: str) -> bool:
    reserved = key.rsplit(".", 1)[-1] in ("order", "limit", "offset", "and", "or")
    return not reserved and "." not in key and not looks_like_filter(text)


def _collect(root: _Draft, key: str, text: str) -> None:
    path, leaf = split_key(key)
    negated = leaf in ("and", "or") and "not" in path
    draft = root
    for name in path:
        if not (negated and name == "not"):
            draft = draft.children.setdefault(name, _Draft())
    if leaf in ("and", "or"):
        kind: Literal["and", "or"] = "and" if leaf == "and" else "or"
        draft.conditions.append(parse_logic(kind, text, negated=negated))
    elif leaf == "order":
        draft.order = parse_order(text) if text else ()
    elif leaf == "limit":
        draft.limit = _number(leaf, text)
    elif leaf == "offset":
        draft.offset = _number(leaf, text)
    else:
        draft.conditions.append(parse_test(parse_field(leaf), text))


def _number(leaf: str, text: str) -> int:
    digits = text.strip().removeprefix("-")
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 30:
        raise unparsable(leaf, text, 1, "not an integer")
    number = int(text)
    if number < 0:
        name = "Limit" if leaf == "limit" else "Offset"
        raise out_of_range(f"{name} should be greater than or equal to zero.")
    return min(number, _GREATEST)


def _names(what: str, text: str) -> tuple[str, ...]:
    cursor = Cursor(text, what)
    if not text:
        return ()
    names = [cursor.name()]
    while cursor.take(","):
        names.append(cursor.name())
    if not cursor.done():
        raise cursor.wrong('"," or end of input')
    return tuple(names)

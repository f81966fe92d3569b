"""Which columns of tables a view shows, read from the stored query of its rule."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from archwright.stack.rest.model import Name, ViewKey

_TOKEN = re.compile(r"[(){}]|(?:\\.|[^\s(){}\\])+", re.DOTALL)
_WANTED = frozenset({":resno", ":resorigtbl", ":resorigcol"})

Origins = Mapping[int, tuple[int, int]]
"""A view's columns by number: the table (or view) they come from, and the column there."""


@dataclass(frozen=True, slots=True)
class View:
    """A view: its id, name, column names in order, and where its columns come from."""

    oid: int
    name: Name
    columns: tuple[str, ...]
    origins: Origins


@dataclass(frozen=True, slots=True)
class Key:
    """A key of a table by column numbers, with the columns' names; ``kind`` as in ViewKey."""

    constraint: str
    kind: str
    oid: int
    table: Name
    numbers: tuple[int, ...]
    columns: tuple[str, ...]


def origins(definition: str) -> Origins:
    """Read a rule's action (a ``pg_node_tree``): the target list of its outermost query."""
    found: dict[int, tuple[int, int]] = {}
    entry: dict[str, int] = {}
    for field, value in _target_fields(definition):
        entry[field] = int(value)
        if field == ":resorigcol":
            if entry.get(":resorigtbl"):
                found[entry[":resno"]] = (entry[":resorigtbl"], entry[":resorigcol"])
            entry = {}
    return found


def _target_fields(definition: str) -> Iterator[tuple[str, str]]:
    """Yield the wanted fields of the entries of the first query's target list, in order."""
    depth, list_depth, field = 0, -1, ""
    for match in _TOKEN.finditer(definition):
        part = match[0]
        if part in "({":
            if part == "(" and depth == 2 and field == ":targetList":
                list_depth = depth + 1
            depth += 1
        elif part in ")}":
            depth -= 1
            if 0 <= depth < list_depth:
                return
        elif part.startswith(":"):
            field = part
        elif field in _WANTED and depth == list_depth + 1:
            yield field, part


def view_keys(views: Sequence[View], keys: Sequence[Key]) -> list[ViewKey]:
    """List the keys of tables that views show whole, through views over views."""
    by_oid = {view.oid: view for view in views}
    by_table: dict[int, list[Key]] = {}
    for key in keys:
        by_table.setdefault(key.oid, []).append(key)
    found: list[ViewKey] = []
    for view in views:
        shown = _shown(view, by_oid)
        for table in dict.fromkeys(oid for oid, _ in shown):
            for key in by_table.get(table, ()):
                columns = tuple(
                    (name, tuple(shown.get((table, number), ())))
                    for number, name in zip(key.numbers, key.columns, strict=True)
                )
                if all(names for _, names in columns):
                    kind = "p" if key.kind == "p" else "f" if key.kind == "f" else "f_ref"
                    found.append(ViewKey(key.table, view.name, key.constraint, kind, columns))  # type: ignore[arg-type]
    return found


def _shown(view: View, by_oid: Mapping[int, View]) -> dict[tuple[int, int], list[str]]:
    """Give for each column of a table the view's own columns that show it."""
    found: dict[tuple[int, int], list[str]] = {}
    for number, origin in view.origins.items():
        seen: set[int] = {view.oid}
        at: tuple[int, int] | None = origin
        while at is not None and at[0] in by_oid and at[0] not in seen:
            seen.add(at[0])
            at = by_oid[at[0]].origins.get(at[1])
        if at is not None and number <= len(view.columns):
            found.setdefault(at, []).append(view.columns[number - 1])
    return found

"""Finds the relationship that an embedding means, with PostgREST's rules for hints."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .errors import ApiError, unsupported
from .model import Catalog, ForeignKey

Kind = Literal["many-to-one", "one-to-many", "one-to-one", "many-to-many", "computed"]


@dataclass(frozen=True, slots=True)
class Relation:
    """A way from one table to another: ``pairs`` are (source column, target column).

    With a junction, ``pairs`` go from the source to the junction and ``far`` on from there.
    """

    kind: Kind
    name: str
    source: str
    target: str
    many: bool
    pairs: tuple[tuple[str, str], ...] = ()
    junction: str | None = None
    far: tuple[tuple[str, str], ...] = ()
    describes: str = ""

    @property
    def own(self) -> str | None:
        """The source's column, where there is just one pair and no junction."""
        return self.pairs[0][0] if len(self.pairs) == 1 and self.junction is None else None

    @property
    def other(self) -> str | None:
        """The target's column, where there is just one pair and no junction."""
        return self.pairs[0][1] if len(self.pairs) == 1 and self.junction is None else None


def relations_of(catalog: Catalog, source: str) -> list[Relation]:
    """List all relationships that start at a table, in catalog order."""
    found: list[Relation] = []
    for key in catalog.keys:
        if key.table == source:
            found.append(_forward(key))
        if key.target == source:
            found.append(_backward(key))
    for near in catalog.keys:
        if near.target != source:
            continue
        primary = set(catalog.tables[near.table].key)
        for far in catalog.keys:
            if far is near or far.table != near.table:
                continue
            if {*near.columns, *far.columns} <= primary:
                found.append(_through(near, far))
    return found


def find(catalog: Catalog, source: str, name: str, hint: str | None) -> Relation:
    """Resolve ``name!hint`` from a table.

    Raises PGRST200 where nothing matches, PGRST201 where more than one does, 501 for views.
    """
    for item in catalog.relations:
        if item.source == source and item.name == name:
            return Relation("computed", name, source, item.target, item.many)
    matches = [item for item in relations_of(catalog, source) if _matches(item, name, hint)]
    if len(matches) == 1:
        return matches[0]
    if matches:
        raise _ambiguous(source, name, matches)
    if any(table in catalog.tables and catalog.tables[table].view for table in (source, name)):
        raise unsupported(f"embedding '{name}' in '{source}': relationships of views")
    using = f" using the hint '{hint}'" if hint else ""
    raise ApiError(
        400,
        "PGRST200",
        f"Could not find a relationship between '{source}' and '{name}' in the schema cache",
        f"Searched for a foreign key relationship between '{source}' and '{name}'{using}"
        f" in the schema '{catalog.schema}', but no matches were found.",
    )


def _matches(item: Relation, name: str, hint: str | None) -> bool:
    if item.source == item.target:
        # one key, two directions: the table's name means the children, the column the parent
        if hint is None:
            children = item.kind == "one-to-many" and name == item.target
            return children or (item.kind == "many-to-one" and name == item.own)
        return item.kind == "one-to-many" and name == item.target and hint == item.other
    constraint = item.junction is None
    if hint is None:
        return name == item.target or (constraint and name == item.name) or name == item.own
    by_hint = hint in (item.junction, item.own, item.other) or (constraint and hint == item.name)
    by_name = name == item.target or (constraint and name == item.name) or name == item.own
    return by_name and by_hint


def _forward(key: ForeignKey) -> Relation:
    return Relation(
        "one-to-one" if key.unique else "many-to-one",
        key.name,
        key.table,
        key.target,
        many=False,
        pairs=tuple(zip(key.columns, key.target_columns, strict=True)),
        describes=f"{key.name} using {key.table}({', '.join(key.columns)})"
        f" and {key.target}({', '.join(key.target_columns)})",
    )


def _backward(key: ForeignKey) -> Relation:
    return Relation(
        "one-to-one" if key.unique else "one-to-many",
        key.name,
        key.target,
        key.table,
        many=not key.unique,
        pairs=tuple(zip(key.target_columns, key.columns, strict=True)),
        describes=f"{key.name} using {key.target}({', '.join(key.target_columns)})"
        f" and {key.table}({', '.join(key.columns)})",
    )


def _through(near: ForeignKey, far: ForeignKey) -> Relation:
    return Relation(
        "many-to-many",
        near.table,
        near.target,
        far.target,
        many=True,
        pairs=tuple(zip(near.target_columns, near.columns, strict=True)),
        junction=near.table,
        far=tuple(zip(far.columns, far.target_columns, strict=True)),
        describes=f"{near.table} using {near.name}({', '.join(near.columns)})"
        f" and {far.name}({', '.join(far.columns)})",
    )


def _ambiguous(source: str, name: str, matches: list[Relation]) -> ApiError:
    options = ", ".join(f"'{name}!{item.junction or item.name}'" for item in matches)
    return ApiError(
        300,
        "PGRST201",
        f"Could not embed because more than one relationship was found for '{source}' and '{name}'",
        [
            {
                "cardinality": item.kind,
                "embedding": f"{source} with {item.target}",
                "relationship": item.describes,
            }
            for item in matches
        ],
        f"Try changing '{name}' to one of the following: {options}."
        " Find the desired relationship in the 'details' key.",
    )

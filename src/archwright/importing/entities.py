"""What becomes of each table: an entity, links between two others, or a member of the app."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from archwright.blueprint.names import RESERVED_SQL
from archwright.catalog.naming import Forms, bounded
from archwright.importing.names import entity_names, settled, snake, words
from archwright.importing.source import Column, Reference, Source, Table

MEMBER = "Profile"
"""The entity that stands for the members of an app."""
TIMES = ("created_at", "updated_at")
_LONGEST_TYPE = 48
_ALWAYS = ("id", *TIMES)


@dataclass(frozen=True, slots=True)
class Shape:
    """One table read: which columns are its own key, references by name, columns by name.

    ``surrogate`` is a key column that says nothing; ``names`` gives each column that stays an
    attribute its name; ``relations`` each reference its name, in order.
    """

    table: Table
    entity: str
    surrogate: str = ""
    times: tuple[str, ...] = ()
    owner: Reference | None = None
    relations: tuple[tuple[str, Reference], ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)

    def relation_on(self, column: str) -> str | None:
        """Return the relation that a column alone stands for."""
        return next((n for n, r in self.relations if r.columns == (column,)), None)


@dataclass(frozen=True, slots=True)
class Sorted:
    """The tables of a source: those that become entities, and those that are links."""

    shapes: Mapping[str, Shape]
    links: tuple[tuple[Table, Reference, Reference], ...]
    entities: Mapping[str, str]


def sort_tables(source: Source, taken: frozenset[str]) -> Sorted:
    """Return what each table becomes; ``taken`` are tables that the app has anyway."""
    known = {t.name: t for t in source.tables}
    pointed = {r.table for t in source.tables for r in t.references}
    links = []
    for table in source.tables:
        pair = _pair(table, known) if table.name not in pointed else None
        if pair is not None:
            links.append((table, *pair))
    linking = {t.name for t, _, _ in links}
    names = entity_names((t.name for t in source.tables if t.name not in linking), taken)
    if source.member:
        names |= {source.member: MEMBER}
    shapes = {
        t.name: _shape(t, names, known, source.member)
        for t in source.tables
        if t.name not in linking and t.name != source.member
    }
    return Sorted(shapes, tuple(links), names)


def _pair(table: Table, known: Mapping[str, Table]) -> tuple[Reference, Reference] | None:
    """Return both ends of a table that is nothing but links between two."""
    single = [r for r in table.references if len(r.columns) == 1 and r.table in known]
    if len(single) != 2 or len(table.references) != 2 or table.keys:
        return None
    first, second = single
    if set(table.key) != {*first.columns, *second.columns}:
        return None
    rest = [c for c in table.columns if c.name not in table.key]
    plain = all(c.type.kind != "unknown" and not c.generated and not c.unique for c in rest)
    return (first, second) if plain and first.columns != second.columns else None


def _shape(
    table: Table, entities: Mapping[str, str], known: Mapping[str, Table], member: str
) -> Shape:
    surrogate = _surrogate(table)
    times = tuple(
        c.name
        for c in table.columns
        if snake(c.name) in TIMES and c.type.kind == "datetime" and not _in_keys(table, c.name)
    )
    there = [r for r in table.references if r.table in entities]
    owner = _owner(table, there, member)
    rest = [r for r in there if r is not owner]
    relations = _relations(table, rest, entities, known, {"owner"} if owner else set())
    said = {c for _, r in relations for c in r.columns} | set(owner.columns if owner else ())
    own = [c.name for c in table.columns if c.name not in {surrogate, *times, *said}]
    wanted = {c: _wanted(own_column(table, c), entities[table.name]) for c in own}
    taken = {n for n, _ in relations} | {f"{n}_id" for n, _ in relations}
    names = settled(wanted, {*_ALWAYS, *taken, *(("owner", "owner_id") if owner else ())})
    return Shape(table, entities[table.name], surrogate, times, owner, relations, names)


def _wanted(column: Column, entity: str) -> str:
    """Return the name that a column would like; an enum's makes the name of a type as well."""
    name = snake(column.name)
    if column.type.kind == "enum" or column.values:
        return bounded(name, _LONGEST_TYPE - 1 - len(Forms.of(entity).snake))
    return name


def _surrogate(table: Table) -> str:
    """Return the key column if it only tells rows apart: it numbers itself, or is an `id`."""
    if len(table.key) != 1 or any(table.key == r.columns for r in table.references):
        return ""
    column = next(c for c in table.columns if c.name == table.key[0])
    made = column.default is not None and column.default.call in {"number", "uuid"}
    plain = snake(column.name) in {"id", f"{snake(table.name)}_id"} or words(column.name) == ["id"]
    return column.name if made or (plain and column.type.kind != "enum") else ""


def _in_keys(table: Table, column: str) -> bool:
    """Tell whether a column is part of a key or of a reference."""
    parts = [table.key, *(k.columns for k in table.keys), *(r.columns for r in table.references)]
    return any(column in columns for columns in parts)


def _owner(table: Table, references: list[Reference], member: str) -> Reference | None:
    """Return the one reference to a member that rows cannot be without and go with."""
    found = [r for r in references if member and r.table == member and len(r.columns) == 1]
    if len(found) != 1 or found[0].on_delete != "cascade" or found[0].columns == table.key:
        return None
    column = next(c for c in table.columns if c.name == found[0].columns[0])
    shared = sum(column.name in r.columns for r in table.references) > 1
    return found[0] if column.required and not column.unique and not shared else None


def _relations(
    table: Table,
    references: list[Reference],
    entities: Mapping[str, str],
    known: Mapping[str, Table],
    kept: set[str],
) -> tuple[tuple[str, Reference], ...]:
    columns = {c.name for c in table.columns}
    wanted = {
        f"{i}:{','.join(r.columns)}": _relation_name(r, entities, known)
        for i, r in enumerate(references)
    }
    covered = {c for r in references for c in r.columns}
    taken = {snake(c) for c in columns - covered} | {*_ALWAYS, *kept}
    names = settled(wanted, taken)
    return tuple(zip(names.values(), references, strict=True))


def _relation_name(
    reference: Reference, entities: Mapping[str, str], known: Mapping[str, Table]
) -> str:
    target = snake(entities[reference.table], otherwise="row")
    if reference.name:
        return _free(reference.name, target)
    if len(reference.columns) > 1:
        return target
    name = "_".join(words(reference.columns[0]))
    key = snake(reference.to[0]) if reference.to else "id"
    for ending in ("_id", f"_{key}", "_fk", "_uuid"):
        if name.endswith(ending) and len(name) > len(ending):
            return _free(name[: -len(ending)], target)
    same = reference.table in known and name in {key, "id"}
    return target if same else _free(name, target)


def _free(name: str, otherwise: str) -> str:
    """Return a relation's name, or another where SQL reserves it."""
    return otherwise if "_".join(words(name)) in RESERVED_SQL else snake(name, otherwise="row")


def own_column(table: Table, name: str) -> Column:
    """Return a column that is there."""
    return next(c for c in table.columns if c.name == name)

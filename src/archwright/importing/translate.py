"""A schema of elsewhere in, a Blueprint that compiles and all that was remarked out."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from archwright.blueprint.model import (
    Access,
    App,
    Assumption,
    Attribute,
    Blueprint,
    Entity,
    FeatureUse,
    Relation,
)
from archwright.diagnostics import Diagnostic, Place, Severity, has_errors
from archwright.importing.attributes import attribute, comment
from archwright.importing.entities import Shape, Sorted, own_column, sort_tables
from archwright.importing.names import settled, words
from archwright.importing.relations import implicit_links, link_tables, relations_of
from archwright.importing.settling import settle_relations
from archwright.importing.source import Column, Source, Table, left_out, read_as

_ADMINS = "role(admin)"
Nulls = Literal["equal", "distinct"] | None
FEATURES = ("auth", "profiles")


@dataclass(frozen=True, slots=True)
class Imported:
    """A Blueprint, or None with errors; ``became`` maps each table and column to its place."""

    blueprint: Blueprint | None
    diagnostics: tuple[Diagnostic, ...] = ()
    became: Mapping[str, str] | None = None


def translate(source: Source, taken: Collection[str] = (), name: str = "") -> Imported:
    """Return the Blueprint of a source; ``taken`` are the tables that the app has anyway.

    Diagnostics, each with file and line: the source's own; AW-1410 where there is no table;
    AW-1406 for what is left out, AW-1407 for names that change, AW-1408 for what is read as
    something else. Nobody but administrators may see or write what is not an owner's: that is
    recorded as an assumption.
    """
    if has_errors(source.problems):
        return Imported(None, source.problems)
    if not any(t.name != source.member for t in source.tables):
        place = Place(source.title)
        hint = "Name a file or a database with at least one table."
        nothing = Diagnostic("AW-1410", "there is no table to import", place, hint)
        return Imported(None, (*source.problems, nothing))
    found = sort_tables(source, frozenset(taken))
    enums = {e.name: e.values for e in source.enums}
    linked, problems = link_tables(found, enums)
    problems = [*source.problems, *problems]
    entities: list[Entity] = []
    for shape in found.shapes.values():
        extra = [*linked.get(shape.table.name, ())]
        extra += [r for _, r in implicit_links(source, found).get(shape.table.name, ())]
        entity, remarks = _entity(shape, found, enums, extra)
        problems += remarks
        entities.append(entity)
    entities, remarks = settle_relations(entities, _places(found), source.title)
    problems += remarks
    title = name or source.title.replace("\\", "/").rsplit("/", 1)[-1].split(".")[0]
    blueprint = Blueprint(
        app=_app(title),
        entities=tuple(entities),
        features=tuple(FeatureUse(use=f, why="accounts and administrators") for f in FEATURES),
        assumptions=tuple(_assumptions(entities)),
    )
    return Imported(blueprint, tuple(problems), _became(found))


def _places(found: Sorted) -> dict[str, Place]:
    """Return where each relation comes from."""
    return {
        f"{shape.entity}.{name}": reference.place
        for shape in found.shapes.values()
        for name, reference in shape.relations
    }


def _app(title: str) -> App:
    found = [w for w in words(title) if not w.isdigit()] or ["imported"]
    slug = "-".join(found)[:40].strip("-")
    slug = slug if slug[0].isalpha() else f"app-{slug}"
    label = " ".join(found)[:50]
    return App(name=label[0].upper() + label[1:], slug=slug)


def _entity(
    shape: Shape,
    found: Sorted,
    enums: Mapping[str, tuple[str, ...]],
    extra: list[Relation],
) -> tuple[Entity, list[Diagnostic]]:
    table = shape.table
    relations, problems = relations_of(shape, found)
    attributes: list[Attribute] = []
    for column, name in shape.names.items():
        single = _alone(table, column) and column != shape.surrogate
        given = own_column(table, column)
        given = given if not single else _as_unique(given)
        made, remarks = attribute(given, name, enums, f"{table.name}.{column}")
        problems += remarks
        attributes += [made] if made is not None else []
    links = _settled_links(extra, relations, attributes)
    keys, nulls, remarks = _keys(shape, attributes, relations)
    problems += [*remarks, *_own_key(shape), *_named(shape)]
    who = "owner" if shape.owner else _ADMINS
    entity = Entity(
        name=shape.entity,
        owned=shape.owner is not None,
        attributes=tuple(attributes),
        relations=(*relations, *links),
        unique=keys,
        unique_nulls=nulls,
        access=Access(select=who, insert=who, update=who, delete=who),
        comment=comment(table.comment),
    )
    return entity, problems


def _alone(table: Table, column: str) -> bool:
    return table.key == (column,) or any(k.columns == (column,) for k in table.keys)


def _as_unique(column: Column) -> Column:
    return replace(column, unique=True)


def _settled_links(
    links: list[Relation], relations: list[Relation], attributes: list[Attribute]
) -> list[Relation]:
    taken = {r.name for r in relations} | {a.name for a in attributes}
    names = settled({f"{i}:{r.name}:{r.to}": r.name for i, r in enumerate(links)}, taken)
    pairs = zip(links, names.values(), strict=True)
    return [relation.model_copy(update={"name": name}) for relation, name in pairs]


def _keys(
    shape: Shape, attributes: list[Attribute], relations: list[Relation]
) -> tuple[tuple[tuple[str, ...], ...], Nulls, list[Diagnostic]]:
    """Return the composite keys in the Blueprint's names, and whether missing values are alike."""
    table = shape.table
    wanted = [(k.columns, k.place, k.nulls_equal) for k in table.keys]
    if len(table.key) > 1:
        wanted.insert(0, (table.key, table.place, False))
    there = {a.name: a.required for a in attributes if a.type != "json" and not a.list}
    there |= {r.name: r.needed for r in relations} | ({"owner": True} if shape.owner else {})
    single = {r.name for r in relations if r.kind == "one_to_one"}
    found: dict[tuple[str, ...], bool] = {}
    problems: list[Diagnostic] = []
    for columns, place, alike in wanted:
        parts = _parts(shape, columns)
        shown = f"{table.name}: the key ({', '.join(columns)})"
        if parts is None or any(p not in there for p in parts):
            problems.append(left_out(f"{shown} is left out: not all of it is there", place))
        elif len(parts) == 1 and (parts[0] in single or len(columns) == 1):
            continue
        else:
            found.setdefault(parts, alike)
            if len(parts) < len(columns):
                text = f"{shown} becomes ({', '.join(parts)})"
                problems.append(read_as(text, place))
    open_ = [k for k in found if len(k) > 1 and not all(there[p] for p in k)]
    nulls: Nulls = ("equal" if all(found[k] for k in open_) else "distinct") if open_ else None
    if len({found[k] for k in open_}) > 1:
        text = f"{table.name}: its keys differ on whether missing values are alike: distinct"
        problems.append(read_as(text, table.place))
    return tuple(found), nulls, problems


def _parts(shape: Shape, columns: tuple[str, ...]) -> tuple[str, ...] | None:
    """Return what the columns of a key are called in the Blueprint; None where one is not there."""
    rest, parts = list(columns), []
    for name, reference in shape.relations:
        if len(reference.columns) > 1 and set(reference.columns) <= set(rest):
            parts.append(name)
            rest = [c for c in rest if c not in reference.columns]
    for column in rest:
        owner = shape.owner is not None and shape.owner.columns == (column,)
        part = "owner" if owner else shape.names.get(column) or shape.relation_on(column)
        if part is None:
            return None
        parts.append(part)
    return tuple(dict.fromkeys(parts))


def _own_key(shape: Shape) -> list[Diagnostic]:
    """Say that the key of a table is another now."""
    table, key = shape.table, shape.table.key
    if key and shape.surrogate:
        column = own_column(table, shape.surrogate)
        if column.type.kind == "uuid":
            return []
        text = f"{table.name}.{column.name} ({column.type.said}) becomes the uuid `id`"
        return [read_as(text, column.place)]
    text = f"{table.name} gets a key `id` of its own"
    return [read_as(f"{text}; ({', '.join(key)}) stays unique" if key else text, table.place)]


def _named(shape: Shape) -> list[Diagnostic]:
    """Report the names that are others now."""
    pairs = {shape.table.name: shape.entity}
    pairs |= {c: n for c, n in shape.names.items() if c != n}
    pairs |= {", ".join(r.columns): n for n, r in shape.relations if r.columns}
    said = ", ".join(f"{old} -> {new}" for old, new in pairs.items() if old != new)
    text = f"names: {said}"
    return (
        [] if not said else [Diagnostic("AW-1407", text, shape.table.place, severity=Severity.NOTE)]
    )


def _assumptions(entities: list[Entity]) -> list[Assumption]:
    because = "rules of access are not imported, and nobody else is let in unasked"
    made = [
        Assumption(
            what=f"{e.name}: each row is its owner's, who alone sees and writes it",
            because="each row belongs to one account, with which it is deleted",
            confidence=0.6,
            status="assumed",
        )
        for e in entities
        if e.owned
    ]
    if any(not e.owned for e in entities):
        what = "Administrators alone see and write the rows that are no member's own"
        made.append(Assumption(what=what, because=because, confidence=0.5, status="assumed"))
    return made


def _became(found: Sorted) -> dict[str, str]:
    """Return where each table and each column of the source is now."""
    became: dict[str, str] = {}
    for shape in found.shapes.values():
        table, entity = shape.table.name, shape.entity
        became[table] = entity
        became |= {f"{table}.{c}": f"{entity}.{n}" for c, n in shape.names.items()}
        became |= {f"{table}.{c}": f"{entity}.{c}" for c in shape.times}
        if shape.surrogate:
            became[f"{table}.{shape.surrogate}"] = f"{entity}.id"
        if shape.owner:
            became[f"{table}.{shape.owner.columns[0]}"] = f"{entity}.owner"
        for name, reference in shape.relations:
            became |= {f"{table}.{c}": f"{entity}.{name}" for c in reference.columns}
    for table_, first, second in found.links:
        mine = found.entities[first.table]
        became[table_.name] = f"{mine} to {found.entities[second.table]}"
        became |= {f"{table_.name}.{c.name}": became[table_.name] for c in table_.columns}
    return became

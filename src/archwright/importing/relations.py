"""References as relations of the Blueprint: single, composite, trees, links."""

from __future__ import annotations

from collections.abc import Mapping

from archwright.blueprint.model import Attribute, Relation
from archwright.catalog.naming import Forms
from archwright.diagnostics import Diagnostic
from archwright.importing.attributes import attribute
from archwright.importing.entities import MEMBER, TIMES, Shape, Sorted, own_column
from archwright.importing.names import entity_names, settled, snake
from archwright.importing.source import Link, Reference, Source, Table, read_as

_PARENTS = {"parent", "ancestor", "father", "mother", "above", "super"}


def relations_of(shape: Shape, found: Sorted) -> tuple[list[Relation], list[Diagnostic]]:
    """Return the relations of one entity, in the order of its references."""
    made: list[Relation] = []
    problems: list[Diagnostic] = []
    for name, reference in shape.relations:
        relation = _relation(shape, name, reference, found)
        made.append(relation)
        problems += _remarks(shape, relation, reference, found)
    return made, problems


def _relation(shape: Shape, name: str, reference: Reference, found: Sorted) -> Relation:
    table, to = shape.table, found.entities[reference.table]
    required = all(own_column(table, c).required for c in reference.columns)
    on_delete = reference.on_delete
    if required and on_delete == "set null":
        on_delete = "restrict"
    alone = len(reference.columns) == 1 and own_column(table, reference.columns[0]).unique
    unique = alone or reference.columns == table.key or _is_key(table, reference.columns)
    itself = to == shape.entity
    tree = itself and not required and not unique and bool(set(name.split("_")) & _PARENTS)
    if itself and required and not tree:
        required, on_delete = False, "cascade" if on_delete == "cascade" else "set null"
    if tree:
        return Relation(name=name, to=to, kind="tree", on_delete=on_delete)
    return Relation(
        name=name,
        to=to,
        kind="one_to_one" if unique else "belongs_to",
        required=required,
        on_delete=on_delete,
        within=_within(shape, reference, found),
        deferred=reference.deferred and required,
    )


def _is_key(table: Table, columns: tuple[str, ...]) -> bool:
    return any(set(k.columns) == set(columns) for k in table.keys)


def _within(shape: Shape, reference: Reference, found: Sorted) -> str | None:
    """Return the relation on which this row and the one it refers to must agree."""
    there = found.shapes.get(reference.table)
    if len(reference.columns) < 2 or there is None or there is shape:
        return None
    for mine, theirs in zip(reference.columns, reference.to, strict=False):
        name = shape.relation_on(mine)
        if name is None or there.relation_on(theirs) != name:
            continue
        here = next(r for n, r in shape.relations if n == name)
        other = next(r for n, r in there.relations if n == name)
        if here.table == other.table and own_column(shape.table, mine).required:
            return name
    return None


def _remarks(
    shape: Shape, relation: Relation, reference: Reference, found: Sorted
) -> list[Diagnostic]:
    at = f"{shape.table.name} ({', '.join(reference.columns)})"
    place = reference.place
    said: list[Diagnostic] = []
    if len(reference.columns) > 1:
        rest = [c for c in reference.columns if shape.relation_on(c) is None]
        text = f"{at} becomes the relation {relation.name}"
        if rest:
            text += f"; what {', '.join(rest)} says is found in the {reference.table} it leads to"
        said.append(read_as(text, place))
    if relation.on_delete != reference.on_delete:
        text = f"{at}: on delete {reference.on_delete} becomes {relation.on_delete}"
        said.append(read_as(text, place))
    itself = relation.to == shape.entity and relation.kind != "tree"
    if itself and all(own_column(shape.table, c).required for c in reference.columns):
        text = f"{at} is not required any more: the first row could not be inserted"
        said.append(read_as(text, place))
    there = found.shapes.get(reference.table)
    if there is not None and reference.to and len(reference.to) == 1:
        key = reference.to[0]
        if key != there.surrogate and relation.kind != "tree":
            text = f"{at} leads to the id of {reference.table} and no longer to its {key}"
            said.append(read_as(text, place))
    return said


def link_tables(
    found: Sorted, enums: Mapping[str, tuple[str, ...]]
) -> tuple[dict[str, list[Relation]], list[Diagnostic]]:
    """Return the many-to-many relations that tables of links become, by the first end's table."""
    made: dict[str, list[Relation]] = {}
    problems: list[Diagnostic] = []
    for table, one, other in found.links:
        # links of members belong to the other end
        first, second = (one, other) if one.table in found.shapes else (other, one)
        mine, to = first.table, found.entities[second.table]
        name = _link_name(table, mine, to)
        attributes, remarks = _link_attributes(table, {*first.columns, *second.columns}, enums)
        problems += remarks
        on_delete = "restrict" if "restrict" in (first.on_delete, second.on_delete) else "cascade"
        if first.on_delete != second.on_delete:
            text = f"{table.name}: what happens on delete is said once for both ends: {on_delete}"
            problems.append(read_as(text, table.place))
        text = f"{table.name} becomes the many-to-many relation {name} of {found.entities[mine]}"
        problems.append(read_as(text, table.place))
        relation = Relation(
            name=name,
            to=to,
            kind="many_to_many",
            on_delete=on_delete,
            attributes=attributes,
        )
        made.setdefault(mine, []).append(relation)
    return made, problems


def _link_name(table: Table, mine: str, to: str) -> str:
    """Return ``tags`` of a table ``product_tags``, else the plural of the other end."""
    plural = Forms.of(to).snakes if to != MEMBER else "members"
    named = snake(table.name)
    for head in (f"{snake(mine)}_", f"{Forms.of(_singular(mine)).snake}_"):
        if named.startswith(head) and len(named) > len(head):
            rest = named[len(head) :]
            return (
                plural if rest in {plural, Forms.of(to).snake} else snake(rest, otherwise="links")
            )
    return plural


def _singular(table: str) -> str:
    return entity_names([table], ())[table]


def _link_attributes(
    table: Table, ends: set[str], enums: Mapping[str, tuple[str, ...]]
) -> tuple[tuple[Attribute, ...], list[Diagnostic]]:
    rest = [c for c in table.columns if c.name not in ends and snake(c.name) not in TIMES]
    names = settled({c.name: snake(c.name) for c in rest}, {*TIMES, "id"})
    made: list[Attribute] = []
    problems: list[Diagnostic] = []
    for column in rest:
        found, remarks = attribute(column, names[column.name], enums, f"{table.name}.{column.name}")
        problems += remarks
        made += [found] if found is not None else []
    return tuple(made), problems


def implicit_links(source: Source, found: Sorted) -> dict[str, list[tuple[Link, Relation]]]:
    """Return the many-to-many relations for which the source has no table."""
    made: dict[str, list[tuple[Link, Relation]]] = {}
    for link in source.links:
        mine, to, name = link.table, link.to, link.name
        if mine not in found.shapes:
            mine, to, name = to, mine, ""
        if mine in found.shapes and to in found.entities:
            target = found.entities[to]
            plural = "members" if target == MEMBER else Forms.of(target).snakes
            relation = Relation(
                name=snake(name, otherwise="links") if name else plural,
                to=target,
                kind="many_to_many",
            )
            made.setdefault(mine, []).append((link, relation))
    return made

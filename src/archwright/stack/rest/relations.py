"""Builds the relationships between tables and views, and finds the one an embedding means."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import product

from archwright.stack.rest.model import ForeignKey, Name, Relation, Table, ViewKey


def build_relations(
    tables: Mapping[Name, Table],
    keys: Sequence[ForeignKey],
    view_keys: Sequence[ViewKey],
    computed: Sequence[Relation],
) -> dict[Name, tuple[Relation, ...]]:
    """List all relationships by the table that they start at, in a fixed order."""
    forward = [*_forward(keys), *_of_views(keys, view_keys)]
    backward = [_inverse(relation) for relation in forward]
    between = _through(forward, tables)
    found: dict[Name, list[Relation]] = defaultdict(list)
    overridden = {(item.source, item.function[1]) for item in computed if item.function}
    for relation in (*computed, *forward, *backward, *between):
        known = relation.source in tables and relation.target in tables
        inside = relation.junction is None or relation.junction in tables
        plain = relation.function is None
        if not known or not inside:
            continue
        if plain and (relation.source, relation.target[1]) in overridden:
            continue
        target = tables[relation.target]
        found[relation.source].append(replace(relation, target_is_view=target.view))
    return {name: tuple(group) for name, group in found.items()}


def _forward(keys: Iterable[ForeignKey]) -> list[Relation]:
    return [
        Relation(
            "one-to-one" if key.unique else "many-to-one",
            key.name,
            key.source,
            key.target,
            key.pairs,
        )
        for key in keys
    ]


def _of_views(keys: Sequence[ForeignKey], view_keys: Sequence[ViewKey]) -> list[Relation]:
    """Give views the foreign keys of the tables that they show, at either end and at both."""
    sources: dict[tuple[Name, str], list[ViewKey]] = defaultdict(list)
    targets: dict[tuple[Name, str], list[ViewKey]] = defaultdict(list)
    for item in view_keys:
        if item.kind == "f":
            sources[item.table, item.constraint].append(item)
        elif item.kind == "f_ref":
            targets[item.table, item.constraint].append(item)
    found: list[Relation] = []
    for key in keys:
        kind = _forward([key])[0]
        near = [*_renamed(sources[key.source, key.name])]
        far = [*_renamed(targets[key.target, key.name])]
        plain_near = (key.source, {a: a for a, _ in key.pairs})
        plain_far = (key.target, {b: b for _, b in key.pairs})
        ends = [*product(near, [plain_far, *far]), *product([plain_near], far)]
        for (source, left), (target, right) in ends:
            pairs = tuple((left[a], right[b]) for a, b in key.pairs)
            found.append(replace(kind, source=source, target=target, pairs=pairs))
    return found


def _renamed(items: Iterable[ViewKey]) -> Iterable[tuple[Name, dict[str, str]]]:
    """Give each way in which a view names the key's columns."""
    for item in items:
        columns = [name for name, _ in item.columns]
        for chosen in product(*(names for _, names in item.columns)):
            yield item.view, dict(zip(columns, chosen, strict=True))


def _inverse(relation: Relation) -> Relation:
    many = relation.kind == "many-to-one"
    return replace(
        relation,
        kind="one-to-many" if many else "one-to-one",
        source=relation.target,
        target=relation.source,
        pairs=tuple((b, a) for a, b in relation.pairs),
        many=many,
    )


def _through(forward: Sequence[Relation], tables: Mapping[Name, Table]) -> list[Relation]:
    """Find junctions: two foreign keys whose columns are all part of the primary key."""
    by_source: dict[Name, list[Relation]] = defaultdict(list)
    for relation in forward:
        if relation.kind == "many-to-one" and relation.source in tables:
            by_source[relation.source].append(relation)
    found: list[Relation] = []
    for junction, keys in by_source.items():
        primary = set(tables[junction].key)
        for near, far in product(keys, keys):
            used = {column for column, _ in (*near.pairs, *far.pairs)}
            if near.constraint != far.constraint and used <= primary:
                found.append(
                    Relation(
                        "many-to-many",
                        near.constraint,
                        near.target,
                        far.target,
                        tuple((b, a) for a, b in near.pairs),
                        junction=junction,
                        far_constraint=far.constraint,
                        far=far.pairs,
                        many=True,
                    )
                )
    return found


def matching(
    relations: Sequence[Relation], schema: str, name: str, hint: str | None
) -> list[Relation]:
    """Choose the relationships that ``name!hint`` may mean."""
    return [
        item
        for item in relations
        if item.target[0] == schema
        and (
            item.function[1] == name
            if item.function is not None
            else _means_itself(item, name, hint)
            if item.itself
            else _means(item, name, hint)
        )
    ]


def _means_itself(item: Relation, name: str, hint: str | None) -> bool:
    # one key, two directions: the table's name means the children, the column the parent
    own, other = _single(item)
    if hint is None:
        children = item.kind == "one-to-many" and name == item.target[1]
        return children or (item.kind == "many-to-one" and name == own)
    return item.kind == "one-to-many" and name == item.target[1] and hint == other


def _means(item: Relation, name: str, hint: str | None) -> bool:
    own, other = _single(item)
    direct = item.junction is None
    if hint is None:
        by_key = direct and name in (item.constraint, own) and not item.target_is_view
        return name == item.target[1] or by_key
    by_hint = direct and hint in (item.constraint, own, other)
    by_junction = item.junction is not None and hint == item.junction[1]
    by_name = name == item.target[1] or (direct and name in (item.constraint, own))
    return by_name and (by_hint or by_junction)


def _single(item: Relation) -> tuple[str | None, str | None]:
    """Give the two columns, where there is just one pair and no junction."""
    if item.junction is None and len(item.pairs) == 1:
        return item.pairs[0]
    return None, None

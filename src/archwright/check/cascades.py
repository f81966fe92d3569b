"""What happens to rows when what they refer to is deleted: never a dead end, never a surprise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from archwright.blueprint.circles import circles
from archwright.blueprint.model import Blueprint, Entity, Relation
from archwright.catalog.columns import ColumnType, parse_column
from archwright.catalog.manifest import Manifest
from archwright.check.places import place
from archwright.diagnostics import Diagnostic


def check_cascades(blueprint: Blueprint, manifests: Iterable[Manifest]) -> list[Diagnostic]:
    """Return AW-2310 and AW-2312; ``manifests`` say whose rows packs let go with an account."""
    gone = {name for m in manifests for name in _of_accounts(m)}
    return [*_dead_ends(blueprint, _with_accounts(blueprint, gone)), *_circles(blueprint)]


def _of_accounts(manifest: Manifest) -> Iterator[str]:
    """Yield the entities of a pack whose rows go with their owner's account."""
    for name, spec in manifest.entities.items():
        table = manifest.tables.get(spec.table)
        text = table.columns.get(spec.owner, "") if table and spec.owner else ""
        column = parse_column(text)
        if isinstance(column, ColumnType) and column.references and column.on_delete == "cascade":
            yield name


def _own(blueprint: Blueprint) -> list[tuple[int, Entity]]:
    return [(index, e) for index, e in enumerate(blueprint.entities) if e.pack is None]


def _carried(entity: Entity) -> Iterator[Relation]:
    """Yield the relations whose target takes the entity's rows along."""
    for relation in entity.relations:
        if relation.kind != "many_to_many" and relation.on_delete == "cascade":
            yield relation


def _with_accounts(blueprint: Blueprint, gone: set[str]) -> dict[str, str]:
    """Return the entities whose rows go with an account, and by which of them."""
    found = {name: "" for name in gone}
    found |= {e.name: "" for _, e in _own(blueprint) if e.owned}
    children: dict[str, list[str]] = {}
    for _, entity in _own(blueprint):
        for relation in _carried(entity):
            children.setdefault(relation.to, []).append(entity.name)
    waiting = list(found)
    for name in waiting:
        for child in children.get(name, ()):
            if child not in found:
                found[child] = name
                waiting.append(child)
    return found


def _dead_ends(blueprint: Blueprint, gone: dict[str, str]) -> Iterator[Diagnostic]:
    """What goes with an account cannot be held fast: the account could never be deleted."""
    for index, entity in _own(blueprint):
        for number, relation in enumerate(entity.relations):
            if relation.on_delete != "restrict" or relation.to not in gone:
                continue
            through = f" with its {gone[relation.to]}" if gone[relation.to] else ""
            text = (
                f"{entity.name}.{relation.name} holds {relation.to} fast, whose rows go{through} "
                "when an account is deleted: that account could not be deleted any more"
            )
            hint = (
                "use cascade or set null; rows that must outlive accounts are of an entity with "
                "owned: false"
            )
            at = place("entities", index, "relations", number, "on_delete")
            yield Diagnostic("AW-2310", text, at, hint)


def _circles(blueprint: Blueprint) -> Iterator[Diagnostic]:
    """Rows that own each other in a circle: whoever deletes one deletes all around."""
    own = _own(blueprint)
    carried = {e.name: tuple(r.to for r in _carried(e) if r.to != e.name) for _, e in own}
    for circle in circles(carried):
        for index, entity in own:
            for number, relation in enumerate(entity.relations if entity.name in circle else ()):
                inside = relation.to in circle and relation.to != entity.name
                if inside and not relation.needed and relation in _carried(entity):
                    way = " -> ".join((*circle, circle[0]))
                    text = f"rows of these own each other in a circle: {way}"
                    hint = f"say on_delete: set null for {entity.name}.{relation.name}"
                    at = place("entities", index, "relations", number, "on_delete")
                    yield Diagnostic("AW-2312", text, at, hint)

"""Names in a Blueprint that stand twice, point nowhere or go round in circles.

What a feature is called and what it is on is checked where packs are applied (AW-22xx), names
inside access expressions where tables are known (AW-21xx).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from archwright.blueprint.model import Blueprint, Entity
from archwright.catalog.manifest import Manifest
from archwright.diagnostics import Diagnostic, Place, Severity

SOURCE = "blueprint.yaml"
RESERVED_ROLES = frozenset({"member", "owner", "public", "anonymous", "anon", "service", "self"})


def check_references(
    blueprint: Blueprint,
    manifests: Iterable[Manifest] = (),
    archetypes: Collection[str] | None = None,
) -> list[Diagnostic]:
    """Return AW-2301 to AW-2308; ``manifests`` are those of the packs that the Blueprint uses.

    ``archetypes`` are the names of all known kinds of platforms; None leaves them unchecked.
    """
    packs = tuple(manifests)
    entities = {e.name for e in blueprint.entities}.union(*(m.entities for m in packs))
    roles = {"member"}.union({r.name for r in blueprint.roles}, *(m.roles for m in packs))
    return [
        *_duplicates(blueprint),
        *_packs(blueprint),
        *_relations(blueprint, entities),
        *_cycles(blueprint),
        *_granting(blueprint, roles),
        *_reserved(blueprint),
        *_not_built(blueprint),
        *(_kinds(blueprint, archetypes) if archetypes is not None else ()),
    ]


def _place(*path: str | int) -> Place:
    return Place(SOURCE, tuple(str(key) for key in path))


def _duplicates(blueprint: Blueprint) -> Iterator[Diagnostic]:
    yield from _twice([e.name for e in blueprint.entities], "entity", "entities")
    yield from _twice([r.name for r in blueprint.roles], "role", "roles")
    yield from _twice(list(blueprint.app.archetypes), "archetype", "app", "archetypes")
    for index, use in enumerate(blueprint.features):
        yield from _twice(list(use.on), "entity", "features", index, "on")
    for index, entity in enumerate(blueprint.entities):
        columns = [a.name for a in entity.attributes]
        yield from _twice(columns, "attribute", "entities", index, "attributes")
        for number, relation in enumerate(entity.relations):
            earlier = [*columns, *(r.name for r in entity.relations[:number])]
            if relation.name in earlier:
                place = _place("entities", index, "relations", number, "name")
                yield _twice_in(f"{entity.name} has two columns called {relation.name}", place)


def _twice(names: list[str], what: str, *path: str | int) -> Iterator[Diagnostic]:
    for index, name in enumerate(names):
        if name in names[:index]:
            yield _twice_in(f"the {what} {name} is there twice", _place(*path, index))


def _twice_in(message: str, place: Place) -> Diagnostic:
    return Diagnostic("AW-2301", message, place, "rename or remove one of the two")


def _packs(blueprint: Blueprint) -> Iterator[Diagnostic]:
    """An entity that is said to be of a pack needs that pack."""
    used = {use.use for use in blueprint.features} | {"foundation"}
    for index, entity in enumerate(blueprint.entities):
        if entity.pack is not None and entity.pack not in used:
            message = f"{entity.name} is of the pack {entity.pack}, which no feature uses"
            hint = f"add the feature {entity.pack} or remove the entity"
            yield Diagnostic("AW-2302", message, _place("entities", index, "pack"), hint)


def _relations(blueprint: Blueprint, known: set[str]) -> Iterator[Diagnostic]:
    for index, entity in enumerate(blueprint.entities):
        for number, relation in enumerate(entity.relations):
            if relation.to not in known:
                message = (
                    f"{entity.name}.{relation.name} refers to {relation.to}, which is not there"
                )
                place = _place("entities", index, "relations", number, "to")
                hint = f"known entities: {', '.join(sorted(known))}"
                yield Diagnostic("AW-2303", message, place, hint)


def _cycles(blueprint: Blueprint) -> Iterator[Diagnostic]:
    """Rows of a cycle of required references could never be inserted: each needs another first."""
    needs = {e.name: _needed(e) for e in blueprint.entities}
    done: set[str] = set()
    for start in needs:
        cycle = _cycle_from(start, needs)
        if cycle and not done & set(cycle):
            done.update(cycle)
            index = next(i for i, e in enumerate(blueprint.entities) if e.name == start)
            message = f"required relations go in a circle: {' -> '.join([*cycle, start])}"
            place = _place("entities", index, "relations")
            yield Diagnostic("AW-2304", message, place, "set required: false on one of them")


def _needed(entity: Entity) -> tuple[str, ...]:
    return tuple(r.to for r in entity.relations if r.required)


def _cycle_from(start: str, needs: dict[str, tuple[str, ...]]) -> list[str]:
    """Return a shortest way from an entity back to itself; empty if there is none."""
    ways = [[start]]
    seen: set[str] = set()
    while ways:
        way = ways.pop(0)
        for name in needs.get(way[-1], ()):
            if name == start:
                return way
            if name not in seen:
                seen.add(name)
                ways.append([*way, name])
    return []


def _granting(blueprint: Blueprint, known: set[str]) -> Iterator[Diagnostic]:
    for index, role in enumerate(blueprint.roles):
        lists = {"granted_by": role.granted_by, "included_in": role.included_in or ()}
        for key, others in lists.items():
            for number, other in enumerate(others):
                if other not in known:
                    yield _unknown_role(other, known, _place("roles", index, key, number))


def _unknown_role(role: str, known: set[str], place: Place) -> Diagnostic:
    hint = f"known roles: {', '.join(sorted(known))}"
    return Diagnostic("AW-2305", f"there is no role {role}", place, hint)


def _reserved(blueprint: Blueprint) -> Iterator[Diagnostic]:
    """The access language has names of its own for those who ask."""
    for index, role in enumerate(blueprint.roles):
        if role.name in RESERVED_ROLES:
            message = f"{role.name} is no role of an app: the access rules use the word themselves"
            hint = "choose another name"
            yield Diagnostic("AW-2306", message, _place("roles", index, "name"), hint)


def _kinds(blueprint: Blueprint, known: Collection[str]) -> Iterator[Diagnostic]:
    for index, name in enumerate(blueprint.app.archetypes):
        if name not in known:
            hint = f"known: {', '.join(sorted(known)) or 'none'}; or leave it out"
            place = _place("app", "archetypes", index)
            yield Diagnostic("AW-2308", f"there is no archetype {name}", place, hint)


def _not_built(blueprint: Blueprint) -> Iterator[Diagnostic]:
    """What a Blueprint can say and this version does not build is told, never dropped."""

    def warning(message: str, *path: str | int) -> Diagnostic:
        hint = "the app is built without it"
        return Diagnostic("AW-2307", message, _place(*path), hint, Severity.WARNING)

    for index, locale in enumerate(blueprint.app.locales):
        if locale != "en":
            message = f"texts in the language {locale} are not available yet"
            yield warning(message, "app", "locales", index)
    for index, outside in enumerate(blueprint.integrations):
        message = f"{outside.service} by {outside.provider} is not available yet"
        yield warning(message, "integrations", index)

"""All that a Blueprint's own statements must satisfy: the rules of this package, in order.

Here: names that stand twice or point nowhere.
What a feature is called and what it is on is checked where packs are applied (AW-22xx), names
inside access expressions where tables are known (AW-21xx).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from archwright.blueprint.model import Blueprint
from archwright.catalog.manifest import Manifest
from archwright.check.cascades import check_cascades
from archwright.check.keys import check_keys
from archwright.check.places import known_names, place
from archwright.check.relations import check_relations
from archwright.diagnostics import Diagnostic, Place, Severity

MOST_ENTITIES = 1000
"""A first migration makes all tables in one transaction, and PostgreSQL, as it is set up where
nobody changed it, has room for the locks of little more."""
RESERVED_ROLES = frozenset({"member", "owner", "public", "anonymous", "anon", "service", "self"})


def check_references(
    blueprint: Blueprint,
    manifests: Iterable[Manifest] = (),
    archetypes: Collection[str] | None = None,
) -> list[Diagnostic]:
    """Return AW-2301 to AW-2315; ``manifests`` are those of the packs that the Blueprint uses.

    ``archetypes`` are the names of all known kinds of platforms; None leaves them unchecked.
    """
    if len(blueprint.entities) > MOST_ENTITIES:
        return [_too_many(len(blueprint.entities))]
    packs = tuple(manifests)
    entities = {e.name for e in blueprint.entities}.union(*(m.entities for m in packs))
    roles = {"member"}.union({r.name for r in blueprint.roles}, *(m.roles for m in packs))
    return [
        *_duplicates(blueprint),
        *_packs(blueprint),
        *check_relations(blueprint, entities),
        *check_cascades(blueprint, packs),
        *check_keys(blueprint),
        *_granting(blueprint, roles),
        *_reserved(blueprint),
        *_not_built(blueprint),
        *(_kinds(blueprint, archetypes) if archetypes is not None else ()),
    ]


def _too_many(count: int) -> Diagnostic:
    text = f"the Blueprint has {count} entities; an app has at most {MOST_ENTITIES}"
    hint = "divide the platform into several apps, by what is worked on together"
    return Diagnostic("AW-2315", text, place("entities", MOST_ENTITIES), hint)


def _duplicates(blueprint: Blueprint) -> Iterator[Diagnostic]:
    yield from _twice([e.name for e in blueprint.entities], "entity", "entities")
    yield from _twice([r.name for r in blueprint.roles], "role", "roles")
    yield from _twice(list(blueprint.app.archetypes), "archetype", "app", "archetypes")
    for index, use in enumerate(blueprint.features):
        yield from _twice(list(use.on), "entity", "features", index, "on")
    for index, entity in enumerate(blueprint.entities):
        columns = [a.name for a in entity.attributes]
        yield from _twice(columns, "attribute", "entities", index, "attributes")
        earlier = set(columns)
        for number, relation in enumerate(entity.relations):
            if relation.name in earlier:
                at = place("entities", index, "relations", number, "name")
                yield _twice_in(f"{entity.name} has two columns called {relation.name}", at)
            earlier.add(relation.name)


def _twice(names: list[str], what: str, *path: str | int) -> Iterator[Diagnostic]:
    seen: set[str] = set()
    for index, name in enumerate(names):
        if name in seen:
            yield _twice_in(f"the {what} {name} is there twice", place(*path, index))
        seen.add(name)


def _twice_in(message: str, at: Place) -> Diagnostic:
    return Diagnostic("AW-2301", message, at, "rename or remove one of the two")


def _packs(blueprint: Blueprint) -> Iterator[Diagnostic]:
    """An entity that is said to be of a pack needs that pack."""
    used = {use.use for use in blueprint.features} | {"foundation"}
    for index, entity in enumerate(blueprint.entities):
        if entity.pack is not None and entity.pack not in used:
            message = f"{entity.name} is of the pack {entity.pack}, which no feature uses"
            hint = f"add the feature {entity.pack} or remove the entity"
            yield Diagnostic("AW-2302", message, place("entities", index, "pack"), hint)


def _granting(blueprint: Blueprint, known: set[str]) -> Iterator[Diagnostic]:
    for index, role in enumerate(blueprint.roles):
        lists = {"granted_by": role.granted_by, "included_in": role.included_in or ()}
        for key, others in lists.items():
            for number, other in enumerate(others):
                if other not in known:
                    yield _unknown_role(other, known, place("roles", index, key, number))


def _unknown_role(role: str, known: set[str], at: Place) -> Diagnostic:
    hint = known_names("roles", known, role)
    return Diagnostic("AW-2305", f"there is no role {role}", at, hint)


def _reserved(blueprint: Blueprint) -> Iterator[Diagnostic]:
    """The access language has names of its own for those who ask."""
    for index, role in enumerate(blueprint.roles):
        if role.name in RESERVED_ROLES:
            message = f"{role.name} is no role of an app: the access rules use the word themselves"
            hint = "choose another name"
            yield Diagnostic("AW-2306", message, place("roles", index, "name"), hint)


def _kinds(blueprint: Blueprint, known: Collection[str]) -> Iterator[Diagnostic]:
    for index, name in enumerate(blueprint.app.archetypes):
        if name not in known:
            hint = f"known: {', '.join(sorted(known)) or 'none'}; or leave it out"
            at = place("app", "archetypes", index)
            yield Diagnostic("AW-2308", f"there is no archetype {name}", at, hint)


def _not_built(blueprint: Blueprint) -> Iterator[Diagnostic]:
    """What a Blueprint can say and this version does not build is told, never dropped."""

    def warning(message: str, *path: str | int) -> Diagnostic:
        hint = "the app is built without it"
        return Diagnostic("AW-2307", message, place(*path), hint, Severity.WARNING)

    for index, locale in enumerate(blueprint.app.locales):
        if locale != "en":
            message = f"texts in the language {locale} are not available yet"
            yield warning(message, "app", "locales", index)
    for index, entity in enumerate(blueprint.entities):
        for key in ("attributes", "relations", "unique", "comment"):
            if entity.pack is not None and getattr(entity, key):
                message = f"{entity.name} is of the pack {entity.pack}: its {key} here make nothing"
                yield warning(message, "entities", index, key)
    for index, outside in enumerate(blueprint.integrations):
        message = f"{outside.service} by {outside.provider} is not available yet"
        yield warning(message, "integrations", index)

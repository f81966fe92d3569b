"""Synthetic Blueprints with as many entities as asked for, related as those of real apps are."""

from __future__ import annotations

from archwright.blueprint.model import App, Attribute, Blueprint, Entity, FeatureUse, Relation

AREA = 10
"""Entities that belong together: a root, and what belongs to it or refers to each other."""


def related_app(size: int) -> Blueprint:
    """Return a Blueprint of ``size`` entities in areas of ten, each area after the ones before it.

    Of ten entities one is a root, four belong to it, one is a tree, one has rows of its root
    that agree with another's, one is an arc over two, one has its own one to one, and one links.
    """
    entities = tuple(_entity(number) for number in range(size))
    features = tuple(FeatureUse(use=name) for name in ("auth", "profiles"))
    return Blueprint(
        app=App(name="Synthetic", slug="synthetic"), entities=entities, features=features
    )


def _entity(number: int) -> Entity:
    place = number % AREA
    attributes = (
        Attribute(name="title", required=True, maximum=200),
        Attribute(name="amount", type="decimal", precision=12, scale=2, minimum=0),
        Attribute(name="stage", type="enum", values=("draft", "live", "done"), default="draft"),
        Attribute(name="starts_at", type="datetime"),
        Attribute(name="position", type="integer", required=True, minimum=0, default=0),
    )
    relations = _relations(number, place)
    keyed = place in {1, 2}
    return Entity(
        name=f"Entity{number}",
        owned=place % 3 != 2,
        attributes=attributes,
        relations=relations,
        unique=(("root", "title"),) if keyed else (),
    )


def _relations(number: int, place: int) -> tuple[Relation, ...]:
    def to(other: int) -> str:
        return f"Entity{number - place + other}"

    root = Relation(name="root", to=to(0))
    before = f"Entity{number - AREA}" if number >= AREA else to(0)
    weight = Attribute(name="weight", type="integer", required=True, default=1)
    special: dict[int, tuple[Relation, ...]] = {
        0: (Relation(name="previous", to=before, required=False, on_delete="set null"),),
        5: (Relation(name="above", to=to(5), kind="tree"),),
        6: (root, Relation(name="sibling", to=to(1), within="root")),
        7: tuple(Relation(name=f"about{k}", to=to(k), arc="subject") for k in (1, 2)),
        8: (Relation(name="special", to=to(1), kind="one_to_one"),),
        9: (
            Relation(name="parts", to=to(2), kind="many_to_many", attributes=(weight,)),
            Relation(name="also", to=to(3), required=False, on_delete="set null"),
        ),
    }
    return special.get(place, (root,))

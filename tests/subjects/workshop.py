"""A Blueprint whose own entities say all that entities can say: every type and every relation."""

from __future__ import annotations

from archwright.blueprint.model import App, Attribute, Blueprint, Entity, FeatureUse, Relation

_WHY = "Nobody looks for a part of what is gone"

WORKSHOP = Entity(
    name="Workshop",
    comment="Where tools are mended",
    attributes=(
        Attribute(name="title", required=True, maximum=80, comment="What the sign says"),
        Attribute(name="opens_at", type="time", default="08:30"),
        Attribute(name="words", list=True, required=True, maximum=5),
        Attribute(name="settings", type="json", default="{}"),
        Attribute(name="outside_id", type="uuid", unique=True),
        Attribute(name="visits", type="bigint", required=True, minimum=0, default=0),
        Attribute(name="fee", type="decimal", precision=12, scale=2, minimum=0, default="9.50"),
        Attribute(name="days", type="enum", list=True, values=("weekday", "weekend")),
    ),
    # A workshop and its sign need each other: both are inserted in one transaction.
    relations=(Relation(name="front_sign", to="Sign", deferred=True),),
)
SIGN = Entity(
    name="Sign",
    relations=(Relation(name="workshop", to="Workshop", kind="one_to_one", why=_WHY),),
    attributes=(Attribute(name="painted_on", type="date"),),
)
SHELF = Entity(
    name="Shelf",
    attributes=(Attribute(name="code", required=True, maximum=10),),
    relations=(Relation(name="workshop", to="Workshop"),),
    unique=(("workshop", "code"),),
)
TOOL = Entity(
    name="Tool",
    attributes=(
        Attribute(name="title", required=True, maximum=80),
        Attribute(name="serial"),
        Attribute(name="state", type="enum", values=("whole", "broken"), default="whole"),
    ),
    relations=(
        Relation(name="workshop", to="Workshop"),
        Relation(name="made_after", to="Tool", kind="tree", within="workshop"),
        Relation(name="shelf", to="Shelf", within="workshop", required=False, on_delete="set null"),
        Relation(name="part_of", to="Tool", kind="tree", paths=True, why=_WHY),
        Relation(
            name="materials",
            to="Material",
            kind="many_to_many",
            on_delete="restrict",
            attributes=(
                Attribute(name="amount", type="decimal", precision=9, scale=3, required=True),
                Attribute(name="unit", type="enum", values=("piece", "gram"), required=True),
            ),
        ),
        Relation(name="goes_with", to="Tool", kind="many_to_many"),
    ),
    unique=(("workshop", "serial"),),
    unique_nulls="equal",
)
MATERIAL = Entity(name="Material", owned=False, attributes=(Attribute(name="title", unique=True),))
NOTE = Entity(
    name="Note",
    attributes=(Attribute(name="body", required=True, maximum=500),),
    relations=(
        Relation(name="tool", to="Tool", arc="subject"),
        Relation(name="shelf", to="Shelf", arc="subject"),
        Relation(name="author", to="Profile", required=False, on_delete="set null"),
    ),
)
ENTITIES = (NOTE, TOOL, SHELF, WORKSHOP, SIGN, MATERIAL)


def workshop(*entities: Entity) -> Blueprint:
    """Return a Blueprint with these entities, or with all of the workshop's."""
    features = tuple(FeatureUse(use=name) for name in ("auth", "profiles"))
    app = App(name="Workshop", slug="workshop")
    return Blueprint(app=app, entities=entities or ENTITIES, features=features)

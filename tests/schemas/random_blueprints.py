"""Random Blueprints whose own entities are related in every way, and make sense."""

from __future__ import annotations

from typing import Literal

from hypothesis import strategies as st

from archwright.blueprint.model import Attribute, Blueprint, Entity, Relation, Role
from subjects.tiny import blueprint, use

NAMES = ("Garden", "Bed", "PlantingPlan", "Seed", "News", "Person", "Box")
_ATTRIBUTES = (
    Attribute(name="title", required=True, maximum=80),
    Attribute(name="serial", minimum=2),
    Attribute(name="count", type="integer", minimum=-3, default=0),
    Attribute(name="visits", type="bigint", unique=True),
    Attribute(name="fee", type="decimal", precision=9, scale=2, default="1.50"),
    Attribute(name="done", type="boolean", default=False),
    Attribute(name="day", type="date"),
    Attribute(name="opens", type="time", default="08:30"),
    Attribute(name="starts_at", type="datetime", required=True),
    Attribute(name="outside", type="uuid"),
    Attribute(name="facts", type="json", default="{}"),
    Attribute(name="state", type="enum", values=("new", "old"), default="new"),
    Attribute(name="words", list=True, required=True, maximum=5, comment="What it's called"),
    Attribute(name="moods", type="enum", values=("calm", "loud"), list=True),
)
_WEIGHT = Attribute(name="weight", type="integer", required=True)


def _attributes() -> st.SearchStrategy[tuple[Attribute, ...]]:
    picked = st.lists(st.sampled_from(_ATTRIBUTES), max_size=4, unique_by=lambda a: a.name)
    return picked.map(tuple)


@st.composite
def _relation(draw: st.DrawFn, number: int, index: int, size: int) -> Relation:
    """Return a relation that later ones cannot contradict: what is needed points backwards."""
    name, other = f"link{number}", draw(st.integers(0, size - 1))
    single: Literal["belongs_to", "one_to_one"] = draw(
        st.sampled_from(["belongs_to", "one_to_one"])
    )
    why = draw(st.sampled_from(["", "It's part of it"]))
    if draw(st.integers(0, 3)) == 0:
        links = draw(st.sampled_from([(), (_WEIGHT,)]))
        return Relation(name=name, to=NAMES[other], kind="many_to_many", attributes=links, why=why)
    if other == index:
        paths = draw(st.booleans())
        return Relation(name=name, to=NAMES[other], kind="tree", paths=paths, why=why)
    if other > index:
        deferred = draw(st.booleans())
        return Relation(
            name=name,
            to=NAMES[other],
            kind=single,
            required=False,
            on_delete="set null",
            deferred=deferred,
        )
    needed = draw(st.booleans())
    return Relation(name=name, to=NAMES[other], kind=single, required=needed, why=why)


@st.composite
def _entity(draw: st.DrawFn, index: int, size: int) -> Entity:
    count = draw(st.integers(0, 3))
    relations = [draw(_relation(number, index, size)) for number in range(count)]
    if index > 1 and draw(st.booleans()):
        ends = draw(st.permutations(range(index)))[:2]
        relations += [
            Relation(name=f"about{n}", to=NAMES[n], arc="subject", kind="belongs_to") for n in ends
        ]
    if index > 0 and draw(st.booleans()):
        relations.append(Relation(name="root", to=NAMES[0]))
        if index > 1:
            relations.append(_near(draw, index))
    attributes = draw(_attributes())
    parts = [a.name for a in attributes if not a.list and a.type != "json"]
    parts += [r.name for r in relations if r.kind != "many_to_many"]
    key = tuple(parts[:2]) if draw(st.booleans()) else ()
    return Entity(
        name=NAMES[index],
        owned=draw(st.booleans()),
        attributes=attributes,
        relations=tuple(relations),
        unique=(key,) if len(key) == 2 else (),
        unique_nulls=draw(st.sampled_from(["equal", "distinct"])),
    )


def _near(draw: st.DrawFn, index: int) -> Relation:
    """Return a relation to a sibling under the same root; what has no root gets one."""
    how = draw(st.sampled_from(["cascade", "set null"]))
    return Relation(
        name="near",
        to=NAMES[draw(st.integers(1, index - 1))],
        within="root",
        required=how == "cascade",
        on_delete=how,
    )


@st.composite
def blueprints(draw: st.DrawFn) -> Blueprint:
    """Return a Blueprint of up to seven entities in which no mistake is."""
    size = draw(st.integers(1, len(NAMES)))
    entities = [draw(_entity(index, size)) for index in range(size)]
    rooted = {r.to for e in entities for r in e.relations if r.within}
    root = Relation(name="root", to=NAMES[0])
    made = tuple(
        e.model_copy(update={"relations": (*e.relations, root)})
        if e.name in rooted and all(r.name != "root" for r in e.relations)
        else e
        for e in entities
    )
    app = blueprint(use("profiles"), entities=made)
    return app.model_copy(update={"roles": (Role(name="admin", label="Admin"),)})

"""Entities of the Blueprint stand after what their tables refer to."""

from __future__ import annotations

from archwright.blueprint.model import Blueprint, Entity, Relation, Role
from archwright.compiler import Plan, make_plan
from archwright.diagnostics import Diagnostic
from subjects.tiny import blueprint, catalog, use


def made(*entities: Entity, comments_on: str = "", clips: bool = False) -> Blueprint:
    features = [use("profiles")]
    features += [use("clips")] if clips else []
    features += [use("comments", comments_on)] if comments_on else []
    app = blueprint(*features, entities=entities)
    return app.model_copy(update={"roles": (Role(name="admin", label="Admin"),)})


def plan(*entities: Entity, clips: bool = False) -> Plan:
    found, problems = make_plan(made(*entities, clips=clips), catalog())
    assert found is not None, problems
    return found


def problems(*entities: Entity, comments_on: str = "") -> list[Diagnostic]:
    return make_plan(made(*entities, comments_on=comments_on), catalog())[1]


def to(name: str, **given: object) -> Relation:
    return Relation.model_validate({"name": f"my_{name.lower()}", "to": name, **given})


def own(found: Plan) -> list[str]:
    return [k.removeprefix("entity:") for k in found.graph.order if k.startswith("entity:")]


def test_in_whatever_order_they_are_written() -> None:
    chain = [Entity(name=f"Link{n}", relations=(to(f"Link{n + 1}"),)) for n in range(4)]
    found = plan(*chain, Entity(name="Link4"))
    assert own(found) == ["Link4", "Link3", "Link2", "Link1", "Link0"]
    assert "entity:Link1" in found.graph.needs["entity:Link0"]


def test_after_the_feature_that_makes_what_they_refer_to() -> None:
    found = plan(Entity(name="Frame", relations=(to("Clip"),)), clips=True)
    order = found.graph.order
    assert order.index("clips") < order.index("entity:Frame")


def test_a_circle_of_entities_is_built_at_once_after_all_that_any_of_them_needs() -> None:
    empty = {"required": False, "on_delete": "set null"}
    found = plan(
        Entity(name="Shop", relations=(to("Sign", **empty),)),
        Entity(name="Sign", relations=(to("Wall"), to("Clip"))),
        Entity(name="Wall", relations=(to("Shop"),)),
        clips=True,
    )
    order = found.graph.order
    assert order.index("clips") < min(order.index(f"entity:{n}") for n in ("Shop", "Sign", "Wall"))
    phases = {
        phase.number
        for phase in found.phases
        for node in phase.nodes
        if node.instance.startswith("entity:")
    }
    assert len(phases) == 1


def test_an_entity_cannot_refer_to_what_a_feature_adds_to_it() -> None:
    pinned = Relation(name="pinned", to="RecipeComment", required=False, on_delete="set null")
    recipe = Entity(name="Recipe", traits=("commentable",), relations=(pinned,))
    comment = Entity(name="RecipeComment", pack="comments")
    found = problems(recipe, comment, comments_on="Recipe")
    assert [(d.code, ".".join(d.place.path)) for d in found] == [
        ("AW-4007", "entities.0.relations")
    ]
    assert "Recipe refers to what comments adds to it" in found[0].message

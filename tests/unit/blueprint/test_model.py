"""What relations of each kind come to, and that old and new documents survive being written."""

from __future__ import annotations

import pytest

from archwright.blueprint.codec import dump, load
from archwright.blueprint.model import App, Attribute, Blueprint, Entity, Relation


@pytest.mark.parametrize(
    ("given", "needed"),
    [
        ({}, True),
        ({"kind": "one_to_one"}, True),
        ({"required": False}, False),
        ({"kind": "tree"}, False),
        ({"kind": "many_to_many"}, False),
        ({"arc": "subject"}, False),
    ],
)
def test_what_a_row_cannot_be_without(given: dict[str, object], needed: bool) -> None:
    relation = Relation.model_validate({"name": "cook", "to": "Person", **given})
    assert relation.needed is needed
    assert relation.column == "cook_id"


def test_all_that_can_be_said_of_an_entity_comes_back_as_it_was_written() -> None:
    link = Attribute(name="position", type="integer", required=True, minimum=1)
    price = Attribute(name="price", type="decimal", precision=12, scale=2, comment="In EUR")
    entity = Entity(
        name="Recipe",
        comment="What somebody cooks",
        attributes=(price, Attribute(name="words", list=True, maximum=5)),
        relations=(
            Relation(name="tags", to="Tag", kind="many_to_many", attributes=(link,)),
            Relation(name="part_of", to="Recipe", kind="tree", paths=True, why="Goes with it"),
            Relation(name="shelf", to="Shelf", within="kitchen", deferred=True),
            Relation(name="cook", to="Person", arc="maker"),
        ),
        unique=(("price", "shelf"),),
        unique_nulls="equal",
    )
    blueprint = Blueprint(app=App(name="Larder", slug="larder"), entities=(entity,))
    text = dump(blueprint)
    again, problems = load(text, "blueprint.yaml")
    assert (again, problems) == (blueprint, [])
    assert "unique:\n      - [price, shelf]\n" in text


def test_a_key_over_nothing_is_a_mistake_with_a_place() -> None:
    text = "app: {name: Larder, slug: larder}\nentities:\n  - name: Recipe\n    unique: [[]]\n"
    blueprint, problems = load(text, "blueprint.yaml")
    assert blueprint is None
    assert [(p.code, p.message) for p in problems] == [("AW-2012", "expected a list of at least 1")]
    assert problems[0].place.line == 4

"""Names that two things would have in the database, told at the entity that makes the second."""

from __future__ import annotations

import pytest

from archwright.blueprint.model import App, Attribute, Blueprint, Entity, FeatureUse, Relation
from archwright.catalog.load import load_catalog
from archwright.compiler import make_plan
from archwright.diagnostics import Diagnostic

PACKS, _ = load_catalog()


def problems(*entities: Entity) -> list[Diagnostic]:
    features = tuple(FeatureUse(use=name) for name in ("auth", "profiles"))
    made = Blueprint(app=App(name="A", slug="a"), entities=entities, features=features)
    plan, found = make_plan(made, PACKS)
    assert (plan is None) is bool(found)
    assert all(d.place.source == "blueprint.yaml" and d.hint for d in found)
    return found


def said(*entities: Entity) -> list[tuple[str, str]]:
    return [(d.code, ".".join(d.place.path)) for d in problems(*entities)]


def links(name: str, to: str = "Part") -> Relation:
    return Relation(name=name, to=to, kind="many_to_many")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (Entity(name="News"), Entity(name="New")),
        (Entity(name="Person"), Entity(name="People")),
        (Entity(name="Series"), Entity(name="Serie")),
        (Entity(name="Datum"), Entity(name="Data")),
        (Entity(name="Box"), Entity(name="Crate", plural="Boxes")),
        (Entity(name="VideoTag"), Entity(name="VIDEOTag")),
    ],
)
def test_plurals_that_are_the_same(first: Entity, second: Entity) -> None:
    assert said(first, second) == [("AW-2212", "entities.1")]


def test_a_table_that_a_pack_has() -> None:
    (found,) = problems(Entity(name="UserRole"))
    assert (found.code, found.place.path) == ("AW-2212", ("entities", "0"))
    assert "the table user_roles" in found.message
    assert "the pack" in found.message


def test_links_with_the_name_of_an_entity() -> None:
    tool = Entity(name="Tool", relations=(links("parts"),))
    assert said(Entity(name="Part"), Entity(name="ToolPart"), tool) == [("AW-2212", "entities.2")]


def test_an_enum_with_the_name_of_a_table() -> None:
    parts = Attribute(name="parts", type="enum", values=("one", "two"))
    tool = Entity(name="Tool", attributes=(parts,))
    assert said(tool, Entity(name="ToolPart")) == [("AW-2212", "entities.1")]
    assert said(Entity(name="ToolPart"), tool) == [("AW-2212", "entities.1")]


def test_an_enum_with_the_name_of_another_enum_or_type() -> None:
    one = Attribute(name="part_state", type="enum", values=("new",))
    other = Attribute(name="state", type="enum", values=("new",))
    made = (Entity(name="Tool", attributes=(one,)), Entity(name="ToolPart", attributes=(other,)))
    assert said(*made) == [("AW-2212", "entities.1")]


def test_keys_with_one_name() -> None:
    """Table and columns meet in a constraint's name, and one schema has each name once."""
    first = Entity(
        name="Tool", plural="Tool", attributes=(Attribute(name="set_code", unique=True),)
    )
    second = Entity(
        name="ToolSet", plural="ToolSet", attributes=(Attribute(name="code", unique=True),)
    )
    (found,) = problems(first, second)
    assert (found.code, found.place.path) == ("AW-3105", ("entities", "1"))
    assert "tool_set_code_key" in found.message


def test_long_names_stay_apart_though_63_bytes_hold_their_beginnings_only() -> None:
    """Constraints and indexes are cut with a hash of the whole name."""
    long = "a_very_long_attribute_that_goes_on_and_on_and_"
    entity = Entity(
        name="WarehouseInventoryAdjustment",
        attributes=tuple(Attribute(name=f"{long}{n}", unique=True) for n in range(9)),
        relations=tuple(
            Relation(name=f"{long[:40]}_{n}", to="Depot", kind="many_to_many") for n in range(3)
        ),
    )
    assert said(entity, Entity(name="Depot")) == []

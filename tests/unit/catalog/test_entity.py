"""Entities of the Blueprint as tables, and what is wrong with one."""

from __future__ import annotations

from typing import Any

import pytest

from archwright.blueprint.model import Access, Attribute, Entity, Relation
from archwright.catalog.entity import entity_manifest
from archwright.catalog.manifest import Manifest
from subjects.tiny import told

AT = ("entities", "3")


def manifest(tables: dict[str, str] | None = None, **given: Any) -> Manifest:
    found, problems = entity_manifest(Entity(name="Recipe", **given), tables or {}, AT)
    assert problems == []
    assert found is not None
    return found


def wrong(**given: Any) -> list[tuple[str, str]]:
    found, problems = entity_manifest(Entity(name="Recipe", **given), {}, AT)
    assert found is None
    return told(problems)


def test_columns_of_every_type() -> None:
    attributes = (
        Attribute(name="title", required=True, maximum=80),
        Attribute(name="notes"),
        Attribute(name="tone", type="enum", values=("calm", "loud"), default="calm"),
        Attribute(name="servings", type="integer", minimum=1, maximum=50, default=4),
        Attribute(name="price", type="decimal", minimum=0, default="9.50"),
        Attribute(name="public", type="boolean", default=False),
        Attribute(name="code", unique=True, default="it's; -- fine"),
        Attribute(name="cooked_on", type="date"),
        Attribute(name="served_at", type="datetime", default="2026-01-31T12:00:00Z"),
    )
    made = manifest(attributes=attributes)
    assert made.tables["recipes"].columns == {
        "id": "uuid = gen_random_uuid()",
        "owner_id": "uuid = auth.uid() -> profiles cascade",
        "title": "text(1..80)",
        "notes": "text(0..2000)?",
        "tone": "recipe_tone = 'calm'",
        "servings": "int(1..50) = 4",
        "price": "numeric(0..) = '9.50'",
        "public": "bool = false",
        "code": "text(0..2000) = 'it''s; -- fine' unique",
        "cooked_on": "date?",
        "served_at": "timestamptz = '2026-01-31T12:00:00Z'",
        "created_at": "timestamptz = now()",
        "updated_at": "timestamptz = now()",
    }
    assert made.enums["recipe_tone"].values == ("calm", "loud")
    assert list(made.queries) == ["recipes_newest", "recipes_of_owner"]


def test_relations_point_at_the_table_that_the_entity_has() -> None:
    relations = (
        Relation(name="cook", to="Person", required=False, on_delete="set null"),
        Relation(name="cover", to="Photo", kind="one_to_one"),
    )
    made = manifest({"Person": "folk"}, relations=relations)
    columns = made.tables["recipes"].columns
    assert columns["cook_id"] == "uuid? -> folk set null"
    assert columns["cover_id"] == "uuid -> photos cascade unique"


def test_access_is_the_owners_unless_it_is_said() -> None:
    access = manifest(attributes=(Attribute(name="title"),)).tables["recipes"].access
    assert access.insert is not None
    assert (access.insert.who, access.insert.columns) == ("owner", ("title",))
    unowned = manifest(owned=False).tables["recipes"]
    assert unowned.owner is None
    assert unowned.access.delete == "role(admin)"
    said = manifest(access=Access(select="member", insert="member", insert_columns=()))
    rules = said.tables["recipes"].access
    assert rules.insert is not None
    assert (rules.select, rules.insert.columns) == ("member", ())
    assert rules.update is None
    assert rules.delete is None


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"attributes": (Attribute(name="created_at"),)}, ("AW-2209", "attributes.0.name")),
        ({"attributes": (Attribute(name="owner_id"),)}, ("AW-2209", "attributes.0.name")),
        (
            {
                "relations": (Relation(name="cook", to="Cook"),),
                "attributes": (Attribute(name="cook_id"),),
            },
            ("AW-2209", "attributes.0.name"),
        ),
        ({"relations": (Relation(name="a" * 48, to="Cook"),)}, ("AW-2208", "relations.0.name")),
        (
            {"attributes": (Attribute(name="b" * 45, type="enum", values=("x",)),)},
            ("AW-2208", "attributes.0.name"),
        ),
        (
            {"relations": (Relation(name="cook", to="Cook", on_delete="set null"),)},
            ("AW-2210", "relations.0.on_delete"),
        ),
        ({"attributes": (Attribute(name="a", type="enum"),)}, ("AW-2210", "attributes.0.values")),
        ({"attributes": (Attribute(name="a", values=("x",)),)}, ("AW-2210", "attributes.0.values")),
        (
            {"attributes": (Attribute(name="a", type="enum", values=("x", "x")),)},
            ("AW-2210", "attributes.0.values"),
        ),
        (
            {"attributes": (Attribute(name="a", type="date", maximum=3),)},
            ("AW-2210", "attributes.0.maximum"),
        ),
        (
            {"attributes": (Attribute(name="a", type="boolean", minimum=3),)},
            ("AW-2210", "attributes.0.minimum"),
        ),
        (
            {"attributes": (Attribute(name="a", minimum=9, maximum=3),)},
            ("AW-2210", "attributes.0.minimum"),
        ),
        ({"attributes": (Attribute(name="a", minimum=-1),)}, ("AW-2210", "attributes.0.minimum")),
        ({"attributes": (Attribute(name="a", maximum=0),)}, ("AW-2210", "attributes.0.maximum")),
    ],
)
def test_what_cannot_be_a_table(given: dict[str, Any], expected: tuple[str, str]) -> None:
    code, path = expected
    assert (code, f"blueprint.yaml (entities.3.{path})") in wrong(**given)


@pytest.mark.parametrize(
    ("kind", "default"),
    [
        ("text", 3),
        ("text", True),
        ("text", "x" * 2001),
        ("integer", "3"),
        ("integer", False),
        ("boolean", 1),
        ("boolean", "true"),
        ("decimal", "1,5"),
        ("decimal", "1); drop table x"),
        ("date", "tomorrow"),
        ("date", 20260131),
        ("datetime", "2026-13-01"),
        ("enum", "z"),
    ],
)
def test_defaults_that_do_not_fit(kind: Any, default: bool | int | str) -> None:
    values = ("x", "y") if kind == "enum" else ()
    attribute = Attribute(name="a", type=kind, values=values, default=default)
    expected = ("AW-2210", "blueprint.yaml (entities.3.attributes.0.default)")
    assert wrong(attributes=(attribute,)) == [expected]


def test_a_default_outside_of_the_range() -> None:
    attribute = Attribute(name="a", type="integer", minimum=1, default=0)
    assert wrong(attributes=(attribute,))[0][0] == "AW-2210"


def test_what_only_the_manifest_refuses_is_still_the_entitys_mistake() -> None:
    attribute = Attribute(name="a", default="line\nbreak")
    assert wrong(attributes=(attribute,)) == [("AW-2210", "blueprint.yaml (entities.3)")]

"""Entities of the Blueprint that cannot be tables: each mistake with its place and code."""

from __future__ import annotations

from typing import Any

import pytest

from archwright.blueprint.model import Attribute, Entity, Relation
from archwright.catalog.entity import entity_manifest
from subjects.tiny import told

AT = ("entities", "3")


def wrong(**given: Any) -> list[tuple[str, str]]:
    found, problems = entity_manifest(Entity(name="Recipe", **given), {}, AT)
    assert found is None
    return told(problems)


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
        ({"attributes": (Attribute(name="xmin"),)}, ("AW-2208", "attributes.0.name")),
        (
            {"attributes": (Attribute(name="ctid", type="integer"),)},
            ("AW-2208", "attributes.0.name"),
        ),
        (
            {"attributes": (Attribute(name="a", type="json", unique=True),)},
            ("AW-2210", "attributes.0.unique"),
        ),
        (
            {"attributes": (Attribute(name="a", list=True, unique=True),)},
            ("AW-2210", "attributes.0.unique"),
        ),
        (
            {"attributes": (Attribute(name="a", list=True, default="x"),)},
            ("AW-2210", "attributes.0.default"),
        ),
        (
            {"attributes": (Attribute(name="a", type="integer", precision=3),)},
            ("AW-2210", "attributes.0.precision"),
        ),
        (
            {"attributes": (Attribute(name="a", scale=3),)},
            ("AW-2210", "attributes.0.scale"),
        ),
        (
            {"attributes": (Attribute(name="a", type="decimal", scale=3),)},
            ("AW-2210", "attributes.0.scale"),
        ),
        (
            {"attributes": (Attribute(name="a", type="decimal", precision=2, scale=3),)},
            ("AW-2210", "attributes.0.scale"),
        ),
        (
            {"attributes": (Attribute(name="a", type="integer", maximum=2**31),)},
            ("AW-2210", "attributes.0.maximum"),
        ),
        (
            {"attributes": (Attribute(name="a", type="bigint", minimum=-(2**63) - 1),)},
            ("AW-2210", "attributes.0.minimum"),
        ),
        (
            {"attributes": (Attribute(name="a", list=True, minimum=-1),)},
            ("AW-2210", "attributes.0.minimum"),
        ),
        (
            {"relations": (Relation(name="a", to="Cook", kind="tree"),)},
            ("AW-2210", "relations.0.to"),
        ),
        (
            {"relations": (Relation(name="a", to="Cook", paths=True),)},
            ("AW-2210", "relations.0.paths"),
        ),
        (
            {
                "relations": (
                    Relation(name="a", to="Recipe", kind="tree", paths=True, within="owner"),
                )
            },
            ("AW-2210", "relations.0.within"),
        ),
        (
            {"relations": (Relation(name="a", to="Cook", attributes=(Attribute(name="b"),)),)},
            ("AW-2210", "relations.0.attributes"),
        ),
        (
            {"relations": (Relation(name="a", to="Cook", kind="many_to_many", arc="b"),)},
            ("AW-2210", "relations.0.arc"),
        ),
        (
            {"relations": (Relation(name="a", to="Cook", kind="many_to_many", deferred=True),)},
            ("AW-2210", "relations.0.deferred"),
        ),
        (
            {
                "relations": (
                    Relation(name="a", to="Cook", kind="many_to_many", on_delete="set null"),
                )
            },
            ("AW-2210", "relations.0.on_delete"),
        ),
        (
            {
                "relations": (
                    Relation(
                        name="cooks",
                        to="Cook",
                        kind="many_to_many",
                        attributes=(Attribute(name="cook_id", type="uuid"),),
                    ),
                )
            },
            ("AW-2209", "relations.0.attributes.0.name"),
        ),
        (
            {
                "relations": (Relation(name="cooks", to="Cook", kind="many_to_many"),),
                "attributes": (Attribute(name="cooks", type="enum", values=("x",)),),
            },
            ("AW-2209", "attributes.0.name"),
        ),
        (
            {
                "relations": (
                    Relation(
                        name="cooks",
                        to="Cook",
                        kind="many_to_many",
                        attributes=(Attribute(name="mood", type="enum", values=("x",)),),
                    ),
                ),
                "attributes": (Attribute(name="cooks_mood", type="enum", values=("x",)),),
            },
            ("AW-2209", "relations.0.attributes.0.name"),
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
        ("bigint", 2**63),
        ("integer", 2**31),
        ("time", "25:00"),
        ("time", 8),
        ("uuid", "none"),
        ("json", "{"),
        ("json", 3),
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


@pytest.mark.parametrize("default", ["123.4", "12.345", 1000, "x", "-0.01"])
def test_a_default_with_more_digits_than_there_is_room_for(default: int | str) -> None:
    attribute = Attribute(
        name="a", type="decimal", precision=4, scale=2, minimum=0, default=default
    )
    expected = ("AW-2210", "blueprint.yaml (entities.3.attributes.0.default)")
    assert wrong(attributes=(attribute,)) == [expected]

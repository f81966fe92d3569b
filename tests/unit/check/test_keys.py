"""Unique keys and exclusive arcs."""

from __future__ import annotations

import pytest

from subjects.entities_said import entity, problems, said

HOME = entity("Home")
PARTS = (
    "owned: true, attributes: [{name: code, required: true}, {name: spare}, "
    "{name: kind, default: x}, {name: marks, list: true}, {name: facts, type: json}]"
)
HOMES = ("name: home, to: Home", "name: old_home, to: Home, required: false, on_delete: set null")


def keyed(unique: str, more: str = "") -> list[tuple[str, str]]:
    return said(HOME, entity("Tool", *HOMES, more=f"{PARTS}, unique: {unique}{more}"))


@pytest.mark.parametrize(
    "unique", ["[[code]]", "[[spare]]", "[[home, code]]", "[[owner, kind], [home, kind]]"]
)
def test_keys_of_what_is_always_there(unique: str) -> None:
    assert keyed(unique) == []


@pytest.mark.parametrize("key", ["[home, spare]", "[old_home, code]"])
def test_a_key_of_what_may_be_missing_says_what_that_means(key: str) -> None:
    assert keyed(f"[[code], {key}]") == [("AW-2314", "entities.1.unique.1")]
    assert keyed(f"[{key}]", ", unique_nulls: equal") == []
    assert keyed(f"[{key}]", ", unique_nulls: distinct") == []
    (found,) = problems(HOME, entity("Tool", *HOMES, more=f"{PARTS}, unique: [{key}]"))
    assert "unique_nulls: equal" in found.hint
    assert "takes no two rows for the same" in found.message


@pytest.mark.parametrize(
    "unique",
    [
        "[[code, nothing]]",
        "[[code, code]]",
        "[[code], [code]]",
        "[[home, marks]]",
        "[[home, facts]]",
        "[[home, created_at]]",
    ],
)
def test_what_cannot_be_a_key(unique: str) -> None:
    assert [code for code, _ in keyed(unique)] == ["AW-2314"]


def test_an_owner_is_part_of_a_key_only_where_there_is_one() -> None:
    one = "attributes: [{name: code, required: true}], unique: [[owner, code]]"
    assert said(entity("Tool", more=f"owned: true, {one}")) == []
    assert said(entity("Tool", more=f"owned: false, {one}")) == [("AW-2314", "entities.0.unique.0")]


def test_an_arc_is_a_choice_of_which_one_is_made() -> None:
    home, other = "name: home, to: Home, arc: place", "name: other, to: Other, arc: place"
    both = (HOME, entity("Other"))
    assert said(*both, entity("Note", home, other)) == []
    assert said(*both, entity("Note", home)) == [("AW-2313", "entities.2.relations.0.arc")]
    assert said(*both, entity("Note", home, f"{other}, on_delete: set null")) == [
        ("AW-2313", "entities.2.relations.1.on_delete")
    ]
    assert said(*both, entity("Note", home, other.replace("place", "room"))) == [
        ("AW-2313", "entities.2.relations.0.arc"),
        ("AW-2313", "entities.2.relations.1.arc"),
    ]

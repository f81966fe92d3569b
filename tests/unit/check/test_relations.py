"""Relations that contradict one another, that nobody could insert or that cannot agree."""

from __future__ import annotations

import pytest

from subjects.entities_said import entity, problems, said


def test_a_required_self_reference_is_told_what_it_should_be() -> None:
    (found,) = problems(entity("Topic", "name: above, to: Topic"))
    assert (found.code, ".".join(found.place.path)) == ("AW-2304", "entities.0.relations")
    assert "the first could not be inserted" in found.message
    assert "kind: tree" in found.hint
    assert said(entity("Topic", "name: above, to: Topic, kind: tree")) == []


def test_a_circle_is_open_where_one_side_waits_for_the_end_of_the_transaction() -> None:
    mine = "name: owner_of, to: Sign"
    theirs = "name: hangs_at, to: Shop"
    assert said(entity("Shop", mine), entity("Sign", theirs)) == [
        ("AW-2304", "entities.0.relations")
    ]
    assert said(entity("Shop", f"{mine}, deferred: true"), entity("Sign", theirs)) == []


def test_a_long_chain_is_no_circle() -> None:
    chain = [entity(f"Link{n}", f"name: before, to: Link{n - 1}") for n in range(1, 1000)]
    assert said(entity("Link0"), *chain) == []


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ("name: sign, to: Sign, kind: one_to_one", "name: shop, to: Shop"),
        ("name: signs, to: Sign, kind: many_to_many", "name: shops, to: Shop, kind: many_to_many"),
        ("name: sign, to: Sign", "name: shop, to: Shop, kind: one_to_one"),
    ],
)
def test_one_relation_said_from_both_sides(mine: str, theirs: str) -> None:
    off = ", required: false, on_delete: set null"
    mine, theirs = (t if "many" in t else t + off for t in (mine, theirs))
    assert said(entity("Shop", mine), entity("Sign", theirs)) == [
        ("AW-2309", "entities.1.relations.0")
    ]
    apart = mine.replace("name: sign", "name: first_sign")
    assert said(entity("Shop", apart), entity("Sign", theirs)) == []


def test_rows_that_agree_on_what_they_are_within() -> None:
    home = "name: home, to: Home"
    shelf, tool = (
        entity("Shelf", home),
        entity("Tool", home, "name: shelf, to: Shelf, within: home"),
    )
    assert said(entity("Home"), shelf, tool) == []
    mine = "owned: true"
    owned = entity("Tool", "name: shelf, to: Shelf, within: owner", more=mine)
    assert said(entity("Shelf", more=mine), owned) == []


@pytest.mark.parametrize(
    ("shelf", "tool", "wrong"),
    [
        ("", "name: home, to: Home", "Shelf has no such relation"),
        ("name: home, to: Home", "", "Tool has no such relation"),
        ("name: home, to: Other", "name: home, to: Home", "leads to Home from here and to Other"),
        (
            "name: home, to: Home",
            "name: home, to: Home, required: false",
            "it may be missing here",
        ),
        ("name: home, to: Home, kind: many_to_many", "name: home, to: Home", "Shelf has no"),
    ],
)
def test_what_rows_cannot_agree_on(shelf: str, tool: str, wrong: str) -> None:
    mine = [r for r in (tool, "name: shelf, to: Shelf, within: home") if r]
    found = problems(
        entity("Home"),
        entity("Other"),
        entity("Shelf", *([shelf] if shelf else [])),
        entity("Tool", *mine),
    )
    assert [d.code for d in found] == ["AW-2311"]
    assert wrong in found[0].message
    assert found[0].place.path[-1] == "within"


def test_a_pack_has_no_key_to_agree_on() -> None:
    assert said(entity("Tool", "name: keeper, to: Profile, within: home")) == [
        ("AW-2311", "entities.0.relations.0.within")
    ]


def test_an_unknown_target_among_very_many_is_told_in_few_words() -> None:
    many = [entity(f"Part{n}") for n in range(60)]
    (found,) = problems(*many, entity("Tool", "name: a, to: Part7x"))
    assert found.hint.startswith("did you mean Part7")
    (found,) = problems(*many, entity("Tool", "name: a, to: Qqqqq"))
    assert found.hint == "there are 63 entities"

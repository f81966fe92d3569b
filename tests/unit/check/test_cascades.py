"""What goes when something else is deleted."""

from __future__ import annotations

import pytest

from subjects.entities_said import entity, problems, said

OWN = "owned: true"


def test_what_goes_with_an_account_is_not_held_fast() -> None:
    held = entity("Order", "name: item, to: Item, on_delete: restrict")
    assert said(entity("Item"), held) == []
    assert said(entity("Item", more=OWN), held) == [("AW-2310", "entities.1.relations.0.on_delete")]
    keeper = entity("Order", "name: keeper, to: Profile, on_delete: restrict")
    assert said(keeper) == [("AW-2310", "entities.0.relations.0.on_delete")]
    # A store loses its keeper and stays.
    assert said(entity("Order", "name: store, to: Store, on_delete: restrict")) == []


def test_what_goes_with_what_goes_with_an_account_is_not_held_fast() -> None:
    shop = entity("Shop", more=OWN)
    item = entity("Item", "name: shop, to: Shop")
    (found,) = problems(shop, item, entity("Order", "name: item, to: Item, on_delete: restrict"))
    assert "holds Item fast, whose rows go with its Shop" in found.message
    loose = entity("Item", "name: shop, to: Shop, required: false, on_delete: set null")
    assert said(shop, loose, entity("Order", "name: item, to: Item, on_delete: restrict")) == []


def test_links_hold_fast_as_well() -> None:
    links = "name: parts, to: Part, kind: many_to_many, on_delete: restrict"
    assert said(entity("Part", more=OWN), entity("Tool", links)) == [
        ("AW-2310", "entities.1.relations.0.on_delete")
    ]
    assert said(entity("Part"), entity("Tool", links, more=OWN)) == []


@pytest.mark.parametrize("how", ["cascade", "set null"])
def test_a_chat_does_not_go_with_its_last_message(how: str) -> None:
    last = f"name: last, to: Message, required: false, on_delete: {how}"
    found = said(entity("Chat", last), entity("Message", "name: chat, to: Chat"))
    wanted = [("AW-2312", "entities.0.relations.0.on_delete")] if how == "cascade" else []
    assert found == wanted


def test_what_must_have_each_other_goes_together_and_so_does_a_tree() -> None:
    both = (
        entity("Shop", "name: front, to: Sign, deferred: true"),
        entity("Sign", "name: place, to: Shop"),
    )
    assert said(*both) == []
    assert said(entity("Topic", "name: above, to: Topic, kind: tree")) == []

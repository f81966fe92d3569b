"""What differs between two Blueprints, in a few words."""

from __future__ import annotations

from archwright.blueprint.model import (
    Access,
    Assumption,
    Attribute,
    Entity,
    FeatureUse,
    Role,
    Theme,
)
from archwright.build.change.differences import differences, title
from subjects.changing import product, shop


def test_the_same_says_nothing() -> None:
    assert differences(shop(), shop()) == ()
    assert title(()) == "Change of what stands"


def test_each_kind_of_difference() -> None:
    old = shop(entities=(product(owned=False),)).model_copy(
        update={
            "features": (
                FeatureUse(use="likes", on=("Product", "Store")),
                FeatureUse(use="notes", options={"long": True}),
                FeatureUse(use="marks", on=("Product",)),
            )
        }
    )
    attributes = (Attribute(name="title", maximum=80, required=True), Attribute(name="price"))
    item = product(attributes=attributes, access=Access(select="owner"))
    new = shop(entities=(item, Entity(name="Store")), theme=Theme(primary="#123456")).model_copy(
        update={
            "roles": (Role(name="clerk", label="Clerk"),),
            "features": (
                FeatureUse(use="likes", on=("Product", "Item")),
                FeatureUse(use="notes", options={"long": False}),
            ),
            "assumptions": (Assumption(what="x", because="y", confidence=0.5, status="implied"),),
        }
    )
    found = differences(old, new)
    assert [item.detail for item in found] == [
        'set app.theme.primary: (default) -> "#123456"',
        "set Product.owned: false -> (default)",
        "set Product.title.required: (default) -> true",
        "remove Product.caption",
        "add Product.price",
        'set Product.access.select: "public" -> "owner"',
        'set Product.access.insert: "owner" -> (default)',
        'set Product.access.update: "owner" -> (default)',
        'set Product.access.delete: "owner" -> (default)',
        "add Store",
        "add likes on Item",
        "remove likes on Store",
        "set notes.options.long: true -> false",
        "remove marks on Product",
        "add roles.clerk",
    ]
    said = title(found)
    assert said.startswith("Change: set app.theme.primary; set Product.owned; ")
    assert said.endswith(" and 11 more")
    assert len(said) < 130


def test_a_long_value_is_cut() -> None:
    (found,) = differences(shop(), shop(summary="x" * 200))
    assert len(found.detail) < 100

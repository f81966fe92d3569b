"""Entities of the Blueprint as tables, and what is wrong with one."""

from __future__ import annotations

from typing import Any

from archwright.blueprint.model import Access, Attribute, Entity, Relation
from archwright.catalog.entity import entity_manifest
from archwright.catalog.entity_columns import shared_columns
from archwright.catalog.manifest import Manifest

AT = ("entities", "3")


def manifest(tables: dict[str, str] | None = None, **given: Any) -> Manifest:
    found, problems = entity_manifest(Entity(name="Recipe", **given), tables or {}, AT)
    assert problems == []
    assert found is not None
    return found


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


def test_a_type_for_every_value() -> None:
    attributes = (
        Attribute(name="visits", type="bigint", minimum=0, default=2**40),
        Attribute(name="fee", type="decimal", precision=12, scale=2, minimum=0, default="9.50"),
        Attribute(name="whole", type="decimal", precision=5, required=True),
        Attribute(name="opens_at", type="time", default="08:30"),
        Attribute(name="outside", type="uuid", unique=True),
        Attribute(name="facts", type="json", default='{"a": [1]}'),
        Attribute(name="words", list=True, required=True, maximum=5),
        Attribute(name="codes", type="integer", list=True, required=True, minimum=1),
        Attribute(name="notes", list=True, comment="What cooks said"),
        Attribute(name="moods", type="enum", list=True, values=("calm", "loud")),
    )
    made = manifest(attributes=attributes, comment="What somebody cooks").tables["recipes"]
    assert (
        made.columns.items()
        >= {
            "visits": "bigint(0..) = 1099511627776",
            "fee": "numeric(12,2)(0..) = '9.50'",
            "whole": "numeric(5,0)",
            "opens_at": "time = '08:30'",
            "outside": "uuid? unique",
            "facts": "jsonb = '{\"a\": [1]}'",
            "words": "text[](..5) = '{}'",
            "codes": "int[](1..)",
            "notes": "text[]?",
            "moods": "recipe_moods[]?",
        }.items()
    )
    assert (made.comment, made.comments) == ("What somebody cooks", {"notes": "What cooks said"})


def test_links_make_a_table_with_a_key_of_both_ends() -> None:
    position = Attribute(name="position", type="integer", required=True, comment="From 1")
    unit = Attribute(name="unit", type="enum", values=("gram",))
    relations = (
        Relation(
            name="foods",
            to="Food",
            kind="many_to_many",
            on_delete="restrict",
            why="Recipes stay whole",
            attributes=(position, unit),
        ),
        Relation(name="goes_with", to="Recipe", kind="many_to_many"),
    )
    made = manifest({"Food": "groceries"}, relations=relations)
    assert list(made.tables["recipes"].columns) == ["id", "owner_id", "created_at", "updated_at"]
    foods, beside = made.tables["recipe_foods"], made.tables["recipe_goes_with"]
    assert foods.key == ("recipe_id", "food_id")
    assert foods.columns == {
        "recipe_id": "uuid -> recipes cascade",
        "food_id": "uuid -> groceries restrict",
        "position": "int",
        "unit": "recipe_foods_unit?",
        "created_at": "timestamptz = now()",
        "updated_at": "timestamptz = now()",
    }
    assert foods.comments == {"position": "From 1", "food_id": "Recipes stay whole"}
    assert made.enums["recipe_foods_unit"].values == ("gram",)
    assert foods.access.insert is not None
    assert foods.access.insert.who == "parent(recipe_id may update) and parent(food_id may select)"
    assert foods.access.update is not None
    assert foods.access.update.columns == ("position", "unit")
    assert beside.key == ("recipe_id", "other_recipe_id")
    assert beside.checks == {"recipe_goes_with_not_to_itself": "recipe_id <> other_recipe_id"}
    assert beside.access.update is None


def test_a_tree_with_and_without_its_paths() -> None:
    above = Relation(name="above", to="Recipe", kind="tree")
    made = manifest(relations=(above,))
    assert made.tables["recipes"].columns["above_id"] == "uuid? -> recipes cascade"
    assert made.tables["recipes"].checks == {"recipes_above_is_another": "above_id <> id"}
    assert made.trees == {}
    kept = manifest(relations=(above.model_copy(update={"paths": True}),))
    (tree,) = kept.trees.values()
    assert (tree.table, tree.parent, tree.paths) == ("recipes", "above_id", "recipe_above_paths")
    paths = kept.tables["recipe_above_paths"]
    assert paths.key == ("ancestor_id", "descendant_id")
    assert paths.access.select == "parent(descendant_id may select)"
    assert paths.access.insert is None
    assert kept.queries["recipe_above_paths_below"].where == ("ancestor_id",)


def test_an_arc_is_of_columns_that_may_be_empty() -> None:
    relations = tuple(Relation(name=n, to=n.title(), arc="subject") for n in ("cook", "photo"))
    made = manifest(relations=relations).tables["recipes"]
    assert made.columns["cook_id"] == "uuid? -> cooks cascade"
    assert made.one_of == {"subject": ("cook_id", "photo_id")}


def test_a_key_that_both_sides_agree_on() -> None:
    relations = (
        Relation(name="kitchen", to="Kitchen"),
        Relation(name="shelf", to="Shelf", within="kitchen", required=False, on_delete="set null"),
        Relation(name="book", to="Book", kind="one_to_one", within="owner"),
        Relation(name="cover", to="Photo", deferred=True),
    )
    found, problems = entity_manifest(
        Entity(name="Recipe", relations=relations), {}, AT, ("kitchen_id", "owner_id")
    )
    assert problems == []
    assert found is not None
    made = found.tables["recipes"]
    assert (
        made.columns.items()
        >= {
            "kitchen_id": "uuid -> kitchens cascade",
            "shelf_id": "uuid?",
            "book_id": "uuid unique",
            "cover_id": "uuid -> photos cascade deferred",
        }.items()
    )
    shelf, book = made.foreign
    assert (shelf.columns, shelf.references) == (("kitchen_id", "shelf_id"), "shelves")
    assert (shelf.to, shelf.on_delete, shelf.set_null) == (
        ("kitchen_id", "id"),
        "set null",
        ("shelf_id",),
    )
    assert (book.columns, book.to, book.set_null) == (
        ("owner_id", "book_id"),
        ("owner_id", "id"),
        (),
    )
    assert made.unique == (("kitchen_id", "id"), ("owner_id", "id"))


def test_what_others_agree_on_follows_from_all_entities() -> None:
    book = Entity(name="Book", relations=(Relation(name="a", to="Shelf", within="room"),))
    box = Entity(
        name="Box",
        relations=(
            Relation(name="b", to="Shelf", within="owner"),
            Relation(name="c", to="Shelf"),
            Relation(name="room", to="Room"),
        ),
    )
    room = Relation(name="room", to="Room")
    book = book.model_copy(update={"relations": (*book.relations, room)})
    assert shared_columns((book, box)) == {"Shelf": ("owner_id", "room_id")}


def test_keys_of_attributes_relations_and_the_owner() -> None:
    given: dict[str, Any] = {
        "attributes": (Attribute(name="code", required=True), Attribute(name="serial")),
        "relations": (Relation(name="kitchen", to="Kitchen"),),
        "unique": (("owner", "code"), ("kitchen", "serial")),
    }
    alike = manifest(**given, unique_nulls="equal").tables["recipes"]
    assert alike.unique == (("owner_id", "code"),)
    assert alike.unique_nulls_equal == (("kitchen_id", "serial"),)
    apart = manifest(**given, unique_nulls="distinct").tables["recipes"]
    assert apart.unique == (("owner_id", "code"), ("kitchen_id", "serial"))
    assert apart.unique_nulls_equal == ()


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

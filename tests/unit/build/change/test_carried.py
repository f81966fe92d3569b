"""What new names of entities mean for what is on them, for link tables and for types."""

from __future__ import annotations

from archwright.blueprint.model import Attribute, Blueprint, Entity, Relation
from archwright.build.change.carried import carried
from archwright.build.change.renames import Renamed
from archwright.catalog.expansion import expand
from archwright.catalog.pack import Catalog
from archwright.compiler import make_plan
from archwright.plan.restrict import Node
from archwright.schema.model import Ref, Schema
from subjects.changing import shop


def schema(blueprint: Blueprint, packs: Catalog) -> Schema:
    plan, problems = make_plan(blueprint, packs)
    assert plan is not None, problems
    return plan.architecture.schema


def test_an_entity_takes_its_links_paths_and_types_along(packs: Catalog) -> None:
    def app(name: str, links: str) -> Blueprint:
        state = Attribute(name="state", type="enum", values=("open", "closed"))
        relations = (
            Relation(name=links, to="Tag", kind="many_to_many"),
            Relation(name="above", to=name, kind="tree", required=False, paths=True),
        )
        return shop(
            entities=(
                Entity(name=name, attributes=(state,), relations=relations),
                Entity(name="Tag"),
            )
        )

    old, new = app("Product", "tags"), app("Item", "labels")
    renamed = (
        Renamed("Item", "", "Product", "Item"),
        Renamed("Item", "relations", "tags", "labels"),
    )
    same = carried(expand(old, packs)[0], expand(new, packs)[0], renamed)
    assert same.nodes([Node("entity:Product", "data"), Node("notes", "data")]) == (
        Node("entity:Item", "data"),
        Node("notes", "data"),
    )
    found = same.in_schema(old, new, schema(old, packs), schema(new, packs))
    tables = {before.name: after for before, after in found.tables}
    assert tables["products"] == "items"
    assert tables["product_tags"] == "item_labels"
    assert tables["product_above_paths"] == "item_above_paths"
    assert (Ref("public", "product_tags"), "product_id", "item_id") in found.columns
    assert ("product_state", "item_state") in found.enums


def test_nothing_is_renamed(packs: Catalog) -> None:
    one = shop()
    same = carried(expand(one, packs)[0], expand(one, packs)[0], ())
    assert not same.in_schema(one, one, schema(one, packs), schema(one, packs))

from dataclasses import replace

import pytest

from archwright.plan.restrict import Node
from archwright.proof.access.fixture import make_fixture
from archwright.proof.access.layout import Layout
from archwright.proof.access.predicates import meanings
from archwright.proof.plans.declared import declared_queries, touched_queries
from archwright.proof.plans.population import Population
from subjects.packed import RECIPE, Packed, compiled


@pytest.fixture(scope="module")
def packed() -> Packed:
    names = ("blocks", "reports", "ranking", "booking")
    return compiled({"auth": (), "profiles": (), **dict.fromkeys(names, ("Recipe",))}, [RECIPE])


def test_queries_and_what_they_read(packed: Packed) -> None:
    found = {q.name: q for q in declared_queries(packed.app, packed.architecture.schema)}
    assert found["ranked_recipes"].tables == ("recipes",)
    assert found["ranked_recipes"].calls == ("ranked_recipes",)
    assert found["my_blocks"].table == "blocks"
    assert str(found["my_blocks"].place) == "packs/blocks/pack.toml (queries.my_blocks)"
    assert str(found["recipes_newest"].place) == "blueprint.yaml (queries.recipes_newest)"


def test_queries_of_a_phase(packed: Packed) -> None:
    schema = packed.architecture.schema
    declared = declared_queries(packed.app, schema)
    assert touched_queries(declared, schema, None, ()) == declared
    assert touched_queries(declared, schema, schema, ()) == []
    fresh = touched_queries(declared, schema, schema, [Node("blocks", "data")])
    assert [q.name for q in fresh] == ["my_blocks"]
    functions = tuple(f for f in schema.functions if f.ref.name != "ranked_recipes")
    before = replace(schema, functions=functions)
    changed = touched_queries(declared, schema, before, ())
    assert [q.name for q in changed] == ["ranked_recipes"]
    before = replace(schema, policies=tuple(p for p in schema.policies if p.table.name != "blocks"))
    assert [q.name for q in touched_queries(declared, schema, before, ())] == ["my_blocks"]


def test_the_population_of_some_queries(packed: Packed) -> None:
    architecture = packed.architecture
    meaning = meanings(packed.app, architecture.scope)
    layout = Layout(architecture.schema, architecture.scope, meaning)
    queries = declared_queries(packed.app, architecture.schema)
    chosen = [q for q in queries if q.name in {"open_reports", "recipe_calendar"}]
    population = Population(layout, make_fixture(layout), chosen)
    # What the rules of bookings and reports look into is filled too.
    assert population.tables() == [
        "blocks",
        "profiles",
        "recipe_bookings",
        "recipes",
        "reports",
    ]
    script = population.script()
    assert script == Population(layout, make_fixture(layout), chosen).script()
    assert script.count("on conflict do nothing") == 5
    assert "starts_at" not in script  # a generated column

"""Whatever a Blueprint says of its entities compiles, and changes into whatever else it says."""

from __future__ import annotations

from hypothesis import given, settings

from archwright.blueprint.model import Blueprint
from archwright.compiler import Plan, make_plan
from archwright.migrate.apply import apply, normal
from archwright.migrate.diff import diff
from archwright.schema.architect import design
from archwright.schema.model import Schema, Table
from schemas.random_blueprints import blueprints
from subjects.tiny import catalog


def planned(blueprint: Blueprint) -> Plan:
    plan, problems = make_plan(blueprint, catalog())
    assert problems == [], "\n".join(map(str, problems))
    assert plan is not None
    return plan


@settings(max_examples=60, deadline=None)
@given(blueprints())
def test_it_compiles_in_every_phase(blueprint: Blueprint) -> None:
    plan = planned(blueprint)
    schema = plan.architecture.schema
    before = Schema()
    for phase in range(len(plan.phases) + 1):
        architecture, problems = design(plan.after(phase))
        assert problems == []
        assert architecture is not None
        after = architecture.schema
        assert apply(diff(before, after), before) == normal(after)
        before = after
    assert before == schema
    assert diff(schema, schema) == ()
    for table in schema.tables:
        _keys_are_served(table, schema)


def _keys_are_served(table: Table, schema: Schema) -> None:
    """Each foreign key has an index, and no index is the beginning of another one."""
    own = [i for i in schema.indexes if i.table == table.ref and i.using == "btree"]
    listed = [table.primary_key, *(u.columns for u in table.uniques)]
    whole = [tuple(c.split()[0] for c in i.columns) for i in own]
    for key in table.foreign_keys:
        width = len(key.columns)
        assert any(set(found[:width]) == set(key.columns) for found in (*listed, *whole)), key
    plain = [i for i in own if i.where is None and not i.unique]
    for index in plain:
        width = len(index.columns)
        assert not any(o is not index and o.columns[:width] == index.columns for o in plain)


@settings(max_examples=40, deadline=None)
@given(blueprints(), blueprints())
def test_one_becomes_the_other(first: Blueprint, second: Blueprint) -> None:
    old, new = (planned(each).architecture.schema for each in (first, second))
    assert apply(diff(old, new), old) == normal(new)

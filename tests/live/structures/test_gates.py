"""What the database keeps by itself, on the real PostgreSQL: the pack ``depot``."""

from __future__ import annotations

import psycopg
import pytest

from archwright.diagnostics import Severity
from archwright.ports import Database
from archwright.proof.access.fixture import make_fixture
from archwright.proof.access.layout import Layout
from archwright.proof.access.predicates import meanings
from archwright.proof.access_matrix import AccessMatrixGate
from archwright.proof.database import DatabaseGate
from archwright.proof.gate import Gate
from archwright.proof.plans.declared import declared_queries
from archwright.proof.plans.population import Population, fill
from archwright.proof.query_plans import QueryPlansGate
from subjects.packed import Packed

from .conftest import one

pytestmark = pytest.mark.live


GATES = (DatabaseGate(), AccessMatrixGate(), QueryPlansGate())


@pytest.mark.parametrize("gate", GATES, ids=lambda gate: gate.name)
def test_the_gates_hold(database: Database, packed: Packed, migrated: str, gate: Gate) -> None:
    evidence = gate.check(packed.subject(database, migrated, last=False))
    assert [str(d) for d in evidence.diagnostics if d.severity is not Severity.NOTE] == []
    assert not evidence.skipped


def test_of_an_arc_exactly_one_is_set(connection: psycopg.Connection) -> None:
    good = one(connection, "insert into goods (title) values ('Lamp') returning id")
    insert = "insert into good_values (good_id, text_value, number_value) values (%s, %s, %s)"
    for values in ((None, None), ("red", 7)):
        refused = pytest.raises(psycopg.errors.CheckViolation, match="good_values_value_one_of")
        with refused, connection.transaction():
            connection.execute(insert, [good, *values])
    connection.execute(insert, [good, "red", None])


def test_a_population_sets_exactly_one(database: Database, packed: Packed, migrated: str) -> None:
    scope, schema = packed.architecture.scope, packed.architecture.schema
    layout = Layout(schema, scope, meanings(packed.app, scope))
    declared = declared_queries(packed.app, schema)
    population = Population(layout, make_fixture(layout), declared)
    with (
        database.scratch(migrated) as name,
        database.connect(name, superuser=True) as connection,
    ):
        fill(connection, layout, population)
        arc = "text_value, number_value, boolean_value, choice_id, member_id"
        query = f"select count(*), count({arc.replace(', ', '), count(')}) from good_values"
        row = connection.execute(query).fetchone()
        wrong = f"select count(*) from good_values where num_nonnulls({arc}) <> 1"
        assert one(connection, wrong) == 0
        assert min(row) > 400


def test_a_population_is_a_tree_with_its_paths(
    database: Database, packed: Packed, migrated: str
) -> None:
    scope, schema = packed.architecture.scope, packed.architecture.schema
    layout = Layout(schema, scope, meanings(packed.app, scope))
    declared = declared_queries(packed.app, schema)
    with (
        database.scratch(migrated) as name,
        database.connect(name, superuser=True) as connection,
    ):
        fill(connection, layout, Population(layout, make_fixture(layout), declared))
        assert one(connection, "select count(*) from shelves where parent_id is null") == 1
        assert one(connection, "select count(*) from shelf_paths where depth = 0") == 3000
        top = "select ancestor_id from shelf_paths group by 1 order by count(*) desc limit 1"
        below = f"select count(*) from shelf_paths where ancestor_id = ({top})"
        assert one(connection, below) == 3000
        assert one(connection, "select max(depth) from shelf_paths") in range(2, 6)

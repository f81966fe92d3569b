"""Random related entities on the real database: made at once, and changed into others."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from archwright.adapters.postgres.database import EmbeddedPostgres
from archwright.blueprint.model import Blueprint, FeatureUse
from archwright.catalog.load import load_catalog
from archwright.compiler import make_plan
from archwright.migrate.compare import compare
from archwright.migrate.diff import diff
from archwright.migrate.files import to_files
from archwright.schema.model import Schema
from schemas.random_blueprints import blueprints

pytestmark = pytest.mark.live


def schema_of(blueprint: Blueprint) -> Schema:
    packs, _ = load_catalog()
    features = tuple(FeatureUse(use=name) for name in ("auth", "profiles"))
    whole = blueprint.model_copy(update={"features": features, "roles": ()})
    plan, problems = make_plan(whole, packs)
    assert plan is not None, problems
    return plan.architecture.schema


def apply(database: EmbeddedPostgres, name: str, old: Schema, new: Schema, number: int) -> None:
    for file in to_files(diff(old, new), number):
        with database.connect(name) as connection:
            connection.execute(file.sql.encode())


@settings(
    max_examples=5,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(blueprints(), blueprints())
def test_one_made_into_the_other_is_the_other(
    database: EmbeddedPostgres, first: Blueprint, second: Blueprint
) -> None:
    """By the catalogue: columns, keys, checks, indexes, policies, grants and comments."""
    old, new = schema_of(first), schema_of(second)
    with database.scratch() as changed, database.scratch() as fresh:
        apply(database, changed, Schema(), old, 1)
        apply(database, changed, old, new, 2)
        apply(database, fresh, Schema(), new, 1)
        with (
            database.connect(changed, superuser=True) as left,
            database.connect(fresh, superuser=True) as right,
        ):
            assert [str(d) for d in compare(left, right)] == []

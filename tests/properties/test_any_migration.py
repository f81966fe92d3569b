"""The difference of any two schemas, applied to the first, is the second."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from archwright.migrate.apply import apply, normal
from archwright.migrate.batches import batches
from archwright.migrate.diff import diff
from archwright.migrate.files import to_files
from archwright.migrate.hazards import Hazard, hazards
from archwright.migrate.in_use import in_use
from archwright.migrate.operations.base import Operation
from archwright.migrate.operations.beside import BuildIndex
from archwright.migrate.renames import renames_of
from archwright.migrate.reversal import reversed_plan
from archwright.schema.model import Schema
from schemas.consistency import faults
from schemas.random_schemas import schemas
from schemas.renamed import renamed_random


@given(schemas())
def test_a_schema_does_not_differ_from_itself(schema: Schema) -> None:
    assert diff(schema, schema) == ()
    assert diff(schema, normal(schema)) == ()


@settings(max_examples=150, deadline=None)
@given(schemas(), schemas())
def test_the_difference_leads_from_one_to_the_other(old: Schema, new: Schema) -> None:
    """One pair of schemas for all that holds of any: making the pair is most of the work."""
    steps = diff(old, new)
    assert apply(steps, old) == normal(new)
    _said_in_full(steps)
    _dropped_openly(old, new, steps)
    _holds_at_every_step(steps, old)
    assert to_files(steps, 1) == to_files(diff(old, new), 1)


@settings(max_examples=150, deadline=None)
@given(schemas(), schemas())
def test_steps_for_a_database_in_use_lead_there_too(old: Schema, new: Schema) -> None:
    steps = in_use(diff(old, new), old, new)
    assert apply(steps, old) == normal(new)
    assert [op.at for op in steps] == sorted(op.at for op in steps)
    _said_in_full(steps)
    _dropped_openly(old, new, steps)
    _holds_at_every_step(steps, old)
    files = to_files(steps, 1, waits="5s")
    alone = [any(b.alone for b in batches(f.sql)) for f in files]
    built = sum(isinstance(op, BuildIndex) for op in steps)
    assert sum(alone) == built
    locks = {h.object for h in hazards(steps) if h.name is Hazard.LONG_LOCK}
    assert locks <= {h.object for h in hazards(diff(old, new))}


@settings(max_examples=150, deadline=None)
@given(schemas(), schemas(), st.booleans())
def test_the_way_back(old: Schema, new: Schema, used: bool) -> None:
    steps = in_use(diff(old, new), old, new) if used else diff(old, new)
    back = reversed_plan(steps, old)
    kept = {t.ref for t in new.tables}
    lost = {f"the rows of {t.ref}" for t in old.tables if t.ref not in kept}
    assert lost <= set(back.lost)
    if back.restores_structure:
        assert apply(back.operations, new) == normal(old)
        _holds_at_every_step(back.operations, new)


@settings(max_examples=150, deadline=None)
@given(schemas(), schemas(), st.booleans(), st.booleans())
def test_declared_renames_lose_nothing(old: Schema, other: Schema, same: bool, used: bool) -> None:
    new, renames = renamed_random(old, old if same else other)
    steps = diff(old, new, renames)
    steps = in_use(steps, old, new) if used else steps
    assert apply(steps, old) == normal(new)
    _holds_at_every_step(steps, old)
    lost = {h.object for h in hazards(steps) if h.name is Hazard.DATA_LOSS}
    assert not lost & {str(ref) for ref, _ in renames.tables}
    assert renames_of(steps) == renames
    back = reversed_plan(steps, old)
    if back.restores_structure:
        assert apply(back.operations, new) == normal(old)
    if same and renames:
        assert not lost


@settings(max_examples=80, deadline=None)
@given(schemas(), schemas(), schemas())
def test_chains_compose(first: Schema, second: Schema, third: Schema) -> None:
    through = apply(diff(second, third), apply(diff(first, second), first))
    assert through == apply(diff(first, third), first) == normal(third)


def _holds_at_every_step(steps: Sequence[Operation], schema: Schema) -> None:
    assert not faults(schema)
    for operation in steps:
        schema = operation.after(schema)
        assert not faults(schema), operation.describe()


def _said_in_full(steps: Sequence[Operation]) -> None:
    for operation in steps:
        assert operation.sql().strip()
        assert operation.describe().strip()


def _dropped_openly(old: Schema, new: Schema, steps: Sequence[Operation]) -> None:
    """Whatever holds rows is dropped with a word about it."""
    lost = {t.ref for t in old.tables} - {t.ref for t in new.tables}
    said = {h.object for h in hazards(steps) if h.name is Hazard.DATA_LOSS}
    assert {str(ref) for ref in lost} <= said


@given(schemas())
def test_a_new_app_has_nothing_to_lose(schema: Schema) -> None:
    assert hazards(diff(Schema(), schema)) == ()

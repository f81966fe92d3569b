"""The difference of any two schemas, applied to the first, is the second."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given, settings

from archwright.migrate.apply import apply, normal
from archwright.migrate.diff import diff
from archwright.migrate.files import to_files
from archwright.migrate.hazards import Hazard, hazards
from archwright.migrate.operations.base import Operation
from archwright.schema.model import Schema
from schemas.random_schemas import schemas


@given(schemas())
def test_a_schema_does_not_differ_from_itself(schema: Schema) -> None:
    assert diff(schema, schema) == ()
    assert diff(schema, normal(schema)) == ()


@settings(max_examples=150)
@given(schemas(), schemas())
def test_the_difference_leads_from_one_to_the_other(old: Schema, new: Schema) -> None:
    """One pair of schemas for all that holds of any: making the pair is most of the work."""
    steps = diff(old, new)
    assert apply(steps, old) == normal(new)
    _said_in_full(steps)
    _dropped_openly(old, new, steps)
    assert to_files(steps, 1) == to_files(diff(old, new), 1)


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

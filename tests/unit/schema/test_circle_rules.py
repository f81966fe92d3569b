"""Required references in a circle are refused; one that is nullable or waits opens it."""

from __future__ import annotations

from pathlib import Path

import pytest

from archwright.schema.circle_rules import _in_circles, _way_back
from archwright.schema.model import ForeignKey, Ref
from subjects.structures import depot, problems_with
from subjects.tiny import told

FIRST = 'first_label_id = "uuid -> labels no action deferred"'
SHELF = 'parent_id = "uuid? -> shelves cascade"\nlabel'
KEY = ForeignKey("k", ("a",), Ref("public", "t"), ("id",))


def test_a_circle_is_told_once(tmp_path: Path) -> None:
    (problem,) = problems_with(tmp_path, (FIRST, FIRST.replace(" deferred", "")))
    place = "packs/depot/pack.toml (tables.labels.columns.parcel_id)"
    assert told([problem]) == [("AW-3113", place)]
    assert "labels needs parcels needs labels" in problem.message


def test_a_table_that_needs_itself(tmp_path: Path) -> None:
    following = 'next_id = "uuid -> shelves cascade"'
    changes = ((SHELF, f"{following}\n{SHELF}"),)
    (problem,) = problems_with(tmp_path, *changes)
    place = "packs/depot/pack.toml (tables.shelves.columns.next_id)"
    assert told([problem]) == [("AW-3113", place)]


def test_a_composite_reference_is_told_where_it_stands(tmp_path: Path) -> None:
    foreign = (
        '[[tables.parcels.foreign]]\ncolumns = ["first_label_id", "id"]\n'
        'references = "labels"\nto = ["id", "parcel_id"]\n\n[tables.parcels.access]'
    )
    changes = (
        ("[tables.parcels.access]", foreign),
        (FIRST, 'first_label_id = "uuid"'),
        (
            'comment = "What is written on a parcel"',
            'comment = "L"\nunique = [["id", "parcel_id"]]',
        ),
    )
    problems = problems_with(tmp_path, *changes)
    assert [code for code, _ in told(problems)] == ["AW-3113"]


@pytest.mark.parametrize("new", [FIRST, FIRST.replace("uuid", "uuid?").replace(" deferred", "")])
def test_what_opens_a_circle(tmp_path: Path, new: str) -> None:
    assert problems_with(tmp_path, (FIRST, new)) == []


def test_only_what_is_in_a_circle_is_looked_at() -> None:
    edges = {"a": {"b": KEY}, "b": {"c": KEY}, "c": {"b": KEY}, "d": {}, "e": {"d": KEY}}
    assert _in_circles(edges) == {"b", "c"}
    assert _way_back("b", edges) == ["b", "c", "b"]
    assert _way_back("a", edges) == []
    two = {"a": {"b": KEY, "x": KEY}, "b": {"a": KEY}, "x": {"y": KEY}, "y": {"x": KEY}}
    assert _in_circles(two) == {"a", "b", "x", "y"}


def test_a_deferred_reference_is_one_in_the_schema() -> None:
    parcels = depot().architecture.schema.table("parcels")
    assert parcels is not None
    (key,) = parcels.foreign_keys
    assert (key.deferred, key.on_delete) == (True, "no action")

"""What the kinds of structures refuse is known before anybody is asked."""

from __future__ import annotations

from dataclasses import replace

from archwright.plan.restrict import restrict
from archwright.proof.access.refusals import declared_refusals
from subjects.structures import depot


def test_structures_refuse_what_would_break_them() -> None:
    app = depot().app
    refusals = declared_refusals(app)
    assert {o for table, o in refusals if table == "shelf_paths"} == {"insert", "update", "delete"}
    assert {o for table, o in refusals if table == "movements"} == {"update", "delete"}
    assert {o for table, o in refusals if table == "letters"} == {"delete"}
    assert not any(table in {"levels", "shelves"} for table, _ in refusals)
    place = refusals["shelf_paths", "insert"].place
    assert str(place) == "packs/depot/pack.toml (trees.shelf_tree)"
    assert refusals["movements", "delete"].trigger == "movements_append_only"


def test_what_is_not_built_refuses_nothing() -> None:
    app = depot().app
    kept = replace(restrict(app.blueprint, app.expansion, ()))
    assert declared_refusals(kept) == {}

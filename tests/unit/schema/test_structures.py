"""Structures of several parts: what a later part brings is kept from then on."""

from __future__ import annotations

from pathlib import Path

from archwright.plan.restrict import Node, restrict
from archwright.schema.architect import design
from archwright.schema.model import Schema
from subjects.structures import changed_depot, depot, problems_in
from subjects.tiny import told

PARTS = ('parts = ["data"]', 'parts = ["data", "more"]')
LATER = ("shelf_paths", "levels", "letters")


def test_what_is_built_later_is_kept_later(tmp_path: Path) -> None:
    later = [(f"[tables.{t}]\n", f'[tables.{t}]\npart = "more"\n') for t in LATER]
    function = ('kind = "private"\n', 'kind = "private"\npart = "more"\n')
    app = depot(changed_depot(tmp_path, PARTS, *later, function)).app
    node = Node("depot", "more")

    def built(nodes: frozenset[Node]) -> Schema:
        architecture, problems = design(restrict(app.blueprint, app.expansion, nodes))
        assert architecture is not None, problems
        return architecture.schema

    first, whole = built(app.built - {node}), built(app.built)
    names = {f.ref.name for f in first.functions}
    assert not names & {"grow_shelf_tree", "post_stock", "take_letter_number", "close_shelves"}
    assert "refuse_movements_append_only" in names
    assert first.trees == ()
    assert [job.name for job in first.jobs] == ["partitions_of_sightings"]
    assert {f.ref.name for f in whole.functions} > names
    assert [job.name for job in whole.jobs] == ["close_shelves", "partitions_of_sightings"]


def test_a_job_has_no_arguments_to_give(tmp_path: Path) -> None:
    folder = changed_depot(tmp_path)
    path = folder / "sql/close_shelves.sql"
    path.write_text(path.read_text().replace("close_shelves()", "close_shelves(how text)"))
    place = "packs/depot/pack.toml (jobs.close_shelves.function)"
    assert told(problems_in(folder)) == [("AW-3112", place)]

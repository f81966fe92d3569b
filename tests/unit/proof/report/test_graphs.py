from __future__ import annotations

from archwright.proof.report.data import Feature, Reference, ReportData, TableColumn, TableShape
from archwright.proof.report.graphs import area, areas, dependencies, direct, dot_sources, overview
from subjects.sample_report import sample


def test_what_follows_is_left_out() -> None:
    needs = {"a": (), "b": ("a",), "c": ("a", "b", "elsewhere"), "d": ("c", "a")}
    assert direct(needs) == {"a": (), "b": ("a",), "c": ("b",), "d": ("c",)}


def test_a_circle_is_drawn_as_it_is() -> None:
    assert direct({"a": ("b",), "b": ("a",)}) == {"a": ("b",), "b": ("a",)}


def test_each_graph_is_wanted_once() -> None:
    report = sample()
    sources = dot_sources(report)
    assert len(sources) == len(set(sources)) == 2 + len(areas(report.tables))
    assert dot_sources(ReportData("x")) == ()


def test_dependencies() -> None:
    dot = dependencies((Feature("a", "A"), Feature("b", "B", needs=("a",), phase=2)))
    assert '"a" -> "b"' in dot
    assert "phase 2" in dot
    assert "built before" in dot


def test_hostile_names_stay_inside_their_quotes() -> None:
    evil = 'x"]; } <b>&\\"\n'
    dot = dependencies((Feature(evil, evil),))
    assert '"x\\"]; } <b>&\\\\\\" " [label=<x&quot;]; } &lt;b&gt;&amp;\\&quot; <br/>' in dot
    table = TableShape(evil, evil, (TableColumn(evil, evil),))
    assert "&lt;b&gt;&amp;" in area(evil, [table])
    assert 'label="x\\"]; } <b>&\\\\\\" "' in overview([table])


def test_references() -> None:
    tables = (
        TableShape("a", "One", (TableColumn("id", "uuid"),), (Reference(("b_id",), "b", False),)),
        TableShape("b", "Two", (), (Reference(("x",), "auth.users"), Reference(("y",), "b"))),
    )
    assert '"a" -> "b" [style=dashed]' in area("One", tables)
    assert '"b" [label="b" shape=box class="other"]' in area("One", tables)
    assert '"b" -> "b" [style=solid]' in area("Two", tables)
    whole = overview(tables)
    assert '"a" -> "b"' in whole
    assert "auth.users" not in whole


def test_very_wide_tables_are_cut() -> None:
    columns = tuple(TableColumn(f"c{n}", "text") for n in range(43))
    dot = area("One", [TableShape("a", "One", columns)])
    assert "and 3 more columns" in dot
    assert "c39<" in dot
    assert "c40<" not in dot


def test_a_column_that_is_a_primary_and_one_that_is_a_foreign_key() -> None:
    columns = (TableColumn("id", "uuid", key="primary"), TableColumn("b_id", "uuid", key="foreign"))
    dot = area("One", [TableShape("a", "One", columns)])
    assert "◆ id" in dot
    assert "→ b_id" in dot

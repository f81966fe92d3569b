"""The report's graphs, drawn by the real Graphviz."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from archwright.adapters.toolchain import PinnedToolchain
from archwright.proof.report.data import Feature, ReportData, TableColumn, TableShape
from archwright.proof.report.draw import draw
from archwright.proof.report.graphs import dot_sources
from archwright.proof.report.render import report_html
from subjects.sample_report import sample

pytestmark = pytest.mark.live

EVIL = "x\"]; } </text><script>alert('x')</script> &amp; \\N \\ %s \n\x07 é 😀 -->"


def test_every_graph_of_a_report_is_drawn(toolchain: PinnedToolchain) -> None:
    sources = dot_sources(sample())
    drawn = draw(sources, toolchain)
    assert len(drawn) == len(sources)
    assert all(svg.startswith("<svg ") and svg.endswith("</svg>") for svg in drawn)
    assert "Likes on Video" in drawn[0]
    assert drawn == draw(sources, toolchain)
    html = report_html(sample(), toolchain)
    assert html.count("<svg ") == len(sources)


def test_hostile_names_are_drawn_as_text(toolchain: PinnedToolchain) -> None:
    tables = (TableShape(EVIL, EVIL, (TableColumn(EVIL, EVIL),)),)
    report = ReportData("x", features=(Feature(EVIL, EVIL),), tables=tables)
    for svg in draw(dot_sources(report), toolchain):
        root = ElementTree.fromstring(svg)
        names = {element.tag.rpartition("}")[2] for element in root.iter()}
        assert names <= {"svg", "g", "title", "text", "path", "polygon", "polyline", "ellipse"}
        assert "<script>alert('x')</script>" in "".join(root.itertext())


def test_a_graph_that_cannot_be_drawn_does_not_take_the_others(toolchain: PinnedToolchain) -> None:
    first, second = draw(["digraph {", "digraph { a -> b }"], toolchain)
    assert first == ""
    assert second.startswith("<svg ")

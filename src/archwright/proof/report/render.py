"""Renders the evidence report: one HTML file that needs no network and no script to be read."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib.resources import files

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from archwright.ports import Toolchain
from archwright.proof.report import graphs, view
from archwright.proof.report.data import ReportData
from archwright.proof.report.draw import draw

Svg = Callable[[str], str]


def report_html(report: ReportData, toolchain: Toolchain) -> str:
    """Return the report with its graphs drawn; where they cannot be, their tables stand alone."""
    sources = graphs.dot_sources(report)
    drawn = dict(zip(sources, draw(sources, toolchain), strict=True))
    return render_report(report, lambda source: drawn.get(source, ""))


def render_report(report: ReportData, svg: Svg) -> str:
    """Return the whole page. ``svg`` gives a DOT source's drawing as an element, or ""."""

    def figure(source: str) -> Markup:
        # Drawn by Graphviz from escaped labels, and looked through for anything active.
        return Markup(svg(source) if source else "")  # noqa: S704

    errors = [f for f in view.findings(report) if f[1].get("severity") == "error"]
    ran = [phase for phase in report.phases if phase.gates]
    proven = [phase for phase in report.phases if phase.state == "proven"]
    return (
        _environment()
        .get_template("report.html")
        .render(
            report=report,
            style=Markup(_resource("report.css")),  # noqa: S704 - ours, and no user text in it
            errors=errors,
            remarks=view.merged(f for f in view.findings(report) if f not in errors),
            bars=view.bars(report.phases),
            totals=view.totals(report.phases),
            gate_names=view.gate_names(report.phases),
            grid=view.grid(report.matrix, report.contradictions),
            areas=[
                (
                    name,
                    [t for t in report.tables if t.area == name],
                    graphs.area(name, report.tables),
                )
                for name in graphs.areas(report.tables)
            ],
            dependencies=graphs.dependencies(report.features),
            overview=graphs.overview(report.tables),
            figure=figure,
            gates_run=sum(1 for p in ran for g in p.gates if not g.skipped),
            work=sum(p.seconds for p in ran),
            names={f.key: f.title for f in report.features},
            features=len({f.key.partition(":")[0] for f in report.features} - {"foundation"}),
            files=len({path for p in proven for path in (*p.new, *p.derived, *p.migrations)}),
        )
    )


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FunctionLoader(_resource),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters |= {
        "seconds": view.seconds,
        "place": view.place,
        "facts": view.facts,
        "number": view.number,
    }
    return made


def _resource(name: str) -> str:
    return files("archwright.proof.report").joinpath(name).read_text(encoding="utf-8")

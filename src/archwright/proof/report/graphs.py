"""The report's graphs as DOT: how features depend on each other, how tables refer to each other.

Colours come from the page's style sheet by class, so that one drawing serves light and dark;
the two fill colours here are only marks that the style sheet replaces.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from archwright.proof.report.data import Feature, ReportData, TableShape

HEAD_MARK = "#101010"
FONT = "Arial"
"""A font whose widths Graphviz knows; a list of fonts would be measured as Times."""
_MOST_COLUMNS = 40
_TYPES = {
    "timestamp with time zone": "timestamptz",
    "character varying": "varchar",
    "double precision": "float8",
}


def dot_sources(report: ReportData) -> tuple[str, ...]:
    """Return every graph that the report wants drawn, once each."""
    graphs = [dependencies(report.features), overview(report.tables)]
    graphs += [area(name, report.tables) for name in areas(report.tables)]
    return tuple(dict.fromkeys(graph for graph in graphs if graph))


def areas(tables: Iterable[TableShape]) -> tuple[str, ...]:
    """Return the areas in the order of their first table."""
    return tuple(dict.fromkeys(table.area for table in tables))


def dependencies(features: Sequence[Feature]) -> str:
    """Return the features, each below what it needs; what follows from other arrows is left out."""
    if not features:
        return ""
    needs = direct({f.key: f.needs for f in features})
    lines = []
    for feature in features:
        phase = f"phase {feature.phase}" if feature.phase else "built before"
        small = f'<font point-size="9">{escape(phase)}</font>'
        label = f"<{_words(feature.title)}<br/>{small}>"
        lines.append(f'{_quoted(feature.key)} [label={label} class="feature"]')
    lines += [f"{_quoted(need)} -> {_quoted(key)}" for key in sorted(needs) for need in needs[key]]
    return _graph(lines, 'rankdir=LR nodesep=0.16 ranksep=0.42 node [shape=box style="rounded"]')


def direct(needs: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """Return the needs without those that follow from others; a circle is left as it is."""
    reach: dict[str, frozenset[str]] = {}

    def below(key: str, open_: frozenset[str]) -> frozenset[str]:
        if key in open_:
            return frozenset()
        if key not in reach:
            here = open_ | {key}
            parts = [below(n, here) | {n} for n in needs.get(key, ())]
            reach[key] = frozenset().union(*parts)
        return reach[key]

    result: dict[str, tuple[str, ...]] = {}
    for key, wanted in needs.items():
        known = [n for n in wanted if n in needs]
        result[key] = tuple(
            n for n in known if not any(n in below(o, frozenset({key})) for o in known if o != n)
        )
    return result


def overview(tables: Sequence[TableShape]) -> str:
    """Return all tables by name, grouped by area, with every reference between them."""
    if not tables:
        return ""
    names = {table.name for table in tables}
    lines: list[str] = []
    for rank, name in enumerate(areas(tables)):
        inside = [t.name for t in tables if t.area == name]
        lines.append(f'subgraph cluster_{rank} {{ label={_quoted(name)} class="area"')
        lines += [f'{_quoted(n)} [label={_quoted(n)} class="table"]' for n in inside]
        lines.append("}")
    links = {(t.name, r.to) for t in tables for r in t.references if r.to in names}
    lines += [f"{_quoted(source)} -> {_quoted(to)}" for source, to in sorted(links)]
    settings = "rankdir=RL nodesep=0.22 ranksep=0.7 node [shape=box] edge [arrowsize=0.6]"
    return _graph(lines, settings)


def area(name: str, tables: Sequence[TableShape]) -> str:
    """Return the tables of one area with their columns, and by name those that they refer to."""
    inside = [table for table in tables if table.area == name]
    own = {table.name for table in inside}
    lines = [f'{_quoted(t.name)} [shape=plain label={_table(t)} class="table"]' for t in inside]
    others = sorted({r.to for t in inside for r in t.references} - own)
    lines += [f'{_quoted(n)} [label={_quoted(n)} shape=box class="other"]' for n in others]
    for table in inside:
        for reference in table.references:
            style = "solid" if reference.required else "dashed"
            ends = f"{_quoted(table.name)} -> {_quoted(reference.to)}"
            lines.append(f"{ends} [style={style}]")
    return _graph(lines, "rankdir=LR nodesep=0.3 ranksep=0.9")


def _table(table: TableShape) -> str:
    name = f"<b>{_words(table.name)}</b>"
    rows = [f'<tr><td colspan="2" bgcolor="{HEAD_MARK}" align="left">{name}</td></tr>']
    for column in table.columns[:_MOST_COLUMNS]:
        mark = {"primary": "\N{BLACK DIAMOND} ", "foreign": "\N{RIGHTWARDS ARROW} "}.get(
            column.key, ""
        )
        kind = _TYPES.get(column.type, column.type) + ("" if column.required else " ?")
        name = _words(mark + column.name)
        rows.append(
            f'<tr><td align="left">{name}</td><td align="right">'
            f'<font point-size="9">{_words(kind)}</font></td></tr>'
        )
    more = len(table.columns) - _MOST_COLUMNS
    if more > 0:
        rows.append(f'<tr><td colspan="2" align="left">and {more} more columns</td></tr>')
    inside = "".join(rows)
    return f'<<table border="1" cellborder="0" cellspacing="0" cellpadding="4">{inside}</table>>'


def _graph(lines: Sequence[str], settings: str) -> str:
    body = "\n".join(lines)
    fonts = f'fontname="{FONT}" fontsize=11'
    head = f'graph [bgcolor="transparent" {fonts}] node [{fonts} margin="0.13,0.06"] edge [{fonts}]'
    return f"digraph {{\n{head}\n{settings}\n{body}\n}}\n"


def _quoted(text: str) -> str:
    """Return a DOT string; a backslash would otherwise begin an escape."""
    clean = "".join(c if c.isprintable() else " " for c in text)
    return '"' + clean.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _words(text: str) -> str:
    """Return text for an HTML-like label, which must not be empty."""
    clean = "".join(c if c.isprintable() else " " for c in text)
    return escape(clean) or " "

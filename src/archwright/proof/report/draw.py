"""Draws DOT graphs as SVG with Graphviz in WebAssembly, all of a report in one run of Node."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from archwright.diagnostics import DiagnosticError
from archwright.ports import Toolchain

_SCRIPT = """
import { instance } from '@viz-js/viz';
let text = '';
for await (const chunk of process.stdin) text += chunk;
const viz = await instance();
const drawn = JSON.parse(text).map((source) => {
  const result = viz.render(source, { format: 'svg' });
  return result.status === 'success' ? result.output : '';
});
process.stdout.write(JSON.stringify(drawn));
"""
_ID = re.compile(r'(<(?:g|a|svg)\b[^>]*?) id="[^"]*"')
_ACTIVE = re.compile(
    r"<\s*(?:script|foreignObject|iframe|image|use|style)\b|<[^>]*\s(?:on\w+|(?:xlink:)?href)\s*=",
    re.I,
)


def draw(sources: Sequence[str], toolchain: Toolchain) -> list[str]:
    """Return one inline SVG for each source, "" for a graph that cannot be drawn.

    A missing or broken Node or Graphviz leaves all of them empty: a report without pictures still
    tells everything in words.
    """
    if not sources:
        return []
    try:
        folder = toolchain.node_modules().parent
        arguments = ["--input-type=module", "--eval", _SCRIPT]
        done = toolchain.node(arguments, folder, stdin=json.dumps(list(sources)), timeout=120.0)
        answer = json.loads(done.stdout) if done.code == 0 else []
    except (DiagnosticError, ValueError):
        answer = []
    if not isinstance(answer, list) or len(answer) != len(sources):
        return [""] * len(sources)
    return [inline(str(text)) for text in answer]


def inline(svg: str) -> str:
    """Return an SVG document as an element for a page, "" where it holds anything active.

    Identifiers go: several drawings in one page would have the same ones.
    """
    start = svg.find("<svg")
    if start < 0:
        return ""
    element = svg[start:].strip()
    if _ACTIVE.search(element.replace(' xmlns:xlink="http://www.w3.org/1999/xlink"', "")):
        return ""
    element = re.sub(r"<!--.*?-->\n?", "", element, flags=re.S)
    element = _ID.sub(r"\1", element)
    return element.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1)

"""What becomes of a drawing that is not there or not harmless; real drawings are in tests/live."""

from __future__ import annotations

import json

import pytest

from archwright.proof.report.draw import draw, inline
from subjects.canned import Canned, late, said

SVG = """<?xml version="1.0"?>
<!DOCTYPE svg>
<!-- Generated -->
<svg width="9pt" xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">
<!-- a -->
<g id="node1" class="node"><title>a</title><text>href=&quot;x&quot; onload=</text></g>
</svg>
"""


def test_a_document_becomes_an_element() -> None:
    assert inline(SVG) == (
        '<svg aria-hidden="true" focusable="false" width="9pt" xmlns="http://www.w3.org/2000/svg" '
        'xmlns:xlink="http://www.w3.org/1999/xlink">\n'
        '<g class="node"><title>a</title><text>href=&quot;x&quot; onload=</text></g>\n</svg>'
    )


@pytest.mark.parametrize(
    "inside",
    [
        "<script>x</script>",
        "<a xlink:href='javascript:x'></a>",
        '<g onclick="x"></g>',
        "<foreignObject></foreignObject>",
        "<image />",
        "<style>@import 'x'</style>",
    ],
)
def test_anything_active_is_refused(inside: str) -> None:
    assert inline(SVG.replace("<g id", f"{inside}<g id")) == ""


def test_no_svg() -> None:
    assert inline("nothing") == ""


def test_drawings_come_in_order() -> None:
    tools = Canned(said(json.dumps([SVG, ""])))
    first, second = draw(["digraph {}", "broken"], tools)
    assert first.startswith("<svg aria-hidden")
    assert second == ""
    assert tools.calls[0][:2] == ("node", "--input-type=module")


def test_nothing_to_draw() -> None:
    tools = Canned(late())
    assert draw([], tools) == []
    assert tools.calls == []


@pytest.mark.parametrize(
    "answer", [said("crash", code=1), said("no json"), said("[]"), said("{}"), late()]
)
def test_no_drawings_are_no_disaster(answer: object) -> None:
    assert draw(["a", "b"], Canned(answer)) == ["", ""]  # type: ignore[arg-type]

"""Templates: what they may say, what they leave behind, and what they refuse."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from archwright.catalog.template import Template, TemplateError
from archwright.catalog.template_markup import left_marks
from archwright.diagnostics import Diagnostic, Place

PLACE = Place("packs/likes/web/thing.tsx")
CONTEXT: dict[str, Any] = {
    "has": lambda name: name in ("likes", "search"),
    "slot": {"card": "<A />\n<B />", "tabs": "'a', 'b'", "none": ""}.__getitem__,
    "app": {"name": "It's {me}", "slug": "me-1"},
    "items": [{"id": 1, "kind": "x"}, {"id": 2, "kind": "y"}],
    "tokens": {"ring_width": "#fff", "card": "#000"},
    "number": 5,
    "yes": True,
    "no": False,
}


def parsed(source: str) -> Template:
    template, problems = Template.parse(source, PLACE)
    assert problems == []
    assert template is not None
    return template


def rendered(source: str, context: Mapping[str, Any] = CONTEXT) -> str:
    return parsed(source).render(context)


def refused(source: str) -> list[tuple[str, int]]:
    template, problems = Template.parse(source, PLACE)
    assert template is None
    assert all(d.place.source == PLACE.source for d in problems)
    return [(d.code, d.place.line) for d in problems]


def failure(source: str) -> Diagnostic:
    with pytest.raises(TemplateError) as caught:
        rendered(source)
    assert str(caught.value) == str(caught.value.diagnostic)
    return caught.value.diagnostic


@pytest.mark.parametrize("source", ["", "a\r\nb", "const a = `//%`; /* x */ {{ y }} {% z %}\n\n"])
def test_a_file_without_marks_is_itself(source: str) -> None:
    template = parsed(source)
    assert template.render({}) == source
    assert (template.slots, template.features) == ((), frozenset())


def test_conditions_leave_no_lines_behind() -> None:
    source = """a
  /*% if has('likes') %*/
  b
  //% elif no
  c
  {/*% else %*/}
  d
  /*% endif %*/ /*% if no %*/
  e
//% endif
f /*% if yes %*/g/*% endif %*/ h
"""
    assert rendered(source) == "a\n  b\nf g h\n"
    assert rendered(source, {**CONTEXT, "has": lambda _: False, "no": True}) == (
        "a\n  c\n  e\nf g h\n"
    )
    assert rendered(source, {**CONTEXT, "has": lambda _: False}) == "a\n  d\nf g h\n"


def test_marks_on_the_last_line_without_a_newline() -> None:
    assert rendered("//% if yes\na\n//% endif") == "a\n"
    assert rendered("a /*# a note\n of two lines #*/ b") == "a  b"
    assert rendered("/*# alone #*/\nb") == "b"


def test_loops() -> None:
    source = """[
//% for item in items if item.id != number
  /*= item.id =*/: '/*= item['kind'] =*/'/*% if not loop.last %*/,/*% endif %*/
//% endfor
]
/*% for token, value in tokens.items() %*/
  --/*= token|replace('_', '-') =*/: /*= value|css =*/;
/*% else %*/
  none
/*% endfor %*/
"""
    assert rendered(source) == (
        "[\n  1: 'x',\n  2: 'y'\n]\n  --ring-width: #fff;\n  --card: #000;\n"
    )
    assert rendered(source, {**CONTEXT, "tokens": {}}).endswith("]\n  none\n")
    shown = "/*% for i in items %*//*= loop.index =*//*= loop.index0 =*//*= loop.length =*/"
    assert rendered(shown + "/*% if loop.first %*/f/*% endif %*/ /*% endfor %*/") == "102f 212 "


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("'y' if number == 5 and yes else 'n'", "y"),
        ("'y' if number != 5 or no else 'n'", "n"),
        ("'y' if no", ""),
        ("'y' if 1 < number <= 5 and number >= 5 and not number > 5 else 'n'", "y"),
        ("'y' if 1 < number < 3 else 'n'", "n"),
        ("'y' if number in (1, 5) and 'q' not in app.name else 'n'", "y"),
        ("items|length", "2"),
        ("app.slug|upper", "ME-1"),
        ("app.name[0]|lower", "i"),
        ("items[1].kind", "y"),
    ],
)
def test_expressions(expression: str, text: str) -> None:
    assert rendered(f"/*= {expression} =*/") == text


def test_values_fit_their_place() -> None:
    assert rendered("<b>{/*= app.name|html =*/}</b>") == "<b>It&#x27;s &#123;me&#125;</b>"
    assert rendered("<b>{/*= app.slug =*/}</b>") == "<b>me-1</b>"
    assert rendered("<b a={/*= app.name|ts =*/}>") == r"<b a={'It\'s {me}'}>"
    assert rendered("x = '/*= app.name|ts =*/';") == r"x = 'It\'s {me}';"
    assert rendered('x = "/*= app.name | sql =*/"') == "x = 'It''s {me}'"
    assert rendered("x = '/*= app.slug =*/'") == "x = 'me-1'"
    assert (
        rendered("f(/*= items|ts =*/)") == "f([{ 'id': 1, 'kind': 'x' }, { 'id': 2, 'kind': 'y' }])"
    )


def test_slots() -> None:
    source = """<div>
    {/*% slot "card" %*/}
  {/*% slot "none" %*/}
</div>; [/*% slot 'tabs' %*/]; //% not a mark here
"""
    template = parsed(source)
    assert template.slots == ("card", "none", "tabs")
    assert template.render(CONTEXT) == (
        "<div>\n    <A />\n<B />\n</div>; ['a', 'b']; //% not a mark here\n"
    )


def test_features_are_those_asked_for() -> None:
    source = "/*% if has('likes') and not has('x') %*//*= 'a' if has('y') else 'b' =*//*% endif %*/"
    assert parsed(source).features == {"likes", "x", "y"}


@pytest.mark.parametrize(
    ("source", "problems"),
    [
        ("\n/*% if %*/", [("AW-3301", 2)]),
        ("\n/*% if %*/\na\n/*% endif %*/\n", [("AW-3301", 2)]),
        ("\n//% if has('x') and\na\n//% endif\n", [("AW-3301", 2)]),
        ("a\n  {/*% if has('x' %*/}\na\n{/*% endif %*/}\n", [("AW-3301", 2)]),
        ("/*% if yes %*/\na\n", [("AW-3301", 1)]),
        ("/*% slot name %*/", [("AW-3301", 1)]),
        ("/*= 'a'|slot! =*/", [("AW-3301", 1)]),
        ("/*% do x %*/", [("AW-3301", 1)]),
        (
            "a\n  /*% set x = 1 %*/\n  {/*% macro y() %*/}\n/*% endmacro %*/",
            [("AW-3302", 2), ("AW-3302", 3)],
        ),
        ("/*% raw %*/ x\n/*% endraw %*/", [("AW-3302", 1), ("AW-3302", 2)]),
        ("/*% include 'a' %*/", [("AW-3302", 1)]),
        ("/*% import 'a' as b %*/", [("AW-3302", 1)]),
        ("/*% extends 'a' %*/", [("AW-3302", 1)]),
        ("/*% block a %*//*% endblock %*/", [("AW-3302", 1)]),
        ("/*% call f() %*//*% endcall %*/", [("AW-3302", 1)]),
        ("/*% filter upper %*//*% endfilter %*/", [("AW-3302", 1)]),
        ("//% for x in items recursive\n//% endfor", [("AW-3302", 1)]),
        ("/*= 9 * 9 =*/", [("AW-3302", 1)]),
        ("/*= [1] =*/", [("AW-3302", 1)]),
        ("/*= x is defined =*/", [("AW-3302", 1)]),
        ("/*= slot('a') =*/", [("AW-3302", 1)]),
        ("/*= has(name) =*/", [("AW-3302", 1)]),
        ("/*= has(1) =*/", [("AW-3302", 1)]),
        ("/*= has('a', b=1) =*/", [("AW-3302", 1)]),
        ("/*= app.items(1) =*/", [("AW-3302", 1)]),
        ("/*= app.name.format() =*/", [("AW-3302", 1)]),
        ("a\n/*= items|map('id') =*/", [("AW-3303", 2)]),
        ("/*= items|join(separator='a') =*/", [("AW-3303", 1)]),
        ("/*= app.__class__ =*/", [("AW-3304", 1)]),
        ("/*= app['_x'] =*/", [("AW-3304", 1)]),
        ("/*= _x =*/", [("AW-3304", 1)]),
    ],
)
def test_everything_else_is_refused(source: str, problems: list[tuple[str, int]]) -> None:
    assert refused(source) == problems


@pytest.mark.parametrize(
    ("source", "code", "line"),
    [
        ("a\n\n/*= missing =*/", "AW-3311", 3),
        ("\n//% if yes\n\n/*= app.missing =*/\n//% endif", "AW-3311", 4),
        ("/*% if missing %*//*% endif %*/", "AW-3311", 1),
        ("/*= missing|ts =*/", "AW-3311", 1),
        ("/*= app.name =*/", "AW-3312", 1),
        ("\n/*= app.name|ident =*/", "AW-3312", 2),
        ("\n/*= yes =*/", "AW-3312", 2),
        ("/*= self =*/", "AW-3311", 1),
        ("//% for a in items\n/*= a.id|css =*/\n//% endfor", "AW-3312", 2),
        ("\n/*= 'a' if number < app.name =*/", "AW-3313", 2),
        ("//% for a, b in ((1, 2, 3),)\n//% endfor", "AW-3313", 1),
    ],
)
def test_rendering_errors_know_their_line(source: str, code: str, line: int) -> None:
    diagnostic = failure(source)
    assert (diagnostic.code, diagnostic.place) == (code, Place(PLACE.source, line=line))


def test_a_slot_needs_something_to_fill_it() -> None:
    with pytest.raises(TemplateError, match="AW-3311"):
        parsed("/*% slot 'a' %*/").render({})


def test_parsing_keeps_places_apart() -> None:
    first, _ = Template.parse("/*= a =*/", Place("one"))
    second, _ = Template.parse("/*= a =*/", Place("two"))
    assert first is not None
    assert second is not None
    assert (first.place.source, second.place.source) == ("one", "two")
    bad = [Template.parse("/*= a( =*/", Place(name))[1][0].place.source for name in "ab"]
    assert bad == ["a", "b"]


def test_leftover_marks() -> None:
    text = "a\n{/*% if x %*/}\n  //% endif\nx =*/ 'https://%s'"
    assert [line for line, _ in left_marks(text)] == [2, 2, 3, 4]
    assert left_marks("/* a */ // b 10% of */") == []

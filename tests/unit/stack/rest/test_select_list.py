"""What ``select=`` means."""

from __future__ import annotations

import pytest

from archwright.stack.rest.errors import RestError
from archwright.stack.rest.select_list import parse_select
from archwright.stack.rest.syntax import STAR, Embed, FieldRef, Item, Pick


def pick(name: str, **more: str) -> Pick:
    return Pick(FieldRef(name), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("", ()),
        ("*,a", (STAR, pick("a"))),
        (" a , b ", (pick("a"), pick("b"))),
        ("b:a::int", (pick("a", alias="b", cast="int"),)),
        ("a::double precision", (pick("a", cast="double precision"),)),
        ("a->b->>c", (Pick(FieldRef("a", (("->", "b"), ("->>", "c")))),)),
        ('"a b","c,d"', (pick("a b"), pick("c,d"))),
        ('"a\\"b"', (pick('a"b'),)),
        ("x:t!fk!inner(a)", (Embed("t", (pick("a"),), "x", "fk", inner=True),)),
        ("t!inner!fk(a)", (Embed("t", (pick("a"),), None, "fk", inner=True),)),
        ("t!left(*)", (Embed("t", (STAR,)),)),
        ("...t(a)", (Embed("t", (pick("a"),), spread=True),)),
        ("t()", (Embed("t", ()),)),
        ("a(b(c),d)", (Embed("a", (Embed("b", (pick("c"),)), pick("d"))),)),
        ("count()", (pick("*", aggregate="count"),)),
        ("n:count()::text", (pick("*", alias="n", aggregate="count", aggregate_cast="text"),)),
        ("a.sum()", (pick("a", aggregate="sum"),)),
        ("a::int.avg()::text", (pick("a", cast="int", aggregate="avg", aggregate_cast="text"),)),
        ("count(a)", (Embed("count", (pick("a"),)),)),
    ],
)
def test_select_lists(text: str, items: tuple[Item, ...]) -> None:
    assert parse_select(text) == items


@pytest.mark.parametrize(
    "text",
    ["a,", "a(", "a(b", "a)b", "a!x", "...a", "a!x!y(b)", '"a', "a b) from c", "a;b)", "a::", "a.nope()", "a.sum", "x:*", "*::int", ",a", "a->", "a(b)c"],
)  # fmt: skip
def test_wrong_select_lists(text: str) -> None:
    with pytest.raises(RestError) as caught:
        parse_select(text)
    assert (caught.value.status, caught.value.code) == (400, "PGRST100")


@pytest.mark.parametrize(
    ("text", "label"),
    [("a", "a"), ("x:a->b", "x"), ("a->b->0", "b"), ("a->0", "a"), ("a.max()", "max"), ("m:a.max()", "m")],
)  # fmt: skip
def test_labels(text: str, label: str) -> None:
    item = parse_select(text)[0]
    assert isinstance(item, Pick)
    assert item.label == label

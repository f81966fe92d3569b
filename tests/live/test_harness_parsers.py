"""The harness's parsers: what PostgREST's query strings mean, without any database."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.errors import ApiError, from_postgres
from harness.filters import parse_list, parse_logic, parse_order, parse_test
from harness.http import Request
from harness.multipart import read_upload
from harness.params import parse_params, split_key
from harness.select_list import parse_select
from harness.sql import build, ident, join, raw, value
from harness.syntax import Embed, FieldRef, Group, Item, OrderTerm, Pick, Star, Test


def pick(name: str, **more: str) -> Pick:
    return Pick(FieldRef(name), **more)


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("", (Star(),)),
        ("*,a", (Star(), pick("a"))),
        ("b:a::int", (pick("a", alias="b", cast="int"),)),
        ("a->b->>c", (Pick(FieldRef("a", (("->", "b"), ("->>", "c")))),)),
        ('"a b","c,d"', (pick("a b"), pick("c,d"))),
        ("x:t!fk!inner(a)", (Embed("t", (pick("a"),), "x", "fk", inner=True),)),
        ("t!left(*)", (Embed("t", (Star(),)),)),
        ("...t(a)", (Embed("t", (pick("a"),), spread=True),)),
        ("t()", (Embed("t", ()),)),
        ("a(b(c),d)", (Embed("a", (Embed("b", (pick("c"),)), pick("d"))),)),
    ],
)
def test_select_lists(text: str, items: tuple[Item, ...]) -> None:
    assert parse_select(text) == items


@pytest.mark.parametrize(
    "text", ["a,", "a(", "a(b", "a)b", "a!x", "...a", "a!x!y(b)", '"a', "a b) from c", "a;b)"]
)
def test_wrong_select_lists(text: str) -> None:
    with pytest.raises(ApiError) as caught:
        parse_select(text)
    assert caught.value.code == "PGRST100"


@pytest.mark.parametrize("text", ["a.sum()", "t(a.max())", "count()"])
def test_aggregates_are_off_as_on_the_platform(text: str) -> None:
    with pytest.raises(ApiError) as caught:
        parse_select(text)
    assert caught.value.code == "PGRST123"


@pytest.mark.parametrize(
    ("key", "path", "leaf"),
    [
        ("a", [], "a"),
        ("t.a", ["t"], "a"),
        ("t.u.order", ["t", "u"], "order"),
        ("t.not.and", ["t", "not"], "and"),
        ("a->>b.c", [], "a->>b.c"),
        ('"x.y".a', ["x.y"], "a"),
    ],
)
def test_keys(key: str, path: list[str], leaf: str) -> None:
    assert split_key(key) == (path, leaf)


@pytest.mark.parametrize(
    ("text", "operator", "operand", "negated", "modifier"),
    [
        ("eq.a.b", "eq", "a.b", False, None),
        ("not.eq.", "eq", "", True, None),
        ("not.not.eq.a", "eq", "a", False, None),
        ("like(any).{a,b}", "like", "{a,b}", False, "any"),
        ("fts(english).a", "fts", "a", False, "english"),
        ("is.not_null", "is", "not_null", False, None),
    ],
)
def test_operators(
    text: str, operator: str, operand: str, negated: bool, modifier: str | None
) -> None:
    ref = FieldRef("x")
    assert parse_test(ref, text) == Test(ref, operator, operand, negated, modifier)


@pytest.mark.parametrize(
    "text", ["a", "eq", "nope.a", "is.maybe", "in.a", "neq(any).{a}", "eq(some).{a}", "in(any).(a)"]
)
def test_wrong_operators(text: str) -> None:
    with pytest.raises(ApiError):
        parse_test(FieldRef("x"), text)


def test_logic_nests_and_quotes() -> None:
    text = '(a.eq.1,not.and(b.in.("x,y",z),c.eq."p,\\"q\\""),d.is.null)'
    assert parse_logic("or", text) == Group(
        "or",
        (
            Test(FieldRef("a"), "eq", "1"),
            Group(
                "and",
                (Test(FieldRef("b"), "in", '("x,y",z)'), Test(FieldRef("c"), "eq", 'p,"q"')),
                negated=True,
            ),
            Test(FieldRef("d"), "is", "null"),
        ),
    )


@pytest.mark.parametrize("text", ["", "a.eq.1", "(a.eq.1", "()", "(a)", "(a.eq.1)x"])
def test_wrong_logic(text: str) -> None:
    with pytest.raises(ApiError):
        parse_logic("or", text)


def test_order() -> None:
    assert parse_order("a,b.desc.nullslast,t(c->d).asc.nullsfirst") == (
        OrderTerm(FieldRef("a")),
        OrderTerm(FieldRef("b"), descending=True, nulls="last"),
        OrderTerm(FieldRef("c", (("->", "d"),)), nulls="first", relation="t"),
    )
    with pytest.raises(ApiError):
        parse_order("a.sideways")


def test_parameters_by_level_and_arguments_of_functions() -> None:
    pairs = [("p", "3"), ("q", "eq.4"), ("t.limit", "2"), ("t.or", "(a.eq.1)"), ("offset", "5")]
    params = parse_params(pairs, ("p", "q"))
    assert params.arguments == {"p": "3"}
    assert params.level.offset == 5
    assert params.level.conditions == (Test(FieldRef("q"), "eq", "4"),)
    assert params.level.children["t"].limit == 2
    assert len(params.level.children["t"].conditions) == 1


@pytest.mark.parametrize(("key", "text", "status"), [("limit", "x", 400), ("offset", "-1", 416)])
def test_wrong_pages(key: str, text: str, status: int) -> None:
    with pytest.raises(ApiError) as caught:
        parse_params([(key, text)])
    assert caught.value.status == status


@given(st.lists(st.text(), min_size=1))
def test_quoted_lists_come_back(values: list[str]) -> None:
    quoted = ('"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"' for text in values)
    assert parse_list(f"({','.join(quoted)})") == values


@pytest.mark.parametrize(
    ("text", "values"),
    [("()", []), ("(a,b)", ["a", "b"]), ('("a"b,c)', ['"a"b', "c"]), ("(a,)", ["a", ""])],
)
def test_plain_lists(text: str, values: list[str]) -> None:
    assert parse_list(text) == values


@given(st.text(), st.text())
def test_values_never_become_sql_text(name: str, text: str) -> None:
    out = build("select {} = {}", ident(name), value(text, "text"))
    quoted = '"' + name.replace('"', '""').replace("%", "%%") + '"'
    assert out.text == f"select {quoted} = %s::text"
    assert out.params == (text,)


def test_a_template_and_its_parts_must_fit() -> None:
    with pytest.raises(AssertionError):
        build("{} {}", raw("a"))
    assert join(" and ", [value(1), value(2)]).params == (1, 2)


def test_an_upload_keeps_every_byte() -> None:
    data = b"\x00\r\n--almost\r\n\xff"
    body = (
        b'--XX\r\ncontent-disposition: form-data; name="cacheControl"\r\n\r\n60\r\n'
        b'--XX\r\ncontent-disposition: form-data; name=""; filename="blob"\r\n'
        b"Content-Type: video/mp4\r\n\r\n" + data + b"\r\n--XX--\r\n"
    )
    headers = {"content-type": "multipart/form-data; boundary=XX"}
    upload = read_upload(Request("POST", "", "", headers, body))
    assert (upload.data, upload.mime, upload.cache) == (data, "video/mp4", "max-age=60")
    with pytest.raises(ApiError):
        read_upload(Request("POST", "", "", headers, b"--XX--"))


def test_errors_without_a_code_are_the_servers() -> None:
    import psycopg

    error = from_postgres(psycopg.OperationalError("gone"), anonymous=True)
    assert (error.status, error.message) == (500, "gone")

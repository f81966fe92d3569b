"""The REST service's parsers: any text gives a result or the one refusal, in bounded time."""

from __future__ import annotations

import csv
import io
import json

from hypothesis import example, given
from hypothesis import strategies as st

from archwright.stack.rest.errors import RestError, sendable
from archwright.stack.rest.filters import parse_test, read_list
from archwright.stack.rest.logic import parse_logic, parse_order
from archwright.stack.rest.media import choose_media
from archwright.stack.rest.params import parse_params, split_key
from archwright.stack.rest.payload import parse_json, read_rows
from archwright.stack.rest.prefer import read_prefer
from archwright.stack.rest.select_list import parse_select
from archwright.stack.rest.syntax import FieldRef, Group, Test
from archwright.stack.rest.views import origins

SYMBOLS = st.text(alphabet='ab1*,.:()!"\\->{}[] \x00%é', max_size=40)
WORDS = st.lists(
    st.sampled_from(["a", "eq.", "in.(", "or(", "and(", "not.", '"', ",", ")", "(", "...", "!inner", "->", "->>", "::int", ".sum()", "count()", "is.null", "fts(", "{a}", "*", ".desc", ".nullslast"]),
    max_size=25,
).map("".join)  # fmt: skip
ANY = SYMBOLS | WORDS | st.text(max_size=30)


def refused_or(parse: object, *given_: object) -> object:
    """Run a parser; anything but its own refusal is a bug."""
    assert callable(parse)
    try:
        return parse(*given_)
    except RestError as error:
        refusal = error
    assert 400 <= refusal.status < 500
    json.dumps(refusal.body()).encode()
    return None


@given(ANY)
@example("a(" * 5000)
@example("(" * 5000)
@example('"' + "\\" * 5001)
def test_select_lists(text: str) -> None:
    refused_or(parse_select, text)


@given(ANY)
@example("(" + "and(" * 5000)
@example("(" + "not.or(a.eq.1," * 5000)
def test_logic_trees(text: str) -> None:
    refused_or(parse_logic, "or", text)


@given(ANY, ANY)
@example("a." * 5000 + "b", "eq.1")
@example('"' * 5000, "eq.1")
@example("limit", "9" * 10000)
def test_query_strings(key: str, text: str) -> None:
    refused_or(parse_params, [(key, text)])
    found = refused_or(split_key, key)
    assert found is None or isinstance(found, tuple)


@given(ANY)
def test_filters_orders_and_headers(text: str) -> None:
    refused_or(parse_test, FieldRef("x"), text)
    refused_or(parse_order, text)
    refused_or(lambda: choose_media(text, plan=True))
    read_prefer(text, tx_override=True)
    origins(text)


@given(st.binary(max_size=60) | ANY.map(str.encode), st.sampled_from(["application/json", "text/csv", "application/x-www-form-urlencoded", "x/y"]))  # fmt: skip
@example(b"[" * 50_000, "application/json")
@example(b'{"a":' * 50_000, "application/json")
@example(b"1" * 10_000, "application/json")
@example(b'"\x00', "text/csv")
def test_bodies(body: bytes, media: str) -> None:
    refused_or(read_rows, body, media, None)
    refused_or(parse_json, body)


@given(st.lists(st.text(), min_size=1))
def test_quoted_lists_come_back(values: list[str]) -> None:
    quoted = ('"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"' for text in values)
    text = f"({','.join(quoted)})"
    found, end = read_list(text, 0)
    assert found == (() if values == [""] else tuple(values))
    assert end == len(text)


VALUES = st.text(alphabet="abc 1.", min_size=1).filter(lambda text: text.strip() == text)
TESTS = st.builds(
    Test,
    st.sampled_from([FieldRef("a"), FieldRef("b", (("->>", "c"),))]),
    st.sampled_from(["eq", "gt", "like"]),
    VALUES,
    st.booleans(),
)
TREES = st.recursive(
    TESTS,
    lambda parts: st.builds(
        Group,
        st.sampled_from(["and", "or"]),
        st.lists(parts, min_size=1, max_size=3).map(tuple),
        st.booleans(),
    ),
    max_leaves=8,
)


def written(item: Test | Group) -> str:
    """Write a tree as a client does."""
    no = "not." if item.negated else ""
    if isinstance(item, Group):
        return f"{no}{item.kind}({','.join(written(part) for part in item.parts)})"
    path = "".join(arrow + key for arrow, key in item.ref.path)
    return f"{item.ref.name}{path}.{no}{item.operator}.{item.value}"


@given(st.lists(TREES, min_size=1, max_size=3))
def test_logic_trees_come_back(parts: list[Test | Group]) -> None:
    text = f"({','.join(written(part) for part in parts)})"
    assert parse_logic("and", text) == Group("and", tuple(parts))


@given(st.lists(st.lists(st.text(max_size=6), min_size=2, max_size=2), max_size=4))
def test_csv_becomes_the_objects_that_its_lines_say(lines: list[list[str]]) -> None:
    out = io.StringIO(newline="")
    csv.writer(out).writerows([["a", 'b"'], *lines])
    body = out.getvalue().encode("utf-8", "replace")
    read = list(csv.reader(io.StringIO(body.decode(), newline="")))[1:]
    cells = [[None if text == "NULL" else text for text in line] for line in read]
    wanted = [{"a": line[0], 'b"': line[1]} for line in cells]
    assert json.loads(read_rows(body, "text/csv", None).text) == wanted


@given(st.text(max_size=9), st.text(max_size=12))
def test_headers_that_pass_are_one_line_each(name: str, text: str) -> None:
    if sendable([(name, text)]):
        assert name.isascii()
        assert name
        assert not set(name + text) & set("\r\n\x00")

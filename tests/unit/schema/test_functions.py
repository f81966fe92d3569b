"""Functions read from SQL."""

from __future__ import annotations

import pytest

from archwright.schema.functions import read_function
from archwright.schema.model import Argument, Function, Ref

REF = Ref("public", "f")
BODY = "language sql as $$ select 1 $$"


def read(sql: str, ref: Ref = REF) -> Function:
    found = read_function(sql, ref, ("anon",))
    assert isinstance(found, Function), found
    return found


def test_what_it_takes_and_gives() -> None:
    found = read(
        "create function public.f(a int, b text[] default '{}', out c int8, out d bool)\n"
        "language plpgsql as $$ begin end $$;"
    )
    assert found.arguments == (Argument("a", "integer"), Argument("b", "text[]", True))
    assert found.returns == "record"
    assert found.returns_set
    assert found.returns_table == (Argument("c", "bigint"), Argument("d", "boolean"))
    assert found.callers == ("anon",)
    assert found.signature == "public.f(integer, text[])"


@pytest.mark.parametrize(
    ("returns", "wanted", "is_set"),
    [
        ("setof public.clips", "public.clips", True),
        ("timestamptz", "timestamp with time zone", False),
        ("pg_catalog.int4", "integer", False),
        ("void", "void", False),
    ],
)
def test_what_it_returns(returns: str, wanted: str, is_set: bool) -> None:
    found = read(f"create function public.f() returns {returns} {BODY}")
    assert (found.returns, found.returns_set) == (wanted, is_set)


def test_a_function_replaces_its_older_self_whatever_its_comments_say() -> None:
    comments = "-- create function of é\n/* create function */ "
    sql = f"{comments}CREATE  FUNCTION public.f()\nreturns int {BODY} ; -- end\n"
    wanted = f"{comments}CREATE  or replace FUNCTION public.f()\nreturns int {BODY}"
    assert read(sql).sql == wanted
    kept = f"create or replace function public.f() returns int {BODY}"
    assert read(kept + ";").sql == kept


@pytest.mark.parametrize(
    ("sql", "wrong"),
    [
        ("", "expected one statement"),
        ("create functio", "not SQL"),
        ("select 1", "expected exactly one `create function`"),
        (f"create function public.f() returns int {BODY}; drop table x", "found 2"),
        ("create procedure public.f() language sql as $$ select 1 $$", "create function"),
        (f"create function public.g() returns int {BODY}", "creates public.g"),
        (f"create function f() returns int {BODY}", "creates f,"),
        (f"create function public.f() returns int security definer {BODY}", "schema private"),
        ("create function public.f() returns int language c as 'x'", "sql or plpgsql"),
        ("create function public.f() returns int as $$ select 1 $$", "sql or plpgsql"),
        ("create function public.f() returns int language plpython3u as $$ 1 $$", "sql or plpgsql"),
        (
            f"create function public.f() returns int set role postgres {BODY}",
            "search_path and nothing else",
        ),
        (
            "create function public.f() returns int set search_path = '' "
            f"set search_path = x {BODY}",
            "search_path and nothing else",
        ),
    ],
)
def test_what_is_refused(sql: str, wrong: str) -> None:
    found = read_function(sql, REF, ())
    assert isinstance(found, str)
    assert wrong in found


@pytest.mark.parametrize("path", ["", "set search_path = public", "set search_path to '', public"])
def test_a_definer_pins_its_path(path: str) -> None:
    sql = f"create function private.f() returns int security definer {path} {BODY}"
    found = read_function(sql, Ref("private", "f"), ())
    assert isinstance(found, str)
    assert "search_path" in found
    good = f"create function private.f() returns int security definer set search_path = '' {BODY}"
    assert isinstance(read_function(good, Ref("private", "f"), ()), Function)

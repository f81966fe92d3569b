"""Names in PL/pgSQL bodies: what is not there is told, what works never is."""

from __future__ import annotations

from typing import Any

import pytest

from archwright.proof.function_bodies import check_bodies

COLUMNS = [("public", "notes", ["id", "body"]), ("private", "log", ["at"])]
CALLED = [("private", "may"), ("public", "mood")]


class Answers:
    """A connection that knows two tables and one function with a body."""

    def __init__(self, body: str) -> None:
        self.function = (
            "create function public.f(p uuid) returns uuid language plpgsql as $$ "
            f"declare v uuid; begin {body} return v; end $$"
        )

    def execute(self, query: str) -> Answers:
        self.rows: list[tuple[Any, ...]] = [("f(uuid)", self.function)]
        if "pg_attribute" in query:
            self.rows = COLUMNS
        elif "pg_type" in query:
            self.rows = CALLED
        return self

    def fetchall(self) -> list[tuple[Any, ...]]:
        return self.rows


def told(body: str) -> list[str]:
    found = check_bodies(Answers(body))  # type: ignore[arg-type]
    assert found.read == 1
    return [d.message.removeprefix("function f(uuid): ") for d in found.diagnostics]


@pytest.mark.parametrize(
    "body",
    [
        "insert into public.notes (id, body) values (p, 'x') returning id into v;",
        "update public.notes n set body = 'x' where n.nothing = p;",
        "with notes2 as (select 1) select count(*) into v from notes2;",
        "if private.may(p) or now() > now() then perform 1 from private.log; end if;",
        "v := (select id from public.notes where public.mood('calm') is null limit 1);",
        "for v in select id from public.notes loop null; end loop;",
        "execute 'select 1 from public.nowhere';",
    ],
)
def test_what_is_there_is_no_finding(body: str) -> None:
    assert told(body) == []


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("perform 1 from public.nots;", "there is no table public.nots"),
        ("delete from private.logs;", "there is no table private.logs"),
        ("if exists (select 1 from public.x) then null; end if;", "there is no table public.x"),
        ("v := (select id from public.nots);", "there is no table public.nots"),
        ("insert into public.notes (boddy) values ('x');", "public.notes has no column boddy"),
        ("update public.notes set boddy = 'x';", "public.notes has no column boddy"),
        ("if private.might(p) then null; end if;", "there is no function private.might"),
    ],
)
def test_what_is_not_there_is_named(body: str, message: str) -> None:
    assert told(body) == [message]


def test_a_body_that_the_parser_does_not_take_is_left_out() -> None:
    answers = Answers("")
    answers.function = "create function f() returns int language plpgsql as $$ begn $$"
    found = check_bodies(answers)  # type: ignore[arg-type]
    assert (found.read, found.diagnostics) == (0, [])

"""Functions: replaced or dropped first, with their callers and what depends on them."""

from __future__ import annotations

from dataclasses import replace

from archwright.migrate.diff import diff
from archwright.migrate.hazards import Hazard
from archwright.schema.model import Argument, Function, Grant, Ref, Schema, Table
from schemas.differences import ID, hazards, said, sql
from schemas.sample import sample


def _call(returns: str = "text", *, callers: tuple[str, ...] = (), comment: str = "") -> Schema:
    made = Function(
        Ref("public", "call"),
        (Argument("p", "text"),),
        returns,
        False,
        f"create or replace function public.call(p text) returns {returns} language sql ...",
        callers,
        comment=comment,
    )
    return Schema(functions=(made,))


def test_functions_are_replaced_or_dropped_first() -> None:
    assert said(_call(), _call("uuid")) == [
        "drop the function public.call(text)",
        "replace the function public.call(text)",
    ]
    changed = replace(_call().functions[0], sql="create or replace ... language sql -- again")
    assert said(_call(), Schema(functions=(changed,))) == ["replace the function public.call(text)"]


def test_who_may_call() -> None:
    opened = _call(callers=("anon",), comment="Does")
    assert said(_call(), opened) == ["change who may execute public.call(text)"]
    assert hazards(_call(), opened) == [Hazard.ACCESS_WIDENED]
    assert hazards(opened, _call()) == []
    assert "is null" in sql(diff(opened, _call()))
    edited = replace(opened.functions[0], sql="create or replace ...", comment="")
    assert "is null" in sql(diff(opened, Schema(functions=(edited,))))


def test_functions_that_call_each_other_go_unchecked() -> None:
    def call(me: str, other: str) -> Function:
        text = f"create or replace function public.{me}() ... language sql as 'public.{other}()'"
        return Function(Ref("public", me), (), "text", False, text.replace("'", "$$"))

    text = sql(diff(Schema(), Schema(functions=(call("a", "b"), call("b", "a")))))
    assert text.count("set check_function_bodies = off;") == 1
    assert text.count("reset check_function_bodies;") == 1
    chain = sql(diff(Schema(), Schema(functions=(call("a", "b"), call("b", "c")))))
    assert "check_function_bodies" not in chain
    assert chain.index("function public.b()") < chain.index("function public.a()")


def test_what_depends_on_a_replaced_function_comes_back() -> None:
    def schema(name: str) -> Schema:
        base = sample()
        ready = next(f for f in base.functions if f.ref.name == "is_ready")
        renamed = replace(
            ready,
            arguments=(Argument(name, "text"),),
            sql=ready.sql.replace("p_text", name),
        )
        return replace(base, functions=tuple(renamed if f is ready else f for f in base.functions))

    assert said(sample(), schema("p_other")) == [
        "drop the policy write own on public.clips",
        "drop the constraint clips_owner_check of clips",
        "drop the function private.is_ready(text)",
        "replace the function private.is_ready(text)",
        "add the constraint clips_owner_check to clips",
        "allow insert on public.clips: write own",
    ]


def test_usage_of_a_namespace_follows_callers_and_grants() -> None:
    secret = Table(Ref("private", "one"), (ID,), ("id",))
    closed = Schema(tables=(secret,))
    opened = replace(closed, grants=(Grant(secret.ref, "anon", "select"),))
    assert "grant usage on schema private to anon;" in sql(diff(closed, opened))
    assert "revoke usage on schema private from anon;" in sql(diff(opened, closed))

"""Policies and grants: altered in place where possible, and what widens is told."""

from __future__ import annotations

from dataclasses import replace

from archwright.migrate.hazards import Hazard
from archwright.schema.model import Bucket, Column, Grant, Policy, Ref, Schema
from schemas.differences import ONE, hazards, one, said


def _policy(text: str, command: str = "select", roles: tuple[str, ...] = ("anon",)) -> Schema:
    return replace(one(), policies=(Policy("p", ONE, command, roles, text),))


def test_policies_are_altered_in_place_where_that_is_possible() -> None:
    assert said(_policy("true"), _policy("id is null")) == [
        "change who may select on public.one: p"
    ]
    assert hazards(_policy("true"), _policy("id is null")) == [Hazard.ACCESS_WIDENED]
    assert said(_policy("true"), _policy("true", roles=("anon", "authenticated")))
    assert said(_policy("true"), _policy("true", "delete")) == [
        "drop the policy p on public.one",
        "allow delete on public.one: p",
    ]
    assert hazards(one(), _policy("true")) == [Hazard.ACCESS_WIDENED]
    assert hazards(Schema(), _policy("true")) == []


def test_policies_on_the_platform_widen_what_is_there() -> None:
    objects = Ref("storage", "objects")

    def files(bucket: str) -> Policy:
        return Policy(bucket, objects, "select", ("anon",), f"bucket_id = '{bucket}'")

    old = Schema(buckets=(Bucket("a", False, 1, ()),), policies=())
    both = (*old.buckets, Bucket("b", False, 1, ()))
    assert hazards(old, replace(old, buckets=both, policies=(files("b"),))) == []
    assert hazards(old, replace(old, policies=(files("a"),))) == [Hazard.ACCESS_WIDENED]


def _grants(*grants: Grant) -> Schema:
    return replace(one(Column("x", "text"), Column("y", "text")), grants=grants)


def test_grants() -> None:
    whole = _grants(Grant(ONE, "anon", "select"))
    some = _grants(Grant(ONE, "anon", "select", ("id", "x")))
    other = _grants(Grant(ONE, "anon", "select", ("x", "y")))
    assert said(whole, some) == [
        "revoke select on public.one from anon",
        "grant select on public.one (id, x) to anon",
    ]
    assert hazards(whole, some) == []
    assert said(some, whole)[0] == "revoke select on public.one (id, x) from anon"
    assert hazards(some, whole) == [Hazard.ACCESS_WIDENED]
    assert said(some, other) == [
        "revoke select on public.one (id) from anon",
        "grant select on public.one (y) to anon",
    ]
    assert said(some, _grants()) == ["revoke select on public.one (id, x) from anon"]


def test_a_grant_on_a_renewed_column_comes_again() -> None:
    def schema(text: str) -> Schema:
        column = Column("x", "text", not_null=False, generated=text)
        grants = (Grant(ONE, "anon", "select", ("x",)),)
        return replace(one(column), grants=grants)

    steps = said(schema("upper('a')"), schema("lower('a')"))
    assert steps == [
        "drop one.x",
        "add one.x",
        "grant select on public.one (x) to anon",
    ]

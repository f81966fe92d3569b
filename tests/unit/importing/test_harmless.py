"""Only what makes types, tables, keys and indexes is run; functions lose their bodies."""

from __future__ import annotations

import pytest

from archwright.importing.harmless import INERT, judge


@pytest.mark.parametrize(
    ("sql", "verdict"),
    [
        ("create table t (a int default f())", "run"),
        ("create type t as enum ('a')", "run"),
        ("create type t as (a int)", "run"),
        ("create domain d as int", "run"),
        ("create sequence s", "run"),
        ("alter sequence s owned by t.a", "run"),
        ("create unique index i on t (a)", "run"),
        ("alter table t add constraint c check (a > 0)", "run"),
        ("alter table t owner to x", "access"),
        ("alter table t enable row level security", "access"),
        ("alter table t replica identity full", "quiet"),
        ("comment on column t.a is 'x'", "run"),
        ("comment on extension x is 'y'", "quiet"),
        ("create schema s", "run"),
        ("create schema public", "quiet"),
        ("create schema auth", "platform"),
        ("create schema s create table t (a int)", "left out"),
        ("create table auth.users (id int)", "platform"),
        ("create type auth.t as enum ('a')", "platform"),
        ("create extension citext with schema public", "extension"),
        ("insert into t select pg_sleep(10)", "rows"),
        ("copy t from program 'id'", "rows"),
        ("grant select on t to x", "access"),
        ("create role x superuser", "access"),
        ("alter role postgres superuser", "access"),
        ("set role postgres", "quiet"),
        ("set session authorization postgres", "quiet"),
        ("set search_path = x", "run"),
        ("select pg_catalog.set_config('search_path', '', false)", "run"),
        ("select set_config('role', 'x', false)", "quiet"),
        ("select set_config('search_path', lo_import('/etc/passwd')::text, false)", "quiet"),
        ("select setval('s', 1)", "quiet"),
        ("select pg_read_file('/etc/passwd')", "left out"),
        ("do $$ begin perform 1; end $$", "left out"),
        ("create table t as select pg_sleep(10)", "left out"),
        ("create view v as select 1", "left out"),
        ("create trigger t before insert on a execute function f()", "left out"),
        ("create policy p on t using (true)", "left out"),
        ("create function auth.f() returns int language sql as 'select 1'", "platform"),
        ("create procedure p() language sql as 'select 1'", "left out"),
        ("create foreign table f (a int) server s", "left out"),
        ("alter system set x = 1", "left out"),
        ("drop table t", "run"),
        ("alter table t rename to u", "run"),
        ("alter table t set schema auth", "left out"),
        ("begin", "quiet"),
        ("ceate table t (a int)", "broken"),
    ],
)
def test_a_verdict(sql: str, verdict: str) -> None:
    assert judge(sql).verdict == verdict


def test_a_function_keeps_its_head_only() -> None:
    sql = (
        "create function public.f(a int default 1, out b text) returns text language plperlu"
        " immutable strict security definer set role = postgres as 'unlink @files'"
    )
    judged = judge(sql)
    assert judged.verdict == "run"
    assert "unlink" not in judged.sql
    assert "definer" not in judged.sql.lower()
    assert "role" not in judged.sql.lower()
    assert "plperl" not in judged.sql
    assert INERT.replace("'", "''") in judged.sql or INERT in judged.sql
    assert "immutable" in judged.sql.lower()


def test_places_of_columns() -> None:
    sql = "create table t (\n  a int,\n  b text\n)"
    judged = judge(sql)
    lines = {name: sql.count("\n", 0, offset) for name, offset in judged.names}
    assert lines == {"public.t": 0, "public.t.a": 1, "public.t.b": 2}
    assert judge("create function f() returns int language sql return 1").names == (
        ("public.f", 0),
    )

"""The SQL text of each object, as the app's owner reads it."""

from __future__ import annotations

import pytest

from archwright.schema import render, sql_text
from archwright.schema.model import (
    Argument,
    Bucket,
    Check,
    Column,
    Enum,
    Exclusion,
    ForeignKey,
    Function,
    Grant,
    Index,
    Policy,
    Ref,
    Table,
    Trigger,
    Unique,
)

CLIPS = Ref("public", "clips")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("clips", "clips"),
        ("order", '"order"'),
        ("Clips", '"Clips"'),
        ("may see", '"may see"'),
        ('a"b', '"a""b"'),
        ("1st", '"1st"'),
        ("", '""'),
    ],
)
def test_identifiers_are_quoted_where_needed(name: str, text: str) -> None:
    assert sql_text.ident(name) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [("it's", "'it''s'"), ("a\\b", "e'a\\\\b'"), ("'; drop table x --", "'''; drop table x --'")],
)
def test_literals_are_escaped(value: str, text: str) -> None:
    assert sql_text.literal(value) == text


def test_constraint_names_fit_into_an_identifier() -> None:
    assert sql_text.constraint_name("clips", "pkey") == "clips_pkey"
    long = sql_text.constraint_name("ä" * 40, "pkey")
    assert len(long.encode()) <= 63
    assert long.endswith("_pkey")


def test_a_table_has_aligned_columns_constraints_and_comments() -> None:
    table = Table(
        CLIPS,
        (
            Column("id", "uuid", default="gen_random_uuid()"),
            Column("caption", "text", comment="It's said"),
            Column("mood", "mood", not_null=False, enum="mood"),
            Column("moods", "mood[]", enum="mood", default="'{}'"),
            Column("upper", "text", not_null=False, generated="upper(caption)"),
        ),
        ("id",),
        checks=(Check("clips_caption_check", "caption <> ''"),),
        uniques=(Unique("clips_caption_key", ("caption", "order")),),
        foreign_keys=(ForeignKey("clips_id_fkey", ("id",), Ref("auth", "users"), ("id",)),),
        exclusions=(Exclusion("clips_excl", "gist", (("id", "="),), "id is not null"),),
        comment="A clip",
    )
    assert (
        render.table(table)
        == """\
create table public.clips (
  id       uuid           not null default gen_random_uuid(),
  caption  text           not null,
  mood     public.mood,
  moods    public.mood[]  not null default '{}',
  upper    text           generated always as (upper(caption)) stored,
  primary key (id),
  constraint clips_caption_key unique (caption, "order"),
  constraint clips_caption_check check (caption <> ''),
  constraint clips_excl exclude using gist (id with =) where (id is not null),
  constraint clips_id_fkey foreign key (id) references auth.users (id) on delete cascade
);
comment on table public.clips is 'A clip';
comment on column public.clips.caption is 'It''s said';"""
    )


def test_keys_that_wait_that_empty_one_column_and_that_take_nulls_for_alike() -> None:
    key = ForeignKey(
        "fk", ("a", "b"), CLIPS, ("id", "b"), "set null", set_null=("a",), deferred=True
    )
    assert render.constraint(key) == (
        "constraint fk foreign key (a, b)\n"
        "  references public.clips (id, b) on delete set null (a) deferrable initially deferred"
    )
    assert (
        render.constraint(Unique("u", ("a", "b"), nulls_equal=True))
        == "constraint u unique nulls not distinct (a, b)"
    )


def test_long_constraints_take_lines_of_their_own() -> None:
    words = " and ".join(f"column_number_{n} is not null" for n in range(4))
    assert render.constraint(Check("c", words)) == f"constraint c check (\n  {words}\n)"
    key = ForeignKey("k" * 50, ("one", "two"), Ref("public", "others"), ("a", "b"), "no action")
    assert render.constraint(key).splitlines() == [
        f"constraint {'k' * 50} foreign key (one, two)",
        "  references public.others (a, b)",
    ]
    elements = (("column_number_0", "="), ("column_number_1", "&&"))
    exclusion = render.constraint(Exclusion("e", "gist", elements, "column_number_1 is not null"))
    assert max(map(len, exclusion.splitlines())) <= 100


def test_enums() -> None:
    assert (
        render.enum(Enum("mood", ("a", "b's"))) == "create type public.mood as enum ('a', 'b''s');"
    )
    many = render.enum(Enum("mood", tuple(f"value_{n}" for n in range(20))))
    assert many.splitlines()[:2] == ["create type public.mood as enum (", "  'value_0',"]


def test_indexes() -> None:
    assert (
        render.index(Index("i", CLIPS, ("at desc", "id desc")))
        == "create index i on public.clips (at desc, id desc);"
    )
    partial = Index("i", CLIPS, ("words",), "gin", unique=True, where="ok")
    assert render.index(partial).splitlines() == [
        "create unique index i",
        "  on public.clips using gin (words)",
        "  where ok;",
    ]


def test_a_function_is_closed_then_opened_to_its_callers() -> None:
    function = Function(
        Ref("private", "f"),
        (Argument("a", "text"), Argument("b", "integer", True)),
        "void",
        False,
        "create or replace function private.f(a text, b integer default 1) ...",
        ("service_role", "authenticated"),
        comment="Does",
    )
    assert render.function(function).splitlines() == [
        "create or replace function private.f(a text, b integer default 1) ...;",
        "comment on function private.f(text, integer) is 'Does';",
        "revoke execute on function private.f(text, integer)"
        " from public, anon, authenticated, service_role;",
        "grant execute on function private.f(text, integer) to authenticated, service_role;",
    ]


def test_policies() -> None:
    short = Policy("may see", CLIPS, "select", ("authenticated", "anon"), "true")
    assert render.policy(short).splitlines() == [
        'create policy "may see" on public.clips',
        "  for select",
        "  to anon, authenticated",
        "  using (true);",
    ]
    long = Policy("p", CLIPS, "update", ("authenticated",), "a\nand b", "c")
    assert render.policy(long).splitlines()[3:] == [
        "  using (",
        "    a",
        "    and b",
        "  )",
        "  with check (c);",
    ]


def test_grants_of_one_role_share_a_statement() -> None:
    values = (
        Grant(CLIPS, "anon", "select"),
        Grant(CLIPS, "authenticated", "select"),
        Grant(CLIPS, "authenticated", "delete"),
        Grant(CLIPS, "authenticated", "insert", ("order", "caption")),
    )
    assert render.grants(values).splitlines() == [
        "grant select on public.clips to anon;",
        "grant select, delete on public.clips to authenticated;",
        'grant insert (caption, "order") on public.clips to authenticated;',
    ]


def test_buckets_have_limits() -> None:
    text = render.bucket(Bucket("avatars", True, 5, ("image/png", "image/webp")))
    assert "values ('avatars', 'avatars', true, 5, array['image/png', 'image/webp'])" in text
    assert "false, 5, null)" in render.bucket(Bucket("any", False, 5, ()))


def test_the_rest() -> None:
    assert (
        render.extension("citext")
        == "create extension if not exists citext with schema extensions;"
    )
    assert render.trigger(Trigger("t", CLIPS, "create trigger t ...\n")) == "create trigger t ...;"
    assert render.row_level_security(CLIPS) == "alter table public.clips enable row level security;"
    assert render.table_comment(CLIPS, "") == "comment on table public.clips is null;"

"""Declared moves of data on the real PostgreSQL: what rows hold afterwards, and on the way back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest

from archwright.adapters.postgres.database import EmbeddedPostgres
from archwright.migrate.compare import differences, snapshot
from archwright.migrate.diff import diff
from archwright.migrate.files import to_files
from archwright.migrate.in_use import in_use
from archwright.migrate.moves import Conversion, Moves, Replacement, Reshape, ToMany, check_moves
from archwright.migrate.reversal import reversed_plan
from archwright.proof.database import apply
from archwright.schema.model import Column, Enum, ForeignKey, Ref, Schema, Table

pytestmark = pytest.mark.live
PEOPLE, TAGS, LINKS = (Ref("public", n) for n in ("people", "tags", "people_tags"))
ID = Column("id", "bigint")
SPLIT = Reshape(
    PEOPLE,
    ("name",),
    (("first", "split_part(name, ' ', 1)"), ("last", "split_part(name, ' ', 2)")),
    (("name", "first || ' ' || last"),),
)
MANY = ToMany(PEOPLE, "tag_id", LINKS, "person_id", "tag_id")


def schema(*columns: Column, linked: bool = False) -> Schema:
    tag = ForeignKey("people_tag_id_fkey", ("tag_id",), TAGS, ("id",))
    own = () if linked else (Column("tag_id", "bigint"),)
    people = Table(PEOPLE, (ID, *own, *columns), ("id",), foreign_keys=() if linked else (tag,))
    links = Table(
        LINKS,
        (Column("person_id", "bigint"), Column("tag_id", "bigint")),
        ("person_id", "tag_id"),
        foreign_keys=(
            ForeignKey("people_tags_person_id_fkey", ("person_id",), PEOPLE, ("id",)),
            ForeignKey("people_tags_tag_id_fkey", ("tag_id",), TAGS, ("id",)),
        ),
    )
    tags = Table(TAGS, (ID,), ("id",))
    return Schema(tables=(people, tags, *((links,) if linked else ())))


NAME, FIRST, LAST = Column("name", "text"), Column("first", "text"), Column("last", "text")
ROWS = """
insert into public.tags select i from generate_series(1, 5) as i;
insert into public.people (id, tag_id, name)
  select i, i % 5 + 1, 'A' || i || ' B' || i from generate_series(1, 50) as i;
"""


@contextmanager
def filled(database: EmbeddedPostgres, old: Schema, rows: str) -> Iterator[str]:
    with database.scratch() as name:
        assert not apply(database, name, to_files(diff(Schema(), old), 1))
        with database.connect(name) as connection:
            connection.execute(rows.encode())
        yield name


def ask(database: EmbeddedPostgres, name: str, query: str) -> list[Any]:
    with database.connect(name) as connection:
        return connection.execute(query.encode()).fetchall()


def catalogue(database: EmbeddedPostgres, name: str) -> dict[tuple[str, str], str]:
    with database.connect(name) as connection:
        return snapshot(connection, ("public",))


def fresh(database: EmbeddedPostgres, wanted: Schema) -> dict[tuple[str, str], str]:
    with filled(database, wanted, "select") as name:
        return catalogue(database, name)


@pytest.mark.parametrize("used", [False, True])
def test_a_column_is_split_and_joined_again(database: EmbeddedPostgres, used: bool) -> None:
    old, new = schema(NAME), schema(FIRST, LAST)
    moves = Moves(reshapes=(SPLIT,))
    assert check_moves(old, new, moves) == ()
    steps = diff(old, new, moves=moves)
    steps = in_use(steps, old, new) if used else steps
    everyone = "select id, name from public.people order by id"
    with filled(database, old, ROWS) as name:
        before, rows = catalogue(database, name), ask(database, name, everyone)
        assert not apply(database, name, to_files(steps, 2))
        assert not differences(catalogue(database, name), fresh(database, new))
        found = ask(database, name, "select first, last from public.people where id = 7")
        assert found == [("A7", "B7")]
        back = reversed_plan(steps, old)
        assert "the values of public.people.name" not in back.lost
        assert not apply(database, name, to_files(back.operations, 20))
        assert not differences(catalogue(database, name), before)
        assert ask(database, name, everyone) == rows


def test_columns_are_merged(database: EmbeddedPostgres) -> None:
    old, new = schema(FIRST, LAST), schema(NAME)
    merge = Reshape(PEOPLE, ("first", "last"), (("name", "concat_ws(' ', first, last)"),))
    rows = ROWS.replace("name)", "first, last)").replace(" || ' B'", ", 'B'")
    with filled(database, old, rows) as name:
        assert not apply(
            database, name, to_files(diff(old, new, moves=Moves(reshapes=(merge,))), 2)
        )
        assert ask(database, name, "select name from public.people where id = 7") == [("A7 B7",)]
        assert not differences(catalogue(database, name), fresh(database, new))


@pytest.mark.parametrize("used", [False, True])
def test_one_becomes_many_and_one_again(database: EmbeddedPostgres, used: bool) -> None:
    old, new = schema(NAME), schema(NAME, linked=True)
    moves = Moves(to_many=(MANY,))
    assert check_moves(old, new, moves) == ()
    steps = diff(old, new, moves=moves)
    steps = in_use(steps, old, new) if used else steps
    everyone = "select id, tag_id from public.people order by id"
    with filled(database, old, ROWS) as name:
        before, rows = catalogue(database, name), ask(database, name, everyone)
        assert not apply(database, name, to_files(steps, 2))
        assert not differences(catalogue(database, name), fresh(database, new))
        moved = "select person_id, tag_id from public.people_tags order by person_id"
        assert ask(database, name, moved) == rows
        back = reversed_plan(steps, old)
        assert any(text.startswith("all but one") for text in back.lost)
        assert not apply(database, name, to_files(back.operations, 20))
        assert not differences(catalogue(database, name), before)
        assert ask(database, name, everyone) == rows


def test_a_removed_value_is_replaced(database: EmbeddedPostgres) -> None:
    state = Column("state", "state", enum="state", default="'new'")
    states = Column("states", "state[]", enum="state", default="'{}'")
    old = replace(schema(state, states), enums=(Enum("state", ("new", "gone", "old")),))
    new = replace(old, enums=(Enum("state", ("new", "old")),))
    rows = ROWS.replace("name)", "state, states)").replace(
        "'A' || i || ' B' || i",
        "'gone'::public.state, '{new,gone}'::public.state[]",
    )
    moves = Moves(replacements=(Replacement("state", "gone", "old"),))
    assert check_moves(old, new, moves) == ()
    with filled(database, old, rows) as name:
        (refused,) = apply(database, name, to_files(diff(old, new), 2))
        assert "gone" in refused.message
        assert not apply(database, name, to_files(diff(old, new, moves=moves), 2))
        held = ask(database, name, "select distinct state::text, states::text from public.people")
        assert held == [("old", "{new,old}")]
        assert not differences(catalogue(database, name), fresh(database, new))


@pytest.mark.parametrize(
    ("old", "value", "new", "using", "kept"),
    [
        ("numeric", "1.5", "integer", "floor(x)::integer", "1"),
        ("text", "'007'", "integer", "x::integer", "7"),
        ("text", "'abc'", "character varying(2)", "left(x, 2)", "ab"),
        ("timestamp with time zone", "'2026-01-01 12:00'", "date", "x::date", "2026-01-01"),
        ("bigint", "16777217", "real", "x::real", "1.6777216e+07"),
        ("integer", "5", "boolean", "x > 0", "true"),
        ("numeric(6,2)", "1.25", "numeric(6,1)", "round(x, 1)", "1.3"),
    ],
)
def test_a_conversion_that_would_change_values_is_refused_unless_declared(
    database: EmbeddedPostgres, old: str, value: str, new: str, using: str, kept: str
) -> None:
    before, after = schema(Column("x", old)), schema(Column("x", new))
    rows = ROWS.replace("name)", "x)").replace("'A' || i || ' B' || i", value)
    moves = Moves(conversions=(Conversion(PEOPLE, "x", using),))
    with filled(database, before, rows) as name:
        (refused,) = apply(database, name, to_files(diff(before, after), 2))
        assert f"public.people.x holds values that {new} would change" in refused.message
        assert ask(database, name, "select count(*) from public.people") == [(50,)]
        assert not apply(database, name, to_files(diff(before, after, moves=moves), 2))
        assert ask(database, name, "select distinct x::text from public.people") == [(kept,)]
        assert not differences(catalogue(database, name), fresh(database, after))


@pytest.mark.parametrize(
    ("old", "value", "new"),
    [
        ("numeric", "2", "integer"),
        ("text", "'7'", "bigint"),
        ("text", "'ab'", "character varying(2)"),
        ("character varying(2)", "'ab'", "text"),
        ("numeric(6,2)", "1.25", "numeric(9,2)"),
        ("json", """'{"a": 1}'""", "jsonb"),
        ("text", "'550E8400-e29b-41d4-a716-446655440000'", "uuid"),
    ],
)
def test_a_conversion_that_keeps_values(
    database: EmbeddedPostgres, old: str, value: str, new: str
) -> None:
    before, after = schema(Column("x", old)), schema(Column("x", new))
    rows = ROWS.replace("name)", "x)").replace("'A' || i || ' B' || i", value)
    with filled(database, before, rows) as name:
        assert not apply(database, name, to_files(diff(before, after), 2))
        assert ask(database, name, "select count(x) from public.people") == [(50,)]

"""What is read of a live catalogue is the schema that made it, and makes the same one again."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from archwright.adapters.postgres.database import EmbeddedPostgres
from archwright.compiler import Compiled
from archwright.introspect.catalogue import introspect, server_version
from archwright.introspect.found import Introspected
from archwright.migrate.apply import normal
from archwright.migrate.compare import Snapshot, differences, snapshot
from archwright.migrate.diff import diff
from archwright.migrate.files import to_files
from archwright.schema.model import Check, Function, Schema
from schemas.sample import sample

pytestmark = pytest.mark.live

SOURCES = Path(__file__).parents[1] / "sources"
_BODY = re.compile(r"\$(\w*)\$(.*)\$\1\$", re.DOTALL)


def make(database: EmbeddedPostgres, name: str, schema: Schema) -> None:
    for file in to_files(diff(Schema(), schema), 1):
        with database.connect(name) as connection:
            connection.execute(file.sql.encode())


def read(database: EmbeddedPostgres, name: str) -> tuple[Introspected, Snapshot]:
    with database.connect(name) as connection:
        return introspect(connection), snapshot(connection)


def told(schema: Schema) -> Schema:
    """Leave out how SQL and types are spelt; of functions the bodies stay, which are but text."""

    def function(value: Function) -> Function:
        body = _BODY.search(value.sql)
        returns = "record" if value.returns_table else value.returns
        return replace(value, sql=body.group(2) if body else "", returns=returns)

    return replace(
        schema,
        extensions=(),
        tables=tuple(
            replace(
                t,
                columns=tuple(
                    replace(
                        c,
                        type=c.type.rpartition(".")[2],
                        default="" if c.default is not None else None,
                        generated="" if c.generated is not None else None,
                    )
                    for c in t.columns
                ),
                checks=tuple(Check(c.name, "") for c in t.checks),
                exclusions=tuple(replace(e, where=None, elements=()) for e in t.exclusions),
            )
            for t in schema.tables
        ),
        # whether a job has run at once cannot be seen
        jobs=tuple(replace(j, at_once=False) for j in schema.jobs),
        indexes=tuple(
            replace(i, where="" if i.where else None, columns=tuple(len(i.columns) * " "))
            for i in schema.indexes
        ),
        functions=tuple(function(f) for f in schema.functions),
        triggers=tuple(replace(t, sql="") for t in schema.triggers),
        policies=tuple(
            replace(
                p,
                using="" if p.using is not None else None,
                check="" if p.check is not None else None,
            )
            for p in schema.policies
        ),
    )


def assert_round_trip(database: EmbeddedPostgres, schema: Schema) -> None:
    schema = normal(schema)
    with database.scratch() as first, database.scratch() as second:
        make(database, first, schema)
        found, before = read(database, first)
        assert not found.remarks
        assert set(schema.extensions) <= set(found.schema.extensions)
        assert told(found.schema) == told(schema)
        make(database, second, found.schema)
        again, after = read(database, second)
    assert not differences(before, after)
    assert again == found


def test_the_flagship_round_trips(database: EmbeddedPostgres, flagship: Compiled) -> None:
    assert_round_trip(database, flagship.architecture.schema)


def test_every_part_of_the_model_round_trips(database: EmbeddedPostgres) -> None:
    assert_round_trip(database, sample())


def test_a_schema_that_others_wrote(database: EmbeddedPostgres) -> None:
    with database.scratch() as name:
        with database.connect(name) as connection:
            connection.execute((SOURCES / "library.sql").read_bytes())
        found, _ = read(database, name)
    tables = {str(t.ref): t for t in found.schema.tables}
    assert "archive.loan_event_2026" not in tables
    assert tables["archive.loan_event"].primary_key == ("loan_id", "at")
    length = tables["public.book"].column("title_length")
    assert length is not None
    assert length.generated == "char_length(title)"
    said = {str(remark) for remark in found.remarks}
    assert "column public.book.book_id: is numbered by identity (always)" in said
    assert tables["archive.loan_event"].partition_by == "at"
    assert not any("loan_event_2026" in remark for remark in said)
    assert "table public.book: has no row-level security" in said
    assert {column for _, column in found.numbered} == {
        *("branch_id", "author_id", "book_id", "copy_id", "reader_id", "loan_id")
    }


ODD = """
create schema sales;
create type sales.mood as enum ('good', 'bad');
create type public.pair as (a integer, b integer);
create domain public.positive as integer check (value > 0);
create sequence public.ticket;
create unlogged table public.thing (
  id serial primary key,
  mood sales.mood not null default 'good',
  size public.positive,
  name text collate "C",
  other integer references public.thing on update cascade deferrable,
  second integer references public.thing match full deferrable initially deferred,
  unique (name) include (size),
  constraint thing_size_check check (size < 10) no inherit
);
create table public.part () inherits (public.thing);
alter table public.thing force row level security;
alter table public.thing add constraint later check (size <> 5) not valid;
create index thing_mood on public.thing (mood desc nulls last, lower(name) collate "C")
  include (size) with (fillfactor = 70);
create unique index thing_alike on public.thing (other) nulls not distinct;
create view public.seen as select id from public.thing;
create function public.noted() returns trigger language plpgsql as 'begin return new; end';
create trigger noted before update on public.thing for each row execute function public.noted();
alter table public.thing disable trigger noted;
create procedure public.done() language sql as 'select 1';
create aggregate public.total (integer) (sfunc = int4pl, stype = integer);
create policy narrow on public.thing as restrictive for all using (true);
create rule quiet as on delete to public.thing do instead nothing;
grant select on public.thing to anon with grant option;
insert into storage.buckets (id, name) values ('any', 'any');
comment on index public.thing_mood is 'by mood';
comment on constraint later on public.thing is 'since 2026';
comment on policy narrow on public.thing is 'all';
comment on trigger noted on public.thing is 'off';
comment on schema sales is 'Sales';
"""


def test_what_the_model_cannot_hold_is_a_remark(database: EmbeddedPostgres) -> None:
    with database.scratch() as name:
        with database.connect(name) as connection:
            connection.execute(ODD.encode())
        found, _ = read(database, name)
        with database.connect(name) as connection:
            assert server_version(connection) >= 150000
    assert {str(r) for r in found.remarks} >= {
        "type sales.mood: an enumeration outside of public: good, bad",
        "composite type public.pair: has no counterpart",
        "domain public.positive: columns of it are read as integer",
        "column public.thing.size: has the domain public.positive, read as integer",
        "sequence public.ticket: stands alone and has no counterpart",
        "column public.thing.id: is numbered by a sequence",
        "column public.thing.name: has a collation of its own",
        "table public.thing: is unlogged",
        "table public.thing: has no row-level security",
        "table public.thing: forces row-level security on its owner",
        "table public.part: inherits from another table",
        "constraint public.thing.thing_other_fkey: acts on update: cascade",
        "constraint public.thing.thing_other_fkey: may wait for the end of the transaction",
        "constraint public.thing.thing_second_fkey: matches full",
        "constraint public.thing.thing_size_check: is not inherited",
        "constraint public.thing.later: is not validated",
        "constraint public.thing.thing_name_size_key: includes columns that are no part of its key",
        "index public.thing_mood: includes columns that are no part of its key",
        "index public.thing_mood: has storage parameters",
        "index public.thing_alike: takes nulls for equal",
        "view public.seen: has no counterpart",
        "trigger public.thing.noted: is disabled",
        "procedure public.done(): has no counterpart",
        "aggregate public.total(integer): has no counterpart",
        "policy public.thing.narrow: is restrictive",
        "rule public.thing.quiet: has no counterpart",
        "grant public.thing: anon may pass select on to others",
        "bucket any: has no limit on the size of a file",
    }
    thing = found.schema.table("thing")
    assert thing is not None
    assert [k.deferred for k in thing.foreign_keys] == [False, True]
    assert len(found.schema.comments) == 5
    mood = next(i for i in found.schema.indexes if i.name == "thing_mood")
    assert mood.columns == ("mood desc nulls last", 'lower(name) collate "C"')

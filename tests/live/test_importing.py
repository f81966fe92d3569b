"""Dumps and live databases become Blueprints whose schema applies; a hostile dump does nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from archwright.adapters.postgres.database import EmbeddedPostgres
from archwright.adapters.postgres.outside import reading
from archwright.blueprint.model import Blueprint
from archwright.catalog.load import load_catalog
from archwright.compiler import make_plan
from archwright.diagnostics import Severity
from archwright.importing.dump import from_dump
from archwright.importing.postgres import from_introspected
from archwright.importing.source import Source
from archwright.importing.translate import FEATURES, Imported, translate
from archwright.introspect.catalogue import introspect
from archwright.migrate.diff import diff
from archwright.migrate.files import to_files
from archwright.schema.model import Schema

pytestmark = pytest.mark.live
SOURCES = Path(__file__).parents[1] / "sources"


def taken() -> frozenset[str]:
    packs = load_catalog()[0]
    return frozenset(n for p in ("foundation", *FEATURES) for n in packs[p].manifest.tables)


def applied(database: EmbeddedPostgres, blueprint: Blueprint) -> Schema:
    """Apply an imported app's schema and return what is in the database then."""
    plan, problems = make_plan(blueprint, load_catalog()[0])
    assert plan is not None, problems
    with database.scratch() as name:
        for file in to_files(diff(Schema(), plan.architecture.schema), 1):
            with database.connect(name) as connection:
                connection.execute(file.sql.encode())
        with database.connect(name) as connection:
            return introspect(connection).schema


def assert_all_there(source: Source, made: Imported, schema: Schema) -> None:
    """Every table, column and foreign key is there again, or named in a diagnostic."""
    assert made.blueprint is not None
    assert made.became is not None
    said = "\n".join(d.message for d in made.diagnostics)
    there = {f"{t.ref.name}.{c.name}" for t in schema.tables for c in t.columns}
    there |= {c.rpartition("_id")[0] for c in there if c.endswith("_id")} | {
        t.ref.name for t in schema.tables
    }
    names = {e.name: e for e in made.blueprint.entities}
    for table in source.tables:
        assert table.name in made.became or f"{table.name} becomes" in said
        for column in table.columns:
            at = f"{table.name}.{column.name}"
            assert at in made.became or at in said, at
        for reference in table.references:
            place = made.became[f"{table.name}.{reference.columns[0]}"]
            entity, _, name = place.partition(".")
            if name:
                relation = next(r for r in names[entity].relations if r.name == name)
                assert relation.to == made.became[reference.table]
            else:  # links
                assert f"{table.name} becomes the many-to-many relation" in said
    wanted = sum(1 for e in names.values() for r in e.relations if r.kind != "many_to_many")
    keys = [k for t in schema.tables for k in t.foreign_keys if t.ref.schema == "public"]
    assert len(keys) >= wanted


@pytest.mark.parametrize("name", ["shop", "saas", "library"])
def test_a_dump_becomes_an_app(database: EmbeddedPostgres, name: str) -> None:
    text = (SOURCES / f"{name}.sql").read_text(encoding="utf-8")
    source = from_dump(database, text, f"{name}.sql")
    made = translate(source, taken())
    assert made.blueprint is not None, made.diagnostics
    assert all(d.place.line for d in made.diagnostics), [
        str(d) for d in made.diagnostics if not d.place.line
    ]
    assert_all_there(source, made, applied(database, made.blueprint))


def test_a_live_database_is_read_and_not_written(database: EmbeddedPostgres) -> None:
    with database.scratch() as name:
        with database.connect(name) as connection:
            connection.execute((SOURCES / "saas.sql").read_bytes())
        with reading(database.url(name)) as connection:
            found = introspect(connection)
            with pytest.raises(Exception, match="AW-6206"), reading(database.url(name)) as other:
                other.execute("create table public.mine ()")
        made = translate(from_introspected(found, name), taken())
    assert made.blueprint is not None
    issue = next(e for e in made.blueprint.entities if e.name == "Issue")
    assert {r.name: r.kind for r in issue.relations} == {
        "assignee": "belongs_to",
        "reporter": "belongs_to",
        "parent": "tree",
        "project": "belongs_to",
        "watchers": "many_to_many",
    }
    assert issue.unique == (("project", "number"),)
    points = next(a for a in issue.attributes if a.name == "points")
    assert (points.minimum, points.maximum) == (0, 100)


OWNED = """
create table public.notes (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references auth.users (id) on delete cascade,
  title text not null,
  created_at timestamptz not null default now()
);
create table public.tasks (
  id uuid primary key default gen_random_uuid(),
  org_id uuid not null,
  note_id uuid not null references public.notes (id),
  unique (org_id, id)
);
"""


def test_what_belongs_to_an_account_is_owned(database: EmbeddedPostgres) -> None:
    made = translate(from_dump(database, OWNED, "notes.sql"), taken())
    assert made.blueprint is not None, made.diagnostics
    note, task = made.blueprint.entities
    assert (note.owned, task.owned) == (True, False)
    assert note.access is not None
    assert note.access.select == "owner"
    assert [a.name for a in note.attributes] == ["title"]
    # an account can be deleted, and its notes go: nothing may hold them fast
    assert task.relations[0].on_delete == "cascade"
    assert any("owner" in a.what for a in made.blueprint.assumptions)
    applied(database, made.blueprint)


HOSTILE = """
create function public.bad() returns integer language plpgsql immutable as $$
begin
  perform pg_sleep(60);
  execute 'alter role postgres superuser';
  return 1;
end $$;
do $$ begin perform pg_sleep(60); end $$;
create table public.good (id integer primary key);
copy public.good from program 'touch owned';
select pg_read_file('/etc/passwd');
select lo_import('/etc/passwd');
alter role postgres superuser;
set session authorization postgres;
create extension dblink;
create table public.stolen as select * from pg_authid;
insert into public.good values (public.bad());
create table public."x""; drop table public.good; --" (
  "a'b" text default $q$'); drop table public.good; --$q$,
  primary key ("a'b")
);
comment on table public.good is 'it''s; drop table public.good; --';
"""


def test_a_hostile_dump_runs_none_of_its_code(database: EmbeddedPostgres) -> None:
    source = from_dump(database, HOSTILE, "bad.sql")
    made = translate(source, taken())
    assert made.blueprint is not None, made.diagnostics
    assert [t.name for t in source.tables] == ["good", 'x"; drop table public.good; --']
    assert next(t for t in source.tables if t.name == "good").comment.startswith("it's; drop")
    with database.connect("postgres", superuser=True) as connection:
        query = "select rolsuper from pg_roles where rolname = 'postgres'"
        assert connection.execute(query).fetchone() == (False,)
        strangers = "select count(*) from pg_roles where rolname like 'import%%'"
        assert connection.execute(strangers).fetchone() == (0,)
    said = {d.place.line for d in made.diagnostics}
    assert {2, 8, 11, 12, 15, 16} <= said
    applied(database, made.blueprint)


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("create table t (a int);\ncreate table t (a int);", "AW-1411", 2),
        ("create table t (\n  a int,\n  b colour\n);", "AW-1411", 3),
        ("create table t (a int references gone);", "AW-1411", 1),
        ("create table t (a int default f());\n", "AW-1411", 1),
        ("create table t (a int", "AW-1403", 1),
        ("CREATE TABLE `t` (`a` int) ENGINE=InnoDB;", "AW-1403", 1),
        ("create extension postgis;\ncreate table t (a geometry);", "AW-1411", 2),
        ("select 1;\n\\! id\n", "AW-1412", 2),
        ("-- nothing", "AW-1410", 0),
    ],
)
def test_a_mistake_has_its_line(
    database: EmbeddedPostgres, text: str, code: str, line: int
) -> None:
    made = translate(from_dump(database, text, "x.sql"))
    errors = [d for d in made.diagnostics if d.severity is Severity.ERROR]
    assert [(d.code, d.place.line) for d in errors[:1]] == [(code, line)], errors


def test_no_more_errors_than_people_read(database: EmbeddedPostgres) -> None:
    text = "\n".join(f"create table t{n} (a nothing);" for n in range(50))
    made = translate(from_dump(database, text, "x.sql"))
    assert len(made.diagnostics) == 10


TENANTS = """
create table public.tenants (id uuid primary key default gen_random_uuid(), name text not null);
create table public.projects (
  tenant_id uuid not null references public.tenants on delete cascade,
  id uuid not null default gen_random_uuid() primary key,
  unique (tenant_id, id)
);
create table public.tasks (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null references public.tenants on delete cascade,
  project_id uuid not null,
  after_id uuid not null references public.tasks,
  label varchar(20) unique,
  foreign key (tenant_id, project_id) references public.projects (tenant_id, id) on delete cascade
);
create table public.eggs (id uuid primary key default gen_random_uuid(), hen uuid not null,
  note text not null default 3, kind text not null default now()::text);
create table public.hens (id uuid primary key default gen_random_uuid(),
  egg uuid not null references public.eggs deferrable initially deferred);
alter table public.eggs add foreign key (hen) references public.hens on delete set null;
create table public.egg_hens (egg uuid references public.eggs on delete cascade,
  hen uuid references public.hens on delete restrict, primary key (egg, hen));
create table public.outside (at point, tags text[] default '{a}', ids uuid[] not null,
  exclude using gist (at with ~=));
create extension hstore with schema public;
create unlogged table public.bags (bag public.hstore, many integer unique,
  size integer check (size in (1, 2)), primary key (many));
"""


def test_rows_agree_on_what_they_share(database: EmbeddedPostgres) -> None:
    source = from_dump(database, TENANTS, "tenants.sql")
    made = translate(source, taken())
    assert made.blueprint is not None, made.diagnostics
    names = {e.name: e for e in made.blueprint.entities}
    task = {r.name: r for r in names["Task"].relations}
    assert task["project"].within == "tenant"
    assert task["project"].on_delete == "cascade"
    assert (task["after"].required, task["after"].on_delete) == (False, "set null")
    # hens and eggs need each other: the one that waits for the end of a transaction still does
    assert [names[n].relations[0].deferred for n in ("Egg", "Hen")] == [False, True]
    assert names["Egg"].relations[1].on_delete == "restrict"
    said = "\n".join(str(d) for d in made.diagnostics)
    for word in ("exclusion", "outside.at", "bags.bag", "is unlogged", "{a}", "bags_size_check"):
        assert word in said
    schema = applied(database, made.blueprint)
    tasks = schema.table("tasks")
    assert tasks is not None
    assert ("tenant_id", "project_id") in {k.columns for k in tasks.foreign_keys}


PASSING = """
drop table public.gone;
create function public.f(a nothing) returns integer language sql as 'select 1';
create table public.a (id integer primary key, old text);
create index on public.a using gin (old nothing_ops);
comment on column public.a.gone is 'x';
alter table public.a rename to b;
alter table public.b rename column old to new;
create table public.c (id integer primary key);
drop table public.c;
"""


def test_what_is_no_part_of_a_blueprint_may_fail(database: EmbeddedPostgres) -> None:
    made = translate(from_dump(database, PASSING, "x.sql"))
    assert made.blueprint is not None, made.diagnostics
    (entity,) = made.blueprint.entities
    assert [a.name for a in entity.attributes] == ["new"]
    lines = {d.place.line for d in made.diagnostics if d.code == "AW-1406"}
    assert lines == {3, 5, 6}

"""A live database and an app's files: what differs is found, named, and can be mended both ways."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from typer.testing import CliRunner, Result

from archwright.adapters.postgres.database import EmbeddedPostgres
from archwright.adapters.postgres.outside import reading
from archwright.blueprint.codec import dump
from archwright.blueprint.model import App, Attribute, Blueprint, Entity, FeatureUse, Relation
from archwright.catalog.load import load_catalog
from archwright.cli.exit_codes import Exit
from archwright.cli.main import app
from archwright.compiler import make_plan
from archwright.diagnostics import DiagnosticError
from archwright.drift.history import recorded
from archwright.drift.objects import drifts
from archwright.introspect.catalogue import introspect
from archwright.migrate.diff import diff
from archwright.migrate.files import to_files
from archwright.preview.database import migrate
from archwright.preview.drift import Examined, examine
from archwright.preview.project import Project
from archwright.schema.model import Schema

pytestmark = pytest.mark.live

RECIPES = Blueprint(
    app=App(name="Recipes", slug="recipes"),
    features=(FeatureUse(use="auth"), FeatureUse(use="profiles")),
    entities=(
        Entity(
            name="Recipe",
            attributes=(
                Attribute(name="title", required=True, maximum=80),
                Attribute(name="servings", type="integer", minimum=1, maximum=50),
                Attribute(name="level", type="enum", values=("easy", "hard"), default="easy"),
            ),
        ),
        Entity(
            name="Step",
            attributes=(Attribute(name="text", required=True),),
            relations=(Relation(name="recipe", to="Recipe"),),
        ),
    ),
)


def schema_of(blueprint: Blueprint) -> Schema:
    plan, problems = make_plan(blueprint, load_catalog()[0])
    assert plan is not None, problems
    return plan.architecture.schema


@dataclass
class Bench:
    """An app's folder, and a database made from it, only to be cloned."""

    database: EmbeddedPostgres
    project: Project
    name: str

    def examined(self, name: str) -> Examined:
        with reading(self.database.url(name)) as connection:
            live, record = introspect(connection), recorded(connection)
        return examine(self.database, self.project, RECIPES, live, record)

    def after(self, sql: str) -> Examined:
        """Examine the database after some statements of somebody's."""
        with self.database.scratch(self.name) as name:
            self.run(name, sql)
            return self.examined(name)

    def run(self, name: str, sql: str) -> None:
        with self.database.connect(name) as connection:
            connection.execute(sql.encode())


@pytest.fixture(scope="module")
def bench(database: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    root = tmp_path_factory.mktemp("recipes")
    (root / "supabase/migrations").mkdir(parents=True)
    first = Blueprint(app=RECIPES.app, features=RECIPES.features, entities=(RECIPES.entities[0],))
    steps = (diff(Schema(), schema_of(first)), diff(schema_of(first), schema_of(RECIPES)))
    for number, operations in enumerate(steps, 1):
        for file in to_files(operations, number * 10):
            (root / "supabase/migrations" / file.filename).write_text(file.sql, encoding="utf-8")
    project = Project(root)
    with database.scratch() as name:
        assert not migrate(database, name, project.migrations()).diagnostics
        yield Bench(database, project, name)


def shown(found: Examined) -> set[tuple[str, str, str]]:
    return {(d.what, d.kind, d.name) for d in found.drift}


def test_none(bench: Bench) -> None:
    found = bench.examined(bench.name)
    assert found.drift == ()
    assert found.migration.scripts == ()
    assert found.proposal is None
    assert str(found.history) == "both have the same migrations"


DRIFTED = """
alter table public.recipes add column calories integer not null default 0;
alter table public.recipes alter column title drop not null;
alter table public.recipes drop column servings cascade;
create table public.notes (id uuid primary key default gen_random_uuid(), said text not null,
  recipe_id uuid references public.recipes (id) on delete cascade);
drop index public.recipes_owner_id_created_at_id_idx;
create index mine on public.recipes (title);
alter table public.steps disable row level security;
drop policy "members may insert" on public.recipes;
create policy open on public.recipes for select to anon using (true);
grant update on public.recipes to anon;
alter type public.recipe_level add value 'daring';
create function public.f() returns integer language sql as 'select 1';
create trigger t before update on public.recipes for each row
  execute function private.touch_updated_at();
alter table public.steps disable trigger user;
create view public.titles as select title from public.recipes;
update storage.buckets set public = not public;
comment on column public.recipes.title is 'what it is called';
"""


def test_each_kind_is_found_and_mended(bench: Bench) -> None:
    with bench.database.scratch(bench.name) as name:
        bench.run(name, DRIFTED)
        found = bench.examined(name)
        told = shown(found)
        assert told >= {
            ("unknown here", "column", "public.recipes.calories"),
            ("different", "column", "public.recipes.title"),
            ("missing there", "column", "public.recipes.servings"),
            ("missing there", "constraint", "public.recipes.recipes_servings_check"),
            ("unknown here", "table", "public.notes"),
            ("unknown here", "index", "public.mine"),
            ("unknown here", "table, more", "public.steps"),
            ("missing there", "policy", "public.recipes.members may insert"),
            ("unknown here", "policy", "public.recipes.open"),
            ("different", "grant", "public.recipes to anon"),
            ("unknown here", "trigger, more", "public.steps.steps_touch"),
            ("different", "bucket", "avatars"),
            ("different", "type", "public.recipe_level"),
            ("unknown here", "function", "public.f()"),
            ("unknown here", "trigger", "public.recipes.t"),
            ("unknown here", "view, more", "public.titles"),
        }
        assert not any(t[2].startswith("public.notes.") for t in told)
        assert not any("storage." in t[2] or "auth." in t[2] for t in told)
        assert any("notes" in h for h in found.migration.hazards)
        assert found.migration.beyond == ("only there: view public.titles: has no counterpart",)
        # nothing was applied; what is offered mends it once somebody runs it
        assert shown(bench.examined(name)) == told
        bench.run(name, "drop view public.titles")
        for script in found.migration.scripts:
            bench.run(name, script)
        again = bench.examined(name)
        assert again.drift == (), [str(d) for d in again.drift]


def test_the_blueprint_can_follow(bench: Bench) -> None:
    found = bench.after(DRIFTED)
    assert found.proposal is not None
    recipe = next(e for e in found.proposal.blueprint.entities if e.name == "Recipe")
    by_name = {a.name: a for a in recipe.attributes}
    assert list(by_name) == ["title", "level", "calories"]
    assert by_name["title"].required is False
    assert by_name["title"].maximum == 80
    assert by_name["title"].comment == "what it is called"
    assert by_name["level"].values == ("easy", "hard", "daring")
    assert (by_name["calories"].type, by_name["calories"].default) == ("integer", 0)
    note = next(e for e in found.proposal.blueprint.entities if e.name == "Note")
    assert [(r.name, r.to, r.required) for r in note.relations] == [("recipe", "Recipe", False)]
    assert "the entity Note comes" in found.proposal.changes
    beyond = "\n".join(found.proposal.beyond)
    for word in ("policy public.recipes.open", "function public.f()", "view, more", "grant"):
        assert word in beyond
    made, problems = make_plan(found.proposal.blueprint, load_catalog()[0])
    assert made is not None, problems
    table = made.architecture.schema.table("recipes")
    assert table is not None
    assert {c.name for c in table.columns} >= {"calories", "title"}
    assert table.column("servings") is None


def test_who_is_ahead(bench: Bench) -> None:
    record = "supabase_migrations.schema_migrations"
    newest = bench.project.migrations()[-1]
    ahead = bench.after(f"insert into {record} values ('20990101000000', array['x'], 'y')")
    assert ahead.history.foreign == ("20990101000000",)
    changed = bench.after(f"update {record} set statements = array['select 1']")
    assert changed.history.changed
    unknown = bench.after(f"truncate {record}")
    assert not unknown.history.known
    with bench.database.scratch() as name:
        files = bench.project.migrations()[:1]
        assert not migrate(bench.database, name, files).diagnostics
        bench.run(name, "alter table public.recipes add column calories integer")
        behind = bench.examined(name)
        assert behind.history.pending == (newest.filename,)
        assert shown(behind) == {("unknown here", "column", "public.recipes.calories")}
        for script in behind.migration.scripts:
            bench.run(name, script)
        with reading(bench.database.url(name)) as connection:
            live = introspect(connection)
        with reading(bench.database.url(bench.name)) as connection:
            assert drifts(live, introspect(connection)) == ()


def test_the_command(bench: Bench, tmp_path: Path) -> None:
    root, sql, yaml = bench.project.root, tmp_path / "to.sql", tmp_path / "new.yaml"
    (root / "blueprint.yaml").write_text("# mine\n" + dump(RECIPES), encoding="utf-8")

    def run(name: str, *more: object) -> Result:
        words = ["doctor", root, "--db", bench.database.url(name), *more]
        return CliRunner().invoke(app, [str(w) for w in words])

    same = run(bench.name)
    assert same.exit_code == 0, same.output
    assert "no drift" in same.stdout
    with bench.database.scratch(bench.name) as name:
        bench.run(name, DRIFTED)
        found = run(name, "--sql", sql, "--blueprint", yaml)
        told = json.loads(run(name, "--json").stdout)
        password = urlsplit(bench.database.url(name)).password
        assert password is not None
        assert password not in found.output
        wrong = bench.database.url(name).replace(password, "hunter2")
        refused = CliRunner().invoke(app, ["doctor", str(root), "--db", wrong])
    assert found.exit_code == Exit.PROOF
    assert "nothing was applied" in found.stdout
    assert "public.recipes.calories" in found.stdout
    assert "drop table public.notes" in sql.read_text(encoding="utf-8")
    text = yaml.read_text(encoding="utf-8")
    assert "# mine" in text
    assert "name: calories" in text
    assert {d["what"] for d in told["drift"]} == {"missing there", "unknown here", "different"}
    assert told["to_database"]["scripts"]
    assert told["to_blueprint"]["changes"]
    assert isinstance(refused.exception, DiagnosticError)
    assert [d.code for d in refused.exception.diagnostics] == ["AW-6203"]
    assert "hunter2" not in str(refused.exception)


def test_entities_go_and_keys_change(bench: Bench) -> None:
    found = bench.after(
        """
        drop table public.steps;
        alter table public.recipes add unique (title, servings);
        comment on table public.recipes is 'What is cooked';
        """
    )
    assert found.proposal is not None
    assert [e.name for e in found.proposal.blueprint.entities] == ["Recipe"]
    (recipe,) = found.proposal.blueprint.entities
    assert recipe.unique == (("title", "servings"),)
    assert recipe.unique_nulls == "distinct"
    assert recipe.comment == "What is cooked"
    assert "the entity Step goes" in found.proposal.changes
    made, problems = make_plan(found.proposal.blueprint, load_catalog()[0])
    assert made is not None, problems

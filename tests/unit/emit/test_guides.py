"""README and AGENTS of the emitted app."""

from __future__ import annotations

from pathlib import Path

from archwright.emit.guides import CHECKS, agents_file, readme_file
from archwright.plan.restrict import Node, restrict
from archwright.schema.model import Schema
from subjects.tiny import FULL, app_of, blueprint, head, packs_with, use, with_specs, write

APP = app_of(FULL)
README = readme_file(APP, Schema()).text


def test_the_readme_leads_from_nothing_to_a_running_app() -> None:
    steps = [
        "npm install",
        "npx supabase start",
        "cp .env.example .env.local",
        "npm run dev",
        "npx supabase link",
        "npx supabase db push",
        "npm run build",
        "select id, 'admin' from auth.users",
        CHECKS,
    ]
    places = [README.index(step) for step in steps]
    assert places == sorted(places)
    assert "mara@example.com" in README


def test_the_readme_says_how_the_app_is_changed() -> None:
    assert README.index("archwright build --out .") > README.index("Edit it, then run here")
    assert "`archwright check .`" in README


def test_a_feature_has_one_line_with_all_that_it_is_on() -> None:
    assert README.count("- **Likes**") == 1
    assert "- **Likes** on clips and comments: " in README
    assert "Foundation" not in README


def test_what_is_not_built_is_not_promised() -> None:
    first = restrict(FULL, APP.expansion, [Node("foundation", "data")])
    assert "mara@example.com" not in readme_file(first, Schema()).text
    assert "/admin/roles" not in README


def test_what_is_tried_in_a_browser_is_told_once_it_is_there(tmp_path: Path) -> None:
    assert "e2e" not in README + agents_file(APP).text
    whole = app_of(FULL, with_specs(tmp_path))
    assert "`npm run e2e`" in readme_file(whole, Schema()).text
    assert "e2e/fixtures.ts" in agents_file(whole).text


def test_files_of_the_sample_people_are_told_where_packs_have_some(tmp_path: Path) -> None:
    assert "archwright dev .  " in README
    assert "puts them in place" not in README
    path = "samples/pictures/00000000-0000-4000-8000-000000000001/one.png"
    more = """
[tables.shots]
comment = "Shots"
owner = "owner_id"

[tables.shots.columns]
id = "uuid = gen_random_uuid()"
owner_id = "uuid = auth.uid() -> profiles cascade"
path = "text(1..300)?"

[buckets.pictures]
limit = 500
types = ["image/png"]

[samples.pictures]
named_in = ["shots.path"]
"""
    write(tmp_path / "mine", {path: b"\x89PNG\r\n\x1a\n"})
    packs = packs_with(tmp_path, mine={"pack.toml": head("mine") + more})
    whole = app_of(blueprint(use("profiles"), use("mine")), packs)
    assert "`archwright dev` puts them in place" in readme_file(whole, Schema()).text


def test_agents_hear_what_is_derived_and_what_to_run() -> None:
    text = agents_file(APP).text
    assert "src/lib/database.types.ts" in text
    assert CHECKS in text

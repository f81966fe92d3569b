"""The harness against supabase-js: what it answers, and what it refuses, persona by persona."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from archwright.ports import Database, Toolchain
from harness import Harness, run_node

pytestmark = pytest.mark.live

CHECKS = Path(__file__).parents[1] / "harness" / "checks"


@dataclass(frozen=True, slots=True)
class World:
    """A harness over the checks' schema with two members in it."""

    harness: Harness
    env: dict[str, str]


@pytest.fixture(scope="module")
def template(database: Database) -> Iterator[str]:
    """A database with the checks' schema, to be cloned."""
    with database.scratch() as name:
        with database.connect(name) as connection:
            connection.execute((CHECKS / "schema.sql").read_text())
            connection.commit()
        yield name


@pytest.fixture
def world(database: Database, template: str) -> Iterator[World]:
    """A fresh copy of the schema, seeded, with a running harness."""
    with (
        database.scratch(template) as name,
        Harness(database.url(name, superuser=True)) as harness,
    ):
        users = {who: harness.user(f"{who}@example.com") for who in ("ann", "bob", "ghost", "bad")}
        with database.connect(name, superuser=True) as connection:
            seed = (CHECKS / "seed.sql").read_text().encode()
            psycopg.ClientCursor(connection).execute(seed, users)
            connection.execute("delete from auth.users where id = %s", (users["ghost"],))
            connection.execute(
                "update auth.users set banned_until = 'infinity' where id = %s", (users["bad"],)
            )
            connection.commit()
        expired = harness.keys.sign({"sub": users["ann"], "role": "authenticated"}, seconds=-60)
        ids = {
            **users,
            **{f"{who}Token": harness.token(user) for who, user in users.items()},
            "expiredToken": expired,
            "hastyToken": harness.token(users["ann"], role="anon"),
            "serviceKey": harness.service_key,
        }
        yield World(harness, {**harness.env(), "WORLD": json.dumps(ids)})


def failures(toolchain: Toolchain, name: str, env: dict[str, str]) -> tuple[int, dict[str, str]]:
    """Run a file of checks: how many there were, and why some failed."""
    files = {"world.mjs": (CHECKS / "world.mjs").read_text()}
    results = run_node(toolchain, (CHECKS / f"{name}.mjs").read_text(), env, files=files)
    return len(results), {check: said for check, said in results.items() if said != "ok"}


@pytest.mark.parametrize(
    ("name", "least"),
    [("read", 40), ("embed", 25), ("write", 28), ("functions", 15), ("storage", 17)],
)
def test_supabase_js_gets_what_the_platform_would_answer(
    toolchain: Toolchain, world: World, name: str, least: int
) -> None:
    count, failed = failures(toolchain, name, world.env)
    assert not failed, "\n".join(f"{check}: {said}" for check, said in failed.items())
    assert count >= least


def test_a_check_that_fails_is_seen(toolchain: Toolchain, world: World) -> None:
    script = """
    import assert from 'node:assert/strict';
    import { check } from './harness.mjs';
    import { anon } from './world.mjs';
    await check('wrong', async () => assert.equal((await anon.from('videos').select()).status, 1));
    await check('right', async () => assert.ok(true));
    """
    files = {"world.mjs": (CHECKS / "world.mjs").read_text()}
    results = run_node(toolchain, script, world.env, files=files)
    assert results["right"] == "ok"
    assert "200 !== 1" in results["wrong"]


def test_a_dropped_policy_shows_in_the_answers(
    toolchain: Toolchain, world: World, database: Database
) -> None:
    script = """
    import { report } from './harness.mjs';
    import { anon } from './world.mjs';
    report((await anon.from('videos').select('id')).data.length);
    """
    files = {"world.mjs": (CHECKS / "world.mjs").read_text()}
    assert run_node(toolchain, script, world.env, files=files) == 2
    with world.harness.superuser() as connection:
        connection.execute("alter policy videos_read on public.videos using (true)")
    assert run_node(toolchain, script, world.env, files=files) == 3


def test_a_new_table_is_seen_after_a_reload(toolchain: Toolchain, world: World) -> None:
    script = """
    import { report } from './harness.mjs';
    import { anon } from './world.mjs';
    report((await anon.from('extra').select()).status);
    """
    files = {"world.mjs": (CHECKS / "world.mjs").read_text()}
    with world.harness.superuser() as connection:
        connection.execute("create table public.extra (id int)")
        connection.execute("grant select on public.extra to anon")
    assert run_node(toolchain, script, world.env, files=files) == 404
    world.harness.reload()
    assert run_node(toolchain, script, world.env, files=files) == 200

"""What supabase-js gets from the gateway, persona by persona, over row-level security."""

from __future__ import annotations

from typing import Any

import pytest

from archwright.ports import Database, Toolchain
from harness import run_node

from .conftest import HERE, People

pytestmark = pytest.mark.live

WORLD = {"world.mjs": (HERE / "world.mjs").read_text()}


def reported(toolchain: Toolchain, people: People, script: str) -> Any:
    return run_node(toolchain, script, people.env, files=WORLD)


@pytest.mark.parametrize(
    ("name", "least"),
    [("read", 40), ("embed", 25), ("write", 28), ("functions", 15), ("storage", 17)],
)
def test_supabase_js_gets_what_the_platform_would_answer(
    toolchain: Toolchain, people: People, name: str, least: int
) -> None:
    results = reported(toolchain, people, (HERE / f"{name}.mjs").read_text())
    failed = [f"{check}: {said}" for check, said in results.items() if said != "ok"]
    assert not failed, "\n".join(failed)
    assert len(results) >= least


def test_a_check_that_fails_is_seen(toolchain: Toolchain, people: People) -> None:
    script = """
    import assert from 'node:assert/strict';
    import { check } from './harness.mjs';
    import { anon } from './world.mjs';
    await check('wrong', async () => assert.equal((await anon.from('videos').select()).status, 1));
    await check('right', async () => assert.ok(true));
    """
    results = reported(toolchain, people, script)
    assert results["right"] == "ok"
    assert "200 !== 1" in results["wrong"]


def test_a_dropped_policy_shows_in_the_answers(
    toolchain: Toolchain, people: People, database: Database
) -> None:
    script = """
    import { report } from './harness.mjs';
    import { anon } from './world.mjs';
    report((await anon.from('videos').select('id')).data.length);
    """
    assert reported(toolchain, people, script) == 2
    with database.connect(people.name) as connection:
        connection.execute("alter policy videos_read on public.videos using (true)")
    assert reported(toolchain, people, script) == 3

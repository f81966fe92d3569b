"""An app's own modules against the harness, in vitest: the recipe for scenario tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from archwright.ports import Database, Toolchain
from harness import Harness, run_vitest

pytestmark = pytest.mark.live

CHECKS = Path(__file__).parents[1] / "harness" / "checks"
APP = CHECKS / "app"


@pytest.fixture
def backend(database: Database) -> Iterator[Harness]:
    """The checks' schema with two members, served."""
    with (
        database.scratch() as name,
        database.connect(name) as owner,
        Harness(database.url(name, superuser=True)) as harness,
    ):
        owner.execute((CHECKS / "schema.sql").read_text())
        owner.commit()
        harness.reload()
        users = {who: harness.user(f"{who}@example.com") for who in ("ann", "bob")}
        with harness.superuser() as connection:
            seed = (CHECKS / "seed.sql").read_text().encode()
            psycopg.ClientCursor(connection).execute(seed, users)
        yield harness


def test_an_apps_api_functions_run_as_each_persona(toolchain: Toolchain, backend: Harness) -> None:
    scenario = (CHECKS / "app.test.ts").read_text()
    runs = run_vitest(toolchain, APP, {"videos": scenario}, backend.env())
    assert [(run.name, run.status, run.failure) for run in runs] == [
        ("videos nobody sees what is not hidden", "passed", ""),
        ("videos the owner sees her draft and may rename", "passed", ""),
        ("videos another member may not rename", "passed", ""),
        ("videos nobody may not rename", "passed", ""),
    ]
    assert not (APP / "node_modules").exists()


def test_a_scenario_that_fails_or_does_not_load_is_seen(
    toolchain: Toolchain, backend: Harness
) -> None:
    wrong = """
    import { expect, test } from 'vitest';
    import { fetchVideos } from '@/features/videos/api';
    test('wrong', async () => expect(await fetchVideos()).toHaveLength(7));
    """
    broken = "import '@/features/none/api';"
    runs = run_vitest(toolchain, APP, {"a": wrong, "b": broken}, backend.env())
    assert [run.status for run in runs] == ["failed", "failed"]
    assert "length of 7" in runs[0].failure
    assert "@/features/none/api" in runs[1].failure


def test_an_app_without_its_environment_does_not_start(
    toolchain: Toolchain, backend: Harness
) -> None:
    scenario = (CHECKS / "app.test.ts").read_text()
    [run] = run_vitest(toolchain, APP, {"videos": scenario}, {})
    assert (run.status, "Invalid environment" in run.failure) == ("failed", True)

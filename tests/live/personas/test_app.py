"""An app's own modules against the gateway, in vitest: the recipe for scenario tests."""

from __future__ import annotations

import pytest

from archwright.ports import Toolchain
from harness import run_vitest

from .conftest import HERE, People

pytestmark = pytest.mark.live

APP = HERE / "app"
SCENARIO = (HERE / "app.test.ts").read_text()


def test_an_apps_api_functions_run_as_each_persona(toolchain: Toolchain, people: People) -> None:
    runs = run_vitest(toolchain, APP, {"videos": SCENARIO}, people.harness.env())
    assert [(run.name, run.status, run.failure) for run in runs] == [
        ("videos nobody sees what is not hidden", "passed", ""),
        ("videos the owner sees her draft and may rename", "passed", ""),
        ("videos another member may not rename", "passed", ""),
        ("videos nobody may not rename", "passed", ""),
    ]
    assert not (APP / "node_modules").exists()


def test_a_scenario_that_fails_or_does_not_load_is_seen(
    toolchain: Toolchain, people: People
) -> None:
    wrong = """
    import { expect, test } from 'vitest';
    import { fetchVideos } from '@/features/videos/api';
    test('wrong', async () => expect(await fetchVideos()).toHaveLength(7));
    """
    broken = "import '@/features/none/api';"
    runs = run_vitest(toolchain, APP, {"a": wrong, "b": broken}, people.harness.env())
    assert [run.status for run in runs] == ["failed", "failed"]
    assert "length of 7" in runs[0].failure
    assert "@/features/none/api" in runs[1].failure


def test_an_app_without_its_environment_does_not_start(toolchain: Toolchain) -> None:
    [run] = run_vitest(toolchain, APP, {"videos": SCENARIO}, {})
    assert (run.status, "Invalid environment" in run.failure) == ("failed", True)

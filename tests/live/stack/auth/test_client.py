"""supabase-js against the auth service, flow by flow."""

from __future__ import annotations

from pathlib import Path

import pytest

from archwright.ports import Toolchain
from harness import run_node

from ..conftest import World

pytestmark = pytest.mark.live

HERE = Path(__file__).parent


def outcomes(toolchain: Toolchain, world: World, script: str) -> dict[str, str]:
    env = {
        "VITE_SUPABASE_URL": world.url,
        "VITE_SUPABASE_PUBLISHABLE_KEY": world.keys.publishable,
        "SECRET": world.keys.secret,
    }
    files = {"totp.mjs": (HERE / "totp.mjs").read_text()}
    results: dict[str, str] = run_node(toolchain, (HERE / script).read_text(), env, files=files)
    return results


def test_every_flow_of_supabase_js(toolchain: Toolchain, accounts: World) -> None:
    results = outcomes(toolchain, accounts, "client.mjs")
    failed = {name: said for name, said in results.items() if said != "ok"}
    assert not failed, "\n".join(f"{name}: {said}" for name, said in failed.items())
    assert len(results) >= 34

"""supabase-js itself against the REST service."""

from __future__ import annotations

from pathlib import Path

import pytest

from archwright.ports import Toolchain
from harness import run_node

from ..conftest import World

pytestmark = pytest.mark.live

SCRIPT = Path(__file__).parent / "client.mjs"


def test_supabase_js_gets_what_its_documentation_says(toolchain: Toolchain, world: World) -> None:
    env = {
        "VITE_SUPABASE_URL": world.url,
        "VITE_SUPABASE_PUBLISHABLE_KEY": world.keys.publishable,
        "SECRET": world.keys.secret,
    }
    results = run_node(toolchain, SCRIPT.read_text(), env)
    assert {name: said for name, said in results.items() if said != "ok"} == {}
    assert len(results) > 50

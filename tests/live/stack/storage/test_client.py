"""supabase-js itself against storage."""

from __future__ import annotations

import base64
import gzip
from pathlib import Path

import pytest

from archwright.ports import Toolchain
from harness import run_node

from ..conftest import ANN, World
from .conftest import picture

pytestmark = pytest.mark.live

SCRIPT = Path(__file__).parent / "client.mjs"


def test_supabase_js_gets_what_its_documentation_says(toolchain: Toolchain, store: World) -> None:
    env = {
        "VITE_SUPABASE_URL": store.url,
        "VITE_SUPABASE_PUBLISHABLE_KEY": store.keys.publishable,
        "SECRET": store.keys.secret,
        "TOKEN": store.token(),
        "USER": ANN,
        "PNG": base64.b64encode(picture(40, 20)).decode(),
        "GZIP": base64.b64encode(gzip.compress(b"packed")).decode(),
    }
    results = run_node(toolchain, SCRIPT.read_text(), env)
    failed = [f"{name}: {said}" for name, said in results.items() if said != "ok"]
    assert not failed, "\n".join(failed)
    assert len(results) == 12

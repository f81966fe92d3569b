"""What the bundle gate makes of a manifest; real builds are in tests/live."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

from archwright.proof.bundle import OUT, BundleGate, lazy_modules
from archwright.proof.gate import Evidence
from subjects.canned import Canned, said
from subjects.small_app import sources, subject

MAIN = {"file": "assets/main.js", "isEntry": True, "imports": ["_vendor.js"], "css": ["a.css"]}
GOOD: dict[str, dict[str, Any]] = {
    "index.html": MAIN,
    "_vendor.js": {"file": "assets/vendor.js"},
    "src/pages/home.tsx": {"file": "assets/home.js", "isDynamicEntry": True},
    "src/pages/about.tsx": {"file": "assets/about.js", "isDynamicEntry": True},
}


def build(tmp_path: Path, manifest: object, main: bytes = b"x", vendor: bytes = b"y") -> Evidence:
    def act(folder: Path) -> None:
        dist = folder / OUT
        (dist / ".vite").mkdir(parents=True, exist_ok=True)
        (dist / "assets").mkdir(exist_ok=True)
        for name in ("home", "about"):
            (dist / f"assets/{name}.js").write_text(name)
        (dist / "assets/main.js").write_bytes(main)
        (dist / "assets/vendor.js").write_bytes(vendor)
        (dist / "a.css").write_text("a {}")
        if manifest is not None:
            (dist / ".vite/manifest.json").write_text(json.dumps(manifest))

    tools = Canned(said(), act)
    return BundleGate().check(subject(tmp_path, sources(), toolchain=tools))


def test_sizes_and_chunks(tmp_path: Path) -> None:
    evidence = build(tmp_path, GOOD)
    assert evidence.diagnostics == ()
    assert evidence.facts["chunks"] == 4
    assert evidence.facts["lazy_modules"] == 2
    total = evidence.facts["total_bytes"]
    assert isinstance(total, int)
    assert total > len("xyhomeabouta {}")


def test_two_pages_in_one_chunk(tmp_path: Path) -> None:
    shared = {**GOOD, "src/pages/about.tsx": {"file": "assets/home.js", "isDynamicEntry": True}}
    (found,) = build(tmp_path, shared).diagnostics
    assert found.message == "src/pages/home.tsx shares its chunk with src/pages/about.tsx"
    assert found.place.source == "src/main.tsx"


def test_a_start_that_is_too_large(tmp_path: Path) -> None:
    noise = random.Random(1).randbytes
    (found,) = build(tmp_path, GOOD, noise(210 * 1024)).diagnostics
    assert found.message == "the entry chunk is 210 KB compressed; at most 200 KB"
    (found,) = build(tmp_path, GOOD, vendor=noise(310 * 1024)).diagnostics
    assert found.message.startswith("the scripts before the first page are 310 KB compressed")
    evidence = build(tmp_path, GOOD, noise(190 * 1024), vendor=noise(90 * 1024))
    assert evidence.passed


def test_no_manifest(tmp_path: Path) -> None:
    (found,) = build(tmp_path, None).diagnostics
    assert (found.code, "build.manifest" in found.message) == ("AW-5190", True)


def test_lazy_modules_are_found_by_every_spelling(tmp_path: Path) -> None:
    files = {
        "src/app/routes.tsx": "lazy: () => import('@/pages/a'), import(\"./b\"), import('../c')",
        "src/app/b/index.tsx": "",
        "src/pages/a.tsx": "",
        "src/c.ts": "import('react'); import('@/nowhere')",
        "src/x.test.ts": "import('@/pages/x')",
        "src/pages/x.ts": "",
    }
    routes = "src/app/routes.tsx"
    assert lazy_modules(subject(tmp_path, files)) == {
        "src/app/b/index.tsx": routes,
        "src/c.ts": routes,
        "src/pages/a.tsx": routes,
    }

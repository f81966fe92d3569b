"""A finished app proven again as it lies in its folder: as it was built, and with a hand edit."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from archwright.adapters.disk import Folder
from archwright.build.check import check_app, read_app
from archwright.build.stage import Stage
from archwright.diagnostics import Severity, has_errors
from archwright.proof.gate import Evidence
from archwright.proof.prover import GateProver
from subjects.builds import tree
from subjects.real_builds import BROKEN, RealBench, catalog_with

pytestmark = pytest.mark.live


def check(out: Path, bench: RealBench) -> list[Evidence]:
    app, problems = read_app(Folder(out), catalog_with(BROKEN / "boards"))
    assert app is not None, problems
    stage = Stage(bench.root / "check", bench.toolchain.node_modules())
    with stage, GateProver(bench.toolchain, bench.postgres) as prover:
        return check_app(app, prover, stage, bench.toolchain, bench.postgres, lambda *_: None)


def test_as_it_was_built_and_edited_by_hand(
    base_app: Path, bench: RealBench, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    shutil.copytree(base_app, out, symlinks=True)
    before = tree(out)
    evidence = check(out, bench)
    told = [d for e in evidence if e.gate != "database" for d in e.diagnostics]
    assert [str(d) for d in told if d.severity is not Severity.NOTE] == []
    assert not any(has_errors(e.diagnostics) for e in evidence)
    ran = {e.gate for e in evidence if not e.skipped}
    assert ran >= {"database", "access matrix", "query plans", "types", "lint", "unit", "bundle"}
    assert tree(out) == before

    page = out / "src/features/boards/boards-help-page.tsx"
    page.write_text(page.read_text().replace("boards.help", "boards.halp"))
    grant = out / "supabase/migrations/20990101000000_mine.sql"
    grant.write_text("alter table public.boards disable row level security;\n")
    failed = {e.gate: e.diagnostics for e in check(out, bench) if not e.passed}
    assert failed.keys() == {"database", "types"}
    assert failed["types"][0].place.source == "src/features/boards/boards-help-page.tsx"
    assert "boards" in str(failed["database"])

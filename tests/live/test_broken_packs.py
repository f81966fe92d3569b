"""Packs that are broken in SQL, access, TypeScript or a test are rolled back by the real gates."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from archwright.build.runner import Outcome
from archwright.cli.exit_codes import Exit, code_of
from archwright.diagnostics import Diagnostic
from subjects.builds import app_tree
from subjects.real_builds import BROKEN, RealBench, catalog_with, platform, told

pytestmark = pytest.mark.live


@dataclass
class Trial:
    """A copy of the finished base app, to which one broken pack is added."""

    bench: RealBench
    out: Path

    def add(self, pack: str) -> Outcome:
        catalog = catalog_with(BROKEN / "boards", BROKEN / pack)
        return self.bench.build(self.out, platform("boards", pack), catalog)

    def failure(self, pack: str) -> Diagnostic:
        """Add a pack that must fail in one gate and leave no trace; return its finding."""
        before, databases = app_tree(self.out), self.bench.databases()
        outcome = self.add(pack)
        stands = outcome.phases
        assert not outcome.complete
        assert code_of(outcome.diagnostics) is Exit.PROOF
        assert app_tree(self.out) == before
        assert self.bench.databases() == databases
        name = f"phase-{stands + 1:02d}.failed.json"
        kept = json.loads((self.out / ".archwright/evidence" / name).read_text())
        failed = [gate for gate in kept["gates"] if not gate["passed"]]
        assert [d["code"] for d in failed[0]["diagnostics"]] == [
            d.code for d in outcome.diagnostics
        ]
        errors = [d for d in outcome.diagnostics if d.severity == "error"]
        assert len(failed) == 1, told(outcome)
        return errors[0]


@pytest.fixture
def trial(base_app: Path, bench: RealBench, tmp_path: Path) -> Trial:
    """Give a copy of the base app."""
    shutil.copytree(base_app, tmp_path / "out", symlinks=True)
    return Trial(bench, tmp_path / "out")


def test_broken_in_sql(trial: Trial) -> None:
    found = trial.failure("bad-sql")
    assert found.code == "AW-5109"
    assert found.place.source.startswith("supabase/migrations/")
    assert found.place.line > 1
    assert "is_polite" in found.message
    assert "packs/bad-sql" in found.hint


def test_broken_in_access(trial: Trial) -> None:
    found = trial.failure("bad-access")
    assert found.code == "AW-5121"
    assert "letters" in str(found)
    assert "select" in str(found)
    assert "packs/bad-access" in str(found)


def test_broken_in_typescript(trial: Trial) -> None:
    found = trial.failure("bad-types")
    assert (found.code, found.place.source) == ("AW-5103", "src/features/bad-types/label.ts")
    assert found.place.line == 3
    assert "packs/bad-types" in found.hint


def test_broken_in_a_test(trial: Trial) -> None:
    found = trial.failure("bad-test")
    assert (found.code, found.place.source) == ("AW-5105", "src/features/bad-test/double.test.ts")
    assert found.place.line == 5
    assert "expected 6 to be 4" in found.message
    assert "packs/bad-test" in found.hint


def test_an_unused_import_is_mended(trial: Trial) -> None:
    outcome = trial.add("unused-import")
    assert outcome.complete, told(outcome)
    text = (trial.out / "src/features/unused-import/pinned.tsx").read_text()
    assert [line for line in text.splitlines() if line.startswith("import")] == [
        "import { PinIcon } from 'lucide-react';",
        "import { useState } from 'react';",
    ]
    (repair,) = outcome.evidence[-1]["repairs"]
    assert repair["path"] == "src/features/unused-import/pinned.tsx"


def test_a_missing_import_is_mended(trial: Trial) -> None:
    outcome = trial.add("missing-import")
    assert outcome.complete, told(outcome)
    text = (trial.out / "src/features/missing-import/pinned.tsx").read_text()
    assert text.startswith(
        "import { PinIcon } from 'lucide-react';\n"
        "import { useState } from 'react';\n"
        "import { useSession } from '@/lib/session';\n"
    )
    (repair,) = outcome.evidence[-1]["repairs"]
    assert "added the missing import useSession" in repair["done"]

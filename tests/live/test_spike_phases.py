"""Twelve synthetic phases through all gates; then one more feature, as if it had always been."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from archwright.adapters.postgres.database import EmbeddedPostgres
from archwright.migrate.compare import compare
from subjects.builds import app_tree
from subjects.feature_packs import NAMES, feature_packs
from subjects.real_builds import BROKEN, RealBench, catalog_with, platform, told

pytestmark = pytest.mark.live

FIRST, LAST = NAMES[:-1], NAMES[-1]


@dataclass(frozen=True)
class Grown:
    """The finished app, the packs it is made of, and what each phase took."""

    out: Path
    packs: list[Path]
    phases: list[dict[str, Any]]


def features(names: tuple[str, ...]) -> list[str]:
    return ["boards", *(f"{name}s" for name in names)]


@pytest.fixture(scope="module")
def grown(base_app: Path, bench: RealBench, tmp_path_factory: pytest.TempPathFactory) -> Grown:
    """Give the base app with ten features more, and then with one more."""
    root = tmp_path_factory.mktemp("grown")
    packs = [BROKEN / "boards", *feature_packs(root / "packs")]
    out = root / "out"
    shutil.copytree(base_app, out, symlinks=True)
    for names in (FIRST, NAMES):
        outcome = bench.build(out, platform(*features(names)), catalog_with(*packs))
        assert outcome.complete, told(outcome)
    files = sorted((out / ".archwright/evidence").glob("phase-*.json"))
    return Grown(out, packs, [json.loads(path.read_text()) for path in files])


def test_twelve_phases_and_one_more(grown: Grown, capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        print()
        for phase in grown.phases:
            files = len(phase["new"]) + len(phase["changed"]) + len(phase["migrations"])
            took = {g["gate"]: g["seconds"] for g in phase["gates"] if not g["skipped"]}
            shown = " ".join(f"{gate} {seconds:.1f}" for gate, seconds in took.items())
            print(
                f"phase {phase['phase']:>2}: {files:>2} files, {sum(took.values()):.1f} s: {shown}"
            )
    assert len(grown.phases) >= 13
    for phase in grown.phases:
        assert phase["passed"]
        assert phase["repairs"] == []
        files = len(phase["new"]) + len(phase["changed"]) + len(phase["migrations"])
        assert 0 < files <= 20


def test_slots_are_filled_in_every_host(grown: Grown) -> None:
    for host, name in zip(("board", *NAMES), NAMES, strict=False):
        row = (grown.out / f"src/features/{host}s/{host}-row.tsx").read_text()
        assert f"<{name.title()}Mark />" in row
    layout = (grown.out / "src/app/layout.tsx").read_text()
    assert layout.count("sLink />") == len(NAMES) + 1


def test_every_phase_is_a_commit_of_its_own(grown: Grown) -> None:
    log = subprocess.run(
        ["git", "log", "--reverse", "--format=%s"],
        cwd=grown.out,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    assert [line.partition(":")[0] for line in log] == [
        f"Phase {number}" for number in range(1, len(grown.phases) + 1)
    ]
    status = ["git", "status", "--porcelain", "--untracked-files=all", "--", ".", ":!.archwright"]
    left = subprocess.run(status, cwd=grown.out, capture_output=True, text=True, check=True)
    assert left.stdout == ""


def test_the_same_as_fresh_builds_of_other_processes(
    grown: Grown, tmp_path: Path, database: EmbeddedPostgres
) -> None:
    """Gates change no bytes, so these builds are formatted and migrated, and not proven again."""
    outs = [tmp_path / "here/app", tmp_path / "a long way off/app"]
    for seed, out in enumerate(outs, start=1):
        script = "from subjects.fresh_build import main; main()"
        argv = [sys.executable, "-c", script, str(out), *map(str, grown.packs)]
        env = {
            **os.environ,
            "PYTHONHASHSEED": str(seed),
            "PYTHONPATH": str(Path(__file__).parents[1]),
        }
        done = subprocess.run(argv, env=env, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
    first, second = (app_tree(out) for out in outs)
    assert first == second
    assert without_migrations(first) == without_migrations(app_tree(grown.out))
    with database.scratch() as fresh, database.scratch() as evolved:
        for name, out in ((fresh, outs[0]), (evolved, grown.out)):
            with database.connect(name) as connection:
                for path in sorted((out / "supabase/migrations").glob("*.sql")):
                    connection.execute(path.read_text().encode())
        with database.connect(fresh) as one, database.connect(evolved) as two:
            assert compare(one, two) == []


def without_migrations(tree: dict[str, bytes]) -> dict[str, bytes]:
    return {p: b for p, b in tree.items() if not p.startswith("supabase/migrations/")}

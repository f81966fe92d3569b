"""The main job: one sentence becomes a proven short-video platform, through the command line."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from archwright.adapters.toolchain import PinnedToolchain
from archwright.blueprint.codec import load
from archwright.catalog.load import load_catalog
from archwright.compiler import compile_app, make_plan
from archwright.proof.format import FormatCache, format_drafts

pytestmark = pytest.mark.live
REQUEST = "Build a TikTok clone"
MAIN = "from archwright.cli.main import main; main()"
PERSONAS = {"anonymous", "member", "owner", "follower_of", "blocked_with", "moderator", "admin"}
APART = (".archwright/", ".git/")


def archwright(*arguments: str, seed: str = "1") -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own."""
    env = {**os.environ, "PYTHONHASHSEED": seed}
    command = [sys.executable, "-c", MAIN, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=env)


def tree(folder: Path) -> dict[str, str]:
    """Return path to digest of everything but history, journal and evidence."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not name.startswith(APART):
            found[name] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


@pytest.fixture(scope="module")
def planned() -> dict[str, Any]:
    done = archwright("plan", REQUEST, "--json")
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


@pytest.fixture(scope="module")
def clipster(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("flagship") / "clipster"
    done = archwright("build", REQUEST, "--out", str(out), "--json")
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    events = [json.loads(line) for line in done.stdout.splitlines()]
    assert (events[-1]["event"], events[-1]["complete"]) == ("result", True)
    return out


def test_the_plan_is_what_a_platform_needs(planned: dict[str, Any]) -> None:
    assert 10 <= planned["total_features"] <= 20
    assert all(feature["why"] for feature in planned["features"])
    assert len(planned["tables"]) >= 15
    assert planned["estimated_files"] >= 70
    assert all(phase["files"] <= 20 for phase in planned["phases"])
    assert planned["assumptions"]


def test_what_is_built_is_what_was_planned(planned: dict[str, Any], clipster: Path) -> None:
    assert sorted(tree(clipster)) == planned["files"]


def test_every_phase_has_passed_and_is_a_commit(planned: dict[str, Any], clipster: Path) -> None:
    evidence = sorted((clipster / ".archwright" / "evidence").glob("phase-*.json"))
    assert len(evidence) == len(planned["phases"])
    for path in evidence:
        record = json.loads(path.read_text())
        assert record["passed"]
        assert all(gate["passed"] for gate in record["gates"])
    last = {g["gate"]: g for g in json.loads(evidence[-1].read_text())["gates"]}
    ran = {name for name, gate in last.items() if not gate["skipped"]}
    wanted = {"database", "access matrix", "query plans", "drafts", "format", "types", "lint"}
    assert wanted | {"unit", "bundle", "unused"} <= ran
    matrix = last["access matrix"]["facts"]
    assert set(matrix["personas"]) >= PERSONAS
    assert matrix["tables"] == len(planned["tables"])
    assert len(matrix["cells"]) >= len(matrix["personas"]) * matrix["tables"] * 4
    assert [cell for cell in matrix["cells"] if cell["wrong"]] == []
    log = subprocess.run(
        ["git", "-C", str(clipster), "log", "--format=%s"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert len(log.stdout.splitlines()) == len(planned["phases"])
    status = subprocess.run(
        ["git", "-C", str(clipster), "status", "--porcelain"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert status.stdout == ""


def test_the_report_stands_alone(clipster: Path) -> None:
    report = (clipster / ".archwright" / "evidence" / "report.html").read_text()
    assert REQUEST in report
    assert report.count("<svg") >= 2
    assert 'src="http' not in report
    assert "<script src" not in report


def test_the_blueprint_compiles_to_the_same_app(clipster: Path, toolchain: PinnedToolchain) -> None:
    """Its files byte for byte; that another build's migrations are the same is a slow test."""
    blueprint, problems = load((clipster / "blueprint.yaml").read_text(), "blueprint.yaml")
    assert blueprint is not None, problems
    packs, problems = load_catalog()
    plan, problems = make_plan(blueprint, packs)
    assert plan is not None, problems
    compiled, problems = compile_app(plan.app)
    assert compiled is not None, problems
    drafts, problems = format_drafts(compiled.drafts, toolchain, FormatCache())
    assert problems == []
    assert {d.path for d in drafts} <= set(tree(clipster))
    assert [d.path for d in drafts if d.text != (clipster / d.path).read_text()] == []


def test_a_second_run_has_nothing_to_do(clipster: Path) -> None:
    before = tree(clipster)
    done = archwright("build", REQUEST, "--out", str(clipster), "--yes", seed="2")
    assert done.returncode == 0, done.stderr
    assert tree(clipster) == before


@pytest.mark.slow
def test_another_build_gives_the_same_bytes(clipster: Path, tmp_path: Path) -> None:
    out = tmp_path / "elsewhere" / "other"
    source = str(clipster / "blueprint.yaml")
    done = archwright("build", "--blueprint", source, "--out", str(out), "--yes", seed="77")
    assert done.returncode == 0, done.stderr
    assert tree(out) == tree(clipster)


@pytest.mark.slow
def test_check_proves_it_again(clipster: Path) -> None:
    done = archwright("check", str(clipster), "--json")
    assert done.returncode == 0, done.stdout[-3000:]
    assert json.loads(done.stdout)["passed"]

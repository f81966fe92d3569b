"""Golden cases: a Blueprint in, what is emitted out; ``make bless`` rewrites what is expected."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from subjects.tiny import catalog, plan_of

from archwright.blueprint.codec import load
from archwright.compiler import Compiled, Plan, compile_app
from archwright.migrate.diff import diff
from archwright.migrate.files import to_files
from archwright.schema.model import Schema

HERE = Path(__file__).parent
CASES = sorted(p.parent for p in HERE.glob("*/blueprint.yaml"))
BLESS = os.environ.get("ARCHWRIGHT_BLESS") == "1"
_LEFT = re.compile(r"(?<![a-z])things?(?![a-z])", re.IGNORECASE)


def compiled(case: Path) -> tuple[Plan, Compiled]:
    source = case / "blueprint.yaml"
    blueprint, problems = load(source.read_text(encoding="utf-8"), source.name)
    assert blueprint is not None, problems
    plan = plan_of(blueprint, catalog())
    found, problems = compile_app(plan.app)
    assert found is not None, problems
    assert problems == []
    return plan, found


def outcome(case: Path) -> dict[str, str]:
    """Return what a case expects, by path below ``expected``: schema, plan, kept files."""
    plan, found = compiled(case)
    migrations = to_files(diff(Schema(), found.architecture.schema), 1, "all", "The whole app")
    lines = []
    for phase in plan.phases:
        lines.append(f"phase {phase.number}: {phase.title} ({phase.size} files)")
        lines += [f"  {node}" for node in phase.nodes]
    lines.append("files:")
    lines += [f"  {draft.path}" for draft in found.drafts]
    result = {"schema.sql": "".join(m.sql for m in migrations), "plan.txt": "\n".join(lines) + "\n"}
    kept = (case / "kept.txt").read_text(encoding="utf-8").split()
    texts = {d.path: d.text for d in found.drafts}
    return result | {f"app/{path}": texts[path] for path in kept}


@pytest.mark.parametrize("case", CASES, ids=lambda p: p.name)
def test_the_case_gives_what_is_expected(case: Path) -> None:
    found = outcome(case)
    folder = case / "expected"
    if BLESS:
        for path in sorted(folder.rglob("*"), reverse=True):
            if path.is_file():
                path.unlink()
        for name, text in found.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
    there = {
        p.relative_to(folder).as_posix(): p.read_text(encoding="utf-8")
        for p in folder.rglob("*")
        if p.is_file()
    }
    assert there == found


@pytest.mark.parametrize("case", CASES, ids=lambda p: p.name)
def test_no_thing_is_left_over(case: Path) -> None:
    _, found = compiled(case)
    for draft in found.drafts:
        assert not _LEFT.search(draft.text), draft.path
        assert not _LEFT.search(draft.path)
    for function in found.architecture.schema.functions:
        assert not _LEFT.search(function.sql)


_DIGEST = """
import hashlib, sys
from pathlib import Path
sys.path[:0] = {paths!r}
from test_golden import outcome, compiled
case = Path({case!r})
parts = [repr(sorted(outcome(case).items()))]
plan, found = compiled(case)
parts += [repr(plan.phases), repr(found.architecture.schema), repr(found.drafts)]
print(hashlib.sha256("".join(parts).encode()).hexdigest())
"""


def test_another_process_with_another_hash_seed_emits_the_same_bytes() -> None:
    case = next(c for c in CASES if c.name == "two_targets")
    code = _DIGEST.format(paths=[str(HERE), str(HERE.parent)], case=str(case))
    digests = set()
    for seed in ("1", "4242"):
        run = subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        )
        digests.add(run.stdout)
    assert len(digests) == 1

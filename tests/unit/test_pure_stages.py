"""The stages that make an app: no clock, nothing random, nothing of the machine goes into it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import archwright

ROOT = Path(archwright.__file__).parent
STAGES = ("blueprint", "catalog", "intent", "check", "plan", "schema", "migrate", "emit")
MODULES = frozenset(
    "getpass locale os platform random secrets socket subprocess tempfile threading time".split()
)
CALLS = frozenset({"now", "today", "utcnow", "uuid1", "uuid4", "getenv", "cwd", "hash"})


def sources() -> list[Path]:
    found = [ROOT / "compiler.py"]
    for stage in STAGES:
        found += sorted((ROOT / stage).rglob("*.py"))
    return found


def impurities(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Import(names=names):
                yield from (n.name for n in names if n.name.split(".")[0] in MODULES)
            case ast.ImportFrom(module=str(name), level=0) if name.split(".")[0] in MODULES:
                yield name
            case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name)) if name in CALLS:
                yield f"{name}() in line {node.lineno}"


@pytest.mark.parametrize("path", sources(), ids=lambda p: p.relative_to(ROOT).as_posix())
def test_a_stage_depends_on_its_input_alone(path: Path) -> None:
    assert list(impurities(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "source",
    ["import os.path", "from random import choice", "d = datetime.now()", "k = hash('x')"],
)
def test_what_depends_on_more_is_seen(source: str) -> None:
    assert len(list(impurities(source))) == 1

"""``archwright import`` writes a Blueprint and nothing else; ``doctor --db`` says what it needs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from archwright.blueprint.codec import load
from archwright.cli.main import app
from archwright.diagnostics import DiagnosticError

SOURCES = Path(__file__).parents[2] / "sources"


def run(*words: object) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, [str(w) for w in words])
    if isinstance(result.exception, DiagnosticError):
        return 1, result.stdout, str(result.exception)
    return result.exit_code, result.stdout, result.stderr


@pytest.mark.parametrize(
    ("language", "file"), [("prisma", "blog"), ("dbml", "school"), ("jdl", "store")]
)
def test_a_blueprint_on_standard_output(language: str, file: str) -> None:
    code, out, errors = run("import", language, SOURCES / f"{file}.{language}")
    assert code == 0
    blueprint, problems = load(out, "blueprint.yaml")
    assert blueprint is not None, problems
    assert f"{file}.{language}:" in errors


def test_a_file_that_is_new(tmp_path: Path) -> None:
    out = tmp_path / "b.yaml"
    source = SOURCES / "blog.prisma"
    code, said, errors = run("import", "prisma", source, "--out", out, "--name", "My Blog")
    assert (code, said) == (0, "")
    assert "archwright plan --blueprint" in errors
    blueprint, _ = load(out.read_text(encoding="utf-8"), "b.yaml")
    assert blueprint is not None
    assert (blueprint.app.name, blueprint.app.slug) == ("My blog", "my-blog")
    before = out.read_bytes()
    code, _, errors = run("import", "prisma", source, "--out", out)
    assert (code, out.read_bytes()) == (1, before)
    assert "AW-1414" in errors


def test_as_data() -> None:
    code, out, _ = run("import", "jdl", SOURCES / "store.jdl", "--json")
    data = json.loads(out)
    assert code == 0
    assert data["became"]["Order.buyer"] == "AppOrder.buyer"
    assert {d["code"] for d in data["diagnostics"]} == {"AW-1407", "AW-1408"}
    assert load(data["blueprint"], "x")[0] is not None


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("import", "prisma", "/no/such/file"), "AW-1401"),
        (("import", "postgres", "/no/such/dump.sql"), "AW-1401"),
        (("import", "postgres", "postgresql://u:hunter2@x@h/db"), "AW-6201"),
        (("import", "postgres", "postgresql://u:hunter2@127.0.0.1:1/db"), "AW-6202"),
        (("doctor", "somewhere"), "AW-1010"),
        (("doctor", "--db", "postgresql://u:hunter2@h/db"), "AW-1010"),
        (("doctor", "/no/such", "--db", "postgresql://u:hunter2@h/db"), "AW-7008"),
        (("doctor", SOURCES, "--db", "postgresql://u:hunter2@h/db", "--sql", SOURCES), "AW-1414"),
    ],
)
def test_a_mistake(words: tuple[object, ...], code: str) -> None:
    ended, out, errors = run(*words)
    assert ended == 1
    assert code in errors
    assert "hunter2" not in out + errors

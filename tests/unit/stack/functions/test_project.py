"""What a project says about its functions."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archwright.stack.functions.project import find_function, fingerprint, read_secrets
from archwright.stack.settings import FunctionsSettings


@pytest.fixture
def project(tmp_path: Path) -> FunctionsSettings:
    for name in ("hello", "_shared"):
        (tmp_path / "functions" / name).mkdir(parents=True)
        (tmp_path / "functions" / name / "index.ts").write_text("//")
    config = tmp_path / "config.toml"
    config.write_text("")
    return FunctionsSettings(tmp_path / "functions", config, tmp_path / ".env")


def test_found(project: FunctionsSettings) -> None:
    found = find_function(project, "hello")
    assert found is not None
    assert (found.verify_jwt, found.config) == (True, None)
    for bad in ("none", "_shared", "..", "../functions/hello", "", "hello/", "1st", "x" * 200):
        assert find_function(project, bad) is None


def test_rules(project: FunctionsSettings) -> None:
    assert project.config is not None
    own = project.folder / "hello/deno.json"
    own.write_text("{}")
    (project.folder / "deno.json").write_text("{}")
    other = project.folder.parent / "other.ts"
    other.write_text("//")
    project.config.write_text("[functions.hello]\nverify_jwt = false\nentrypoint = './other.ts'\n")
    found = find_function(project, "hello")
    assert found is not None
    assert (found.verify_jwt, found.entry, found.config) == (False, other, own)
    project.config.write_text("[functions.hello]\nenabled = false\n")
    assert find_function(project, "hello") is None
    for broken in ("[functions", "functions = 5", "[functions]\nhello = 5"):
        project.config.write_text(broken)
        again = find_function(project, "hello")
        assert again is not None
        assert again.verify_jwt, "what cannot be read opens nothing"


def test_changes_show(project: FunctionsSettings) -> None:
    found = find_function(project, "hello")
    assert found is not None
    marks = [fingerprint(project, found)]
    assert fingerprint(project, found) == marks[0]
    for name, text in (("hello/more.ts", "a"), ("_shared/x.ts", "b"), ("../.env", "A=1")):
        (project.folder / name).write_text(text)
        marks.append(fingerprint(project, found))
    (project.folder / "hello/node_modules").mkdir()
    (project.folder / "hello/node_modules/x").write_text("x")
    assert fingerprint(project, found) == marks[-1]
    assert len(set(marks)) == 4


def test_secrets(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text(
        "# a comment\nA=1\nexport B = two words # told\nC=\"line\\nnext\" # x\nD='#raw'\n"
        "SUPABASE_URL=x\nnot a line\nE=\n"
    )
    expected = {"A": "1", "B": "two words", "C": "line\nnext", "D": "#raw", "E": ""}
    assert read_secrets(file) == expected
    assert read_secrets(None) == read_secrets(tmp_path / "none") == {}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=80)
@given(text=st.binary(max_size=100))
def test_any_secrets_can_be_an_environment(tmp_path: Path, text: bytes) -> None:
    file = tmp_path / ".env"
    file.write_bytes(b"A=" + text)
    for name, value in read_secrets(file).items():
        assert "=" not in name
        assert "\0" not in name + value

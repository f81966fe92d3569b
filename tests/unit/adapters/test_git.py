"""The app's own history: nothing of the user's is consulted, run or taken along."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from archwright.adapters.git import GitHistory
from archwright.diagnostics import DiagnosticError


def git(folder: Path, *args: str) -> str:
    env = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull}
    done = subprocess.run(
        ["git", "-c", "user.name=u", "-c", "user.email=u@x", *args],
        cwd=folder,
        env=env,
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout.strip()


def commit(folder: Path, message: str = "Phase 1: x\n\nbody\n", **files: str | None) -> str:
    history = GitHistory(folder)
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_dot_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        if text is None:
            path.unlink()
        else:
            path.write_text(text)
    paths = [n.replace("__", "/").replace("_dot_", ".") for n in files]
    history.start()
    return history.commit(paths, message)


def test_a_history_begins_and_goes_on(tmp_path: Path) -> None:
    history = GitHistory(tmp_path)
    assert history.head() is None
    first = commit(tmp_path, a="1", deep__b="1")
    assert history.head() == first
    second = commit(tmp_path, "Phase 2: y\n", a="2", deep__b=None, c="1")
    assert git(tmp_path, "log", "--format=%H %an %s").splitlines() == [
        f"{second} Archwright Phase 2: y",
        f"{first} Archwright Phase 1: x",
    ]
    assert git(tmp_path, "ls-tree", "-r", "--name-only", "HEAD").split() == ["a", "c"]
    assert git(tmp_path, "status", "--porcelain") == ""
    assert git(tmp_path, "branch", "--show-current") == "main"
    assert git(tmp_path, "log", "-1", "--format=%B", first) == "Phase 1: x\n\nbody"


def test_only_the_named_paths_are_committed(tmp_path: Path) -> None:
    commit(tmp_path, a="1", b="1")
    (tmp_path / "staged").write_text("mine")
    (tmp_path / "loose").write_text("mine")
    (tmp_path / "b").write_text("mine")
    git(tmp_path, "add", "staged", "b")
    commit(tmp_path, a="2")
    assert git(tmp_path, "show", "--name-only", "--format=", "HEAD").split() == ["a"]
    assert git(tmp_path, "status", "--porcelain").splitlines() == [
        "M  b",
        "A  staged",
        "?? loose",
    ]


def test_names_that_mean_something_to_git(tmp_path: Path) -> None:
    names = ["src/[id].tsx", "*.ts", ":(top)x", "with space", "-f", "ü.ts", "ignored.log"]
    (tmp_path / ".gitignore").write_text("*.log\n")
    (tmp_path / "src").mkdir()
    for name in [*names, "other.ts"]:
        (tmp_path / name).write_text("x")
    history = GitHistory(tmp_path)
    history.start()
    history.commit([*names, "never-there"], "m\n")
    listed = git(tmp_path, "ls-tree", "-r", "-z", "--name-only", "HEAD").strip("\0").split("\0")
    assert sorted(listed) == sorted(names)


def test_hooks_filters_and_settings_of_the_user_do_not_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    witness = tmp_path / "witness"
    home = tmp_path / "home"
    hooks = home / "hooks"
    hooks.mkdir(parents=True)
    app = tmp_path / "app"
    app.mkdir()
    GitHistory(app).start()
    for folder in (hooks, app / ".git/hooks"):
        folder.mkdir(exist_ok=True)
        for name in ("pre-commit", "commit-msg", "post-commit", "reference-transaction"):
            (folder / name).write_text(f"#!/bin/sh\necho {name} >> {witness}\nexit 1\n")
            (folder / name).chmod(0o755)
    settings = f"[core]\nhooksPath = {hooks}\n[user]\nname = Someone\n[commit]\ngpgSign = true\n"
    (home / ".gitconfig").write_text(settings)
    git(app, "config", "core.fsmonitor", f"touch {witness}; true")
    git(app, "config", "commit.gpgSign", "true")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    commit(app, a="1")
    assert not witness.exists()
    monkeypatch.delenv("GIT_DIR")
    assert git(app, "log", "--format=%an <%ae>") == "Archwright <archwright@localhost>"


def test_a_repository_above_is_not_touched(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    (tmp_path / "mine").write_text("x")
    git(tmp_path, "add", "mine")
    git(tmp_path, "commit", "-qm", "mine")
    before = git(tmp_path, "rev-parse", "HEAD")
    app = tmp_path / "deep/app"
    app.mkdir(parents=True)
    assert GitHistory(app).head() is None
    commit(app, a="1")
    assert git(tmp_path, "rev-parse", "HEAD") == before
    assert git(tmp_path, "status", "--porcelain") == "?? deep/"
    assert (app / ".git").is_dir()
    assert git(app, "rev-list", "--count", "HEAD") == "1"


def test_line_ends_are_kept_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"1\r\n2\r\n")
    commit(tmp_path, b="x")
    GitHistory(tmp_path).commit(["a"], "m\n")
    assert git(tmp_path, "cat-file", "-s", "HEAD:a") == "6"


def test_a_repository_that_is_locked(tmp_path: Path) -> None:
    commit(tmp_path, a="1")
    (tmp_path / ".git/index.lock").write_text("")
    with pytest.raises(DiagnosticError) as error:
        commit(tmp_path, a="2")
    found = error.value.diagnostics[0]
    assert found.code == "AW-7005"
    assert "index.lock" in found.message


def test_a_branch_that_moved_meanwhile_is_not_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = commit(tmp_path, a="1")
    commit(tmp_path, a="2")
    monkeypatch.setattr(GitHistory, "head", lambda _: first)
    with pytest.raises(DiagnosticError) as error:
        commit(tmp_path, a="3")
    assert error.value.diagnostics[0].code == "AW-7005"


def test_no_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    for act in (GitHistory(tmp_path).head, GitHistory(tmp_path).start):
        with pytest.raises(DiagnosticError) as error:
            act()
        assert error.value.diagnostics[0].code == "AW-6010"

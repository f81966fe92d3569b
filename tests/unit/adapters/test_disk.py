"""The one writer: whole steps, whatever goes wrong, and nothing outside of its folder."""

from __future__ import annotations

import errno
import hashlib
import os
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from archwright.adapters.disk import Folder
from archwright.diagnostics import DiagnosticError


def raised(error: pytest.ExceptionInfo[DiagnosticError]) -> str:
    return error.value.diagnostics[0].code


def test_files_are_written_replaced_and_removed(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "out")
    assert folder.read("a/b.txt") is None
    assert folder.digests() == {}
    folder.put({"a/b.txt": b"one", "c.txt": b"two"})
    folder.put({"a/b.txt": b"three", "a/d.txt": b""}, ["c.txt", "never.txt"])
    assert folder.read("a/b.txt") == b"three"
    assert set(folder.digests()) == {"a/b.txt", "a/d.txt"}
    assert list((tmp_path / "out/.archwright").iterdir()) == []


def test_digests_leave_out_what_is_not_the_apps(tmp_path: Path) -> None:
    for name in (".git/x", "node_modules/x", "dist/x", ".archwright/x", "src/dist/x", "y"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    (tmp_path / "link").symlink_to(tmp_path / "y")
    assert set(Folder(tmp_path).digests()) == {"src/dist/x", "y"}
    assert Folder(tmp_path).sizes() == {"src/dist/x": 1, "y": 1}


def test_a_digest_takes_little_memory_for_a_large_file(tmp_path: Path) -> None:
    with (tmp_path / "film.mp4").open("wb") as stream:
        stream.truncate(64 * 2**20)
    tracemalloc.start()
    try:
        digests = Folder(tmp_path).digests()
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert digests == {"film.mp4": hashlib.sha256(bytes(64 * 2**20)).hexdigest()}
    assert peak < 4 * 2**20


@pytest.mark.parametrize("path", ["../x", "/etc/x", "a/../../x", "", "a\\b", "a\0b"])
def test_a_path_that_leads_out_is_a_bug(tmp_path: Path, path: str) -> None:
    folder = Folder(tmp_path / "out")
    with pytest.raises(ValueError, match="not a path inside"):
        folder.put({path: b""})
    with pytest.raises(ValueError, match="not a path inside"):
        folder.put({}, [path])
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("link", ["src", ".archwright", ".archwright/incoming"])
def test_a_link_that_leads_out_is_refused(tmp_path: Path, link: str) -> None:
    outside = tmp_path / "outside"
    (outside / "incoming/files").mkdir(parents=True)
    (outside / "precious.txt").write_text("mine")
    (outside / "incoming/precious.txt").write_text("mine")
    out = tmp_path / "out"
    (out / link).parent.mkdir(parents=True)
    (out / link).symlink_to(outside)
    with pytest.raises(DiagnosticError) as error:
        Folder(out).put({"src/a.ts": b"x"}, ["src/precious.txt"])
    assert raised(error) == "AW-7006"
    if link != "src":
        with pytest.raises(DiagnosticError):
            Folder(out).recover()
    left = sorted(p.relative_to(outside).as_posix() for p in outside.rglob("*"))
    assert left == ["incoming", "incoming/files", "incoming/precious.txt", "precious.txt"]


def test_a_link_in_the_place_of_a_file_is_replaced_not_followed(tmp_path: Path) -> None:
    precious = tmp_path / "precious.txt"
    precious.write_text("mine")
    out = tmp_path / "out"
    out.mkdir()
    (out / "a.txt").symlink_to(precious)
    assert Folder(out).read("a.txt") is None
    Folder(out).put({"a.txt": b"ours"})
    assert precious.read_text() == "mine"
    assert (out / "a.txt").read_text() == "ours"


def test_links_in_a_circle(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    with pytest.raises(DiagnosticError) as error:
        Folder(tmp_path / "a/out").put({"x": b""})
    assert raised(error) == "AW-7002"


@pytest.mark.parametrize(
    ("number", "code"),
    [(errno.ENOSPC, "AW-6003"), (errno.EDQUOT, "AW-6003"), (errno.EACCES, "AW-7002")],
)
def test_a_disk_that_refuses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    folder = Folder(tmp_path)
    folder.put({"a.txt": b"old"})

    def refuse(_: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(DiagnosticError) as error:
        folder.put({"a.txt": b"new", "b.txt": b"new"})
    assert raised(error) == code
    monkeypatch.undo()
    assert folder.recover() is False
    assert {p: folder.read(p) for p in folder.digests()} == {"a.txt": b"old"}


def test_a_folder_that_cannot_be_made() -> None:
    with pytest.raises(DiagnosticError) as error:
        Folder(Path(__file__) / "below/a/file").put({"a.txt": b""})
    assert raised(error) == "AW-7002"


def test_a_file_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text("x")

    def refuse(*_: object, **__: object) -> bytes:
        raise PermissionError(errno.EACCES, "no")

    monkeypatch.setattr(Path, "open", refuse)
    for act in (lambda: Folder(tmp_path).read("a.txt"), Folder(tmp_path).digests):
        with pytest.raises(DiagnosticError) as error:
            act()
        assert raised(error) == "AW-7002"


class Crash(BaseException):
    """The machine dies: nothing handles this."""


CALLS = (
    (Path, "mkdir"),
    (Path, "open"),
    (Path, "replace"),
    (Path, "unlink"),
    (os, "fsync"),
    (os, "rmdir"),
    (os, "unlink"),
)
OLD = {"a.txt": b"old", "gone.txt": b"old", "same.txt": b"same", "deep/er/x.txt": b"old"}
NEW = {"a.txt": b"new", "same.txt": b"same", "deep/er/x.txt": b"new", "new/y.txt": b"new"}
FILES = {path: NEW[path] for path in ("a.txt", "deep/er/x.txt", "new/y.txt")}


def crashing(monkeypatch: pytest.MonkeyPatch, at: int, *, after: bool) -> list[int]:
    """Die at the ``at``-th call to the system, before or after it is done."""
    count = [0]

    def wrap(real: Any) -> Any:
        def call(*args: Any, **named: Any) -> Any:
            count[0] += 1
            now = count[0]
            if now == at and not after:
                raise Crash
            result = real(*args, **named)
            if now == at:
                raise Crash
            return result

        return call

    for owner, name in CALLS:
        monkeypatch.setattr(owner, name, wrap(getattr(owner, name)))
    return count


@pytest.mark.parametrize("after", [False, True])
def test_a_crash_at_every_instant_leaves_the_old_or_the_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: bool
) -> None:
    seen: set[str] = set()
    for at in range(1, 500):
        root = tmp_path / str(at)
        Folder(root).put(OLD)
        died = False
        with monkeypatch.context() as patch:
            crashing(patch, at, after=after)
            try:
                Folder(root).put(FILES, ["gone.txt"])
            except Crash:
                died = True
        for _ in range(2):  # a second recovery finds nothing left to do
            Folder(root).recover()
            now = {path: Folder(root).read(path) for path in Folder(root).digests()}
            assert now in (OLD, NEW), f"a mix after the crash at call {at}"
            assert not (root / ".archwright/incoming").exists()
        seen.add("old" if now == OLD else "new")
        if not died:
            break
    assert seen == {"old", "new"}
    assert at > 20


@pytest.mark.parametrize("after", [False, True])
def test_a_recovery_that_crashes_is_recovered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: bool
) -> None:
    for at in range(1, 100):
        root = tmp_path / str(at)
        Folder(root).put(OLD)
        with monkeypatch.context() as patch:
            patch.setattr(Folder, "recover", lambda _: False)
            Folder(root).put(FILES, ["gone.txt"])
        died = False
        with monkeypatch.context() as patch:
            crashing(patch, at, after=after)
            try:
                assert Folder(root).recover()
            except Crash:
                died = True
        Folder(root).recover()
        assert {path: Folder(root).read(path) for path in Folder(root).digests()} == NEW
        if not died:
            break
    assert at > 5


@pytest.mark.parametrize(
    "note",
    ["{bad", "[]", '{"files": 3, "removed": []}', '{"files": ["../../x"], "removed": []}', "\xff"],
)
def test_a_note_that_is_not_ours_is_told_and_not_followed(tmp_path: Path, note: str) -> None:
    folder = Folder(tmp_path / "app")
    folder.put({"a.txt": b"old"})
    ready = folder.root / ".archwright/incoming/ready.json"
    ready.parent.mkdir(parents=True)
    ready.write_bytes(note.encode("latin-1"))
    with pytest.raises(DiagnosticError) as error:
        folder.recover()
    assert error.value.diagnostics[0].code == "AW-7007"
    assert ready.exists()
    assert folder.read("a.txt") == b"old"

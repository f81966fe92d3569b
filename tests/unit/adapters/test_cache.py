from __future__ import annotations

import errno
import os
import threading
from pathlib import Path

import pytest
from filelock import FileLock

from archwright.adapters.cache import Cache, default_root, refusal
from archwright.diagnostics import DiagnosticError


def code(caught: pytest.ExceptionInfo[DiagnosticError]) -> str:
    return caught.value.diagnostics[0].code


def fill(folder: Path) -> None:
    (folder / "file").write_text("whole")


def test_the_root_is_named_or_the_users_cache_folder(tmp_path: Path) -> None:
    assert default_root({"ARCHWRIGHT_CACHE": str(tmp_path)}) == tmp_path
    assert default_root({"ARCHWRIGHT_CACHE": "~/x"}) == Path.home() / "x"
    assert default_root({}).name == "archwright"
    assert default_root({"ARCHWRIGHT_CACHE": ""}) == default_root({})


def test_an_entry_is_built_once(tmp_path: Path) -> None:
    calls: list[Path] = []

    def build(folder: Path) -> None:
        calls.append(folder)
        fill(folder)

    cache = Cache(tmp_path / "deep" / "cache")
    for _ in range(2):
        entry = cache.provide("npm/k1", build)
    assert entry == tmp_path / "deep/cache/npm/k1"
    assert (entry / "file").read_text() == "whole"
    assert len(calls) == 1
    assert calls[0] != entry
    assert entry.stat().st_mode & 0o777 == 0o755


def test_a_failing_build_leaves_nothing(tmp_path: Path) -> None:
    def fail(folder: Path) -> None:
        fill(folder)
        raise ValueError("broken")

    cache = Cache(tmp_path)
    with pytest.raises(ValueError, match="broken"):
        cache.provide("npm/k1", fail)
    assert list((tmp_path / "npm").iterdir()) == []
    assert (cache.provide("npm/k1", fill) / "file").exists()


def test_what_a_killed_run_left_is_swept_away(tmp_path: Path) -> None:
    leftover = tmp_path / "npm" / ".k1-abc"
    leftover.mkdir(parents=True)
    other = tmp_path / "npm" / ".k2-abc"
    other.mkdir()
    Cache(tmp_path).provide("npm/k1", fill)
    assert not leftover.exists()
    assert other.exists()


def test_a_second_run_waits_and_says_so(tmp_path: Path) -> None:
    said: list[str] = []
    waiting = threading.Event()

    def progress(message: str, done: int, total: int) -> None:
        said.append(message)
        waiting.set()

    tmp_path.mkdir(exist_ok=True)
    held = FileLock(tmp_path / "npm-k1.lock")
    held.acquire()
    cache = Cache(tmp_path, progress)
    worker = threading.Thread(target=cache.provide, args=("npm/k1", fill))
    worker.start()
    assert waiting.wait(30)
    assert not (tmp_path / "npm/k1").exists()
    held.release()
    worker.join(30)
    assert said == ["waiting for another run to finish the installation"]
    assert (tmp_path / "npm/k1/file").exists()


def test_who_waited_does_not_build_again(tmp_path: Path) -> None:
    built = threading.Event()

    def progress(message: str, done: int, total: int) -> None:
        (tmp_path / "npm/k1").mkdir(parents=True)  # the other run finishes
        held.release()
        built.set()

    held = FileLock(tmp_path / "npm-k1.lock", thread_local=False)
    held.acquire()
    entry = Cache(tmp_path, progress).provide("npm/k1", fill)
    assert built.is_set()
    assert not (entry / "file").exists()


def test_a_cache_that_cannot_be_made_is_a_diagnostic(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    cache = Cache(tmp_path / "file" / "cache")
    with pytest.raises(DiagnosticError) as caught:
        cache.provide("npm/k1", fill)
    assert code(caught) == "AW-6002"
    assert str(tmp_path / "file" / "cache") in str(caught.value)
    with pytest.raises(DiagnosticError) as caught:
        cache.folder("downloads")
    assert code(caught) == "AW-6002"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_cache_is_a_diagnostic(tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    with pytest.raises(DiagnosticError) as caught:
        Cache(tmp_path).provide("npm/k1", fill)
    assert code(caught) == "AW-6002"


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_is_a_diagnostic_and_leaves_nothing(tmp_path: Path, number: int) -> None:
    def full(folder: Path) -> None:
        fill(folder)
        raise OSError(number, os.strerror(number))

    with pytest.raises(DiagnosticError) as caught:
        Cache(tmp_path).provide("npm/k1", full)
    assert code(caught) == "AW-6003"
    assert list((tmp_path / "npm").iterdir()) == []


def test_a_refusal_tells_why_and_what_to_do() -> None:
    told = refusal(errno.EROFS, Path("/c"))
    assert told.code == "AW-6002"
    assert "Read-only" in told.message
    assert "ARCHWRIGHT_CACHE" in told.hint


def test_the_size_counts_all_files(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "none")
    assert cache.size() == 0
    (cache.folder("a/b") / "x").write_bytes(b"12345")
    (cache.folder("a") / "y").write_bytes(b"123")
    assert cache.size() == 8

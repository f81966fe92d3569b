"""A disk that is really full: the folder is as it was, and with room the build goes on."""

from __future__ import annotations

import contextlib
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from archwright.adapters.disk import Folder
from archwright.build.session import run
from archwright.catalog.pack import Catalog
from archwright.diagnostics import DiagnosticError
from subjects.builds import Bench, app_tree
from subjects.small_packs import small_blueprint, small_catalog


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Give a file system of 400 kB; only root can make one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    options = ["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", str(folder)]
    try:
        made = subprocess.run(options, capture_output=True, check=False).returncode == 0
    except OSError:
        made = False
    if not made:
        pytest.skip("a small file system cannot be mounted here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


@pytest.fixture
def catalog(tmp_path: Path) -> Catalog:
    """Give the small packs."""
    return small_catalog(tmp_path / "packs")


def fill(folder: Path) -> Path:
    """Leave no room."""
    path = folder / "ballast"
    with path.open("wb", buffering=0) as stream, contextlib.suppress(OSError):
        while True:
            stream.write(b"x" * 4096)
    return path


def test_a_step_that_finds_no_room(small_disk: Path) -> None:
    folder = Folder(small_disk / "app")
    folder.put({"a.txt": b"old", "b.txt": b"old"})
    fill(small_disk)
    with pytest.raises(DiagnosticError) as error:
        folder.put({"a.txt": b"new" * 9000, "c/d.txt": b"new" * 9000}, ["b.txt"])
    assert error.value.diagnostics[0].code == "AW-6003"
    assert {p: folder.read(p) for p in folder.digests()} == {"a.txt": b"old", "b.txt": b"old"}


def test_a_build_that_finds_no_room_and_goes_on_later(
    small_disk: Path, tmp_path: Path, catalog: Catalog
) -> None:
    bench = Bench(tmp_path, small_disk / "app")
    assert run(bench.builder(), small_blueprint("notes"), catalog).complete
    before = app_tree(bench.out)
    ballast = fill(small_disk)
    with pytest.raises(DiagnosticError) as error:
        run(bench.builder(), small_blueprint(), catalog)
    assert error.value.diagnostics[0].code == "AW-6003"
    assert app_tree(bench.out) == before
    assert bench.prover.databases == set()
    ballast.unlink()
    assert run(bench.builder(), small_blueprint(), catalog).complete

"""The folder aside: exactly the files of the phase, whatever lay there before."""

from __future__ import annotations

from pathlib import Path

import pytest

from archwright.build.stage import Stage


@pytest.fixture
def modules(tmp_path: Path) -> Path:
    """Give installed dependencies that must never be lost."""
    folder = tmp_path / "node_modules"
    (folder / "react").mkdir(parents=True)
    return folder


def files(folder: Path) -> dict[str, bytes]:
    return {
        p.relative_to(folder).as_posix(): p.read_bytes()
        for p in folder.rglob("*")
        if p.is_file() and "node_modules" not in p.parts
    }


def test_only_what_changed_is_written(tmp_path: Path, modules: Path) -> None:
    with Stage(tmp_path / "stage", modules) as stage:
        assert stage.lay_out({"a/b.ts": "ü\r\n", "c.png": b"\x00\xff"}) == ("a/b.ts", "c.png")
        before = (stage.folder / "c.png").stat().st_mtime_ns
        assert stage.lay_out({"a/b.ts": "2", "c.png": b"\x00\xff"}) == ("a/b.ts",)
        assert (stage.folder / "c.png").stat().st_mtime_ns == before
        assert stage.lay_out({"d.ts": "3"}) == ("a/b.ts", "c.png", "d.ts")
        assert files(stage.folder) == {"d.ts": b"3"}
        assert (stage.folder / "node_modules/react").is_dir()
    assert not stage.folder.exists()
    assert (modules / "react").is_dir()


def test_what_tools_keep_is_forgotten_and_nothing_else(tmp_path: Path, modules: Path) -> None:
    with Stage(tmp_path / "stage", modules) as stage:
        stage.lay_out({"a.ts": "1"})
        stage.forget()
        (stage.folder / ".cache/tsc").mkdir(parents=True)
        (stage.folder / ".cache/tsc/app.tsbuildinfo").write_text("{}")
        stage.forget()
        assert files(stage.folder) == {"a.ts": b"1"}
        assert not (stage.folder / ".cache").exists()
        assert (stage.folder / "node_modules/react").is_dir()


def test_what_a_killed_build_left_is_removed(tmp_path: Path, modules: Path) -> None:
    stage = Stage(tmp_path / "stage", modules)
    with stage:
        stage.lay_out({"old.ts": "1"})
        with Stage(tmp_path / "stage", modules) as second:
            second.lay_out({"new.ts": "1"})
            assert files(second.folder) == {"new.ts": b"1"}
    assert (modules / "react").is_dir()


def test_naming_a_stage_makes_nothing(tmp_path: Path, modules: Path) -> None:
    Stage(tmp_path / "stage", modules)
    assert not (tmp_path / "stage").exists()


def test_a_stage_is_gone_also_after_a_failure(tmp_path: Path, modules: Path) -> None:
    with pytest.raises(FileExistsError), Stage(tmp_path / "stage", modules) as stage:
        stage.lay_out({"a.ts": "1", "a.ts/b": "2"})
    assert not (tmp_path / "stage").exists()

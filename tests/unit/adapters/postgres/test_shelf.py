from __future__ import annotations

from pathlib import Path

import pytest

from archwright.adapters.postgres import shelf
from archwright.adapters.postgres.account import Account


@pytest.fixture
def chowned(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    calls: list[Path] = []
    monkeypatch.setattr("os.chown", lambda path, uid, gid, **_: calls.append(Path(path)))
    return calls


@pytest.fixture
def lent(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, chowned: list[Path]) -> Path:
    """Run as root with an account that cannot reach the app; give the shelf."""
    monkeypatch.setattr(shelf, "choose", lambda: Account(65534, 65534))
    monkeypatch.setattr(shelf, "reachable", lambda folder: False)
    monkeypatch.setattr(shelf, "SHELF", tmp_path / "lib/archwright/dev")
    return tmp_path / "lib/archwright/dev"


def app(tmp_path: Path, name: str = "app") -> Path:
    own = tmp_path / name
    own.mkdir()
    return own / "database"


def test_an_ordinary_user_has_it_in_the_app(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelf, "choose", Account)
    home = app(tmp_path)
    assert shelf.provide(home) == (home.resolve(), Account(), True)
    (home / "data").mkdir()
    assert shelf.provide(home) == (home.resolve(), Account(), False)
    assert home.stat().st_mode & 0o777 == 0o700
    shelf.remove(home)
    shelf.remove(home)
    assert not home.exists()


def test_it_belongs_to_whoever_runs_the_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chowned: list[Path]
) -> None:
    monkeypatch.setattr(shelf, "choose", lambda: Account(65534, 65534))
    monkeypatch.setattr(shelf, "reachable", lambda folder: True)
    home = app(tmp_path)
    (home / "data/base").mkdir(parents=True)
    (home / "data/base/1").write_text("")
    folder, _, fresh = shelf.provide(home)
    assert not fresh
    assert chowned == [home / "data/base", home / "data/base/1", home / "data", home]
    assert folder == home


def test_out_of_reach_it_lies_on_the_shelf(tmp_path: Path, lent: Path) -> None:
    home = app(tmp_path)
    folder, account, fresh = shelf.provide(home)
    assert fresh
    assert account.uid == 65534
    assert home.is_symlink()
    assert home.resolve() == folder
    assert folder.parent.parent == lent
    assert (folder.parent / "origin").read_text() == str(home.parent)
    (folder / "data").mkdir()
    assert shelf.provide(home) == (folder, account, False)
    shelf.remove(home)
    assert not home.is_symlink()
    assert list(lent.iterdir()) == []


def test_another_apps_data_are_not_taken_over(tmp_path: Path, lent: Path) -> None:
    first, second = app(tmp_path, "a"), app(tmp_path, "b")
    folder, _, _ = shelf.provide(first)
    second.symlink_to(folder)  # a copied folder brings the link along
    other, _, fresh = shelf.provide(second)
    assert fresh
    assert other != folder
    # made anew at the same place: what the one before left is not its own
    (folder / "data").mkdir()
    first.unlink()
    again, _, fresh = shelf.provide(first)
    assert (again, fresh) == (folder, True)
    assert not (folder / "data").exists()


def test_what_gone_apps_left_is_swept(tmp_path: Path, lent: Path) -> None:
    first, second = app(tmp_path, "a"), app(tmp_path, "b")
    folder, _, _ = shelf.provide(first)
    first.unlink()
    first.parent.rmdir()
    shelf.provide(second)
    assert not folder.exists()
    assert len(list(lent.iterdir())) == 1


def test_data_move_to_the_shelf_when_the_way_is_closed(tmp_path: Path, lent: Path) -> None:
    home = app(tmp_path)
    home.mkdir()
    (home / "data").mkdir()
    folder, _, fresh = shelf.provide(home)
    assert not fresh
    assert (folder / "data").is_dir()
    assert home.is_symlink()


def test_data_are_made_anew_when_the_way_is_open_again(
    tmp_path: Path, lent: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = app(tmp_path)
    shelf.provide(home)
    monkeypatch.setattr(shelf, "reachable", lambda folder: True)
    folder, _, fresh = shelf.provide(home)
    assert (folder, fresh) == (home, True)
    assert not home.is_symlink()

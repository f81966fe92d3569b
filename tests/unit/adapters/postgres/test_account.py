from __future__ import annotations

import os
from pathlib import Path
from types import SimpleNamespace

import pytest

from archwright.adapters.postgres.account import Account, choose, reachable, within_reach
from archwright.diagnostics import DiagnosticError


@pytest.fixture
def chowned(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    calls: list[Path] = []
    monkeypatch.setattr("os.chown", lambda path, uid, gid: calls.append(Path(path)))
    return calls


@pytest.fixture
def installation(tmp_path: Path) -> Path:
    folder = tmp_path / "native"
    (folder / "bin").mkdir(parents=True)
    (folder / "bin/postgres").write_text("server")
    (folder / "bin/alias").symlink_to("postgres")
    return folder


def test_an_ordinary_user_runs_it_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    assert choose() == Account(None, None)


def test_root_lends_the_least_account_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    def only_daemon(name: str) -> SimpleNamespace:
        if name != "daemon":
            raise KeyError(name)
        return SimpleNamespace(pw_uid=2, pw_gid=3)

    monkeypatch.setattr("os.geteuid", lambda: 0)
    monkeypatch.setattr("pwd.getpwnam", only_daemon)
    assert choose() == Account(2, 3)


def test_root_without_any_account_is_a_diagnostic(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(name: str) -> None:
        raise KeyError(name)

    monkeypatch.setattr("os.geteuid", lambda: 0)
    monkeypatch.setattr("pwd.getpwnam", none)
    with pytest.raises(DiagnosticError, match="AW-6103"):
        choose()


def test_a_private_folder_on_the_way_is_not_reachable(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    (tmp_path / "a").chmod(0o700)
    assert not reachable(inner)
    assert reachable(Path("/usr/bin"))


def test_nothing_is_copied_without_need(installation: Path, chowned: list[Path]) -> None:
    aside = installation.parent / "copy"
    assert within_reach(installation, Account(), aside) == installation
    assert within_reach(Path("/usr/bin"), Account(1, 1), aside) == Path("/usr/bin")
    assert not aside.exists()
    Account().own(installation)
    assert chowned == []


def test_a_hidden_installation_is_linked_beside_the_data(
    installation: Path, chowned: list[Path]
) -> None:
    installation.parent.chmod(0o700)
    aside = installation.parent / "copy"
    assert within_reach(installation, Account(1, 1), aside) == aside
    assert (aside / "bin/postgres").samefile(installation / "bin/postgres")
    assert os.readlink(aside / "bin/alias") == "postgres"  # noqa: PTH115
    assert set(chowned) == {aside, aside / "bin"}


def test_without_hard_links_it_is_copied(
    installation: Path, chowned: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise OSError("another file system")

    installation.parent.chmod(0o700)
    monkeypatch.setattr("os.link", refuse)
    aside = within_reach(installation, Account(1, 1), installation.parent / "copy")
    assert (aside / "bin/postgres").read_text() == "server"
    assert not (aside / "bin/postgres").samefile(installation / "bin/postgres")

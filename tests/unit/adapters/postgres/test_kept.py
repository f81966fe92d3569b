from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from archwright.adapters.postgres import orphan, shelf
from archwright.adapters.postgres.kept import KeptCluster, erase
from archwright.adapters.processes import command_of
from archwright.diagnostics import DiagnosticError

INITDB = "#!/bin/sh\n[ -s password ] || exit 2\nmkdir data\ncat password > data/secret\n"
SERVER = """
trap 'echo TERM >> data/ends; rm data/postmaster.pid; exit 0' TERM
printf '%s\\n' $$ x ready > data/postmaster.pid
while :; do sleep 0.1; done
"""
DEAF = SERVER.replace("rm data/postmaster.pid; exit 0", "true")


@pytest.fixture(autouse=True)
def _own_shelf(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Root's shelf, where an account of the system can reach it."""
    folder = Path(tempfile.mkdtemp(prefix="archwright-shelf-"))
    folder.chmod(0o755)
    monkeypatch.setattr(shelf, "SHELF", folder / "archwright/dev")
    yield
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "own").mkdir()
    return tmp_path / "own/database"


def cluster(home: Path, stamp: str = "one", server: str = SERVER) -> KeptCluster:
    """Make a server of programs that act like PostgreSQL's from outside."""
    folder = home.parents[1] / "pg/bin"
    folder.mkdir(parents=True, exist_ok=True)
    told = '[ "$1" = --version ] && echo "postgres (PostgreSQL) 17.1" && exit 0\n'
    for name, text in {"initdb": INITDB, "postgres": f"#!/bin/sh\n{told}{server}\n"}.items():
        (folder / name).write_text(text)
        (folder / name).chmod(0o755)
    return KeptCluster(folder.parent, home, stamp)


def test_the_data_and_the_password_stay(home: Path) -> None:
    first = cluster(home)
    address = first.start()
    assert not first.bootstrapped
    first.keep()
    first.stop()
    (home / "data/row").write_text("kept")
    second = cluster(home)
    assert second.bootstrapped
    assert second.start().password == address.password
    second.stop()
    assert (home / "data/row").read_text() == "kept"
    # it was asked to write out what it holds
    assert (home / "data/ends").read_text().split() == ["TERM", "TERM"]
    secret = home.with_name("database.password")
    assert secret.stat().st_mode & 0o777 == 0o600
    assert not (home / "programs").exists()


@pytest.mark.parametrize("lost", ["stamp", "password"])
def test_what_was_cut_off_is_made_anew(home: Path, lost: str) -> None:
    first = cluster(home)
    first.start()
    first.keep()
    first.stop()
    home.with_name(f"database.{lost}").unlink()
    (home / "data/row").write_text("half")
    second = cluster(home)
    second.start()
    assert not second.bootstrapped
    second.stop()
    assert not (home / "data/row").exists()


def test_another_versions_data_are_left_and_told(home: Path) -> None:
    first = cluster(home)
    first.start()
    first.keep()
    first.stop()
    with pytest.raises(DiagnosticError, match=r"AW-6107(.|\n)*--reset"):
        cluster(home, "two").start()
    assert (home / "data").is_dir()


def test_our_end_is_the_servers_end_and_the_data_stay(home: Path) -> None:
    running = cluster(home)
    running.start()
    process = running._process
    assert process is not None
    assert process.stdin is not None
    process.stdin.close()  # as the system does when we are killed
    process.wait(20)
    assert (home / "data/ends").read_text() == "TERM\n"


def test_a_server_that_cannot_finish_is_killed(home: Path) -> None:
    running = cluster(home, server=DEAF)
    running.start()
    pid = running.pid
    assert pid is not None
    running._stop_patience = 0.5
    running.stop()
    assert command_of(pid) == ""


def test_a_server_that_was_left_is_ended_before_the_next(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(orphan, "_PATIENCE", 0.3)
    first = cluster(home, server=SERVER)
    first.start()
    first.keep()
    pid = first.pid
    assert pid is not None
    second = cluster(home)
    second.start()
    assert second.pid != pid
    assert command_of(pid) == ""
    second.stop()
    first.stop()


def test_data_that_cannot_be_opened_can_be_made_anew(home: Path) -> None:
    first = cluster(home)
    first.start()
    first.keep()
    first.stop()
    with pytest.raises(DiagnosticError, match=r"AW-6102(.|\n)*bad block(.|\n)*--reset"):
        cluster(home, server="echo bad block >&2; exit 1").start()
    with pytest.raises(DiagnosticError, match=r"AW-6107"):
        cluster(home, "two").start()
    erase(home)
    erase(home)
    assert list(home.parent.iterdir()) == []
    again = cluster(home)
    again.start()
    assert not again.bootstrapped
    again.stop()

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from archwright.adapters.postgres import cluster as module
from archwright.adapters.postgres.cluster import Cluster
from archwright.diagnostics import DiagnosticError

INITDB = '#!/bin/sh\n[ -s password ] || exit 2\nmkdir data\necho "$@" > data/options\n'
READY = 'printf "%s\\n" $$ x ready > data/postmaster.pid; echo started; exec sleep 600'
TAKEN = 'echo "could not bind: Address already in use" >&2; exit 1'


def installation(folder: Path, server: str, initdb: str = INITDB, version: str = "17.1") -> Path:
    """Make programs that act like PostgreSQL's from outside."""
    (folder / "bin").mkdir(parents=True)
    told = f'[ "$1" = --version ] && echo "postgres (PostgreSQL) {version}" && exit 0\n'
    for name, text in {"initdb": initdb, "postgres": f"#!/bin/sh\n{told}{server}\n"}.items():
        (folder / "bin" / name).write_text(text)
        (folder / "bin" / name).chmod(0o755)
    return folder


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Cluster]:
    cluster = Cluster(installation(tmp_path / "pg", READY))
    cluster.start()
    yield cluster
    cluster.stop()


def home(cluster: Cluster) -> Path:
    folder = cluster._folder
    assert folder is not None
    return folder


def test_nothing_runs_before_the_start(tmp_path: Path) -> None:
    cluster = Cluster(tmp_path)
    assert (cluster.alive, cluster.pid, cluster.last_words()) == (False, None, "")
    assert cluster.ended()
    assert cluster._state() == []
    cluster.stop()


def test_a_server_starts_on_loopback_and_stops(running: Cluster) -> None:
    folder, pid = home(running), running.pid
    assert running.alive
    assert not running.ended(0.01)
    assert pid is not None
    command = Path(f"/proc/{running._process.pid}/cmdline") if running._process else None
    if command is not None and command.exists():
        assert b"listen_addresses=127.0.0.1" in command.read_bytes()
    assert running.address is not None
    assert len(running.address.password) == 32
    assert running.last_words() == "started"
    assert not (folder / "password").exists()
    running.stop()
    assert not running.alive
    assert not folder.exists()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_the_options_fit_the_version(tmp_path: Path, running: Cluster) -> None:
    assert "--locale-provider=builtin" in (home(running) / "data/options").read_text()
    assert module._by_version(15) == ["--locale=C"]
    assert module._by_version(16) == ["--locale=C", "--set=scram_iterations=1"]


def test_a_server_that_is_killed_has_ended(running: Cluster) -> None:
    assert running.pid is not None
    os.kill(running.pid, signal.SIGKILL)
    assert running.ended(20)
    assert running.pid is None
    # Its folder stays until we are done with it: a new try may need it.
    assert home(running).exists()


def test_our_end_is_the_servers_end(running: Cluster) -> None:
    folder, process = home(running), running._process
    assert process is not None
    assert process.stdin is not None
    process.stdin.close()  # as the system does when we are killed
    assert process.wait(20) != 0
    assert not folder.exists()


def test_a_server_that_ignores_us_is_killed(tmp_path: Path) -> None:
    deaf = f"trap '' TERM; {READY.replace('exec sleep 600', 'while :; do sleep 1; done')}"
    cluster = Cluster(installation(tmp_path / "pg", deaf))
    cluster.start()
    cluster._stop_patience = 0.2
    cluster.stop()
    assert not cluster.alive


def test_a_taken_port_is_tried_again(tmp_path: Path) -> None:
    once = f"if mkdir data/once 2>/dev/null; then {TAKEN}; fi; {READY}"
    cluster = Cluster(installation(tmp_path / "pg", once))
    cluster.start()
    assert cluster.alive
    cluster.stop()


def test_ports_that_are_always_taken_are_a_diagnostic(tmp_path: Path) -> None:
    cluster = Cluster(installation(tmp_path / "pg", TAKEN))
    with pytest.raises(DiagnosticError, match="AW-6106"):
        cluster.start()
    assert cluster._folder is None


def test_a_server_that_fails_is_quoted(tmp_path: Path) -> None:
    cluster = Cluster(installation(tmp_path / "pg", "echo out of cheese >&2; exit 1"))
    with pytest.raises(DiagnosticError, match=r"AW-6102(.|\n)*out of cheese"):
        cluster.start()


def test_a_server_that_never_comes_up_is_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_PATIENCE", 0.3)
    cluster = Cluster(installation(tmp_path / "pg", "exec sleep 600"))
    began = time.monotonic()
    with pytest.raises(DiagnosticError, match="AW-6102"):
        cluster.start()
    assert time.monotonic() - began < 60
    assert not cluster.alive


def test_a_cluster_that_cannot_be_made_is_quoted(tmp_path: Path) -> None:
    broken = "#!/bin/sh\necho no space >&2\nexit 1\n"
    with pytest.raises(DiagnosticError, match=r"AW-6102(.|\n)*no space"):
        Cluster(installation(tmp_path / "pg", READY, broken)).start()


def test_a_user_without_a_name_is_told_what_postgresql_wants(tmp_path: Path) -> None:
    said = "initdb: could not look up effective user ID 1500: user does not exist"
    script = f'#!/bin/sh\necho "{said}" >&2\nexit 1\n'
    with pytest.raises(DiagnosticError) as caught:
        Cluster(installation(tmp_path / "pg", READY, initdb=script)).start()
    (found,) = caught.value.diagnostics
    assert found.code == "AW-6102"
    assert "user ID 1500" in found.message
    assert "/etc/passwd" in found.hint

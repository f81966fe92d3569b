"""The toolchain from an empty cache, as root and as an ordinary user, then offline."""

from __future__ import annotations

import json
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

import archwright
from archwright.adapters.postgres.account import reachable

pytestmark = pytest.mark.live

PROBE = Path(__file__).with_name("toolchain_probe.py")
NOWHERE = "http://127.0.0.1:9/"


@dataclass(frozen=True)
class Who:
    """Somebody who runs Archwright: an interpreter, and an OS user where it is not ourselves."""

    python: Path
    home: Path
    uid: int | None = None
    path: list[Path] = field(default_factory=list)
    libraries: str = ""

    def start(self, mode: str, cache: Path, *before: str, **env: str) -> subprocess.Popen[str]:
        network = {k: v for k, v in os.environ.items() if k.endswith("_CA_CERTS") or "proxy" in k}
        # Coverage measures child processes only where they may write its data file.
        here = {k: v for k, v in os.environ.items() if k.startswith("COV_")} if not self.uid else {}
        environment = {
            **network,
            **here,
            "HOME": str(self.home),
            "ARCHWRIGHT_CACHE": str(cache),
            "PATH": "/usr/bin:/bin",
            "PYTHONPATH": os.pathsep.join(map(str, self.path)),
            "LD_LIBRARY_PATH": self.libraries,
            "PYTHONDONTWRITEBYTECODE": "1",
            "SECRET_TOKEN": "must not reach any tool",
            **env,
        }
        return subprocess.Popen(
            [*before, str(self.python), str(self.path[-1] / PROBE.name), mode],
            cwd=self.home,
            env=environment,
            user=self.uid,
            group=self.uid and pwd.getpwuid(self.uid).pw_gid,
            extra_groups=[] if self.uid else None,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, mode: str, cache: Path, *before: str, **env: str) -> dict[str, Any]:
        return finish(self.start(mode, cache, *before, **env))


def finish(process: subprocess.Popen[str]) -> dict[str, Any]:
    out, err = process.communicate(timeout=600)
    assert process.returncode == 0, err
    said: dict[str, Any] = json.loads(out)
    return said


@pytest.fixture(scope="session")
def me(tmp_path_factory: pytest.TempPathFactory) -> Who:
    source = Path(archwright.__file__).parent.parent
    return Who(Path(sys.executable), tmp_path_factory.mktemp("me"), None, [source, PROBE.parent])


@pytest.fixture(scope="session")
def fresh(me: Who, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[list[str]]]:
    """Fill an empty cache by two runs at once, only once for all workers of this test session."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID")
    base = tmp_path_factory.getbasetemp()
    shared = base.parent / f"fresh-{run}" if run else base / "fresh"
    shared.mkdir(exist_ok=True)
    with FileLock(shared / "lock"):
        record = shared / "messages.json"
        if not record.exists():
            both = [me.start("ensure", shared / "cache") for _ in range(2)]
            record.write_text(json.dumps([finish(process)["messages"] for process in both]))
    return shared / "cache", json.loads(record.read_text())


@pytest.fixture
def ordinary(me: Who) -> Iterator[Who]:
    """Be an ordinary user: ourselves, or ``nobody`` with all that root's folders hide from it."""
    if os.geteuid() != 0:
        yield me
        return
    base = Path(tempfile.mkdtemp(prefix="archwright-live-"))
    base.chmod(0o755)
    nobody = pwd.getpwnam("nobody").pw_uid
    (base / "home").mkdir()
    os.chown(base / "home", nobody, -1)
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    original = Path(sys.base_prefix)
    home = lend(original / "bin", base / "python/bin")
    lend(original / "lib" / version, base / "python/lib" / version)
    for library in (original / "lib").glob("libpython*"):
        lend(library, base / "python/lib" / library.name)
    packages = lend(Path(sys.prefix) / "lib" / version / "site-packages", base / "packages")
    sources = [lend(path, base / f"source{i}") for i, path in enumerate(me.path)]
    venv = base / "venv"
    (venv / "bin").mkdir(parents=True)
    (venv / "lib" / version).mkdir(parents=True)
    (venv / "pyvenv.cfg").write_text(f"home = {home}\ninclude-system-site-packages = false\n")
    (venv / "bin/python").symlink_to(home / version)
    (venv / "bin/deno").symlink_to(lend(Path(sys.prefix) / "bin/deno", base / "deno"))
    (venv / "lib" / version / "site-packages").symlink_to(packages)
    libraries = str(base / "python/lib")  # a relocated interpreter may not find its own
    yield Who(venv / "bin/python", base / "home", nobody, sources, libraries)
    shutil.rmtree(base, ignore_errors=True)


def lend(path: Path, place: Path) -> Path:
    """Return ``path`` where anyone can reach it, else a copy of hard links at ``place``."""
    if reachable(path if path.is_dir() else path.parent):
        return path
    place.parent.mkdir(parents=True, exist_ok=True)
    if path.is_dir():
        unneeded = shutil.ignore_patterns("site-packages", "test", "idlelib", "__pycache__")
        shutil.copytree(path, place, symlinks=True, ignore=unneeded, copy_function=link)
    else:
        link(str(path), str(place))
    return place


def link(source: str, target: str) -> None:
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:
        shutil.copy2(source, target, follow_symlinks=False)


def without_network() -> list[str]:
    """Return a command prefix that takes the network away, or nothing where that is refused."""
    for prefix in (["unshare", "-n"], ["unshare", "-rn"]):
        if (
            shutil.which(prefix[0])
            and subprocess.run([*prefix, "true"], check=False).returncode == 0
        ):
            return prefix
    return []


def test_two_runs_fill_an_empty_cache_once(fresh: tuple[Path, list[list[str]]]) -> None:
    cache, messages = fresh
    assert len(list((cache / "npm").iterdir())) == 1
    assert sorted("the toolchain is installed" in said for said in messages) == [False, True]
    assert sorted("fetching the toolchain" in said for said in messages) == [False, True]


def test_an_ordinary_user_fills_an_empty_cache_and_uses_it(
    ordinary: Who, fresh: tuple[Path, list[list[str]]]
) -> None:
    cache = ordinary.home / "cache"
    # Its toolchain is empty; only the packages need not come over the network once more.
    shutil.copytree(fresh[0] / "downloads", cache / "downloads", symlinks=True)
    if ordinary.uid:
        for folder, folders, files in os.walk(cache):
            for name in (".", *folders, *files):
                os.chown(Path(folder) / name, ordinary.uid, -1, follow_symlinks=False)
    said = ordinary.run("use", cache)
    assert said.get("codes") is None, said
    assert said["uid"] == (ordinary.uid or os.geteuid()) != 0
    assert "the toolchain is installed" in said["messages"]
    assert said["database"] == ["postgres", "1..1"]


def test_a_warm_cache_needs_no_network(me: Who, fresh: tuple[Path, list[list[str]]]) -> None:
    said = me.run("use", fresh[0], *without_network(), npm_config_registry=NOWHERE)
    assert said.get("codes") is None, said
    assert said["messages"] == []
    assert said["tsc"] == "Version 7.0.2"
    assert said["oxlint"] == "Version: 1.94.0"
    assert said["deno"] == "42"
    assert said["database"] == ["postgres", "1..1"]


def test_an_empty_cache_without_network_is_a_diagnostic(me: Who, tmp_path: Path) -> None:
    said = me.run("ensure", tmp_path / "cache", npm_config_registry=NOWHERE)
    assert said["codes"] == ["AW-6001"]
    assert "hint:" in said["text"]
    assert list((tmp_path / "cache/npm").iterdir()) == []


def test_a_full_disk_is_a_diagnostic(me: Who, tmp_path: Path) -> None:
    mount = f'mount -t tmpfs -o size=40m none "{tmp_path}"'
    script = mount + f' && "$@" && ls "{tmp_path}/cache/npm" >&2'
    before = ["unshare", "-m", "sh", "-c", script, "sh"]
    if subprocess.run([*before, "true"], capture_output=True, check=False).returncode == 1:
        pytest.skip("mounting a small disk needs root; the unit tests cover the diagnostic")
    process = me.start("ensure", tmp_path / "cache", *before)
    assert process.stderr is not None
    said = finish(process)
    assert said["codes"] == ["AW-6003"], said["text"]


def test_a_killed_run_leaves_no_server_behind(me: Who, fresh: tuple[Path, list[list[str]]]) -> None:
    process = me.start("hold", fresh[0])
    assert process.stdout is not None
    server = json.loads(process.stdout.readline())["postgres"]
    assert is_running(server)
    process.kill()
    process.communicate()
    assert eventually(lambda: not is_running(server))


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def eventually(condition: Any, seconds: float = 20) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.05)
    return False

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from archwright.adapters import npm
from archwright.adapters.node import NodePaths
from archwright.diagnostics import DiagnosticError
from archwright.ports import Finished

LOCK = json.dumps(
    {
        "packages": {
            "": {},
            "node_modules/a": {},
            "node_modules/@scope/c": {},
            "node_modules/b": {"optional": True},
        }
    }
)
NODE = NodePaths(Path("/n/bin/node"), Path("/n/npm-cli.js"), "24.0.0")


class FakeNpm:
    """Stands for the process: notes how it was started and installs one package."""

    def __init__(self, code: int = 0, stderr: str = "", wait: Callable[[], object] = lambda: 0):
        self.code, self.stderr, self.wait = code, stderr, wait
        self.argv: list[str] = []
        self.env: dict[str, str] = {}

    def __call__(self, argv: list[str], cwd: Path, env: dict[str, str], **_: object) -> Finished:
        self.argv, self.env = argv, env
        for name in ("a", "@scope/c", ".bin"):
            (cwd / "node_modules" / name).mkdir(parents=True)
            (cwd / "node_modules" / name / "package.json").write_text("{}")
        self.wait()
        return Finished(self.code, "", self.stderr, 0.1)


def install(
    fake: FakeNpm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> list[tuple[str, int, int]]:
    said: list[tuple[str, int, int]] = []
    monkeypatch.setattr(npm, "run", fake)
    npm.install(
        NODE,
        tmp_path,
        manifest={"name": "x"},
        lock=LOCK,
        downloads=Path("/cache/downloads"),
        progress=lambda *args: said.append(args),
        environ={"HOME": str(tmp_path), "https_proxy": "http://proxy", "SECRET": "no"},
    )
    return said


def test_npm_gets_manifest_lock_and_no_scripts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = FakeNpm()
    install(fake, tmp_path, monkeypatch)
    assert json.loads((tmp_path / "package.json").read_text()) == {"name": "x"}
    assert (tmp_path / "package-lock.json").read_text() == LOCK
    assert fake.argv[:3] == ["/n/bin/node", "/n/npm-cli.js", "install"]
    assert {"--ignore-scripts", "--cache=/cache/downloads"} <= set(fake.argv)


def test_npm_learns_how_to_reach_a_registry_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = FakeNpm()
    (tmp_path / ".npmrc").write_text("")
    install(fake, tmp_path, monkeypatch)
    assert fake.env["https_proxy"] == "http://proxy"
    assert fake.env["npm_config_userconfig"] == str(tmp_path / ".npmrc")
    assert fake.env["HOME"] != str(tmp_path)
    assert fake.env["PATH"] == "/n/bin"
    assert "SECRET" not in fake.env


def test_settings_without_a_file_name_none() -> None:
    environ = {"HOME": "/nowhere", "NPM_CONFIG_REGISTRY": "r", "NODE_EXTRA_CA_CERTS": "c", "A": "b"}
    settings = npm.registry_settings(environ)
    assert settings == {"NPM_CONFIG_REGISTRY": "r", "NODE_EXTRA_CA_CERTS": "c"}


def test_progress_counts_what_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = install(FakeNpm(wait=lambda: time.sleep(0.8)), tmp_path, monkeypatch)
    assert said[0] == ("fetching the toolchain", 0, 2)
    assert ("installing the toolchain", 2, 2) in said


@pytest.mark.parametrize(
    ("stderr", "code"),
    [
        ("npm error code EAI_AGAIN\nnpm error syscall getaddrinfo", "AW-6001"),
        ("npm error code ECONNREFUSED", "AW-6001"),
        ("npm error code ETIMEDOUT", "AW-6001"),
        ("npm error code ENOSPC", "AW-6003"),
        ("npm warn tar TAR_ENTRY_ERROR ENOSPC: no space left on device", "AW-6003"),
        ("npm error code EACCES", "AW-6002"),
        ("npm error code EROFS", "AW-6002"),
        ("npm error code EINTEGRITY\nnpm error sha512 differs", "AW-6004"),
        ("", "AW-6004"),
    ],
)
def test_what_npm_says_becomes_a_diagnostic(
    stderr: str, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(DiagnosticError) as caught:
        install(FakeNpm(1, stderr), tmp_path, monkeypatch)
    told = caught.value.diagnostics[0]
    assert told.code == code
    assert told.hint


def test_an_unknown_failure_quotes_npm() -> None:
    told = npm.failure(Finished(1, "", "npm error code E404\nnpm error 404 x", 0), Path("/c"))
    assert "code E404; 404 x" in told.message
    assert "exit code 7" in npm.failure(Finished(7, "", "", 0), Path("/c")).message


def test_a_failure_without_a_reason_on_a_full_disk_is_the_disks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = SimpleNamespace(free=2**20)
    monkeypatch.setattr("shutil.disk_usage", lambda path: left)
    log = Finished(1, "", "npm error A complete log of this run can be found in: x.log", 0)
    assert npm.failure(log, tmp_path).code == "AW-6003"
    named = Finished(1, "", "npm error code E404\nnpm error 404 x", 0)
    assert npm.failure(named, tmp_path).code == "AW-6004"
    left.free = 2**40
    assert npm.failure(log, tmp_path).code == "AW-6004"


def test_one_package_is_fetched_as_an_archive(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def pack(argv: list[str], cwd: Path, env: dict[str, str], **_: object) -> Finished:
        asked.extend(argv)
        (cwd / "x-1.0.0.tgz").write_text("")
        return Finished(0, "", "", 0.1)

    monkeypatch.setattr(npm, "run", pack)
    found = npm.fetch(NODE, "x@1.0.0", tmp_path, Path("/c/downloads"), what="it", size="1 MB")
    assert found == tmp_path / "x-1.0.0.tgz"
    assert asked[2:4] == ["pack", "x@1.0.0"]
    assert {"--ignore-scripts", f"--pack-destination={tmp_path}"} <= set(asked)


def test_a_package_that_cannot_be_fetched_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = Finished(1, "", "npm error code ENOTFOUND", 0.1)
    monkeypatch.setattr(npm, "run", lambda *args, **more: said)
    with pytest.raises(DiagnosticError) as caught:
        npm.fetch(NODE, "x@1.0.0", tmp_path, Path("/c/d"), what="the browser", size="70 MB")
    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.code == "AW-6001"
    assert "the browser" in diagnostic.message
    assert "70 MB" in diagnostic.hint

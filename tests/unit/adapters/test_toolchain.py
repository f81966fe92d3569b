from __future__ import annotations

import json
from pathlib import Path
from typing import Any, ClassVar

import pytest

from archwright.adapters import toolchain as module
from archwright.adapters.node import find_deno, find_node
from archwright.adapters.toolchain import PinnedToolchain, key
from archwright.diagnostics import Diagnostic, DiagnosticError
from archwright.ports import Finished, Toolchain
from archwright.toolchain.pins import pins


class FakeRun:
    """Stands for processes: notes how they were started and ends with ``code``."""

    def __init__(self, code: int = 0) -> None:
        self.code = code
        self.calls: list[dict[str, Any]] = []

    def __call__(self, argv: list[str], cwd: Path, env: dict[str, str], **rest: Any) -> Finished:
        self.calls.append({"argv": argv, "cwd": cwd, "env": env, **rest})
        return Finished(self.code, "out", "err", 0.1)


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> FakeRun:
    fake = FakeRun()
    monkeypatch.setattr(module, "run", fake)
    return fake


@pytest.fixture
def installs(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Replace npm by something that makes a bin, and PostgreSQL's files by nothing."""
    calls: list[dict[str, Any]] = []

    def install(node: object, folder: Path, **options: Any) -> None:
        calls.append(options)
        bins = folder / "node_modules/.bin"
        bins.mkdir(parents=True)
        (folder / "node_modules/typescript").mkdir()
        (folder / "node_modules/typescript/tsc.js").write_text("")
        (folder / "node_modules/typescript/package.json").write_text('{"version": "7.0.2"}')
        (bins / "tsc").symlink_to("../typescript/tsc.js")

    monkeypatch.setattr("archwright.adapters.npm.install", install)
    monkeypatch.setattr("archwright.adapters.postgres.pgtap.unpack", lambda *args: None)
    return calls


def test_it_implements_the_port(tmp_path: Path) -> None:
    port: Toolchain = PinnedToolchain(tmp_path)
    assert port.versions() == pins().versions()


def test_a_cold_cache_is_filled_once(
    tmp_path: Path, fake: FakeRun, installs: list[dict[str, Any]]
) -> None:
    said: list[tuple[str, int, int]] = []
    tools = PinnedToolchain(tmp_path, lambda *args: said.append(args))
    tools.ensure()
    PinnedToolchain(tmp_path).ensure()
    assert len(installs) == 1
    assert installs[0]["downloads"] == tmp_path / "downloads"
    assert installs[0]["manifest"]["dependencies"]["react"] == pins().app["react"]
    assert said == [("the toolchain is installed", 1, 1)]
    assert tools.node_modules() == tmp_path / tools.entry / "node_modules"
    (hydrated,) = fake.calls
    assert hydrated["argv"][1] == "scripts/hydrate-symlinks.js"


def test_a_platform_without_a_server_package_is_installed_too(
    tmp_path: Path,
    fake: FakeRun,
    installs: list[dict[str, Any]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "current_platform", lambda: "plan9-mips")
    PinnedToolchain(tmp_path).ensure()
    assert fake.calls == []
    assert len(installs) == 1


def test_links_that_cannot_be_made_leave_nothing_installed(
    tmp_path: Path, fake: FakeRun, installs: list[dict[str, Any]]
) -> None:
    fake.code = 1
    tools = PinnedToolchain(tmp_path)
    with pytest.raises(DiagnosticError, match="AW-6004"):
        tools.ensure()
    assert list((tmp_path / "npm").iterdir()) == []


def test_a_tool_runs_on_our_node_with_a_clean_environment(
    tmp_path: Path,
    fake: FakeRun,
    installs: list[dict[str, Any]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SECRET_TOKEN", "s3cret")
    tools = PinnedToolchain(tmp_path)
    modules = tools.node_modules()
    done = tools.tool("tsc", ["-b"], tmp_path, env={"A": "1"}, stdin="in", timeout=5)
    call = fake.calls[-1]
    assert done.stdout == "out"
    assert call["argv"] == [str(find_node().node), str(modules / "typescript/tsc.js"), "-b"]
    assert (call["cwd"], call["stdin"], call["timeout"]) == (tmp_path, "in", 5)
    assert call["label"] == "tsc"
    assert call["env"]["PATH"] == f"{find_node().node.parent}:{modules / '.bin'}"
    assert call["env"]["A"] == "1"
    assert "SECRET_TOKEN" not in call["env"]
    home = Path(call["env"]["HOME"])
    assert Path(call["env"]["NODE_COMPILE_CACHE"]).parent == home  # gone with it
    assert home.is_dir()
    tools.node(["-v"], tmp_path)
    assert fake.calls[-1]["argv"] == [str(find_node().node), "-v"]
    assert fake.calls[-1]["env"]["HOME"] == str(home)
    tools.close()
    tools.close()
    assert not home.exists()


def test_deno_keeps_its_files_in_the_cache(tmp_path: Path, fake: FakeRun) -> None:
    tools = PinnedToolchain(tmp_path)
    tools.deno(["check", "x.ts"], tmp_path, env={"DENO_NO_UPDATE_CHECK": "0"})
    (call,) = fake.calls
    assert call["argv"] == [str(find_deno()), "check", "x.ts"]
    assert call["env"]["DENO_DIR"] == str(tmp_path / "deno")
    assert call["env"]["DENO_NO_UPDATE_CHECK"] == "0"
    tools.close()


def test_a_lost_tool_is_a_diagnostic(
    tmp_path: Path, fake: FakeRun, installs: list[dict[str, Any]]
) -> None:
    tools = PinnedToolchain(tmp_path)
    with pytest.raises(DiagnosticError, match="AW-6007: the cached toolchain has no tool nothing"):
        tools.tool("nothing", [], tmp_path)


def test_the_key_follows_what_is_installed() -> None:
    base = key({"a": "1"}, "lock", "24.0.0")
    assert base == key({"a": "1"}, "lock", "24.0.0")
    others = {
        key({"a": "2"}, "lock", "24.0.0"),
        key({"a": "1"}, "look", "24.0.0"),
        key({"a": "1"}, "lock", "24.0.1"),
    }
    assert len(others | {base}) == 4


def test_the_status_installs_nothing(tmp_path: Path, installs: list[dict[str, Any]]) -> None:
    tools = PinnedToolchain(tmp_path / "cache")
    lines = {line.name: line for line in tools.status()}
    assert not lines["typescript"].present
    assert not (tmp_path / "cache").exists()
    assert installs == []


class FakeHost:
    """Stands for a process that stays: answers with what it was asked, or dies."""

    made: ClassVar[list[FakeHost]] = []

    def __init__(self, argv: list[str], cwd: Path, env: dict[str, str], label: str) -> None:
        self.script, self.cwd, self.env, self.label = Path(argv[-1]), cwd, env, label
        self.alive = True
        self.made.append(self)

    def ask(self, request: dict[str, Any], timeout: float) -> Finished:
        if request.get("die"):
            raise DiagnosticError(Diagnostic("AW-6012", "gone"))
        return Finished(0, json.dumps(request), "", timeout)

    def close(self) -> None:
        self.alive = False


@pytest.fixture
def hosts(monkeypatch: pytest.MonkeyPatch) -> list[FakeHost]:
    FakeHost.made = []
    monkeypatch.setattr(module, "Host", FakeHost)
    return FakeHost.made


def test_a_tool_stays_loaded_for_one_folder(
    tmp_path: Path, fake: FakeRun, hosts: list[FakeHost]
) -> None:
    tools = PinnedToolchain(tmp_path)
    one, other = tmp_path / "one", tmp_path / "other"
    done = tools.ask("vite", {"build": {}}, one, env={"A": "1"}, timeout=9)
    assert (done.stdout, done.seconds) == ('{"tool": "vite", "build": {}}', 9)
    tools.ask("vite", {}, one)
    tools.ask("vitest", {}, one)
    assert [(h.label, h.cwd, h.alive) for h in hosts] == [
        ("vite", one, True),
        ("vitest", one, True),
    ]
    assert hosts[0].env["A"] == "1"
    assert "createBuilder" in hosts[0].script.read_text()
    tools.ask("vite", {}, other)
    assert [h.alive for h in hosts] == [False, True, True]
    tools.close()
    assert [h.alive for h in hosts] == [False, False, False]
    assert not hosts[0].script.exists()


def test_a_run_of_its_own_ends_what_stays_loaded(
    tmp_path: Path, fake: FakeRun, hosts: list[FakeHost], installs: list[dict[str, Any]]
) -> None:
    tools = PinnedToolchain(tmp_path)
    tools.ask("tsc", {}, tmp_path)
    tools.ask("vite", {}, tmp_path)
    tools.tool("tsc", [], tmp_path)
    assert [h.alive for h in hosts] == [False, True]
    tools.close()


def test_one_that_is_gone_is_started_again(
    tmp_path: Path, fake: FakeRun, hosts: list[FakeHost]
) -> None:
    tools = PinnedToolchain(tmp_path)
    with pytest.raises(DiagnosticError, match="AW-6012"):
        tools.ask("vite", {"die": True}, tmp_path)
    assert not hosts[0].alive
    tools.ask("vite", {}, tmp_path)
    hosts[1].alive = False  # killed between two calls
    tools.ask("vite", {}, tmp_path)
    assert len(hosts) == 3
    tools.close()

"""A front end that cannot be built ends a run before any platform is made."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from archwright.blueprint.codec import dump
from archwright.blueprint.model import App, Blueprint
from archwright.diagnostics import DiagnosticError
from archwright.ports import BrowserProgram, SpecsWanted
from archwright.preview.front import PLACEHOLDER
from archwright.preview.platform import Home, Wrap
from archwright.preview.project import Project
from archwright.preview.proving import DIST, LocalBrowsing
from archwright.preview.specs import REPORT
from subjects.canned import Canned, said
from subjects.tiny import write

BLUEPRINT = dump(Blueprint(app=App(name="Clipster", slug="clipster")))


def no_postgres() -> Any:
    return None


def browser() -> BrowserProgram:
    return BrowserProgram(Path("/b/chromium"), "153.0")


def test_what_vite_says_is_told(tmp_path: Path) -> None:
    app = write(tmp_path, {"package.json": "{}", "supabase/config.toml": ""})
    tools = Canned(said(stderr=f"error in {app}/src/main.tsx", code=1))
    browsing = LocalBrowsing(tools, no_postgres(), browser, lambda _: ())
    with pytest.raises(DiagnosticError) as caught:
        browsing.run(app, SpecsWanted())
    (found,) = caught.value.diagnostics
    assert (found.code, found.message) == (
        "AW-5143",
        "the front end cannot be built: error in src/main.tsx",
    )
    assert tools.calls[0][:4] == ("vite", "build", "--outDir", DIST)
    assert tools.environments[0]["VITE_SUPABASE_URL"] == PLACEHOLDER
    key = tools.environments[0]["VITE_SUPABASE_PUBLISHABLE_KEY"]
    assert key.startswith("sb_publishable_")


def test_a_folder_without_an_app_is_refused(tmp_path: Path) -> None:
    browsing = LocalBrowsing(Canned(said()), no_postgres(), browser, lambda _: ())
    with pytest.raises(DiagnosticError) as caught:
        browsing.run(tmp_path, SpecsWanted())
    assert caught.value.diagnostics[0].code == "AW-7008"


class World:
    """Stands for the database and the platforms: notes what was made for whom."""

    def __init__(self) -> None:
        self.clones: list[str | None] = []
        self.placed: list[tuple[str, ...]] = []
        self.states: list[Path] = []
        self.open = 0

    @contextmanager
    def scratch(self, template: str | None = None) -> Iterator[str]:
        self.clones.append(template)
        yield f"clone {len(self.clones)}"

    @contextmanager
    def connect(self, name: str, *, superuser: bool = False) -> Iterator[str]:
        assert superuser
        yield name

    @contextmanager
    def migrated(self, server: object, project: Project) -> Iterator[str]:
        yield "template"

    def place(self, connection: str, state: Path, samples: Sequence[str]) -> int:
        assert connection == "template"
        (state / "clip").write_text("clip")
        self.placed.append(tuple(samples))
        return len(samples)

    @contextmanager
    def running(
        self, project: Project, server: object, name: str, home: Home, *, specs: bool, wrap: Wrap
    ) -> Iterator[SimpleNamespace]:
        assert specs
        assert (home.state / "clip").read_text() == "clip"
        self.states.append(home.state)
        self.open += 1
        yield SimpleNamespace(url=f"http://127.0.0.1:{self.open}/{name.replace(' ', '-')}")
        self.open -= 1


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    made = World()
    for name in ("migrated", "place", "running"):
        monkeypatch.setattr(f"archwright.preview.proving.{name}", getattr(made, name))
    return made


def playwright(folder: Path) -> None:
    """Do what Vite and Playwright do."""
    write(folder, {f"{DIST}/index.html": PLACEHOLDER, REPORT: "the report"})


def test_each_worker_has_a_platform_of_its_own(tmp_path: Path, world: World) -> None:
    files = {"package.json": "{}", "supabase/config.toml": "", "blueprint.yaml": BLUEPRINT}
    app = write(tmp_path, files)
    tools = Canned(said(), playwright)
    named: list[str] = []

    def samples(blueprint: Blueprint) -> Any:
        named.append(blueprint.app.name)
        return ("clip",)

    server: Any = world
    report = LocalBrowsing(tools, server, browser, samples).run(app, SpecsWanted(workers=3))
    assert report == "the report"
    assert (named, world.placed) == (["Clipster"], [("clip",)])
    assert world.clones == ["template"] * 3
    assert len(set(world.states)) == 3
    assert world.open == 0
    assert not any(state.exists() for state in world.states)
    origins = json.loads(tools.environments[-1]["E2E_ORIGINS"])
    assert origins == [f"http://127.0.0.1:{n}/clone-{n}" for n in (1, 2, 3)]


def test_a_blueprint_that_cannot_be_read_has_no_samples(tmp_path: Path, world: World) -> None:
    files = {"package.json": "{}", "supabase/config.toml": "", "blueprint.yaml": "app: 5"}
    app = write(tmp_path, files)
    server: Any = world
    tools = Canned(said(), playwright)
    LocalBrowsing(tools, server, browser, lambda _: ()).run(app, SpecsWanted(workers=1))
    assert world.placed == [()]

"""Brings an app up for its specs: a front end built once, and a platform for each worker."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from archwright.blueprint.codec import load
from archwright.blueprint.model import Blueprint
from archwright.catalog.samples import Sample
from archwright.diagnostics import Diagnostic, DiagnosticError
from archwright.ports import BrowserProgram, SpecsWanted, StackDatabase, Toolchain
from archwright.preview.database import migrated
from archwright.preview.front import PLACEHOLDER, front_end
from archwright.preview.media import place
from archwright.preview.platform import Home, copied_state, keys_of, running
from archwright.preview.project import Project, open_project, own_folder
from archwright.preview.specs import SpecRunner

BLUEPRINT = "blueprint.yaml"
DIST = ".cache/specs-dist"


@dataclass(frozen=True)
class LocalBrowsing:
    """Implements the port ``Browsing`` with the local stack.

    ``browser`` finds the program when it is needed, ``samples`` the files of an app's packs;
    ``deno`` is a cache that platforms share.
    """

    toolchain: Toolchain
    postgres: StackDatabase
    browser: Callable[[], BrowserProgram]
    samples: Callable[[Blueprint], Sequence[Sample]]
    deno: Path | None = None

    def run(self, folder: Path, wanted: SpecsWanted) -> str:
        """Run the specs of the app in a folder and return Playwright's report; see the port."""
        browser = self.browser()
        project = open_project(folder)
        own_folder(project)
        keys = keys_of(project)
        self._build(folder, keys.publishable)
        with ExitStack() as open_now:
            origins = self._platforms(project, wanted.workers, open_now)
            runner = SpecRunner(self.toolchain, browser, folder, keys)
            return runner.run(origins, wanted.files, wanted.told)

    def _platforms(self, project: Project, count: int, open_now: ExitStack) -> list[str]:
        """Start ``count`` platforms, each with a clone of one database; return their addresses."""
        aside = open_now.enter_context(tempfile.TemporaryDirectory(prefix="archwright-prove-"))
        state = Path(aside) / "state"
        state.mkdir()
        template = open_now.enter_context(migrated(self.postgres, project))
        with self.postgres.connect(template, superuser=True) as connection:
            place(connection, state, self._samples_of(project.root))
        front = front_end(project.root / DIST)
        origins = []
        for number in range(count):
            home = Home(copied_state(state, Path(aside) / str(number)), self.deno)
            clone = open_now.enter_context(self.postgres.scratch(template))
            platform = running(project, self.postgres, clone, home, specs=True, wrap=front)
            origins.append(open_now.enter_context(platform).url)
        return origins

    def _samples_of(self, folder: Path) -> Sequence[Sample]:
        """Return the sample files of the packs that the app's Blueprint names."""
        app, _ = load((folder / BLUEPRINT).read_text(encoding="utf-8"), BLUEPRINT)
        return self.samples(app) if app else ()

    def _build(self, folder: Path, key: str) -> None:
        """Build the front end for an address that is filled in when it is served."""
        env = {"VITE_SUPABASE_URL": PLACEHOLDER, "VITE_SUPABASE_PUBLISHABLE_KEY": key}
        arguments = ("build", "--outDir", DIST, "--emptyOutDir", "--logLevel", "warn")
        done = self.toolchain.tool("vite", arguments, folder, env=env)
        if done.code != 0:
            said = (done.stderr.strip() or done.stdout.strip())[-1500:].replace(f"{folder}/", "")
            text = f"the front end cannot be built: {said}"
            raise DiagnosticError(Diagnostic("AW-5143", text))

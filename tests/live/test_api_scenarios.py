"""Every api function of the whole short-video app, called through supabase-js as each persona."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from archwright.compiler import Compiled
from archwright.ports import Database, Toolchain
from harness import Harness, NodeRun, run_vitest

pytestmark = pytest.mark.live

SCENARIOS = Path(__file__).parent / "scenarios"
SUPPORT = "world.ts"
EXPORTED = re.compile(r"^export (?:async )?function (\w+)", re.MULTILINE)
IMPORT = re.compile(r"^import (?!type)\{([^}]*)\} from '@/(features/[\w/-]*api)';$", re.MULTILINE)

Function = tuple[str, str]
"""A module below ``src`` without its ending, and the name of a function that it exports."""


@dataclass(frozen=True)
class Emitted:
    """The app as it is emitted."""

    folder: Path

    @property
    def functions(self) -> set[Function]:
        """What the api modules export."""
        files = [*self.folder.glob("src/features/**/*-api.ts")]
        files += self.folder.glob("src/features/**/api.ts")
        return {
            (file.relative_to(self.folder / "src").with_suffix("").as_posix(), name)
            for file in files
            for name in EXPORTED.findall(file.read_text())
        }


def scenarios() -> dict[str, str]:
    """Return the scenario files' texts by name."""
    files = sorted(SCENARIOS.glob("*.ts"))
    return {file.stem: file.read_text() for file in files if file.name != SUPPORT}


def called(text: str) -> set[Function]:
    """Return the api functions that a scenario imports and uses."""
    rest = IMPORT.sub("", text)
    return {
        (module, name)
        for names, module in IMPORT.findall(text)
        for name in re.split(r",\s*", names.strip().strip(","))
        if re.search(rf"\b{name}\b", rest)
    }


@pytest.fixture(scope="module")
def app(flagship: Compiled, tmp_path_factory: pytest.TempPathFactory) -> Emitted:
    """Lay the whole short-video app out."""
    folder = tmp_path_factory.mktemp("app")
    for draft in flagship.drafts:
        file = folder / draft.path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(draft.text)
    return Emitted(folder)


@pytest.fixture
def backend(database: Database, app: Emitted, flagship_database: str) -> Iterator[Harness]:
    """The migrated database with the app's own sample rows and the scenarios' crowd, served."""
    with database.scratch(flagship_database) as name:
        with database.connect(name, superuser=True) as arranger:
            arranger.execute((app.folder / "supabase/seed.sql").read_text())
            arranger.execute((SCENARIOS / "arrange.sql").read_text())
            arranger.commit()
        with Harness(database, name) as harness:
            yield harness


def test_every_api_function_has_a_scenario(app: Emitted) -> None:
    wanted = app.functions
    assert len(wanted) > 90
    found = set().union(*(called(text) for text in scenarios().values()))
    assert sorted(wanted - found) == []


def test_a_function_that_is_only_imported_does_not_count() -> None:
    text = "import { one, two } from '@/features/x/x-api';\none();\n"
    assert called(text) == {("features/x/x-api", "one")}


def test_the_api_does_what_the_pages_rely_on(
    toolchain: Toolchain, app: Emitted, backend: Harness
) -> None:
    files = {SUPPORT: (SCENARIOS / SUPPORT).read_text()}
    runs = run_vitest(toolchain, app.folder, scenarios(), backend.env(), files=files)
    assert [_failure(run) for run in runs if run.status != "passed"] == []
    assert len(runs) > 60


def _failure(run: NodeRun) -> str:
    return f"{run.name}: {run.failure}"

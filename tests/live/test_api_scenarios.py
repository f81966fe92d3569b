"""Every api function of the whole short-video app, called through supabase-js as each persona."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from archwright.catalog.load import load_catalog
from archwright.catalog.materialise import materialise
from archwright.compiler import compile_app, make_plan
from archwright.intent.lexicon import from_catalog
from archwright.intent.understand import understand
from archwright.migrate.diff import diff
from archwright.migrate.files import to_files
from archwright.ports import Database, Toolchain
from archwright.schema.model import Schema
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
    """The app as it is emitted, with one migration for all of it."""

    folder: Path
    migrations: tuple[str, ...]

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
def app(tmp_path_factory: pytest.TempPathFactory) -> Emitted:
    """Compile "Build a TikTok clone" whole and lay it out."""
    packs, problems = load_catalog()
    assert not problems
    understood = understand("Build a TikTok clone", from_catalog(packs), None)
    assert understood.blueprint is not None, understood.diagnostics
    plan, found = make_plan(materialise(understood.blueprint, packs), packs)
    assert plan is not None, found
    compiled, found = compile_app(plan.app)
    assert compiled is not None, found
    folder = tmp_path_factory.mktemp("app")
    for draft in compiled.drafts:
        file = folder / draft.path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(draft.text)
    migrations = to_files(diff(Schema(), compiled.architecture.schema), 1)
    return Emitted(folder, tuple(migration.sql for migration in migrations))


@pytest.fixture
def backend(database: Database, app: Emitted) -> Iterator[Harness]:
    """The migrated database with the app's own sample rows and the scenarios' crowd, served."""
    with database.scratch() as name:
        with database.connect(name) as owner:
            for sql in app.migrations:
                owner.execute(sql)
                owner.commit()
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

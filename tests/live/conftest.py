"""The real toolchain and a real PostgreSQL, once per test session."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from archwright.adapters.postgres.database import EmbeddedPostgres
from archwright.adapters.toolchain import PinnedToolchain
from archwright.catalog.load import load_catalog
from archwright.catalog.materialise import materialise
from archwright.compiler import Compiled, compile_app, make_plan
from archwright.intent.lexicon import from_catalog
from archwright.intent.understand import understand
from archwright.migrate.diff import diff
from archwright.migrate.files import to_files
from archwright.schema.model import Schema
from subjects.real_builds import BROKEN, RealBench, catalog_with, platform, told


@pytest.fixture(scope="session")
def toolchain() -> Iterator[PinnedToolchain]:
    """Give the user's own toolchain, installed by the first run that needs it."""
    tools = PinnedToolchain()
    tools.ensure()
    yield tools
    tools.close()


@pytest.fixture(scope="session")
def database(toolchain: PinnedToolchain) -> Iterator[EmbeddedPostgres]:
    """Give a PostgreSQL cluster with the bootstrap; it starts when first used."""
    with EmbeddedPostgres(toolchain) as running:
        yield running


@pytest.fixture(scope="session")
def bench(
    toolchain: PinnedToolchain, database: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory
) -> RealBench:
    """Give what builds with the real gates need."""
    return RealBench(toolchain, database, tmp_path_factory.mktemp("stages"))


@pytest.fixture(scope="session")
def base_app(bench: RealBench, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a small proven app, foundation and boards: not to be changed, only to be copied."""
    out = tmp_path_factory.mktemp("base") / "out"
    outcome = bench.build(out, platform("boards"), catalog_with(BROKEN / "boards"))
    assert outcome.complete, told(outcome)
    return out


@pytest.fixture(scope="session")
def flagship() -> Compiled:
    """Compile "Build a TikTok clone" whole."""
    packs, problems = load_catalog()
    assert not problems
    understood = understand("Build a TikTok clone", from_catalog(packs), None)
    assert understood.blueprint is not None, understood.diagnostics
    plan, found = make_plan(materialise(understood.blueprint, packs), packs)
    assert plan is not None, found
    compiled, found = compile_app(plan.app)
    assert compiled is not None, found
    return compiled


@pytest.fixture(scope="session")
def flagship_database(database: EmbeddedPostgres, flagship: Compiled) -> Iterator[str]:
    """A database with its schema by one migration and no rows: only to be cloned."""
    with database.scratch() as name:
        for file in to_files(diff(Schema(), flagship.architecture.schema), 1):
            with database.connect(name) as connection:
                connection.execute(file.sql.encode())
        yield name

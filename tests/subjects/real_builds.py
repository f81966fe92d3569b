"""Builds with the real gates, for the live tests."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from archwright.adapters.disk import Folder
from archwright.adapters.git import GitHistory
from archwright.adapters.postgres.database import EmbeddedPostgres
from archwright.adapters.toolchain import PinnedToolchain
from archwright.blueprint.model import App, Blueprint, FeatureUse
from archwright.build.events import Event
from archwright.build.runner import Builder, Outcome
from archwright.build.session import run
from archwright.build.stage import Stage
from archwright.catalog.load import load_catalog
from archwright.catalog.pack import Catalog
from archwright.proof.prover import GateProver

PACKS = Path(__file__).parents[2] / "src/archwright/packs"
BROKEN = Path(__file__).parents[1] / "cases/broken_packs"


@dataclass
class RealBench:
    """Where real builds take place: tools, server, a folder for the stages."""

    toolchain: PinnedToolchain
    postgres: EmbeddedPostgres
    root: Path
    events: list[Event] = field(default_factory=list)

    def build(self, out: Path, blueprint: Blueprint, catalog: Catalog) -> Outcome:
        """Build into a folder with all gates."""
        stage = Stage(self.root / "stage", self.toolchain.node_modules())
        folder, history = Folder(out), GitHistory(out)
        with GateProver(self.toolchain, self.postgres) as prover:
            builder = Builder(
                self.toolchain, self.postgres, prover, folder, history, stage, self.events.append
            )
            return run(builder, blueprint, catalog)

    def databases(self) -> set[str]:
        """Return the names of the scratch databases that there are."""
        with self.postgres.connect("postgres", superuser=True) as connection:
            rows = connection.execute("select datname from pg_database").fetchall()
        return {name for (name,) in rows if name.startswith("app_")}


def catalog_with(*folders: Path) -> Catalog:
    """Return the built-in foundation and the given packs."""
    catalog, problems = load_catalog([PACKS / "foundation", *folders])
    assert not problems, "\n".join(map(str, problems))
    return catalog


def told(outcome: Outcome) -> str:
    """Return what stopped a build, for a failing assertion."""
    return "\n".join(str(d) for d in outcome.diagnostics)


def platform(*features: str) -> Blueprint:
    """Return the Blueprint of an app with these features."""
    uses = tuple(FeatureUse(use=name) for name in features)
    return Blueprint(app=App(name="Pinboard", slug="pinboard"), features=uses)

"""Parts of a platform that is in use die and come back: the app in the browser gets over it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from archwright.adapters.toolchain import PinnedToolchain
from archwright.build.stage import Stage
from archwright.catalog.expansion import expand
from archwright.catalog.load import load_catalog
from archwright.catalog.samples import samples_of
from archwright.ports import SpecsWanted
from archwright.preview.database import migrated
from archwright.preview.media import place
from archwright.preview.project import Project
from archwright.preview.proving import DIST, LocalBrowsing
from archwright.proof.browser.results import parse
from subjects.breakable import GatewayProcess, MortalPostgres, Outages
from subjects.spec_app import files_of

pytestmark = pytest.mark.live

SPEC = "e2e/outage.spec.ts"
FEATURES = ("auth", "profiles", "videos", "feed", "messages")


class BreakableBrowsing(LocalBrowsing):
    """One platform, whose gateway and database die at the word of the spec."""

    def _platforms(self, project: Project, count: int, open_now: ExitStack) -> list[str]:
        assert isinstance(self.postgres, MortalPostgres)
        mortal = self.postgres
        state = project.root / ".cache/outage-state"
        state.mkdir()
        name = open_now.enter_context(migrated(mortal, project))
        with mortal.connect(name, superuser=True) as connection:
            place(connection, state, self._samples_of(project.root))
        gateway = GatewayProcess(project.root, project.root / DIST, state, mortal, name)
        gateway.start()
        open_now.callback(gateway.kill)
        outages = Outages(
            gateway=(gateway.kill, gateway.start),
            database=(mortal.mortal.crash, mortal.mortal.revive),
        )
        open_now.enter_context(outages)
        spec = project.root / SPEC
        spec.write_text(spec.read_text().replace("OUTAGES/", f"{outages.url}/"))
        return [gateway.url]


@pytest.fixture
def app(toolchain: PinnedToolchain, tmp_path: Path) -> Iterator[Path]:
    """Give the folder of an app with people, videos and messages, and the specs of its outages."""
    files = files_of("Clipster", *FEATURES)
    files[SPEC] = Path(__file__).with_name("outage.spec.ts").read_text()
    with Stage(tmp_path / "app", toolchain.node_modules()) as stage:
        stage.lay_out(files)
        yield stage.folder


def test_what_dies_in_use_is_told_got_over_and_costs_no_message(
    app: Path, toolchain: PinnedToolchain
) -> None:
    catalog, _ = load_catalog()
    with MortalPostgres(toolchain) as postgres:
        browsing = BreakableBrowsing(
            toolchain, postgres, toolchain.browser, lambda b: samples_of(expand(b, catalog)[0])
        )
        run = parse(browsing.run(app, SpecsWanted((SPEC,), 1)), app)
    assert len(run.specs) == 7
    failed = [f"{s.title}: {s.errors[0].message}" for s in run.specs if s.status != "passed"]
    assert not failed, "\n\n".join(failed)

"""Builds an app in a process of its own: ``main`` takes the folder and the packs as arguments."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from archwright.adapters.disk import Folder
from archwright.adapters.git import GitHistory
from archwright.adapters.postgres.database import EmbeddedPostgres
from archwright.adapters.toolchain import PinnedToolchain
from archwright.build.runner import Builder
from archwright.build.session import run
from archwright.build.stage import Stage
from archwright.proof.database import Prepared
from archwright.proof.drafts import DraftsGate
from archwright.proof.lanes import Lane
from archwright.proof.prover import GateProver
from subjects.real_builds import catalog_with, platform, told


class Formatting(GateProver):
    """Formats and migrates like the real one, and reads the drafts; no more is proven."""

    def lanes(self, prepared: Prepared, *, last: bool) -> Sequence[Lane]:
        return [[DraftsGate()]]


def main() -> None:
    """Build ``sys.argv[1]`` from the packs that follow."""
    out, *packs = map(Path, sys.argv[1:])
    tools = PinnedToolchain()
    stage = Stage(out.parent / "stage", tools.node_modules())
    with EmbeddedPostgres(tools) as server, Formatting(tools, server) as prover:
        builder = Builder(tools, server, prover, Folder(out), GitHistory(out), stage)
        outcome = run(builder, platform(*(pack.name for pack in packs)), catalog_with(*packs))
    if not outcome.complete:
        sys.exit(told(outcome))

"""The worked example of CONTRIBUTING.md, executed as it is printed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from archwright.adapters.postgres.database import EmbeddedPostgres
from archwright.blueprint.model import App, Blueprint, FeatureUse
from archwright.catalog.load import load_catalog, load_pack
from archwright.catalog.pack import Catalog
from archwright.compiler import compile_app, make_plan
from archwright.migrate.diff import diff
from archwright.migrate.files import to_files
from archwright.schema.model import Schema

pytestmark = pytest.mark.live
ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"^`([^`]+)`\n\n```\w+\n(.*?)^```", re.M | re.S)


def test_the_example_compiles_and_migrates(tmp_path: Path, database: EmbeddedPostgres) -> None:
    printed = dict(BLOCK.findall((ROOT / "CONTRIBUTING.md").read_text()))
    assert len(printed) == 2
    for path, text in printed.items():
        target = tmp_path / "claps" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text)
    claps, problems = load_pack(tmp_path / "claps")
    assert claps is not None, problems
    builtin, problems = load_catalog()
    assert not problems
    catalog = Catalog({**builtin.packs, "claps": claps})
    uses = [FeatureUse(use=name) for name in ("auth", "profiles", "videos")]
    blueprint = Blueprint(
        app=App(name="Clipster", slug="clipster"),
        features=(*uses, FeatureUse(use="claps", on=("Video",))),
    )
    plan, problems = make_plan(blueprint, catalog)
    assert plan is not None, problems
    compiled, problems = compile_app(plan.app)
    assert compiled is not None, problems
    paths = {d.path: d.text for d in compiled.drafts}
    assert "addVideoClaps" in paths["src/features/claps/video-claps-api.ts"]
    migrations = to_files(diff(Schema(), compiled.architecture.schema), 1)
    with database.scratch() as name, database.connect(name) as connection:
        for migration in migrations:
            connection.execute(migration.sql)
        row = connection.execute("select count(*) from public.video_claps").fetchone()
        assert row == (0,)

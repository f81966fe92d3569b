"""A proven app changes under the gates: rows stay, harm needs a name, the end is as if fresh."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from archwright.adapters.disk import Folder
from archwright.adapters.git import GitHistory
from archwright.adapters.postgres.database import EmbeddedPostgres
from archwright.adapters.toolchain import PinnedToolchain
from archwright.blueprint.codec import load
from archwright.blueprint.model import Access, App, Attribute, Blueprint, Entity, FeatureUse
from archwright.build.change.wishes import Kind, Wish, granted
from archwright.build.folder import standing_migrations
from archwright.build.preparation import MIGRATIONS
from archwright.build.runner import Builder, Outcome
from archwright.build.session import Change, run
from archwright.build.stage import Stage
from archwright.catalog.load import load_catalog
from archwright.catalog.pack import Catalog
from archwright.compiler import compile_app, make_plan
from archwright.migrate.compare import compare
from archwright.migrate.diff import diff
from archwright.migrate.files import to_files
from archwright.proof.database import apply
from archwright.proof.prover import GateProver
from archwright.schema.model import Schema
from subjects.builds import app_tree
from subjects.fresh_build import Formatting
from subjects.real_builds import BROKEN, PACKS, told
from subjects.small_packs import small_packs

pytestmark = pytest.mark.live

MEMBER = "00000000-0000-4000-8000-000000000001"
ROWS = f"""
insert into auth.users (id, email) values ('{MEMBER}', 'ada@example.com');
insert into public.profiles (id, user_id, handle) values ('{MEMBER}', '{MEMBER}', 'Ada');
insert into public.products (owner_id, title, caption)
select '{MEMBER}', 'Thing ' || n, 'Caption ' || n from generate_series(1, 50) n;
"""
COLUMNS = (Attribute(name="title", required=True, maximum=80), Attribute(name="caption"))
OWN = Access(select="public", insert="owner", update="owner", delete="owner")


@dataclass
class Shop:
    """An app in a folder, and a database in use that has run its migrations."""

    tools: PinnedToolchain
    server: EmbeddedPostgres
    packs: Catalog
    root: Path
    database: str
    ran: set[str] = field(default_factory=set)

    @property
    def out(self) -> Path:
        return self.root / "app"

    def build(self, wanted: Blueprint, prover: GateProver, change: Change | None) -> Outcome:
        stage = Stage(self.root / "stage", self.tools.node_modules())
        place, history = Folder(self.out), GitHistory(self.out)
        builder = Builder(self.tools, self.server, prover, place, history, stage)
        return run(builder, wanted, self.packs, change)

    def wish(self, *wishes: tuple[Kind, str], accept: str = "") -> Outcome:
        """Change the app with the gates that are fast."""
        before, _ = load((self.out / "blueprint.yaml").read_text(), "")
        assert before is not None
        made, renamed, problems = granted(before, self.packs, [Wish(*w) for w in wishes])
        assert made is not None, problems
        change = Change(frozenset(accept.split()), renamed)
        with GateProver(self.tools, self.server, "fast") as prover:
            return self.build(made, prover, change)

    def migrate(self) -> None:
        """Let the database in use run what is new, as a deployment does."""
        for path in sorted((self.out / "supabase/migrations").glob("*.sql")):
            if path.name not in self.ran:
                new = standing_migrations({f"{MIGRATIONS}/{path.name}": path.read_text()})
                assert apply(self.server, self.database, new) == []
                self.ran.add(path.name)

    def rows(self, query: str) -> list[tuple[object, ...]]:
        with self.server.connect(self.database, superuser=True) as connection:
            return [tuple(row) for row in connection.execute(query).fetchall()]


@pytest.fixture(scope="module")
def shop(
    toolchain: PinnedToolchain,
    database: EmbeddedPostgres,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Shop]:
    """Give an app whose build is taken for proven: only its changes are looked at here."""
    root = tmp_path_factory.mktemp("changes")
    _, profiles, _ = small_packs(root / "packs", ("profiles",))
    manifest = profiles / "pack.toml"  # the foundation's specs give people a handle
    text = manifest.read_text().replace("body", "handle")
    manifest.write_text(
        text + '\n[tables.profiles.access.update]\nwho = "owner"\ncolumns = ["handle"]\n'
    )
    packs, problems = load_catalog([PACKS / "foundation", profiles, BROKEN / "boards"])
    assert not problems
    uses = (FeatureUse(use="profiles"),)
    entities = (
        Entity(name="Product", attributes=COLUMNS, access=OWN),
        Entity(name="Store", attributes=COLUMNS[:1], access=OWN),
    )
    wanted = Blueprint(app=App(name="Shop", slug="shop"), features=uses, entities=entities)
    with database.scratch() as name:
        made = Shop(toolchain, database, packs, root, name)
        with Formatting(toolchain, database) as prover:
            outcome = made.build(wanted, prover, None)
        assert outcome.complete, told(outcome)
        made.migrate()
        with database.connect(name, superuser=True) as connection:
            connection.execute(ROWS)
            connection.commit()
        yield made


def test_an_app_changes_step_by_step(shop: Shop) -> None:
    """One app after the other: each change is proven by the gates and runs where rows are."""
    titles: list[str] = []

    def done(*wishes: tuple[Kind, str], accept: str = "") -> list[str]:
        outcome = shop.wish(*wishes, accept=accept)
        assert outcome.complete, told(outcome)
        shop.migrate()
        titles.extend(str(e["title"]) for e in outcome.evidence)
        assert shop.rows("select count(*) from public.products") == [(50,)]
        return [m for e in outcome.evidence for m in e["migrations"]]

    def needs(hazard: str, *wishes: tuple[Kind, str]) -> None:
        before = app_tree(shop.out)
        (problem,) = shop.wish(*wishes).diagnostics
        assert (problem.code, f"--accept {hazard}" in problem.hint) == ("AW-4011", True)
        assert app_tree(shop.out) == before

    assert done(("set", "app.theme.primary=#0f766e")) == []
    assert done(("add", "boards"))
    rename: tuple[Kind, str] = ("rename", "Product.caption=headline")
    needs("breaks_clients", rename)
    assert done(rename, accept="breaks_clients")
    assert shop.rows("select min(headline) from public.products") == [("Caption 1",)]
    rules: tuple[tuple[Kind, str], ...] = (
        ("set", "Product.headline.required=true"),
        ("set", "Product.access.update=member"),
    )
    needs("access_widened", *rules)
    assert done(*rules, accept="access_widened may_fail long_lock table_rewrite")
    less: tuple[tuple[Kind, str], ...] = (("remove", "Store"), ("remove", "boards"))
    needs("data_loss", *less)
    assert done(*less, accept="data_loss")
    assert not (shop.out / "src/features/boards").exists()
    assert [title for title in titles if title.startswith("Change")] == [
        "Change: set app.theme.primary",
        "Change: rename Product.caption to headline",
        "Change: set Product.headline.required; set Product.access.update",
        "Change: remove Store; remove boards",
    ]
    _as_if_it_had_always_been(shop)


def _as_if_it_had_always_been(shop: Shop) -> None:
    """Hold the database in use and the files against those of a fresh build."""
    wanted, _ = load((shop.out / "blueprint.yaml").read_text(), "")
    assert wanted is not None
    plan, problems = make_plan(wanted, shop.packs)
    assert plan is not None, problems
    compiled, problems = compile_app(plan.app)
    assert compiled is not None, problems
    with Formatting(shop.tools, shop.server) as prover:
        files = {d.path: d.text.encode() for d in prover.format(compiled.drafts)}
    there = {p: b for p, b in app_tree(shop.out).items() if "/migrations/" not in p}
    assert there == files
    with shop.server.scratch() as fresh:
        migrations = to_files(diff(Schema(), compiled.architecture.schema), 1)
        assert apply(shop.server, fresh, migrations) == []
        with shop.server.connect(fresh) as one, shop.server.connect(shop.database) as two:
            assert compare(one, two) == []

"""The proof of a migration on the real PostgreSQL, and that it sees what is wrong."""

from __future__ import annotations

from dataclasses import replace

import pytest

from archwright.adapters.postgres.database import EmbeddedPostgres
from archwright.catalog.load import load_catalog
from archwright.catalog.materialise import materialise
from archwright.compiler import Compiled, compile_app, make_plan
from archwright.intent.lexicon import from_catalog
from archwright.intent.understand import understand
from archwright.migrate.diff import diff
from archwright.migrate.files import MigrationFile, to_files
from archwright.migrate.in_use import in_use
from archwright.migrate.moves import Moves, Reshape
from archwright.migrate.renames import Renames
from archwright.proof.migration import MigrationCase, prove_migration
from archwright.proof.running import Findings
from archwright.schema.model import Column, Enum, Index, Schema, Unique
from schemas.renamed import RENAMES, renamed_sample
from schemas.sample import CLIPS, sample

pytestmark = pytest.mark.live
NONE, STAY = Renames(), Moves()


def case(new: Schema, renames: Renames = NONE, moves: Moves = STAY) -> MigrationCase:
    old = sample()
    steps = in_use(diff(old, new, renames, moves), old, new)
    standing = to_files(diff(Schema(), old), 1)
    return MigrationCase(standing, to_files(steps, 2, "change", waits="5s"), old, new, steps)


def with_clips(**parts: object) -> Schema:
    base = sample()
    tables = tuple(
        replace(t, **parts) if t.ref == CLIPS else t  # type: ignore[arg-type]
        for t in base.tables
    )
    return replace(base, tables=tables)


def columns(*changed: Column) -> tuple[Column, ...]:
    clips = sample().table("clips")
    assert clips is not None
    by_name = {c.name: c for c in (*clips.columns, *changed)}
    return tuple(by_name.values())


def codes(found: Findings) -> list[str]:
    return [f"{d.code} {d.message}" for d in found.diagnostics]


def test_a_change_of_everything_is_proven(database: EmbeddedPostgres) -> None:
    clips = sample().table("clips")
    assert clips is not None
    new = with_clips(
        columns=columns(
            Column("duration_ms", "bigint", default="0"),
            Column("title", "text"),
            Column("token", "uuid", default="gen_random_uuid()"),
        ),
        uniques=(*clips.uniques, Unique("clips_token_key", ("token",))),
        checks=clips.checks[:1],
    )
    new = replace(
        new,
        indexes=(*new.indexes, Index("clips_title_idx", CLIPS, ("title",))),
        enums=(*new.enums[:2], Enum("visibility", ("public", "unlisted", "followers", "private"))),
    )
    found = prove_migration(database, case(new))
    assert codes(found) == []
    assert found.facts["tables_without_rows"] == []
    assert found.facts["rows"] == 48
    assert found.facts["reversible"] is False
    assert "visibility keeps unlisted" in str(found.facts["not_restored"])


def test_renames_are_proven(database: EmbeddedPostgres) -> None:
    found = prove_migration(database, case(renamed_sample(sample()), RENAMES))
    assert codes(found) == []
    assert found.facts["reversible"] is True
    assert found.facts["not_restored"] == []


def test_a_split_is_proven(database: EmbeddedPostgres) -> None:
    settings = sample().table("person_settings")
    assert settings is not None
    reshape = Reshape(
        settings.ref,
        ("code",),
        (("first", "left(code, 1)"), ("last", "substr(code, 2)")),
        (("code", "first || last"),),
    )
    halves = (Column("first", "text", not_null=False), Column("last", "text", not_null=False))
    rest = tuple(c for c in settings.columns if c.name != "code")
    tables = tuple(
        replace(t, columns=(*rest, *halves)) if t == settings else t for t in sample().tables
    )
    found = prove_migration(
        database, case(replace(sample(), tables=tables), moves=Moves(reshapes=(reshape,)))
    )
    assert codes(found) == []
    assert found.facts["not_restored"] == []


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("delete from public.clips where ctid = (select min(ctid) from public.clips)", "AW-5204"),
        ("update public.clips set caption = upper(caption) || '!'", "AW-5204"),
        ("alter table public.clips disable row level security", "AW-5203"),
        ("grant update on public.clips to anon", "AW-5203"),
        ("selekt 1", "AW-5109"),
    ],
)
def test_what_is_wrong_is_seen(database: EmbeddedPostgres, statement: str, said: str) -> None:
    """A migration that somebody edited does more than it should."""
    right = case(with_clips(comment="Later"))
    (file,) = right.files
    wrong = MigrationFile(file.version, file.name, f"{file.sql}\n{statement};\n")
    found = prove_migration(database, replace(right, files=(wrong,)))
    assert said in {d.code for d in found.diagnostics}


@pytest.mark.slow
def test_a_flagship_that_grew(database: EmbeddedPostgres, flagship: Compiled) -> None:
    """Two tables with rows meet all that the later features bring, and lose it again."""
    packs, _ = load_catalog()
    understood = understand("Build a TikTok clone", from_catalog(packs), None)
    assert understood.blueprint is not None
    plan, _ = make_plan(materialise(understood.blueprint, packs), packs)
    assert plan is not None
    part, problems = compile_app(plan.after(14))
    assert part is not None, problems
    old, new = part.architecture.schema, flagship.architecture.schema
    steps = in_use(diff(old, new), old, new)
    standing = to_files(diff(Schema(), old), 1)
    made = MigrationCase(standing, to_files(steps, 2, "grow", waits="5s"), old, new, steps)
    found = prove_migration(database, made)
    assert codes(found) == []
    assert found.facts["tables_without_rows"] == []
    assert found.facts["reversible"] is True

"""``database.types.ts`` is what Supabase's own generator prints for the migrated database."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from archwright.adapters.postgres.database import EmbeddedPostgres
from archwright.adapters.toolchain import PinnedToolchain
from archwright.compiler import Compiled
from archwright.migrate.diff import diff
from archwright.migrate.files import to_files
from archwright.schema.model import Argument, Function, Ref, Schema
from archwright.schema.typescript import database_types
from schemas.sample import sample

pytestmark = pytest.mark.live


def generated(
    database: EmbeddedPostgres, toolchain: PinnedToolchain, schema: Schema, folder: Path
) -> str:
    """Migrate a fresh database and ask the CLI; notices come before the text."""
    with database.scratch() as name:
        for file in to_files(diff(Schema(), schema), 1):
            with database.connect(name) as connection:
                connection.execute(file.sql)
        url = database.url(name)
        arguments = ["gen", "types", "--lang", "typescript", "--db-url", url, "--schema", "public"]
        done = toolchain.tool("supabase", arguments, folder)
    assert done.code == 0, done.stderr
    return done.stdout[done.stdout.index("\nexport type Json") :]


def test_the_sample(database: EmbeddedPostgres, toolchain: PinnedToolchain, tmp_path: Path) -> None:
    assert database_types(sample()) == generated(database, toolchain, sample(), tmp_path)


def test_an_empty_schema(
    database: EmbeddedPostgres, toolchain: PinnedToolchain, tmp_path: Path
) -> None:
    assert database_types(Schema()) == generated(database, toolchain, Schema(), tmp_path)


def test_the_short_video_platform(
    database: EmbeddedPostgres, toolchain: PinnedToolchain, flagship: Compiled, tmp_path: Path
) -> None:
    schema = flagship.architecture.schema
    assert len(schema.tables) >= 15
    assert database_types(schema) == generated(database, toolchain, schema, tmp_path)


def _overload(name: str, argument: str, kind: str, returns: str = "text") -> Function:
    default = " default null" if kind == "jsonb" else ""
    given = f"{argument} {kind}{default}" if kind else ""
    sql = (
        f"create or replace function public.{name}({given}) returns {returns}\n"
        f"language sql stable as $$ select null::{returns} $$"
    )
    arguments = (Argument(argument, kind, bool(default)),) if kind else ()
    return Function(Ref("public", name), arguments, returns, False, sql, ("anon",))


def test_calls_that_cannot_be_resolved(
    database: EmbeddedPostgres, toolchain: PinnedToolchain, tmp_path: Path
) -> None:
    more = (
        _overload("pick", "p", "text"),
        _overload("pick", "p", "integer"),
        _overload("pick", "p", "public.clips"),
        _overload("send", "", ""),
        _overload("send", "", "jsonb"),
        _overload("take", "", "json", "jsonb"),
        _overload("never_shown", "", "uuid"),
        _overload("b_c", "p", "uuid"),
        _overload("b1", "p", "uuid[]", "numeric"),
    )
    schema = replace(sample(), functions=(*sample().functions, *more))
    assert database_types(schema) == generated(database, toolchain, schema, tmp_path)


def test_the_formatter_makes_it_readable_once(toolchain: PinnedToolchain, tmp_path: Path) -> None:
    file = tmp_path / "database.types.ts"
    file.write_text(database_types(sample()), encoding="utf-8")
    texts = []
    for _ in range(2):
        done = toolchain.tool("oxfmt", [file.name], tmp_path)
        assert done.code == 0, done.stderr
        texts.append(file.read_text(encoding="utf-8"))
    assert texts[0] == texts[1]
    assert "is_hidden: boolean;\n" in texts[0] or "is_hidden: boolean\n" in texts[0]

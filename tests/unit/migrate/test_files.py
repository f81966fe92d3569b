"""Migration files: versions, split, header, sections."""

from __future__ import annotations

from dataclasses import replace

from archwright.migrate.diff import diff
from archwright.migrate.files import to_files, version
from archwright.schema.model import Bucket, Column, Enum, Grant, Ref, Schema, Table
from schemas.sample import sample

ONE = Ref("public", "one")


def test_versions_count_up_as_instants() -> None:
    assert version(1) == "20260101000001"
    assert version(59) == "20260101000059"
    assert version(60) == "20260101000100"
    assert [version(n) for n in range(1, 200)] == sorted(version(n) for n in range(1, 200))


def test_no_operations_no_files() -> None:
    assert to_files((), 1) == ()


def test_one_file_for_a_fresh_schema() -> None:
    (file,) = to_files(diff(Schema(), sample()), 7, "first", "All of it.")
    assert file.filename == "20260101000007_first.sql"
    assert file.sql.startswith("-- All of it.\n\n-- Extensions and schemas\n\ncreate extension")
    assert file.sql.endswith(";\n")
    headings = ["-- Types", "-- Tables", "-- Indexes", "-- Triggers", "-- Row-level security"]
    positions = [file.sql.index(h) for h in [*headings, "-- Grants", "-- Storage"]]
    assert positions == sorted(positions)


def test_new_enum_values_have_a_file_that_precedes() -> None:
    old = Schema(enums=(Enum("e", ("a",)),))
    new = replace(
        Schema(enums=(Enum("e", ("a", "b")),)),
        tables=(Table(ONE, (Column("x", "e", enum="e", default="'b'"),), ("x",)),),
    )
    first, second = to_files(diff(old, new), 3, "more")
    assert (first.filename, second.filename) == (
        "20260101000003_more_values.sql",
        "20260101000004_more.sql",
    )
    assert "add value if not exists 'b'" in first.sql
    assert "create table" not in first.sql
    assert second.sql.startswith("-- Tables one.\n")


def test_only_enum_values_is_one_file() -> None:
    old, new = Schema(enums=(Enum("e", ("a",)),)), Schema(enums=(Enum("e", ("a", "b")),))
    assert [f.version for f in to_files(diff(old, new), 3)] == ["20260101000003"]


def test_the_header_warns() -> None:
    table = Table(ONE, (Column("id", "uuid"), Column("x", "text")), ("id",))
    old = Schema(tables=(table,))
    new = Schema(tables=(replace(table, columns=table.columns[:1]),))
    (file,) = to_files(diff(old, new), 1)
    assert file.sql.splitlines()[:3] == [
        "-- Drop one.x.",
        "-- Mind:",
        "--   data_loss: public.one.x: The values of the column are deleted.",
    ]
    assert "-- Removed for good" in file.sql


def test_grants_to_one_role_share_a_statement() -> None:
    table = Table(ONE, (Column("id", "uuid"),), ("id",))
    grants = (Grant(ONE, "anon", "delete"), Grant(ONE, "anon", "select"))
    (file,) = to_files(diff(Schema(), Schema(tables=(table,), grants=grants)), 1)
    assert "grant delete, select on public.one to anon;" in file.sql


def test_summaries() -> None:
    tables = tuple(
        Table(Ref("public", f"t{n}"), (Column("id", "uuid"),), ("id",)) for n in range(9)
    )
    (many,) = to_files(diff(Schema(), Schema(tables=tables)), 1)
    assert many.sql.startswith("-- 9 new tables.\n")
    buckets = tuple(Bucket(f"b{n}", False, 1, ()) for n in range(2))
    (file,) = to_files(diff(Schema(), Schema(buckets=buckets)), 1)
    assert file.sql.startswith("-- Set up the storage bucket b0, and 1 more.\n")

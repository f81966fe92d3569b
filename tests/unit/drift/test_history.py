"""Who is ahead is told from the record alone."""

from __future__ import annotations

import pytest

from archwright.drift.history import Record, history
from archwright.migrate.files import MigrationFile

FILES = [MigrationFile(f"2026010100000{n}", f"m{n}", f"select {n}") for n in (1, 2, 3)]


def split(script: str) -> list[str]:
    return [script]


def record(*numbers: int, **other: list[str] | None) -> Record:
    return {f"2026010100000{n}": [f"select {n}"] for n in numbers} | {
        key.removeprefix("v"): said for key, said in other.items()
    }


@pytest.mark.parametrize(
    ("there", "said", "behind"),
    [
        (None, "the database keeps no record of migrations, so nobody knows who is ahead", False),
        ({}, "the database keeps no record of migrations, so nobody knows who is ahead", False),
        (record(1, 2, 3), "both have the same migrations", False),
        (record(1, 2), "the files are ahead by 20260101000003_m3.sql", True),
        (record(1, 3), "changed since they were applied: 20260101000002_m2.sql", False),
        (
            record(1, v20990101000000=["x"]),
            "the database is ahead by 20990101000000, of which no file is here; "
            "changed since they were applied: 20260101000002_m2.sql, 20260101000003_m3.sql",
            False,
        ),
        (
            record(2, 3, v20260101000001=["select 9"]),
            "changed since they were applied: 20260101000001_m1.sql",
            False,
        ),
        (record(2, 3, v20260101000001=None), "both have the same migrations", False),
    ],
)
def test_who_is_ahead(there: Record | None, said: str, behind: bool) -> None:
    found = history(there, FILES, split)
    assert (str(found), found.behind) == (said, behind)

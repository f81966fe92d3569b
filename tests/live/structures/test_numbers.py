"""Numbers without gaps: 1 to as many as there are, whatever is rolled back, whoever writes."""

from __future__ import annotations

import random
from uuid import UUID

import psycopg
import pytest

from .conftest import at_once, one

pytestmark = pytest.mark.live

DENIED = psycopg.errors.InsufficientPrivilege
GAPS = """
    select count(*) from (
      select number, row_number() over (partition by shelf_id, year order by number) as place
      from letters
    ) n where n.number <> n.place
"""


def shelf(number: int) -> UUID:
    return UUID(int=number + 1)


@pytest.fixture
def shelves(url: str) -> str:
    """Give a database with three shelves."""
    with psycopg.connect(url) as connection:
        for number in range(3):
            into = "insert into shelves (id, label) values (%s, 'Shelf')"
            connection.execute(into, [shelf(number)])
    return url


def write(connection: psycopg.Connection, *on: int, at: str = "2026-05-01") -> list[int]:
    """Write a letter on each shelf by one statement; return the numbers they got."""
    listed = ", ".join(["(%s, %s::timestamptz)"] * len(on))
    values = [value for number in on for value in (shelf(number), at)]
    text = f"insert into letters (shelf_id, created_at) values {listed} returning number"
    return [row[0] for row in connection.execute(text.encode(), values).fetchall()]


def test_each_series_counts_by_itself(shelves: str) -> None:
    with psycopg.connect(shelves) as connection:
        assert write(connection, 0, 1, 0, 0) == [1, 1, 2, 3]
        assert write(connection, 0, at="2025-12-31 23:59:59+00") == [1]
        assert write(connection, 0, 1) == [4, 2]
        # Whoever gives a number gets the next one all the same.
        into = "insert into letters (shelf_id, number, created_at) values (%s, 77, '2026-05-01')"
        connection.execute(into, [shelf(0)])
        assert one(connection, "select max(number) from letters") == 5
        for month, expected in (("01", 1), ("01", 2), ("02", 1), ("01", 3)):
            text = "insert into notes (created_at) values (%s::timestamptz) returning number"
            assert one(connection, text, [f"2026-{month}-07 12:00+00"]) == expected


def test_what_is_not_written_takes_no_number(shelves: str) -> None:
    """A rollback, a statement that fails, a row that was there already: none leaves a gap."""
    with psycopg.connect(shelves) as connection:
        write(connection, 0)
        connection.commit()
        write(connection, 0, 0)
        connection.rollback()
        with pytest.raises(psycopg.errors.ForeignKeyViolation), connection.transaction():
            write(connection, 0, 8)
        known = one(connection, "select id from letters")
        for _ in range(3):
            connection.execute(
                "insert into letters (id, shelf_id, created_at) values (%s, %s, '2026-05-01')"
                " on conflict (id) do nothing",
                [known, shelf(0)],
            )
        assert write(connection, 0) == [2]


@pytest.mark.parametrize(
    "statement",
    [
        "update letters set number = number + 10",
        "update letters set shelf_id = '00000000-0000-0000-0000-000000000003'",
        "update letters set created_at = created_at - interval '1 year'",
        "delete from letters",
        "delete from notes",
        "update notes set created_at = created_at - interval '1 year'",
    ],
)
def test_numbered_rows_stay_where_they_are(shelves: str, statement: str) -> None:
    with psycopg.connect(shelves) as connection:
        write(connection, 0, 0)
        connection.execute("insert into notes default values")
        with pytest.raises(DENIED) as refused, connection.transaction():
            connection.execute(statement.encode())
        assert str(refused.value.diag.constraint_name).endswith("_number_kept")
        connection.execute("update letters set text = 'Dear', created_at = created_at")


def test_many_at_once_leave_no_gap(shelves: str) -> None:
    """Ten sessions write in three series, some take it back; every number is there once."""
    given: list[int] = []

    def work(connection: psycopg.Connection, number: int) -> None:
        chance = random.Random(number)
        for _ in range(25):
            # Series in one order, so that nobody waits in a circle.
            write(connection, *sorted(chance.choices(range(3), k=chance.randrange(1, 4))))
            if chance.random() < 0.3:
                connection.rollback()
            else:
                connection.commit()
                given.append(number)

    assert at_once(shelves, 10, work) == [""] * 10
    with psycopg.connect(shelves) as connection:
        assert one(connection, GAPS) == 0
        assert one(connection, "select count(*) from letters") >= len(given) > 100


def test_an_old_snapshot_takes_no_number_twice(shelves: str) -> None:
    with psycopg.connect(shelves) as first, psycopg.connect(shelves) as second:
        second.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        second.execute("select 1 from letters")
        write(first, 0)
        first.commit()
        with pytest.raises(psycopg.errors.UniqueViolation, match="letter_number_unique"):
            write(second, 0)
        second.rollback()
        assert write(second, 0) == [2]

"""Append-only tables and the balances of a ledger: exact, also when many write at once."""

from __future__ import annotations

import random
from uuid import UUID, uuid4

import psycopg
import pytest

from .conftest import at_once, one

pytestmark = pytest.mark.live

DENIED = psycopg.errors.InsufficientPrivilege
MOVE = "insert into movements (good_id, shelf_id, quantity, kind) values "
# Balances that differ from the sum of what was written, and sums that have no balance.
WRONG = """
    select count(*) from levels b full join (
      select good_id, shelf_id, sum(quantity) as amount from movements group by good_id, shelf_id
    ) e using (good_id, shelf_id)
    where b.on_hand is distinct from coalesce(e.amount, 0)
"""


def thing(number: int) -> UUID:
    return UUID(int=number + 1)


@pytest.fixture
def depot(url: str) -> str:
    """Give a database with 12 goods, 4 shelves, and a member."""
    with psycopg.connect(url) as connection:
        for number in range(12):
            connection.execute("insert into goods (id, title) values (%s, 'Lamp')", [thing(number)])
        for number in range(4):
            into = "insert into shelves (id, label) values (%s, 'Shelf')"
            connection.execute(into, [thing(number)])
    return url


def move(connection: psycopg.Connection, *rows: tuple[int, int, int]) -> None:
    """Write movements (good, shelf, quantity) by one statement."""
    listed = ", ".join(["(%s, %s, %s, 'receipt')"] * len(rows))
    values = [value for good, shelf, n in rows for value in (thing(good), thing(shelf), n)]
    connection.execute((MOVE + listed).encode(), values)


def on_hand(connection: psycopg.Connection, good: int, shelf: int) -> int:
    query = "select on_hand from levels where good_id = %s and shelf_id = %s"
    return int(one(connection, query, [thing(good), thing(shelf)]))


def test_a_balance_is_made_with_its_first_entry_and_is_the_sum(depot: str) -> None:
    with psycopg.connect(depot) as connection:
        move(connection, (0, 0, 5), (1, 0, 7), (0, 0, 4), (0, 1, 1))
        move(connection, (0, 0, -3))
        assert [on_hand(connection, *at) for at in ((0, 0), (1, 0), (0, 1))] == [6, 7, 1]
        assert one(connection, WRONG) == 0
        # What would be less than nothing is refused with its entry.
        with pytest.raises(psycopg.errors.CheckViolation), connection.transaction():
            move(connection, (0, 1, -2))
        with pytest.raises(psycopg.errors.CheckViolation), connection.transaction():
            move(connection, (2, 2, -1))
        connection.execute("update levels set promised = 6 where on_hand = 6")
        with pytest.raises(psycopg.errors.CheckViolation, match="not_oversold"):
            move(connection, (0, 0, -1))


@pytest.mark.parametrize(
    "statement",
    [
        "update levels set on_hand = on_hand + 1",
        "update levels set on_hand = 0",
        "update levels set good_id = '00000000-0000-0000-0000-000000000003'",
        "delete from levels",
        "insert into levels (good_id, shelf_id, kind, on_hand)"
        " select good_id, '00000000-0000-0000-0000-000000000004', kind, 9 from levels",
    ],
)
def test_a_balance_changes_in_no_other_way(depot: str, statement: str) -> None:
    with psycopg.connect(depot) as connection:
        move(connection, (0, 0, 5))
        with pytest.raises(DENIED) as refused, connection.transaction():
            connection.execute(statement.encode())
        assert refused.value.diag.constraint_name == "stock_kept"
        connection.execute("update levels set on_hand = on_hand, promised = 2")
        # A row of nothing may be made beforehand, and goes again.
        empty = statement.replace("9", "0") if "insert" in statement else "select 1"
        connection.execute(empty.encode())
        connection.execute("delete from levels where on_hand = 0")
        assert one(connection, WRONG) == 0


@pytest.mark.parametrize(
    "statement",
    [
        "update movements set quantity = 1",
        "update movements set quantity = quantity",
        "update movements set actor_id = null",
        "delete from movements",
        "truncate movements",
        "delete from goods",
    ],
)
def test_entries_stay_as_they_are(depot: str, statement: str) -> None:
    with psycopg.connect(depot) as connection:
        move(connection, (0, 0, 5))
        with pytest.raises((DENIED, psycopg.errors.ForeignKeyViolation)), connection.transaction():
            connection.execute(statement.encode())
        assert one(connection, "select count(*) from movements where quantity = 5") == 1


def test_definer_functions_change_no_entry_either(depot: str) -> None:
    with psycopg.connect(depot) as connection:
        move(connection, (0, 0, 5))
        connection.execute(
            "create function private.tidy() returns void language sql security definer"
            " set search_path = '' as 'update public.movements set quantity = 0'"
        )
        with pytest.raises(DENIED, match="movements_append_only"):
            connection.execute("select private.tidy()")


def test_an_account_goes_and_what_it_did_stays(depot: str, platform: psycopg.Connection) -> None:
    gone, stays = uuid4(), uuid4()
    # Signing up has rules of its own, which are not what is looked at here.
    platform.execute("set session_replication_role = replica")
    for number, who in enumerate((gone, stays)):
        platform.execute("insert into auth.users (id) values (%s)", [who])
        into = "insert into profiles (id, handle, display_name) values (%s, %s, 'Somebody')"
        platform.execute(into, [who, f"user_{number}"])
    platform.execute("set session_replication_role = origin")
    for number, who in enumerate((gone, stays)):
        platform.execute(f'set local request.jwt.claims = \'{{"sub": "{who}"}}\''.encode())
        move(platform, (number, 0, 5))
    assert one(platform, "select count(distinct actor_id) from movements") == 2
    with pytest.raises(DENIED), platform.transaction():
        platform.execute("update movements set actor_id = null where actor_id = %s", [gone])
    platform.execute("delete from auth.users where id = %s", [gone])
    rows = platform.execute("select actor_id, quantity, size from movements").fetchall()
    assert sorted(rows, key=str) == sorted([(None, 5, 5), (stays, 5, 5)], key=str)
    assert one(platform, WRONG) == 0


def test_many_writers_never_deadlock_and_lose_nothing(depot: str) -> None:
    """Twelve sessions write the same balances in other orders, forty times each; none fails."""

    def work(connection: psycopg.Connection, number: int) -> None:
        chance = random.Random(number)
        for _ in range(40):
            rows = [
                (chance.randrange(12), chance.randrange(4), chance.randrange(1, 9))
                for _ in range(chance.randrange(1, 12))
            ]
            move(connection, *rows)
            if chance.random() < 0.2:
                connection.rollback()
            connection.commit()

    assert at_once(depot, 12, work) == [""] * 12
    with psycopg.connect(depot) as connection:
        assert one(connection, WRONG) == 0
        assert one(connection, "select sum(on_hand) from levels") > 5000
        assert one(connection, "select count(*) from levels") == 48


def test_the_last_pieces_go_once(depot: str) -> None:
    """Fifteen sessions want one of ten: ten have one, five are told that there is none."""
    with psycopg.connect(depot) as connection:
        move(connection, (0, 0, 10))

    def take(connection: psycopg.Connection, number: int) -> None:
        move(connection, (0, 0, -1))

    assert sorted(at_once(depot, 15, take)) == [""] * 10 + ["23514"] * 5
    with psycopg.connect(depot) as connection:
        assert on_hand(connection, 0, 0) == 0
        assert one(connection, WRONG) == 0


def test_an_old_snapshot_loses_no_entry(depot: str) -> None:
    """Who began before another committed is told to try again; nothing is overwritten."""
    with psycopg.connect(depot) as first, psycopg.connect(depot) as second:
        move(first, (0, 0, 1))
        first.commit()
        second.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        second.execute("select 1 from levels")
        move(first, (0, 0, 2))
        first.commit()
        with pytest.raises(psycopg.errors.SerializationFailure):
            move(second, (0, 0, 4))
        second.rollback()
        assert on_hand(first, 0, 0) == 3

"""Six kinds of feature as packs, each on two targets: the manifest can say them, and they hold."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from archwright.diagnostics import Severity
from archwright.ports import Database
from archwright.proof.access_matrix import AccessMatrixGate
from archwright.proof.query_plans import QueryPlansGate
from subjects.packed import GADGET, RECIPE, Packed, compiled, migrate

pytestmark = pytest.mark.live

BOTH = ("Recipe", "Gadget")
SPIKES = ("likes", "blocks", "reports", "ranking", "stock", "booking")


def app_of(*features: str) -> Packed:
    chosen: dict[str, Sequence[str]] = {"auth": (), "profiles": (), **dict.fromkeys(features, BOTH)}
    return compiled(chosen, [RECIPE, GADGET])


@pytest.mark.parametrize("features", [*((name,) for name in SPIKES), SPIKES], ids="+".join)
def test_alone_and_together_on_two_targets(database: Database, features: tuple[str, ...]) -> None:
    packed = app_of(*features)
    names = {t.ref.name for t in packed.architecture.schema.tables}
    assert not any("thing" in name for name in names)
    with database.scratch() as name:
        migrate(database, name, packed)
        subject = packed.subject(database, name)
        for evidence in (AccessMatrixGate().check(subject), QueryPlansGate().check(subject)):
            assert [str(d) for d in evidence.diagnostics if d.severity is not Severity.NOTE] == []
            assert not evidence.skipped


@pytest.fixture(scope="module")
def shop(database: Database) -> Iterator[str]:
    """Give the URL of a database with two members, a recipe each, and three of one in stock."""
    packed = app_of("stock", "booking")
    with database.scratch() as name:
        migrate(database, name, packed)
        with database.connect(name, superuser=True) as connection:
            # Signing up has rules of its own, which are not what is looked at here.
            connection.execute("set session_replication_role = replica")
            connection.execute(
                "insert into auth.users (id) select "
                "('00000000-0000-4000-8000-00000000000' || n)::uuid "
                "from generate_series(1, 8) as n; "
                "insert into public.profiles (id, handle, display_name) "
                "select id, 'user_' || right(id::text, 1), 'Somebody' from auth.users; "
                "insert into public.recipes (id, owner_id, title) values "
                f"('{THING}', '{member(8)}', 'Soup'); "
                f"insert into public.recipe_stock (recipe_id, on_hand) values ('{THING}', 10)"
            )
        yield database.url(name, superuser=True)


THING = "a0000000-0000-4000-8000-000000000001"


def member(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012x}"


def as_member(url: str, who: str, statement: str, values: Sequence[Any]) -> str:
    """Run a statement in a session of its own; return its SQLSTATE, "" where it was done."""
    with psycopg.connect(url, autocommit=False) as connection:
        claims = f'{{"sub": "{who}", "role": "authenticated"}}'
        connection.execute("select set_config('request.jwt.claims', %s, false)", [claims])
        connection.execute("set role authenticated")
        try:
            connection.execute(statement.encode(), values)
            connection.commit()
        except psycopg.Error as error:
            return error.sqlstate or "lost"
        return ""


def at_once(work: Callable[[int], str], count: int) -> list[str]:
    """Run the work in as many threads, all let go together, and return what each came to."""
    gate = threading.Barrier(count)
    results = [""] * count

    def run(number: int) -> None:
        gate.wait()
        results[number] = work(number)

    threads = [threading.Thread(target=run, args=(n,)) for n in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def asked(url: str, statement: str) -> Any:
    with psycopg.connect(url) as connection:
        row = connection.execute(statement.encode()).fetchone()
        return row[0] if row else None


def test_stock_is_never_promised_twice(shop: str) -> None:
    """Eight sessions ask for two of ten at once: five get them, three are told that it is gone."""

    def reserve(number: int) -> str:
        statement = "select public.reserve_recipe(%s, 2, %s)"
        return as_member(shop, member(number % 7 + 1), statement, [THING, uuid4()])

    results = at_once(reserve, 8)
    assert sorted(results) == [""] * 5 + ["23514"] * 3
    assert asked(shop, "select reserved from public.recipe_stock") == 10
    assert asked(shop, "select sum(quantity) from public.recipe_reservations") == 10


def test_the_same_request_reserves_once(shop: str) -> None:
    with psycopg.connect(shop) as connection:
        connection.execute("update public.recipe_stock set on_hand = 20")
    before = asked(shop, "select reserved from public.recipe_stock")
    key = uuid4()
    statement = "select public.reserve_recipe(%s, 1, %s)"
    results = at_once(lambda _: as_member(shop, member(1), statement, [THING, key]), 4)
    assert results == [""] * 4
    assert asked(shop, "select reserved from public.recipe_stock") == before + 1


def test_nobody_reserves_what_is_not_there(shop: str) -> None:
    statement = "select public.reserve_recipe(%s, 1, %s)"
    assert as_member(shop, member(1), statement, [uuid4(), uuid4()]) == "P0002"


def test_one_booking_at_a_time(shop: str) -> None:
    """Six members want the same hour: one has it, five hear 23P01; the next hour is free."""
    statement = "insert into public.recipe_bookings (recipe_id, during) values (%s, %s::tstzrange)"
    hour = "[2030-01-01 10:00+00, 2030-01-01 11:00+00)"
    results = at_once(lambda n: as_member(shop, member(n + 1), statement, [THING, hour]), 6)
    assert sorted(results) == [""] + ["23P01"] * 5
    later = "[2030-01-01 11:00+00, 2030-01-01 12:00+00)"
    assert as_member(shop, member(1), statement, [THING, later]) == ""
    # The owner of the thing does not book it, and an empty time is none.
    assert as_member(shop, member(8), statement, [THING, later]) == "42501"
    assert as_member(shop, member(1), statement, [THING, "empty"]) == "23502"


def test_a_cancelled_booking_makes_room(shop: str) -> None:
    hour = "[2031-01-01 10:00+00, 2031-01-01 11:00+00)"
    insert = "insert into public.recipe_bookings (recipe_id, during) values (%s, %s::tstzrange)"
    update = "update public.recipe_bookings set status = %s where during = %s::tstzrange"
    assert as_member(shop, member(1), insert, [THING, hour]) == ""
    # Confirming is for the owner of the thing; cancelling for either side.
    assert as_member(shop, member(1), update, ["confirmed", hour]) == "23514"
    assert as_member(shop, member(8), update, ["confirmed", hour]) == ""
    assert as_member(shop, member(1), update, ["cancelled", hour]) == ""
    # What is cancelled stays so: the owner's update does not even reach it.
    assert as_member(shop, member(8), update, ["confirmed", hour]) == ""
    status = f"select status from public.recipe_bookings where during = '{hour}'"
    assert asked(shop, status) == "cancelled"
    assert as_member(shop, member(2), insert, [THING, hour]) == ""

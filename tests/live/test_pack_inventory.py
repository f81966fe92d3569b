"""Stock on a real PostgreSQL: no more is promised than there is; a level is its ledger's sum."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg.types.json import Jsonb

from archwright.adapters.postgres.database import EmbeddedPostgres
from subjects.bazaar import STORE, STORES, all_at_once, market_database
from subjects.pack_app import ANN, BOB, CAY, Backend

pytestmark = pytest.mark.live

CATEGORY, PRODUCT = UUID(int=0x91), UUID(int=0x92)
CUP, BOWL = UUID(int=0xA1), UUID(int=0xA2)
NORTH, SOUTH = UUID(int=0xB1), UUID(int=0xB2)
ROWS = f"""{STORES}
insert into public.categories (id, name, slug) values ('{CATEGORY}', 'Home', 'home');
insert into public.products (id, store_id, category_id, title, slug, status, published_at)
values ('{PRODUCT}', '{STORE}', '{CATEGORY}', 'Cup', 'cup', 'active', now());
insert into public.variants (id, product_id, store_id, sku) values
  ('{CUP}', '{PRODUCT}', '{STORE}', 'CUP');
insert into public.products (id, store_id, category_id, title, slug, status, published_at)
values ('{STORE}', '{STORE}', '{CATEGORY}', 'Bowl', 'bowl', 'active', now());
insert into public.variants (id, product_id, store_id, sku) values
  ('{BOWL}', '{STORE}', '{STORE}', 'BOWL');
insert into public.stock_locations (id, store_id, name, country) values
  ('{NORTH}', '{STORE}', 'North', 'DE'), ('{SOUTH}', '{STORE}', 'South', 'DE');
"""
ADJUST = "select public.adjust_stock(%s, %s, %s, %s::public.movement_kind, %s, %s)"
TRANSFER = "select public.transfer_stock(%s, %s, %s, %s, %s)"
RESERVE = b"select private.reserve_stock(%s, %s, %s::interval)"
AVAILABLE = "select private.available(%s)"


@pytest.fixture(scope="module")
def template(database: EmbeddedPostgres) -> Iterator[str]:
    with market_database(database, ["stores", "catalog", "inventory"], ROWS) as name:
        yield name


@pytest.fixture
def app(database: EmbeddedPostgres, template: str) -> Iterator[Backend]:
    """Whatever a test does, in the end every level is the sum of what happened."""
    with database.scratch(template) as name:
        backend = Backend(database, name)
        yield backend
        wrong = backend.look(
            "select count(*) from public.stock_levels l where on_hand <> (select coalesce("
            "sum(quantity), 0) from public.stock_movements m where (m.location_id, m.variant_id)"
            " = (l.location_id, l.variant_id)) or reserved <> (select coalesce(sum(quantity), 0)"
            " from public.stock_reservations r where r.status = 'held' and"
            " (r.location_id, r.variant_id) = (l.location_id, l.variant_id))"
            " or not 0 <= reserved or not reserved <= on_hand"
        )
        assert wrong == 0


def receive(app: Backend, place: UUID, variant: UUID, quantity: int) -> None:
    app.act(ANN, ADJUST, place, variant, quantity, "receipt", "", uuid4())


def lines(*wanted: tuple[UUID, int]) -> Jsonb:
    return Jsonb([{"variant_id": str(v), "quantity": q} for v, q in wanted])


def as_checkout(app: Backend, statement: bytes, *values: object) -> object:
    """Run what a checkout runs: no client may call it."""
    return app.look(statement.decode(), *values)


def level(app: Backend, place: UUID, variant: UUID) -> object:
    query = "select on_hand, reserved from public.stock_levels where location_id = %s"
    return app.look(f"{query} and variant_id = %s", place, variant)


def together(
    app: Backend, count: int, statement: bytes, values: Sequence[Sequence[object]]
) -> Counter[str | None]:
    """Run the n-th statement in the n-th of many sessions, all in one moment."""

    def act(connection: psycopg.Connection, number: int) -> None:
        connection.execute("reset role")
        connection.execute(statement, values[number % len(values)])

    return Counter(all_at_once(app, [BOB] * count, act))


def test_exactly_as_many_are_reserved_as_there_are(app: Backend) -> None:
    receive(app, NORTH, CUP, 9)
    receive(app, SOUTH, CUP, 6)
    values = [(lines((CUP, 1)), uuid4(), "10 minutes") for _ in range(40)]
    assert together(app, 40, RESERVE, values) == {None: 15, "23514": 25}
    assert app.look(AVAILABLE, CUP) == 0
    assert level(app, NORTH, CUP) == (9, 9)
    assert level(app, SOUTH, CUP) == (6, 6)


def test_two_things_in_either_order_never_wait_in_a_circle(app: Backend) -> None:
    for place, variant in ((NORTH, CUP), (SOUTH, CUP), (NORTH, BOWL)):
        receive(app, place, variant, 20)
    there, back = ((CUP, 3), (BOWL, 1)), ((BOWL, 1), (CUP, 3))
    values = [(lines(*[there, back][n % 2]), uuid4(), "10 minutes") for n in range(24)]
    assert together(app, 24, RESERVE, values) == {None: 13, "23514": 11}
    assert (app.look(AVAILABLE, CUP), app.look(AVAILABLE, BOWL)) == (1, 7)


def test_a_holder_has_exactly_what_was_asked_for_last(app: Backend) -> None:
    receive(app, NORTH, CUP, 5)
    receive(app, NORTH, BOWL, 5)
    holder = uuid4()
    same = (lines((CUP, 2), (CUP, 1)), holder, "10 minutes")
    assert together(app, 8, RESERVE, [same]) == {None: 8}
    assert (app.look(AVAILABLE, CUP), app.look(AVAILABLE, BOWL)) == (2, 5)
    as_checkout(app, RESERVE, lines((BOWL, 5)), holder, "10 minutes")
    assert (app.look(AVAILABLE, CUP), app.look(AVAILABLE, BOWL)) == (5, 0)
    with pytest.raises(psycopg.errors.CheckViolation, match="stock_not_enough") as caught:
        as_checkout(app, RESERVE, lines((CUP, 6)), holder, "10 minutes")
    assert caught.value.diag.message_detail == str(CUP)
    assert app.look(AVAILABLE, BOWL) == 0  # refused: what was held is held
    give = b"select private.release_stock(%s)"
    assert together(app, 6, give, [(holder,)]) == {None: 6}
    assert app.look(AVAILABLE, BOWL) == 5


def test_what_is_held_too_long_is_given_back_once(app: Backend) -> None:
    receive(app, NORTH, CUP, 6)
    for _ in range(3):
        as_checkout(app, RESERVE, lines((CUP, 2)), uuid4(), "0 seconds")
    assert app.look(AVAILABLE, CUP) == 6  # free already, though no job has run
    assert level(app, NORTH, CUP) == (6, 2)  # each took what the one before had held too long
    assert together(app, 6, b"select private.expire_stock()", [()]) == {None: 6}
    assert level(app, NORTH, CUP) == (6, 0)
    given = "select count(*) from public.stock_reservations where status = 'released'"
    assert app.look(given) == 3
    values = [(lines((CUP, 2)), uuid4(), "0 seconds") for _ in range(12)]
    assert set(together(app, 12, RESERVE, values)) <= {None, "23514"}


def test_a_reservation_is_sold_once(app: Backend) -> None:
    receive(app, NORTH, CUP, 3)
    holder, order = uuid4(), uuid4()
    as_checkout(app, RESERVE, lines((CUP, 2)), holder, "10 minutes")
    sell = b"select private.commit_stock(%s, %s)"
    assert together(app, 6, sell, [(holder, order)]) == {None: 6}
    assert level(app, NORTH, CUP) == (1, 0)
    sold = "select quantity, reference from public.stock_movements where kind = 'sale'"
    assert app.look(sold) == (-2, order)
    gone = "select private.commit_stock(%s, %s)"
    with pytest.raises(psycopg.errors.CheckViolation, match="stock_reservation_gone"):
        app.look(gone, uuid4(), order)


def test_sales_and_an_adjustment_at_once_never_go_below_what_is_promised(app: Backend) -> None:
    receive(app, NORTH, CUP, 10)
    as_checkout(app, RESERVE, lines((CUP, 7)), uuid4(), "10 minutes")

    def take(connection: psycopg.Connection, number: int) -> None:
        connection.execute(ADJUST.encode(), (NORTH, CUP, -1, "adjustment", "broken", uuid4()))

    assert Counter(all_at_once(app, [ANN] * 8, take)) == {None: 3, "23514": 5}
    assert level(app, NORTH, CUP) == (7, 7)


def test_transfers_to_and_fro_at_once(app: Backend) -> None:
    receive(app, NORTH, CUP, 30)
    receive(app, SOUTH, CUP, 30)

    def bring(connection: psycopg.Connection, number: int) -> None:
        ways = [(NORTH, SOUTH), (SOUTH, NORTH)]
        connection.execute(TRANSFER.encode(), (*ways[number % 2], CUP, 3, uuid4()))

    assert Counter(all_at_once(app, [ANN] * 16, bring)) == {None: 16}
    assert level(app, NORTH, CUP) == (30, 0)
    assert app.refused(ANN, TRANSFER, NORTH, SOUTH, CUP, 31, uuid4()) == "23514"
    assert app.refused(ANN, TRANSFER, NORTH, NORTH, CUP, 1, uuid4()) == "23514"


def test_a_command_that_comes_twice_counts_once(app: Backend) -> None:
    key = uuid4()

    def add(connection: psycopg.Connection, number: int) -> None:
        connection.execute(ADJUST.encode(), (NORTH, CUP, 4, "receipt", "", key))

    assert all_at_once(app, [ANN] * 8, add) == [None] * 8
    for _ in range(2):
        app.act(ANN, TRANSFER, NORTH, SOUTH, CUP, 3, key)
    assert (level(app, NORTH, CUP), level(app, SOUTH, CUP)) == ((1, 0), (3, 0))


def test_only_the_ledger_moves_a_level(app: Backend) -> None:
    receive(app, NORTH, CUP, 4)
    for change in (
        "update public.stock_levels set on_hand = 5",
        "update public.stock_movements set quantity = 5",
        "delete from public.stock_movements",
        "delete from public.stock_levels",
    ):
        assert app.refused(ANN, change) == "42501"
        with pytest.raises(psycopg.Error):
            app.look(f"{change} returning 1")  # not even the tables' owner
    for stranger in (BOB, CAY):
        assert app.refused(stranger, ADJUST, NORTH, CUP, 1, "receipt", "", uuid4()) == "42501"
        assert app.refused(stranger, TRANSFER, NORTH, SOUTH, CUP, 1, uuid4()) == "42501"
        assert app.act(stranger, "select 1 from public.stock_levels") == []
    assert app.refused(ANN, ADJUST, NORTH, CUP, 1, "adjustment", " ", uuid4()) == "23514"
    assert app.refused(ANN, ADJUST, NORTH, CUP, -1, "receipt", "", uuid4()) == "23514"
    assert app.refused(ANN, ADJUST, NORTH, CUP, 1, "sale", "", uuid4()) == "42501"


def test_the_public_sees_no_number_above_ten(app: Backend) -> None:
    seen = "select in_stock, left_count from public.variant_availability(array[%s]::uuid[])"
    assert app.act(BOB, seen, CUP) == [(False, 0)]
    receive(app, NORTH, CUP, 10)
    assert app.act(BOB, seen, CUP) == [(True, 10)]
    receive(app, SOUTH, CUP, 90)
    assert app.act(BOB, seen, CUP) == [(True, None)]
    app.act(ANN, "update public.stock_locations set active = false where id = %s", NORTH)
    app.act(ANN, "update public.stock_locations set active = false where id = %s", SOUTH)
    assert app.act(BOB, seen, CUP) == [(False, 0)]
    with pytest.raises(psycopg.errors.CheckViolation):
        as_checkout(app, RESERVE, lines((CUP, 1)), uuid4(), "10 minutes")

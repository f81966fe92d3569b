"""Prices on a real PostgreSQL: ranges that never overlap, and what a product costs when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from archwright.adapters.postgres.database import EmbeddedPostgres
from subjects.market_app import (
    ADD,
    GENERATE,
    PUBLISH,
    category,
    market_database,
    open_store,
    option,
    priced,
    product,
    value,
)
from subjects.pack_app import ANN, BOB, CAY, Backend, race

pytestmark = pytest.mark.live
SET = "select public.set_price(%s, %s, %s, %s, %s, %s, %s)"
PRICE = "select amount from private.price_of(%s, 'EUR', %s, %s)"
HELD = "select amount from public.prices order by lower(during), minimum_quantity"


@pytest.fixture(scope="module")
def template(database: EmbeddedPostgres) -> Iterator[str]:
    with market_database(database) as name:
        yield name


@pytest.fixture
def app(database: EmbeddedPostgres, template: str) -> Iterator[Backend]:
    with database.scratch(template) as name:
        yield Backend(database, name)


def sold(app: Backend) -> tuple[UUID, UUID, UUID]:
    """Return a store's price list, a product and its only variant."""
    store = open_store(app)
    made = product(app, store, category(app, "Bread"))
    app.act(ANN, GENERATE, made)
    listed = app.look("select id from public.price_lists where store_id = %s", store)
    return listed, made, app.look("select id from public.variants where product_id = %s", made)


def amounts(app: Backend) -> list[int]:
    with app.postgres.connect(app.name) as connection:
        return [row[0] for row in connection.execute(HELD).fetchall()]


def test_a_sale_stands_out_of_the_price_and_ends(app: Backend) -> None:
    listed, _, variant = sold(app)
    now: datetime = app.look("select now()")
    day = timedelta(days=1)
    app.act(ANN, SET, listed, variant, 1000, None, 1, None, None)
    sale = value(app, ANN, SET, listed, variant, 800, 1000, 1, now + day, now + 3 * day)
    assert value(app, ANN, SET, listed, variant, 800, 1000, 1, now + day, now + 3 * day) == sale
    assert amounts(app) == [1000, 800, 1000]
    at = [app.look(PRICE, variant, 1, now + n * day + day / 2) for n in range(4)]
    assert at == [1000, 800, 800, 1000]
    app.act(ANN, "select public.end_price(%s)", sale)
    assert amounts(app) == [1000, 1000]


def test_more_cost_less_each(app: Backend) -> None:
    listed, made, variant = sold(app)
    app.act(ANN, SET, listed, variant, 1000, None, 1, None, None)
    app.act(ANN, SET, listed, variant, 900, None, 10, None, None)
    later = app.look("select now() + interval '1 second'")
    assert [app.look(PRICE, variant, n, later) for n in (1, 9, 10, 50)] == [1000, 1000, 900, 900]
    offered = "select minimum_quantity, amount from public.current_prices(%s, %s)"
    assert app.act(BOB, offered, [variant], "EUR") == []
    app.act(ANN, PUBLISH, made, "active")
    assert app.act(BOB, offered, [variant], "EUR") == [(1, 1000), (10, 900)]
    assert app.act(BOB, offered, [variant], "USD") == []
    assert app.act(BOB, "select 1 from public.prices") == []


def test_a_new_price_takes_the_place_of_the_old_one(app: Backend) -> None:
    listed, _, variant = sold(app)
    for amount in (1000, 1000, 1100):
        app.act(ANN, SET, listed, variant, amount, None, 1, None, None)
    assert amounts(app) == [1000, 1100]
    assert app.refused(ANN, SET, listed, variant, 1200, 1200, 1, None, None) == "23514"
    assert app.refused(ANN, SET, listed, variant, -1, None, 1, None, None) == "23514"
    past = app.look("select now() - interval '1 day'")
    assert app.refused(ANN, SET, listed, variant, 900, None, 1, None, past) == "23514"


def test_two_prices_at_once_never_overlap(app: Backend) -> None:
    listed, _, variant = sold(app)
    race(
        app,
        lambda: app.session(ANN),
        lambda: app.session(ANN),
        (SET, (listed, variant, 1000, None, 1, None, None)),
        (SET, (listed, variant, 1100, None, 1, None, None)),
    )
    assert amounts(app) == [1000, 1100]
    insert = (
        "insert into public.prices (price_list_id, variant_id, store_id, amount, during)"
        " select price_list_id, variant_id, store_id, 5, tstzrange(now(), null)"
        " from public.prices limit 1"
    )
    with app.postgres.connect(app.name, superuser=True) as connection:
        with pytest.raises(Exception, match="prices_no_overlap"):
            connection.execute(insert)
        connection.rollback()


def test_only_those_who_write_products_write_prices_of_their_own_store(app: Backend) -> None:
    listed, made, variant = sold(app)
    store = app.look("select store_id from public.products where id = %s", made)
    app.act(ANN, ADD, store, "cay.x", "support")
    arguments = (listed, variant, 1000, None, 1, None, None)
    assert app.refused(BOB, SET, *arguments) == "42501"
    assert app.refused(CAY, SET, *arguments) == "42501"
    other = open_store(app, BOB, "dairy")
    foreign = app.look("select id from public.price_lists where store_id = %s", other)
    assert app.refused(ANN, SET, foreign, variant, 1000, None, 1, None, None) == "23514"
    price = value(app, ANN, SET, *arguments)
    for member in (BOB, CAY):
        assert app.refused(member, "select public.end_price(%s)", price) == "42501"
    direct = "update public.prices set amount = 1"
    assert app.refused(ANN, direct) == "42501"


def test_a_product_tells_its_lowest_price_in_each_currency(app: Backend) -> None:
    _, made, _ = sold(app)
    store = app.look("select store_id from public.products where id = %s", made)
    option(app, made, "Size", "Small", "Large")
    app.act(ANN, GENERATE, made)
    variants = app.act(
        ANN,
        "select id from public.variants where product_id = %s and active order by position",
        made,
    )
    for (variant,), amount in zip(variants, (450, 800), strict=True):
        priced(app, variant, amount)
    dollars = value(app, ANN, "select public.add_price_list(%s, 'US', 'USD')", store)
    assert value(app, ANN, "select public.add_price_list(%s, 'US', 'USD')", store) == dollars
    priced(app, variants[0][0], 500, "USD")
    app.act(ANN, PUBLISH, made, "active")
    [(told,)] = app.act(BOB, "select price_from(p) from public.products p")
    assert told == [
        {"currency": "EUR", "amount": 450, "compare_at": None, "several": True},
        {"currency": "USD", "amount": 500, "compare_at": None, "several": False},
    ]
    stop = "update public.price_lists set active = false where id = %s"
    assert app.refused(ANN, stop, dollars) == "23514"

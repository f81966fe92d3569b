"""Orders on a real PostgreSQL: placed once, at the price seen, and never more than there is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import psycopg
import pytest

from archwright.adapters.postgres.database import EmbeddedPostgres
from subjects.bazaar import DAN, OTHER_STORE, STORE, STORES, all_at_once, market_database
from subjects.pack_app import ANN, BOB, CAY, Backend

pytestmark = pytest.mark.live

CATEGORY, CUP, LAMP = UUID(int=0x91), UUID(int=0xA1), UUID(int=0xA2)
PLACE, SECOND, FAR = UUID(int=0xB1), UUID(int=0xB2), UUID(int=0xB3)
HOME, AWAY = UUID(int=0xC1), UUID(int=0xC2)
POST, EXPRESS, TIDE_POST = UUID(int=0xD1), UUID(int=0xD2), UUID(int=0xD3)
CLASS, OFF = UUID(int=0xE1), UUID(int=0xE2)
ROWS = f"""{STORES}
insert into public.categories (id, name, slug) values ('{CATEGORY}', 'Home', 'home');
insert into public.products (id, store_id, category_id, title, slug, status, published_at) values
  ('{CUP}', '{STORE}', '{CATEGORY}', 'Cup', 'cup', 'active', now()),
  ('{LAMP}', '{OTHER_STORE}', '{CATEGORY}', 'Lamp', 'lamp', 'active', now());
insert into public.variants (id, product_id, store_id, sku, weight_g) values
  ('{CUP}', '{CUP}', '{STORE}', 'CUP', 300), ('{LAMP}', '{LAMP}', '{OTHER_STORE}', 'LAMP', 2000);
insert into public.stock_locations (id, store_id, name, country) values
  ('{PLACE}', '{STORE}', 'North', 'DE'), ('{SECOND}', '{STORE}', 'South', 'DE'),
  ('{FAR}', '{OTHER_STORE}', 'Pier', 'DE');
insert into public.stock_movements (store_id, location_id, variant_id, quantity, kind) values
  ('{STORE}', '{PLACE}', '{CUP}', 30, 'receipt'), ('{STORE}', '{SECOND}', '{CUP}', 20, 'receipt'),
  ('{OTHER_STORE}', '{FAR}', '{LAMP}', 1000, 'receipt');
insert into public.prices (price_list_id, variant_id, store_id, amount, during)
select l.id, v.id, v.store_id, v.amount, tstzrange('2020-01-01', null)
from public.price_lists l
join (values ('{CUP}'::uuid, '{STORE}'::uuid, 999), ('{LAMP}', '{OTHER_STORE}', 4550))
  as v (id, store_id, amount) on v.store_id = l.store_id;
insert into public.zones (id, store_id, name)
values ('{STORE}', '{STORE}', 'Home'), ('{OTHER_STORE}', '{OTHER_STORE}', 'Home');
insert into public.zone_countries (store_id, country, zone_id)
values ('{STORE}', 'DE', '{STORE}'), ('{OTHER_STORE}', 'DE', '{OTHER_STORE}');
insert into public.shipping_methods
  (id, store_id, zone_id, name, currency, basis, min_days, max_days) values
  ('{POST}', '{STORE}', '{STORE}', 'Post', 'EUR', 'weight', 2, 4),
  ('{EXPRESS}', '{STORE}', '{STORE}', 'Express', 'EUR', 'weight', 1, 1),
  ('{TIDE_POST}', '{OTHER_STORE}', '{OTHER_STORE}', 'Post', 'EUR', 'amount', 2, 4);
insert into public.shipping_rates (method_id, store_id, at_least, amount) values
  ('{POST}', '{STORE}', 0, 490), ('{POST}', '{STORE}', 1000, 690),
  ('{EXPRESS}', '{STORE}', 0, 1490), ('{TIDE_POST}', '{OTHER_STORE}', 0, 700),
  ('{TIDE_POST}', '{OTHER_STORE}', 9000, 0);
insert into public.tax_classes (id, name, standard) values ('{CLASS}', 'Goods', true);
insert into public.tax_rates (tax_class_id, country, rate, during)
values ('{CLASS}', 'DE', 0.19, daterange('2020-01-01', null));
insert into public.tax_countries (country, inclusive) values ('DE', true);
insert into public.payment_methods (code, kind)
values ('invoice', 'manual'), ('test', 'test'), ('card', 'provider');
insert into public.addresses
  (id, member_id, name, line1, city, country, default_shipping, default_billing)
values ('{HOME}', '{BOB}', 'Bob B', 'Lane 1', 'Bonn', 'DE', true, true),
  ('{AWAY}', '{CAY}', 'Cay', 'Quay 2', 'Kiel', 'DE', true, true);
insert into public.promotions (id, store_id, name, kind, percent, needs_coupon, uses_most)
values ('{OFF}', '{STORE}', 'Welcome', 'percentage', 10, true, 3);
insert into public.coupons (promotion_id, store_id, code, uses_each)
values ('{OFF}', '{STORE}', 'HELLO', 1);
"""
START, QUOTE = "select public.start_checkout()", "select public.checkout_quote(%s)"
PLACE_ORDER = "select public.place_order(%s, %s, %s)"
PUT = "select public.set_cart_line(%s, %s)"
LEVELS = "select sum(on_hand)::int from public.stock_levels where variant_id = %s"
RESERVED = "select sum(reserved)::int from public.stock_levels"


AT_ONCE = 50
"""Sessions at the same moment; the server has a hundred."""


@pytest.fixture(scope="module")
def template(database: EmbeddedPostgres) -> Iterator[str]:
    packs = ["stores", "catalog", "prices", "inventory", "carts", "addresses", "shipping"]
    with market_database(database, [*packs, "taxes", "promotions", "orders"], ROWS) as name:
        yield name


@pytest.fixture
def app(database: EmbeddedPostgres, template: str) -> Iterator[Backend]:
    with database.scratch(template) as name:
        yield Backend(database, name)


def checkout(app: Backend, member: UUID, **lines: int) -> tuple[UUID, dict[str, Any]]:
    """Fill a cart, start the checkout, and return its id and quote."""
    for name, quantity in lines.items():
        app.act(member, PUT, {"cup": CUP, "lamp": LAMP}[name], quantity)
    found: UUID = app.act(member, START)[0][0]
    return found, quote(app, member, found)


def quote(app: Backend, member: UUID, of: UUID) -> dict[str, Any]:
    found: dict[str, Any] = app.act(member, QUOTE, of)[0][0]
    return found


def money(data: dict[str, Any]) -> tuple[int, ...]:
    names = ("items", "discount", "shipping", "tax", "tax_added", "total")
    return tuple(data[f"{name}_amount"] for name in names)


def order(app: Backend, member: UUID, method: str = "invoice", **lines: int) -> UUID:
    of, told = checkout(app, member, **lines)
    found: UUID = app.act(member, PLACE_ORDER, of, method, told["total_amount"])[0][0]
    return found


def test_a_quote_adds_up_for_each_store_and_in_all(app: Backend) -> None:
    of, told = checkout(app, BOB, cup=3, lamp=2)
    # 3 x 9.99, 2 x 45.50; sending: 900 g by post, and nothing from 90.00 on; all with 19 % inside
    assert money(told) == (2997 + 9100, 0, 490, 479 + 1453 + 78, 0, 12_587)
    assert told["ready"]
    assert [p["store_name"] for p in told["parts"]] == ["Fern & Co", "Tide"]
    app.act(BOB, "select public.choose_shipping(%s, %s, %s)", of, STORE, EXPRESS)
    app.act(BOB, "select public.set_checkout(%s, %s, null, '{hello}')", of, HOME)
    told = quote(app, BOB, of)
    assert money(told) == (12_097, 300, 1490, 431 + 1453 + 238, 0, 13_287)
    with app.postgres.connect(app.name, superuser=True) as connection:
        connection.execute("update public.tax_countries set inclusive = false")
    added = round(2697 * 0.19) + round(9100 * 0.19) + round(1490 * 0.19)
    assert money(quote(app, BOB, of)) == (12_097, 300, 1490, added, added, 13_287 + added)


def test_an_order_is_what_was_seen_and_is_placed_once(app: Backend) -> None:
    of, told = checkout(app, BOB, cup=3, lamp=2)
    assert app.refused(BOB, PLACE_ORDER, of, "invoice", told["total_amount"] - 1) == "23514"
    assert app.refused(CAY, PLACE_ORDER, of, "invoice", told["total_amount"]) == "P0002"
    assert app.refused(BOB, PLACE_ORDER, of, "cash", told["total_amount"]) == "P0002"
    assert app.look("select count(*)::int from public.orders") == 0
    assert app.look(RESERVED) == 0

    def place(connection: psycopg.Connection, number: int) -> None:
        connection.execute(PLACE_ORDER.encode(), (of, "invoice", told["total_amount"]))

    assert all_at_once(app, [BOB] * 6, place) == [None] * 6
    assert app.look("select count(*)::int from public.orders") == 1
    placed = app.act(
        BOB, "select status, total_amount::int, placed_at is not null from public.orders"
    )
    assert placed == [("placed", 12_587, True)]
    parts = "select number, status, total_amount::int from public.store_orders order by 3"
    assert app.act(BOB, parts) == [(1, "open", 3487), (1, "open", 9100)]
    assert app.look(LEVELS, CUP) == 47
    assert app.look(RESERVED) == 0
    assert app.act(BOB, "select 1 from public.cart_lines") == []
    assert app.act(BOB, "select kind from public.order_events order by created_at") == [
        ("created",),
        ("placed",),
    ]
    again = order(app, BOB, cup=1)
    number = "select number from public.store_orders where order_id = %s"
    assert app.look(number, again) == 2


def test_what_has_changed_since_is_told_and_nothing_is_written(app: Backend) -> None:
    of, told = checkout(app, BOB, cup=3)
    with app.postgres.connect(app.name, superuser=True) as connection:
        connection.execute("update public.prices set amount = 1099")
    assert app.refused(BOB, PLACE_ORDER, of, "invoice", told["total_amount"]) == "23514"
    told = quote(app, BOB, of)
    with app.postgres.connect(app.name, superuser=True) as connection:
        connection.execute(
            "insert into public.stock_movements (store_id, location_id, variant_id, quantity, kind)"
            f" values ('{STORE}', '{PLACE}', '{CUP}', -30, 'sale'),"
            f" ('{STORE}', '{SECOND}', '{CUP}', -18, 'sale')"
        )
    told = quote(app, BOB, of)
    assert [line["problem"] for line in told["lines"]] == ["stock"]
    assert not told["ready"]
    assert app.refused(BOB, PLACE_ORDER, of, "invoice", told["total_amount"]) == "23514"
    app.act(BOB, PUT, CUP, 2)
    told = quote(app, BOB, of)
    app.act(BOB, PLACE_ORDER, of, "invoice", told["total_amount"])
    assert app.look(LEVELS, CUP) == 0


def test_two_hundred_checkouts_of_the_last_fifty_sell_fifty(app: Backend) -> None:
    crowd = [UUID(int=0xF000 + n) for n in range(200)]
    with app.postgres.connect(app.name, superuser=True) as connection:
        connection.execute(
            "insert into auth.users (id, email, invited_at)"
            " select id, id || '@example.com', now() from unnest(%s) id",
            (crowd,),
        )
        connection.execute(
            "insert into public.addresses (member_id, name, line1, city, country)"
            " select id, 'X', 'Y', 'Z', 'DE' from unnest(%s) id",
            (crowd,),
        )
    ready: list[tuple[UUID, int]] = []
    for member in crowd:
        app.act(member, PUT, CUP, 1)
        app.act(member, PUT, LAMP, 2)
        of = app.act(member, START)[0][0]
        ready.append((of, quote(app, member, of)["total_amount"]))

    ended: list[str | None] = []
    for start in range(0, len(crowd), AT_ONCE):
        asked = ready[start : start + AT_ONCE]

        def place(
            connection: psycopg.Connection, number: int, wanted: list[tuple[UUID, int]] = asked
        ) -> None:
            of, total = wanted[number]
            connection.execute(PLACE_ORDER.encode(), (of, "invoice", total))

        ended += all_at_once(app, crowd[start : start + AT_ONCE], place)
    assert ended.count(None) == 50
    assert set(ended) == {None, "23514"}
    assert app.look("select count(*)::int from public.orders") == 50
    assert app.look(LEVELS, CUP) == 0
    assert app.look(LEVELS, LAMP) == 900
    assert app.look(RESERVED) == 0
    assert app.look("select sum(quantity)::int from public.stock_movements") == 900
    numbers = (
        "select array_agg(number order by number) from public.store_orders where store_id = %s"
    )
    assert app.look(numbers, STORE) == list(range(1, 51))


def test_a_provider_is_waited_for_and_then_it_stands_or_falls(app: Backend) -> None:
    first = order(app, BOB, "card", cup=2)
    status = "select status from public.orders where id = %s"
    assert app.look(status, first) == "awaiting_payment"
    assert (app.look(LEVELS, CUP), app.look(RESERVED)) == (50, 2)
    # the stores know of it when it is paid
    assert app.act(ANN, "select 1 from public.store_orders") == []
    payment = app.look("select id from public.payments where order_id = %s", first)
    total = app.look("select amount from public.payments where order_id = %s", first)
    capture = "select private.capture_payment(%s, %s, %s)"
    assert app.refused(BOB, capture, payment, total, "evt_1") == "42501"
    with app.postgres.connect(app.name) as connection:
        for _ in range(3):
            connection.execute(capture.encode(), (payment, total, "evt_1"))
    assert app.look(status, first) == "placed"
    assert (app.look(LEVELS, CUP), app.look(RESERVED)) == (48, 0)
    second = order(app, CAY, "card", cup=5)
    late = app.look("select id from public.payments where order_id = %s", second)
    expire = "select public.expire_unpaid_orders()"
    assert app.look(expire) == 0
    with app.postgres.connect(app.name, superuser=True) as connection:
        connection.execute(
            "update public.orders set pay_until = now() - interval '1 second'"
            " where pay_until is not null"
        )
    assert app.look(expire) == 1
    assert app.look(expire) == 0
    assert app.look(status, second) == "cancelled"
    assert (app.look(LEVELS, CUP), app.look(RESERVED)) == (48, 0)
    with app.postgres.connect(app.name) as connection:
        connection.execute(capture.encode(), (late, 100, "evt_2"))
    due = "select captured_amount::int, refund_due_amount::int from public.payments where id = %s"
    assert app.look("select refund_due_amount::int from public.payments where id = %s", late) == 100
    assert app.act(CAY, due, late) == [(100, 100)]
    assert app.look(status, second) == "cancelled"


def test_cancelling_puts_everything_back(app: Backend) -> None:
    of, _ = checkout(app, BOB, cup=3)
    app.act(BOB, "select public.set_checkout(%s, %s, null, '{HELLO}')", of, HOME)
    told = quote(app, BOB, of)
    placed = app.act(BOB, PLACE_ORDER, of, "test", told["total_amount"])[0][0]
    assert app.look("select uses from public.promotions") == 1
    assert app.look("select captured_amount::int from public.payments") == told["total_amount"]
    cancel = "select public.cancel_order(%s, 'changed my mind')"
    assert app.refused(CAY, cancel, placed) == "42501"
    assert app.refused(ANN, cancel, placed) == "42501"

    def again(connection: psycopg.Connection, number: int) -> None:
        connection.execute(cancel.encode(), (placed,))

    assert all_at_once(app, [BOB, DAN, BOB, DAN], again) == [None] * 4
    assert (app.look(LEVELS, CUP), app.look(RESERVED)) == (50, 0)
    assert app.look("select uses from public.promotions") == 0
    assert app.look("select refund_due_amount::int from public.payments") == told["total_amount"]
    assert app.look("select count(*)::int from public.order_events where kind = 'cancelled'") == 1


def test_who_sees_what_of_an_order(app: Backend) -> None:
    placed = order(app, BOB, cup=1, lamp=1)
    parts = "select store_id from public.store_orders"
    assert app.act(ANN, parts) == [(STORE,)]
    assert app.act(CAY, parts) == [(OTHER_STORE,)]
    assert len(app.act(DAN, parts)) == 2
    for person in (ANN, CAY):
        assert app.act(person, "select 1 from public.orders") == []
        assert app.act(person, "select 1 from public.payments") == []
        assert app.act(person, "select kind, name from public.order_addresses") == [
            ("shipping", "Bob B")
        ]
        assert len(app.act(person, "select 1 from public.order_lines")) == 1
    with app.postgres.connect(app.name, superuser=True) as connection:
        connection.execute("alter table public.store_orders disable trigger user")
        bought = f"select private.bought_product('{CUP}', '{BOB}')"
        assert connection.execute(bought).fetchall() == [(False,)]
        connection.execute("update public.store_orders set status = 'delivered'")
        assert connection.execute(bought).fetchall() == [(True,)]
    assert app.act(ANN, "select 1 from public.order_addresses") == []
    assert app.act(BOB, "select count(*)::int from public.order_addresses") == [(2,)]
    assert app.refused(BOB, "update public.orders set total_amount = 0") == "42501"
    payment = app.look("select id from public.payments where order_id = %s", placed)
    assert app.refused(BOB, "select public.confirm_payment(%s)", payment) == "42501"
    app.act(DAN, "select public.confirm_payment(%s)", payment)
    app.act(DAN, "select public.confirm_payment(%s)", payment)
    assert app.act(BOB, "select captured_amount = amount from public.payments") == [(True,)]


def test_an_account_goes_and_the_books_stay(app: Backend) -> None:
    order(app, BOB, cup=1)
    with app.postgres.connect(app.name, superuser=True) as connection:
        connection.execute("delete from auth.users where id = %s", (BOB,))
    assert app.look("select count(*)::int from public.orders where member_id is null") == 1
    assert app.look("select count(*)::int from public.checkouts") == 0

"""Carts on a real PostgreSQL: merged once, never lost, and what has changed is said."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg.types.json import Jsonb

from archwright.adapters.postgres.database import EmbeddedPostgres
from subjects.bazaar import STORE, STORES, all_at_once, market_database
from subjects.pack_app import ANN, BOB, CAY, Backend

pytestmark = pytest.mark.live

CATEGORY, PRODUCT, HIDDEN = UUID(int=0x91), UUID(int=0x92), UUID(int=0x93)
CUP, BOWL, SECRET = UUID(int=0xA1), UUID(int=0xA2), UUID(int=0xA3)
PLACE = UUID(int=0xB1)
ROWS = f"""{STORES}
insert into public.categories (id, name, slug) values ('{CATEGORY}', 'Home', 'home');
insert into public.products (id, store_id, category_id, title, slug, status, published_at) values
  ('{PRODUCT}', '{STORE}', '{CATEGORY}', 'Cup', 'cup', 'active', now()),
  ('{STORE}', '{STORE}', '{CATEGORY}', 'Bowl', 'bowl', 'active', now()),
  ('{HIDDEN}', '{STORE}', '{CATEGORY}', 'Secret', 'secret', 'draft', null);
insert into public.variants (id, product_id, store_id, sku) values
  ('{CUP}', '{PRODUCT}', '{STORE}', 'CUP'), ('{BOWL}', '{STORE}', '{STORE}', 'BOWL'),
  ('{SECRET}', '{HIDDEN}', '{STORE}', 'SECRET');
insert into public.stock_locations (id, store_id, name, country)
values ('{PLACE}', '{STORE}', 'North', 'DE');
insert into public.stock_movements (store_id, location_id, variant_id, quantity, kind) values
  ('{STORE}', '{PLACE}', '{CUP}', 50, 'receipt'), ('{STORE}', '{PLACE}', '{BOWL}', 3, 'receipt');
insert into public.prices (price_list_id, variant_id, store_id, amount, during)
select l.id, v.id, v.store_id, v.amount, tstzrange('2020-01-01', null)
from public.price_lists l
cross join (values ('{CUP}'::uuid, 900), ('{BOWL}', 2500), ('{SECRET}', 1)) as x (id, amount)
join lateral (select x.id, w.store_id, x.amount from public.variants w where w.id = x.id) v
  on v.store_id = l.store_id;
"""
MERGE = "select public.merge_cart(%s)"
PUT = "select public.set_cart_line(%s, %s)"
CART = "select title, quantity, seen_amount::int, amount::int, in_stock, left_count"
MINE = f"{CART} from public.my_cart()"


@pytest.fixture(scope="module")
def template(database: EmbeddedPostgres) -> Iterator[str]:
    packs = ["stores", "catalog", "prices", "inventory", "carts"]
    with market_database(database, packs, ROWS) as name:
        yield name


@pytest.fixture
def app(database: EmbeddedPostgres, template: str) -> Iterator[Backend]:
    with database.scratch(template) as name:
        yield Backend(database, name)


def lines(*wanted: tuple[UUID, int]) -> Jsonb:
    return Jsonb([{"variant_id": str(v), "quantity": q} for v, q in wanted])


def test_a_merge_that_comes_many_times_adds_once(app: Backend) -> None:
    app.act(BOB, PUT, CUP, 3)
    guest = lines((BOWL, 2), (CUP, 1), (SECRET, 1), (uuid4(), 1))

    def merge(connection: psycopg.Connection, number: int) -> None:
        connection.execute(MERGE.encode(), (guest,))

    assert all_at_once(app, [BOB] * 8, merge) == [None] * 8
    assert app.act(BOB, MINE) == [
        ("Cup", 3, 900, 900, True, None),
        ("Bowl", 2, 2500, 2500, True, 3),
    ]
    app.act(BOB, MERGE, lines((CUP, 200)))
    assert app.act(BOB, MINE)[0][1] == 99
    assert app.look("select count(*) from public.carts") == 1


def test_a_first_cart_at_once_is_one_cart(app: Backend) -> None:
    def put(connection: psycopg.Connection, number: int) -> None:
        connection.execute(PUT.encode(), ([CUP, BOWL][number % 2], 2))

    assert all_at_once(app, [BOB] * 8, put) == [None] * 8
    assert app.look("select count(*) from public.carts") == 1
    assert app.look("select sum(quantity)::int from public.cart_lines") == 4
    app.act(BOB, PUT, CUP, 0)
    app.act(BOB, PUT, CUP, 0)
    assert [row[0] for row in app.act(BOB, MINE)] == ["Bowl"]


def test_what_has_changed_is_told_until_it_was_seen(app: Backend) -> None:
    app.act(BOB, PUT, CUP, 1)
    with app.postgres.connect(app.name) as connection:
        connection.execute(f"update public.prices set amount = 950 where variant_id = '{CUP}'")
        connection.execute(
            "insert into public.stock_movements (store_id, location_id, variant_id, quantity, kind)"
            f" values ('{STORE}', '{PLACE}', '{CUP}', -48, 'sale')"
        )
    assert app.act(BOB, MINE) == [("Cup", 1, 900, 950, True, 2)]
    app.act(BOB, PUT, CUP, 2)  # how many is no word about the price
    assert app.act(BOB, MINE) == [("Cup", 2, 900, 950, True, 2)]
    app.act(BOB, "select public.accept_cart_prices()")
    assert app.act(BOB, MINE) == [("Cup", 2, 950, 950, True, 2)]
    app.act(ANN, "select public.set_product_status(%s, 'draft')", PRODUCT)
    assert app.act(BOB, MINE) == [(None, 2, 950, None, False, None)]
    app.act(BOB, PUT, CUP, 0)
    assert app.act(BOB, MINE) == []


def test_guests_see_what_is_public_and_members_their_own_cart_only(app: Backend) -> None:
    app.act(ANN, PUT, CUP, 1)
    assert app.act(CAY, MINE) == []
    assert app.act(CAY, "select 1 from public.carts, public.cart_lines") == []
    assert app.refused(CAY, "insert into public.cart_lines (quantity) values (1)") == "42501"
    assert app.refused(ANN, "update public.cart_lines set seen_amount = 1") == "42501"
    assert app.refused(BOB, PUT, SECRET, 1) == "P0002"
    assert app.refused(BOB, PUT, CUP, 100) == "23514"
    with app.postgres.connect(app.name) as connection:
        connection.execute("set role anon")
        seen = connection.execute(
            f"{CART} from (select *, null as seen_amount from public.priced_lines(%s)) x".encode(),
            (lines((CUP, 2), (SECRET, 1)),),
        ).fetchall()
        assert seen == [("Cup", 2, None, 900, True, None), (None, 1, None, None, False, None)]
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("select public.my_cart()")

"""Wishlists and views on a real PostgreSQL: links that are taken back, views that are few."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import psycopg
import pytest

from archwright.adapters.postgres.database import EmbeddedPostgres
from subjects.bazaar import STORE, STORES, all_at_once, market_database
from subjects.pack_app import ANN, BOB, CAY, Backend

pytestmark = pytest.mark.live

GOODS = [UUID(int=0x2000 + n) for n in range(60)]
LAMP, KETTLE = GOODS[:2]
DRAFT = UUID(int=0xD1)
HOME = UUID(int=9)
_LISTED = ", ".join(f"('{g}', '{STORE}', '{HOME}', 'Thing', 'active', now())" for g in GOODS)
ROWS = f"""{STORES}
insert into public.categories (id, name, slug) values ('{HOME}', 'Home', 'home');
insert into public.products (id, store_id, category_id, title, status, published_at)
values {_LISTED}, ('{DRAFT}', '{STORE}', '{HOME}', 'Draft', 'draft', null);
"""
ADD = "select public.add_to_wishlist(%s, %s)"
MOVE = "select public.move_wishlist_item(%s, %s)"
SHARE = "select public.share_wishlist(%s, %s)"
LISTS = "select name, item_count, is_default from public.wishlists order by name"
MAKE = "insert into public.wishlists (name) values (%s) returning id"
BEHIND = "select name, item_count from public.wishlist_by_token(%s)"
ITEMS = "select product_id from public.wishlist_items_by_token(%s)"
VIEW = "select public.record_product_view(%s)"
VIEWED = "select product_id from public.product_views order by viewed_at desc"


@pytest.fixture(scope="module")
def template(database: EmbeddedPostgres) -> Iterator[str]:
    features = ["stores", "catalog", "wishlists", "viewed"]
    with market_database(database, features, ROWS) as name:
        yield name


@pytest.fixture
def app(database: EmbeddedPostgres, template: str) -> Iterator[Backend]:
    with database.scratch(template) as name:
        yield Backend(database, name)


def one(app: Backend, member: UUID, statement: str, *values: object) -> UUID:
    [(found,)] = app.act(member, statement, *values)
    assert isinstance(found, UUID)
    return found


def test_the_first_list_comes_by_itself_once(app: Backend) -> None:
    def add(connection: psycopg.Connection, number: int) -> None:
        connection.execute(ADD.encode(), (GOODS[number % 5], None))

    assert all_at_once(app, [BOB] * 10, add) == [None] * 10
    assert app.act(BOB, LISTS) == [("Wishlist", 5, True)]
    assert app.act(CAY, LISTS) == []
    assert app.refused(BOB, ADD, DRAFT, None) == "42501"
    assert app.act(BOB, "delete from public.wishlists returning 1") == []
    wished = "select id, public.viewer_wishes(p) from public.products p where id in (%s, %s)"
    assert dict(app.act(BOB, wished, LAMP, GOODS[9])) == {LAMP: True, GOODS[9]: False}


def test_things_move_between_lists_of_ones_own(app: Backend) -> None:
    first = one(app, BOB, ADD, LAMP, None)
    second = one(app, BOB, MAKE, "Kitchen")
    theirs = one(app, CAY, MAKE, "Theirs")
    item = one(app, BOB, "select id from public.wishlist_items")
    for _ in range(2):
        app.act(BOB, MOVE, item, second)
        assert app.act(BOB, LISTS) == [("Kitchen", 1, False), ("Wishlist", 0, True)]
    one(app, BOB, ADD, LAMP, first)
    app.act(BOB, MOVE, item, first)  # it is there already
    assert app.act(BOB, LISTS) == [("Kitchen", 0, False), ("Wishlist", 1, True)]
    item = one(app, BOB, "select id from public.wishlist_items")
    assert app.refused(BOB, MOVE, item, theirs) == "P0002"
    assert app.refused(CAY, ADD, LAMP, first) == "42501"
    app.act(CAY, MOVE, item, theirs)  # of somebody else nothing moves
    assert app.look("select wishlist_id from public.wishlist_items") == first
    taken = "update public.wishlist_items set wishlist_id = %s"
    assert app.refused(BOB, taken, theirs) == "42501"


def test_a_link_shows_a_list_until_it_is_taken_back(app: Backend) -> None:
    shared = one(app, BOB, ADD, LAMP, None)
    one(app, BOB, ADD, KETTLE, shared)
    assert app.refused(CAY, SHARE, shared, "shared") == "P0002"
    token = one(app, BOB, SHARE, shared, "shared")
    assert one(app, BOB, SHARE, shared, "shared") == token
    assert app.act(CAY, BEHIND, token) == [("Wishlist", 2)]
    assert {row[0] for row in app.act(CAY, ITEMS, token)} == {LAMP, KETTLE}
    for guess in (shared, BOB, UUID(int=0), None):
        assert app.act(CAY, BEHIND, guess) == []
        assert app.act(CAY, ITEMS, guess) == []
    for table in ("wishlists", "wishlist_items"):  # a link is no way to look for lists
        assert app.act(CAY, f"select 1 from public.{table}") == []
    assert app.act(BOB, SHARE, shared, "public") == [(None,)]
    assert app.act(CAY, "select share_token from public.wishlists") == [(None,)]
    assert app.act(CAY, BEHIND, token) == []
    app.act(BOB, SHARE, shared, "private")
    assert app.act(CAY, "select 1 from public.wishlists") == []
    assert one(app, BOB, SHARE, shared, "shared") != token
    assert app.act(CAY, ITEMS, token) == []
    for column in ("share_token = gen_random_uuid()", "visibility = 'public'", "is_default = true"):
        assert app.refused(BOB, f"update public.wishlists set {column}") == "42501"


def test_fifty_lists_are_the_most_also_when_made_at_once(app: Backend) -> None:
    many = "insert into public.wishlists (name) select 'List ' || n from generate_series(1, 46) n"
    app.act(BOB, many)

    def make(connection: psycopg.Connection, number: int) -> None:
        connection.execute(MAKE.encode(), (f"Late {number}",))

    assert sorted(filter(None, all_at_once(app, [BOB] * 8, make))) == ["23514"] * 4
    assert app.look("select count(*) from public.wishlists") == 50


def test_the_latest_fifty_views_are_kept_for_oneself(app: Backend) -> None:
    for number in (*range(55), 54, 20):
        app.act(BOB, VIEW, GOODS[number])
    seen = [row[0] for row in app.act(BOB, VIEWED)]
    assert seen == [GOODS[20], *(GOODS[n] for n in range(54, 4, -1) if n != 20)]
    app.act(BOB, VIEW, DRAFT)
    assert app.look("select count(*) from public.product_views") == 50
    assert app.act(CAY, VIEWED) == []
    insert = "insert into public.product_views (product_id) values (%s)"
    assert app.refused(BOB, insert, LAMP) == "42501"

    def view(connection: psycopg.Connection, number: int) -> None:
        for product in GOODS[number : number + 40 : 4]:
            connection.execute(VIEW.encode(), (product,))

    assert all_at_once(app, [BOB, BOB, BOB, CAY], view) == [None] * 4
    assert len(app.act(BOB, VIEWED)) == 50


def test_views_are_cleared_and_switched_off(app: Backend) -> None:
    for product in GOODS[:3]:
        app.act(BOB, VIEW, product)
    app.act(ANN, VIEW, LAMP)
    app.act(BOB, "select public.clear_product_views(%s)", LAMP)
    assert len(app.act(BOB, VIEWED)) == 2
    for _ in range(2):
        app.act(BOB, "select public.keep_product_views(false)")
        app.act(BOB, VIEW, LAMP)
        assert app.act(BOB, VIEWED) == []
    app.act(BOB, "select public.keep_product_views(true)")
    app.act(BOB, VIEW, LAMP)
    assert app.act(BOB, VIEWED) == [(LAMP,)]
    app.act(BOB, "select public.clear_product_views()")
    assert (app.act(BOB, VIEWED), app.act(ANN, VIEWED)) == ([], [(LAMP,)])


def test_a_job_forgets_what_is_old(app: Backend) -> None:
    for product in GOODS[:3]:
        app.act(BOB, VIEW, product)
    with app.postgres.connect(app.name, superuser=True) as connection:
        connection.execute(
            "update public.product_views set viewed_at = now() - interval '91 days'"
            " where product_id = any (%s)",
            (GOODS[:2],),
        )
        connection.execute("set role service_role")
        assert connection.execute("select public.prune_product_views()").fetchone() == (2,)
        assert connection.execute("select public.prune_product_views()").fetchone() == (0,)
    assert app.refused(BOB, "select public.prune_product_views()") == "42501"
    assert app.act(BOB, VIEWED) == [(GOODS[2],)]

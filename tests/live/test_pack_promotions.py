"""Promotions and coupons on a real PostgreSQL: what is given off, never more than allowed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg.types.json import Jsonb

from archwright.adapters.postgres.database import EmbeddedPostgres
from subjects.bazaar import OTHER_STORE, STORE, STORES, all_at_once, market_database
from subjects.pack_app import ANN, BOB, CAY, Backend

pytestmark = pytest.mark.live

HOME, CUPS = UUID(int=0x91), UUID(int=0x92)
CUP, BOOK = UUID(int=0xA1), UUID(int=0xA2)
ROWS = f"""{STORES}
insert into public.categories (id, parent_id, name, slug) values
  ('{HOME}', null, 'Home', 'home'), ('{CUPS}', '{HOME}', 'Cups', 'cups');
insert into public.products (id, store_id, category_id, title, slug, status, published_at) values
  ('{CUP}', '{STORE}', '{CUPS}', 'Cup', 'cup', 'active', now()),
  ('{BOOK}', '{STORE}', '{HOME}', 'Book', 'book', 'active', now());
"""
FOUND = "select array_agg(name || ' ' || coalesce(variant_id::text, '-') || ' ' || amount"
DISCOUNTS = (
    f"{FOUND} order by name, variant_id) from private.discounts_for(%s, %s, 'EUR', %s, %s, %s)"
)
USE = b"select private.use_promotions(%s, %s, %s)"


@pytest.fixture(scope="module")
def template(database: EmbeddedPostgres) -> Iterator[str]:
    packs = ["stores", "catalog", "promotions"]
    with market_database(database, packs, ROWS) as name:
        yield name


@pytest.fixture
def app(database: EmbeddedPostgres, template: str) -> Iterator[Backend]:
    with database.scratch(template) as name:
        yield Backend(database, name)


def promote(app: Backend, name: str, number: int, **given: object) -> UUID:
    """Make a promotion of Ann's store whose id counts as the number says."""
    found = {"kind": "percentage", **given}
    columns = ", ".join(found)
    values = ", ".join(["%s"] * len(found))
    app.look(
        f"insert into public.promotions (id, store_id, name, {columns})"
        f" values (%s, %s, %s, {values}) returning id",
        made := UUID(int=number),
        STORE,
        name,
        *found.values(),
    )
    return made


def rule(app: Backend, promotion: UUID, column: str, value: object) -> None:
    statement = f"insert into public.promotion_rules (promotion_id, store_id, {column})"
    app.act(ANN, f"{statement} values (%s, %s, %s)", promotion, STORE, value)


def off(
    app: Backend, *cart: tuple[UUID, int, int], codes: tuple[str, ...] = (), first: bool = False
) -> list[str] | None:
    """Return what is given off: the name, the line's number as hex digit, the amount."""
    lines = [
        {"variant_id": str(p), "product_id": str(p), "quantity": q, "amount": a} for p, q, a in cart
    ]
    found = app.look(DISCOUNTS, Jsonb(lines), STORE, BOB, list(codes), first)
    short = {str(CUP): "cup", str(BOOK): "book"}
    if found is None:
        return None
    return [" ".join(short.get(word, word) for word in row.split(" ")) for row in found]


def test_a_percentage_is_rounded_half_away_from_zero_once_a_line(app: Backend) -> None:
    promote(app, "Half", 1, percent=50)
    assert off(app, (CUP, 3, 5), (BOOK, 1, 1)) == ["Half cup 8", "Half book 1"]
    assert off(app) is None


def test_an_amount_is_spread_so_that_its_parts_are_its_sum(app: Backend) -> None:
    promote(app, "Ten", 1, kind="fixed", amount=1000, currency="EUR")
    assert off(app, (CUP, 1, 1000), (BOOK, 2, 1000)) == ["Ten cup 333", "Ten book 667"]
    assert off(app, (CUP, 1, 300), (BOOK, 1, 1)) == ["Ten cup 300", "Ten book 1"]


def test_rules_say_when_and_for_what(app: Backend) -> None:
    home = promote(app, "Home", 1, percent=10)
    rule(app, home, "category_id", HOME)  # and what is below it
    rule(app, home, "minimum_amount", 2000)
    assert off(app, (CUP, 1, 1999)) is None
    assert off(app, (CUP, 2, 1000)) == ["Home cup 200"]
    few = promote(app, "Cups", 2, percent=20)
    rule(app, few, "product_id", CUP)
    rule(app, few, "minimum_quantity", 3)
    assert off(app, (CUP, 2, 1000), (BOOK, 9, 1)) == ["Home cup 200", "Home book 1"]
    assert off(app, (CUP, 3, 1000)) == ["Cups cup 600"]
    rule(app, promote(app, "Welcome", 3, percent=90), "first_order", True)
    assert off(app, (CUP, 3, 1000)) == ["Cups cup 600"]
    assert off(app, (CUP, 3, 1000), first=True) == ["Welcome cup 2700"]


def test_stackable_ones_add_up_and_the_better_of_both_is_taken(app: Backend) -> None:
    promote(app, "A", 1, percent=60, stackable=True)
    promote(app, "B", 2, percent=60, stackable=True)
    alone = promote(app, "Alone", 3, percent=90)
    promote(app, "Sent", 4, kind="free_shipping")
    assert off(app, (CUP, 1, 100)) == ["A cup 60", "B cup 40", "Sent - 0"]  # never below zero
    app.act(ANN, "update public.promotions set stackable = false where name = 'B'")
    assert off(app, (CUP, 1, 100)) == ["Alone cup 90", "Sent - 0"]
    app.act(ANN, "update public.promotions set active = false where id = %s", alone)
    app.act(ANN, "update public.promotions set ends_at = starts_at + interval '1 us'")
    assert off(app, (CUP, 1, 100)) is None


def test_a_code_opens_what_needs_one_and_only_as_often_as_it_may(app: Backend) -> None:
    secret = promote(app, "Secret", 1, percent=25, needs_coupon=True)
    add = "insert into public.coupons (promotion_id, store_id, code, uses_most, uses_each)"
    app.act(ANN, f"{add} values (%s, %s, 'AUTUMN', 5, 1)", secret, STORE)
    assert app.refused(ANN, f"{add} values (%s, %s, 'autumn', 5, 1)", secret, STORE) == "23505"
    assert off(app, (CUP, 1, 100)) is None
    assert off(app, (CUP, 1, 100), codes=("nope", "autumn")) == ["Secret cup 25"]
    coupon = app.look("select id from public.coupons")
    used = Jsonb([{"promotion_id": str(secret), "coupon_id": str(coupon)}])
    order = uuid4()
    for _ in range(2):  # the second call counts nothing
        app.look(USE.decode(), used, BOB, order)
    assert app.look("select uses from public.coupons") == 1
    assert off(app, (CUP, 1, 100), codes=("autumn",)) is None
    with pytest.raises(psycopg.errors.CheckViolation, match="coupon_used_by_member"):
        app.look(USE.decode(), used, BOB, uuid4())
    back = "select private.return_promotions(%s)"
    assert [app.look(back, order), app.look(back, order)] == [1, 0]
    assert off(app, (CUP, 1, 100), codes=("autumn",)) == ["Secret cup 25"]


@pytest.mark.parametrize("limited", ["promotion", "coupon"])
def test_uses_never_exceed_the_limit(app: Backend, limited: str) -> None:
    most = {"uses_most": 7} if limited == "promotion" else {}
    first = promote(app, "First", 1, percent=25, needs_coupon=True, **most)
    other = promote(app, "Other", 2, percent=5)
    coupon = app.look(
        "insert into public.coupons (promotion_id, store_id, code, uses_most)"
        " values (%s, %s, 'AUTUMN', %s) returning id",
        first,
        STORE,
        7 if limited == "coupon" else None,
    )
    uses = [
        {"promotion_id": str(first), "coupon_id": str(coupon)},
        {"promotion_id": str(other), "coupon_id": None},
    ]

    def use(connection: psycopg.Connection, number: int) -> None:
        connection.execute("reset role")
        listed = uses if number % 2 else uses[::-1]
        connection.execute(USE, (Jsonb(listed), BOB, uuid4()))

    assert Counter(all_at_once(app, [BOB] * 24, use)) == {None: 7, "23514": 17}
    assert app.look("select array_agg(uses order by id) from public.promotions") == [7, 7]
    assert app.look("select uses from public.coupons") == 7
    assert app.look("select count(*) from public.promotion_uses") == 14


def test_the_same_order_at_once_counts_once(app: Backend) -> None:
    promotion = promote(app, "One", 1, percent=25, uses_most=1)
    order = uuid4()

    def use(connection: psycopg.Connection, number: int) -> None:
        connection.execute("reset role")
        connection.execute(USE, (Jsonb([{"promotion_id": str(promotion)}]), BOB, order))

    assert all_at_once(app, [BOB] * 8, use) == [None] * 8
    assert app.look("select uses from public.promotions") == 1


def test_only_those_who_manage_a_store_make_its_promotions(app: Backend) -> None:
    make = "insert into public.promotions (store_id, name, kind, percent) values (%s, 'X', %s, %s)"
    app.act(ANN, make, STORE, "percentage", 10)
    for stranger in (BOB, CAY):
        assert app.refused(stranger, make, STORE, "percentage", 10) == "42501"
    assert app.refused(ANN, make, OTHER_STORE, "percentage", 10) == "42501"
    assert app.refused(ANN, make, STORE, "fixed", 10) == "23514"
    assert app.refused(ANN, make, STORE, "percentage", 101) == "23514"
    assert app.refused(ANN, "update public.promotions set uses = 0") == "42501"
    hidden = promote(app, "Secret", 9, percent=1, needs_coupon=True)
    seen = "select name from public.promotions"
    assert app.act(BOB, seen) == [("X",)]
    assert app.act(BOB, f"{seen} where id = %s", hidden) == []
    assert app.act(BOB, "select 1 from public.coupons") == []

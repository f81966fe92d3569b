"""Reviews and questions on a real PostgreSQL: one a person, exact counts, who may reply."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import psycopg
import pytest

from archwright.adapters.postgres.database import EmbeddedPostgres
from subjects.bazaar import HANDLES, STORE, STORES, all_at_once
from subjects.pack_app import ANN, BOB, CAY, Backend
from subjects.packed import compiled, migrate

pytestmark = pytest.mark.live

LAMP, KETTLE, DRAFT = (UUID(int=0xE1 + n) for n in range(3))
CROWD = [UUID(int=0x1000 + n) for n in range(16)]
ROWS = f"""{STORES}
insert into public.categories (id, name, slug) values ('{UUID(int=9)}', 'Home', 'home');
insert into public.products (id, store_id, category_id, title, status, published_at) values
  ('{LAMP}', '{STORE}', '{UUID(int=9)}', 'Lamp', 'active', now()),
  ('{KETTLE}', '{STORE}', '{UUID(int=9)}', 'Kettle', 'active', now()),
  ('{DRAFT}', '{STORE}', '{UUID(int=9)}', 'Draft', 'draft', null);
"""
SAVE = "select public.save_product_review(%s, %s, %s, %s)"
REPLY = "select public.reply_to_product_review(%s, %s)"
WITHDRAW = "select public.withdraw_product_review_reply(%s)"
VOTE = "insert into public.product_review_votes (review_id) values (%s)"
ASK = "insert into public.product_questions (product_id, body) values (%s, %s) returning id"
ANSWER = "select public.answer_product_question(%s, %s)"
FORGET = "delete from public.product_reviews where author_id = auth.uid()"
USEFUL = "insert into public.product_answer_votes (answer_id) values (%s)"
COUNTED = (
    "select array[stars_1, stars_2, stars_3, stars_4, stars_5, rating_count, rating_sum]"
    " from public.products where id = %s"
)
ACTUAL = (
    "select array[count(*) filter (where stars = 1), count(*) filter (where stars = 2),"
    " count(*) filter (where stars = 3), count(*) filter (where stars = 4),"
    " count(*) filter (where stars = 5), count(*), coalesce(sum(stars), 0)]"
    " from public.product_reviews where product_id = %s"
)
ORDERS = """
[pack]
name = "orders"
title = "Orders"
summary = "Who bought what, for reviews to ask."
requires = ["catalog"]
parts = ["data"]

[tables.purchases]
comment = "Which member bought which product"
key = ["member_id", "product_id"]

[tables.purchases.columns]
member_id = "uuid -> profiles cascade"
product_id = "uuid -> products cascade"

[functions.bought_product]
file = "sql/bought_product.sql"
kind = "private"
"""
BOUGHT = """-- Whether a member bought a product.
create function private.bought_product(p_product_id uuid, p_member_id uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (
    select 1 from public.purchases x where x.product_id = p_product_id and x.member_id = p_member_id
  )
$$;
"""


@pytest.fixture(scope="module")
def template(database: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    orders = orders_pack(tmp_path_factory.mktemp("packs") / "orders")
    on = {"reviews": ("Product",), "questions": ("Product",), "orders": ()}
    names: dict[str, tuple[str, ...]] = dict.fromkeys(("auth", "profiles", "stores", "catalog"), ())
    packed = compiled({**names, **on}, more=[orders])
    with database.scratch() as name:
        migrate(database, name, packed)
        with database.connect(name, superuser=True) as connection:
            people = HANDLES | {m: f"crowd{n}" for n, m in enumerate(CROWD)}
            for member, handle in people.items():
                connection.execute(
                    "insert into auth.users (id, email, invited_at) values (%s, %s, now())",
                    (member, f"{handle}@example.com"),
                )
            connection.execute(ROWS.encode())
        yield name


def orders_pack(folder: Path) -> Path:
    """Write a pack that knows who bought what, as the reviews ask for it."""
    (folder / "sql").mkdir(parents=True)
    (folder / "pack.toml").write_text(ORDERS)
    (folder / "sql/bought_product.sql").write_text(BOUGHT)
    return folder


@pytest.fixture
def app(database: EmbeddedPostgres, template: str) -> Iterator[Backend]:
    with database.scratch(template) as name:
        yield Backend(database, name)


def review(app: Backend, member: UUID, stars: int, title: str = "", of: UUID = LAMP) -> UUID:
    [(found,)] = app.act(member, SAVE, of, stars, title, "")
    assert isinstance(found, UUID)
    return found


def change(app: Backend, statement: str, *values: object) -> None:
    with app.postgres.connect(app.name, superuser=True) as connection:
        connection.execute(statement.encode(), values)


def test_counts_stay_exact_while_many_write_change_and_delete(app: Backend) -> None:
    def act(connection: psycopg.Connection, number: int) -> None:
        for turn in range(6):
            of = (LAMP, KETTLE)[(number + turn) % 2]
            connection.execute(SAVE.encode(), (of, (number * 3 + turn) % 5 + 1, "Fine", ""))
            connection.commit()
            if (number + turn) % 4 == 0:
                connection.execute(FORGET.encode())
                connection.commit()

    assert all_at_once(app, CROWD, act) == [None] * len(CROWD)
    for of in (LAMP, KETTLE):
        assert app.look(COUNTED, of) == app.look(ACTUAL, of)
        assert app.look(COUNTED, of)[5] > 0
    change(app, "delete from auth.users where id = any (%s)", CROWD[:8])
    for of in (LAMP, KETTLE):
        assert app.look(COUNTED, of) == app.look(ACTUAL, of)


def test_a_person_reviews_a_thing_once_however_often_it_is_sent(app: Backend) -> None:
    def send(connection: psycopg.Connection, _: int) -> None:
        connection.execute(SAVE.encode(), (LAMP, 4, "Warm light", "On my desk"))

    assert all_at_once(app, [BOB] * 8, send) == [None] * 8
    assert app.look(COUNTED, LAMP) == [0, 0, 0, 1, 0, 1, 4]
    assert app.look("select edited_at from public.product_reviews") is None
    review(app, BOB, 2, "Flickers")
    rated = "select rating::text, (select edited_at is null from public.product_reviews) from"
    assert app.look(f"{rated} public.products where id = %s", LAMP) == ("2.00", False)
    insert = "insert into public.product_reviews (product_id, stars) values (%s, 5)"
    assert app.refused(BOB, insert, LAMP) == "23505"


def test_helpful_votes_count_once_and_never_for_oneself(app: Backend) -> None:
    found = review(app, BOB, 5, "Bright")
    helpful = "select helpful_count from public.product_reviews"

    def vote(connection: psycopg.Connection, _: int) -> None:
        connection.execute(VOTE.encode(), (found,))

    assert sorted(map(str, all_at_once(app, [*CROWD, *CROWD[:4]], vote))) == sorted(
        ["None"] * 16 + ["23505"] * 4
    )
    assert app.look(helpful) == 16
    take_back = "delete from public.product_review_votes"
    all_at_once(app, CROWD[:6], lambda connection, _: connection.execute(take_back.encode()))
    assert app.look(helpful) == 10
    assert app.refused(BOB, VOTE, found) == "42501"


def test_only_the_database_says_who_bought_it(app: Backend) -> None:
    change(app, "insert into public.purchases values (%s, %s)", BOB, LAMP)
    review(app, BOB, 5)
    review(app, BOB, 5, of=KETTLE)
    review(app, CAY, 5)
    said = "select product_id, verified from public.product_reviews where author_id = %s order by 1"
    assert app.act(CAY, said, BOB) == [(LAMP, True), (KETTLE, False)]
    assert app.act(BOB, said, CAY) == [(LAMP, False)]
    for column in ("verified = true", "helpful_count = 9", "edited_at = null"):
        assert app.refused(CAY, f"update public.product_reviews set {column}") == "42501"
    change(app, "insert into public.purchases values (%s, %s)", CAY, LAMP)
    review(app, CAY, 4)  # asked anew whenever a review is changed
    assert app.act(BOB, said, CAY) == [(LAMP, True)]


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("", "A text without a headline"),
        ("<b>Good</b>", ""),
        ("Good", "See <script>alert(1)</script>"),
        ("Good", "See <!-- x -->"),
        ("Two\nlines", ""),
        ("x" * 121, ""),
        ("Good", "x" * 5001),
    ],
)
def test_what_is_no_plain_text_in_bounds_is_refused(app: Backend, title: str, body: str) -> None:
    assert app.refused(BOB, SAVE, LAMP, 4, title, body) in {"23514", "22001"}
    app.act(BOB, SAVE, LAMP, 4, "2 < 3 & 5 > 4, I <3 it", "a < b\nand b > a")


def test_whoever_sells_does_not_review_but_replies_once(app: Backend) -> None:
    assert app.refused(ANN, SAVE, LAMP, 5, "Buy it", "") == "42501"
    assert app.refused(BOB, SAVE, DRAFT, 5, "", "") == "42501"
    found = review(app, BOB, 3, "Fine")
    for stranger in (BOB, CAY):  # Cay owns another store
        assert app.refused(stranger, REPLY, found, "Thank you") == "42501"
        assert app.refused(stranger, WITHDRAW, found) == "42501"
    role = "insert into public.store_members (store_id, member_id, role) values (%s, %s, %s)"
    change(app, role, STORE, CROWD[0], "support")
    change(app, role, STORE, CROWD[1], "catalog")
    assert app.refused(CROWD[1], REPLY, found, "No") == "42501"
    assert app.refused(ANN, REPLY, found, "See <a href='x'>here</a>") == "23514"

    def reply(connection: psycopg.Connection, number: int) -> None:
        connection.execute(REPLY.encode(), (found, f"Thank you {number // 2}"))

    assert all_at_once(app, [ANN, CROWD[0]] * 3, reply) == [None] * 6
    seen = "select count(*), max(left(body, 9)) from public.product_review_replies"
    replies = "select count(*), max(left(body, 9)) from public.product_review_replies"
    assert app.act(CAY, seen) == [(1, "Thank you")]
    assert app.refused(CAY, "select author_id from public.product_review_replies") == "42501"
    for _ in range(2):
        app.act(CROWD[0], WITHDRAW, found)
    assert app.look(replies) == (0, None)
    says = "select public.viewer_replies_to_product_reviews(p) from public.products p where id = %s"
    asked = (ANN, CROWD[0], CROWD[1], CAY)
    assert [app.act(member, says, LAMP) for member in asked] == [[(m in asked[:2],)] for m in asked]


def pages(app: Backend, statement: str, *values: object) -> list[int]:
    """Return the stars of the reviews of all pages of three, in the order in which they come."""
    stars: list[int] = []
    cursor: dict[str, object] = {}
    while True:
        more = "".join(f", {name} => %s" for name in cursor)
        call = f"select id, stars, helpful_count, created_at from {statement}{more}, p_limit => 3)"
        rows = app.act(CAY, call, *values, *cursor.values())
        stars += [row[1] for row in rows]
        if len(rows) < 3:
            return stars
        last = rows[-1]
        cursor = {"p_before": last[3], "p_before_id": last[0]}
        cursor |= {"p_helpful": last[2]} if "helpful" in statement else {"p_from_stars": last[1]}


def test_each_order_and_filter_pages_through_all_and_none_twice(app: Backend) -> None:
    wrote = [5, 1, 4, 5, 3, 1, 2, 5, 4, 5, 1, 3]
    made = [review(app, member, stars) for member, stars in zip(CROWD, wrote, strict=False)]
    for voter in CROWD[:3]:
        for of in made[4:6]:
            if of != made[CROWD.index(voter)]:
                app.act(voter, VOTE, of)
    listed = "public.sorted_product_reviews(%s, %s"
    assert pages(app, listed, LAMP, "newest") == wrote[::-1]
    assert pages(app, listed, LAMP, "highest") == sorted(wrote, reverse=True)
    assert pages(app, listed, LAMP, "lowest") == sorted(wrote)
    only = f"{listed}, p_lowest_stars => 5, p_highest_stars => 5"
    assert pages(app, only, LAMP, "newest") == [5] * 4
    helpful = "public.helpful_product_reviews(%s"
    rest = [stars for n, stars in enumerate(wrote) if n not in {4, 5}]
    assert pages(app, helpful, LAMP) == [1, 3, *rest[::-1]]
    some = f"{helpful}, p_lowest_stars => 1, p_highest_stars => 1"
    assert pages(app, some, LAMP) == [1, 1, 1]


def test_answers_are_marked_counted_and_voted_for_once(app: Backend) -> None:
    [(question,)] = app.act(BOB, ASK, LAMP, "Is the cable long?")

    def answer(connection: psycopg.Connection, number: int) -> None:
        connection.execute(ANSWER.encode(), (question, f"Two metres, {number % 3}"))

    assert all_at_once(app, [ANN, CAY, *CROWD] * 2, answer) == [None] * 36
    assert app.look("select answer_count from public.product_questions") == 18
    marked = "select author_id from public.product_answers where from_seller"
    assert app.act(BOB, marked) == [(ANN,)]
    assert app.refused(CAY, "update public.product_answers set from_seller = true") == "42501"
    best = app.look("select id from public.product_answers where author_id = %s", CAY)

    def vote(connection: psycopg.Connection, _: int) -> None:
        connection.execute(USEFUL.encode(), (best,))

    assert all_at_once(app, CROWD[:8] * 2, vote).count("23505") == 8
    first = "select id, vote_count from public.best_product_answers(%s) limit 1"
    assert app.act(BOB, first, question) == [(best, 8)]
    assert app.refused(CAY, USEFUL, best) == "42501"


def test_a_question_goes_while_nobody_answered_it(app: Backend) -> None:
    [(question,)] = app.act(BOB, ASK, LAMP, "Is it warm?")
    [(other,)] = app.act(BOB, ASK, LAMP, "Is it bright?")
    delete = "delete from public.product_questions where id = %s returning 1"
    app.act(CAY, ANSWER, question, "Very")
    assert app.act(CAY, delete, other) == []
    assert app.act(BOB, delete, question) == []
    assert app.act(BOB, delete, other) == [(1,)]
    assert app.look("select question_count from public.products where id = %s", LAMP) == 1
    change(app, "delete from auth.users where id = %s", BOB)
    assert app.act(CAY, "select author_id, answer_count from public.product_questions") == [
        (None, 1)
    ]
    assert app.refused(CAY, ASK, DRAFT, "What is this?") == "42501"

"""The catalog on a real PostgreSQL: the tree, variants, attributes, what is listed and found."""

from __future__ import annotations

import json
from collections.abc import Iterator
from uuid import UUID

import pytest

from archwright.adapters.postgres.database import EmbeddedPostgres
from subjects.market_app import (
    ADD,
    GENERATE,
    PUBLISH,
    ROOT,
    STATUS,
    category,
    market_database,
    on_sale,
    open_store,
    option,
    product,
    value,
)
from subjects.pack_app import ANN, BOB, CAY, Backend, race

pytestmark = pytest.mark.live
MOVE = "update public.categories set parent_id = %s where id = %s"
FIND = "select id from public.search_products(%s, %s, %s)"
FACETS = (
    "select facet, label, products::int, low::int, high::int from public.product_facets(%s, %s, %s)"
)
VARIANT = (
    "insert into public.variants (product_id, store_id, sku, combination)"
    " values (%s, %s, %s, %s) returning id"
)


@pytest.fixture(scope="module")
def template(database: EmbeddedPostgres) -> Iterator[str]:
    with market_database(database) as name:
        yield name


@pytest.fixture
def app(database: EmbeddedPostgres, template: str) -> Iterator[Backend]:
    with database.scratch(template) as name:
        yield Backend(database, name)


def below(app: Backend, ancestor: UUID) -> list[tuple[str, int]]:
    return app.act(
        BOB,
        "select c.name, p.depth from public.category_paths p"
        " join public.categories c on c.id = p.descendant_id"
        " where p.ancestor_id = %s order by p.depth, c.name",
        ancestor,
    )


def found(app: Backend, where: UUID | None = None, words: str = "", **wanted: object) -> set[UUID]:
    rows = app.act(BOB, FIND, where, words, json.dumps({"currency": "EUR", **wanted}))
    return {row[0] for row in rows}


def test_a_subtree_is_moved_with_all_below_it(app: Backend) -> None:
    home, garden = category(app, "Home"), category(app, "Garden")
    kitchen = category(app, "Kitchen", home)
    pans = category(app, "Pans", kitchen)
    assert below(app, home) == [("Home", 0), ("Kitchen", 1), ("Pans", 2)]
    app.act(ROOT, MOVE, garden, kitchen)
    assert below(app, home) == [("Home", 0)]
    assert below(app, garden) == [("Garden", 0), ("Kitchen", 1), ("Pans", 2)]
    assert app.refused(ROOT, MOVE, pans, garden) == "23514"
    assert app.refused(ROOT, MOVE, garden, garden) == "23514"
    app.act(ROOT, MOVE, None, kitchen)
    assert below(app, kitchen) == [("Kitchen", 0), ("Pans", 1)]
    assert app.act(BOB, MOVE + " returning 1", None, pans) == []
    assert app.refused(ROOT, "delete from public.categories where id = %s", kitchen) == "23503"


def test_two_moves_at_once_make_no_circle(app: Backend) -> None:
    one, two = category(app, "One"), category(app, "Two")
    with pytest.raises(AssertionError):  # the second one waits, and is refused
        race(
            app,
            lambda: app.session(ROOT),
            lambda: app.session(ROOT),
            (MOVE, (two, one)),
            (MOVE, (one, two)),
        )
    assert below(app, two) == [("Two", 0), ("One", 1)]
    assert below(app, one) == [("One", 0)]


def test_a_combination_is_there_once(app: Backend) -> None:
    store, where = open_store(app), category(app, "Bread")
    made = product(app, store, where)
    small, large = option(app, made, "Size", "Small", "Large")
    rye, spelt = option(app, made, "Flour", "Rye", "Spelt")
    first = value(app, ANN, VARIANT, made, store, "A", [rye, small])
    assert app.look("select title from public.variants where id = %s", first) == "Small / Rye"
    assert app.refused(ANN, VARIANT, made, store, "B", [small, rye, rye]) == "23505"
    assert app.refused(ANN, VARIANT, made, store, "A", [small, spelt]) == "23505"
    assert app.refused(ANN, VARIANT, made, store, "C", [small, large]) == "23505"
    assert app.act(ANN, GENERATE, made) == [(3,)]
    assert app.act(ANN, GENERATE, made) == [(0,)]
    assert app.look("select count(*) from public.variant_options") == 8
    delete = "delete from public.option_values where id = %s"
    assert app.refused(ANN, delete, small) == "23503"


def test_two_who_make_the_variants_at_once_make_them_once(app: Backend) -> None:
    store, where = open_store(app), category(app, "Bread")
    made = product(app, store, where)
    option(app, made, "Size", "Small", "Large")
    race(
        app,
        lambda: app.session(ANN),
        lambda: app.session(ANN),
        (GENERATE, (made,)),
        (GENERATE, (made,)),
    )
    assert app.look("select count(*) from public.variants") == 2


def test_a_new_option_takes_incomplete_variants_off_sale(app: Backend) -> None:
    store, where = open_store(app), category(app, "Bread")
    made = product(app, store, where)
    app.act(ANN, GENERATE, made)
    option(app, made, "Size", "Small", "Large")
    assert app.act(ANN, GENERATE, made) == [(2,)]
    assert app.look("select count(*) from public.variants where active") == 2
    for name in ("Flour", "Shape"):
        option(app, made, name, *(f"{name} {n}" for n in range(8)))
    assert app.refused(ANN, GENERATE, made) == "23514"


def test_a_value_belongs_to_its_products_option(app: Backend) -> None:
    store, where = open_store(app), category(app, "Bread")
    mine, other = product(app, store, where), product(app, store, where, "Roll")
    [small] = option(app, mine, "Size", "Small")
    assert app.refused(ANN, VARIANT, other, store, "A", [small]) == "23514"
    insert = "insert into public.option_values (option_id, product_id, label)"
    take = f"{insert} select option_id, %s, 'Odd' from public.option_values where id = %s"
    assert app.refused(ANN, take, other, small) == "23503"
    elsewhere = open_store(app, BOB, "dairy")
    assert app.refused(ANN, VARIANT, mine, elsewhere, "A", []) == "42501"
    unseen = VARIANT.removesuffix(" returning id")
    assert app.refused(BOB, unseen, mine, elsewhere, "A", []) == "23503"


def test_an_attributes_value_is_of_its_kind_and_of_the_products_type(app: Backend) -> None:
    store, where = open_store(app), category(app, "Bread")
    kind = value(app, ROOT, "insert into public.product_types (name) values ('Bread') returning id")
    other = value(app, ROOT, "insert into public.product_types (name) values ('Ski') returning id")
    add = (
        "insert into public.attributes (product_type_id, name, kind) values (%s, 'Weight', %s)"
        " returning id"
    )
    weight, length = value(app, ROOT, add, kind, "number"), value(app, ROOT, add, other, "number")
    made = product(app, store, where)
    app.act(ANN, "update public.products set product_type_id = %s where id = %s", kind, made)
    column = "insert into public.attribute_values (product_id, attribute_id, product_type_id, {})"
    number = f"{column.format('number_value')} values (%s, %s, %s, 500)"
    text = f"{column.format('text_value')} values (%s, %s, %s, 'Much')"
    assert app.refused(ANN, text, made, weight, kind) == "23503"
    assert app.refused(ANN, number, made, length, other) == "23503"
    assert app.refused(ANN, number, made, length, kind) == "23503"
    assert app.refused(BOB, number, made, weight, kind) == "42501"
    app.act(ANN, number, made, weight, kind)
    both = "update public.attribute_values set text_value = 'Much'"
    assert app.refused(ANN, both) == "23514"
    change = "update public.products set product_type_id = %s where id = %s"
    assert app.refused(ANN, change, other, made) == "23503"


def test_roles_in_a_store_say_who_writes_its_products(app: Backend) -> None:
    store, where = open_store(app), category(app, "Bread")
    made = product(app, store, where)
    app.act(ANN, GENERATE, made)
    for handle, role in (("bob.x", "catalog"), ("cay.x", "support")):
        app.act(ANN, ADD, store, handle, role)
    rename = "update public.products set title = 'Loaf' where id = %s returning 1"
    assert app.act(CAY, "select title from public.products") == [("Rye bread",)]
    assert app.act(CAY, rename, made) == []
    assert app.refused(CAY, PUBLISH, made, "active") == "42501"
    assert app.refused(CAY, GENERATE, made) == "42501"
    assert app.refused(CAY, "select public.name_brand('Acme')") == "42501"
    assert app.act(BOB, rename, made) == [(1,)]
    brand = value(app, BOB, "select public.name_brand('Café Acme')")
    assert value(app, BOB, "select public.name_brand(' cafe ACME')") == brand
    publish = "update public.products set status = 'active' where id = %s"
    assert app.refused(ANN, publish, made) == "42501"


def test_what_is_published_can_be_bought(app: Backend) -> None:
    store, where = open_store(app), category(app, "Bread")
    made = product(app, store, where)
    assert app.refused(ANN, PUBLISH, made, "active") == "23514"
    app.act(ANN, GENERATE, made)
    assert app.refused(ANN, PUBLISH, made, "active") == "23514"
    assert found(app) == set()
    sold = on_sale(app, store, where, "Spelt bread")
    app.act(ANN, PUBLISH, sold, "active")
    assert found(app) == {sold}


def test_products_follow_their_store_and_their_category(app: Backend) -> None:
    store = open_store(app)
    food, garden = category(app, "Food"), category(app, "Garden")
    bread = category(app, "Bread", food)
    rye = on_sale(app, store, bread, "Rye bread")
    assert found(app, food) == found(app, bread) == found(app) == {rye}
    assert found(app, garden) == set()
    add = "insert into public.product_categories (product_id, category_id) values (%s, %s)"
    assert app.refused(BOB, add, rye, garden) == "42501"
    app.act(ANN, add, rye, garden)
    assert found(app, garden) == {rye}
    app.act(ANN, "delete from public.product_categories where product_id = %s", rye)
    assert found(app, garden) == set()
    app.act(ROOT, MOVE, garden, bread)
    assert (found(app, garden), found(app, food)) == ({rye}, set())
    app.act(ROOT, STATUS, store, "suspended")
    assert found(app) == found(app, bread) == found(app, None, "rye") == set()
    assert app.act(BOB, "select 1 from public.products") == []
    assert app.act(ANN, "select 1 from public.products") == [(1,)]
    app.act(ROOT, STATUS, store, "active")
    assert found(app, garden, "rye") == {rye}
    app.act(ANN, PUBLISH, rye, "archived")
    assert found(app) == found(app, bread) == set()


def test_a_product_published_while_its_store_is_suspended_is_not_shown(app: Backend) -> None:
    store, where = open_store(app), category(app, "Bread")
    rye = on_sale(app, store, where, "Rye bread")
    app.act(ANN, PUBLISH, rye, "draft")
    race(
        app,
        lambda: app.session(ANN),
        lambda: app.session(ANN),
        (PUBLISH, (rye, "active")),
        (PUBLISH, (rye, "active")),
    )
    assert found(app, where) == {rye}
    app.act(ANN, PUBLISH, rye, "draft")
    app.act(ROOT, STATUS, store, "suspended")
    app.act(ANN, PUBLISH, rye, "active")
    assert found(app, where) == found(app) == set()
    app.act(ROOT, STATUS, store, "active")
    assert found(app, where) == {rye}


def test_words_find_products_also_when_misspelt(app: Backend) -> None:
    store, where = open_store(app), category(app, "Bread")
    rye = on_sale(app, store, where, "Sourdough rye bread")
    spelt = on_sale(app, store, where, "Spelt rolls")
    brand = value(app, ANN, "select public.name_brand('Müllers Mühle')")
    app.act(ANN, "update public.products set brand_id = %s where id = %s", brand, spelt)
    assert found(app, None, "bread rye") == {rye}
    assert found(app, None, "breads") == {rye}
    assert found(app, None, "sourdo") == {rye}
    assert found(app, None, "muellers mühle") | found(app, None, "mullers muhle") == {spelt}
    assert found(app, None, "sourdogh") == {rye}
    assert found(app, None, "zzzz") == set()
    assert found(app, None, "'); drop table x & | !") == set()
    app.act(ROOT, "update public.brands set name = 'Backstube' where id = %s", brand)
    assert found(app, None, "backstube") == {spelt}


def test_facets_count_each_filter_as_if_it_were_not_set(app: Backend) -> None:
    store = open_store(app)
    food = category(app, "Food")
    bread, rolls = category(app, "Bread", food), category(app, "Rolls", food)
    acme, baker = (value(app, ANN, f"select public.name_brand('{b}')") for b in ("Acme", "Baker"))
    for where, title, amount, brand in (
        (bread, "Rye", 400, acme),
        (bread, "Spelt", 600, baker),
        (rolls, "Poppy", 100, acme),
    ):
        made = on_sale(app, store, where, title, amount)
        app.act(ANN, "update public.products set brand_id = %s where id = %s", brand, made)
    everything = app.act(BOB, FACETS, food, "", '{"currency": "EUR"}')
    assert everything == [
        ("total", None, 3, 3, None),
        ("category", "Bread", 2, None, None),
        ("category", "Rolls", 1, None, None),
        ("brand", "Acme", 2, None, None),
        ("brand", "Baker", 1, None, None),
        ("price", None, 3, 100, 600),
    ]
    wanted = json.dumps({"currency": "EUR", "brands": [str(acme)], "max": 300})
    assert app.act(BOB, FACETS, food, "", wanted) == [
        ("total", None, 1, 3, None),
        ("category", "Rolls", 1, None, None),
        ("brand", "Acme", 1, None, None),
        ("price", None, 2, 100, 400),
    ]
    assert len(found(app, food, brands=[str(acme)])) == 2
    assert len(found(app, food, min=500)) == 1
    assert found(app, food, attributes={str(acme): ["x"]}) == set()


@pytest.mark.parametrize("order", ["newest", "price_up", "price_down", "relevance"])
def test_pages_hold_each_product_once_in_the_order_asked_for(app: Backend, order: str) -> None:
    store, where = open_store(app), category(app, "Bread")
    made = [on_sale(app, store, where, f"Bread {n}", 100 + n // 2) for n in range(7)]
    page = "select id, place from public.search_products(%s, 'bread', %s, %s, %s, %s, 2)"
    after, tie, seen = float("inf"), UUID(int=2**128 - 1), []
    while rows := app.act(BOB, page, where, '{"currency": "EUR"}', order, after, tie):
        seen += [row[0] for row in rows]
        tie, after = rows[-1]
    assert sorted(seen, key=str) == sorted(made, key=str)
    amounts = [100 + made.index(product_id) // 2 for product_id in seen]
    if order == "price_up":
        assert amounts == sorted(amounts)
    if order == "price_down":
        assert amounts == sorted(amounts, reverse=True)
    if order == "newest":
        assert seen == made[::-1]

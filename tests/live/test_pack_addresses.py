"""Addresses on a real PostgreSQL: one default each, also when two are chosen at once."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import psycopg
import pytest

from archwright.adapters.postgres.database import EmbeddedPostgres
from subjects.bazaar import all_at_once, market_database
from subjects.pack_app import ANN, BOB, Backend

pytestmark = pytest.mark.live

ADD = (
    "insert into public.addresses (name, line1, city, country, default_shipping, default_billing)"
    " values (%s, 'Lindenstraße 41', 'Berlin', 'DE', %s, %s)"
)
CHOOSE = "select public.set_default_address(%s, %s, %s)"


@pytest.fixture(scope="module")
def template(database: EmbeddedPostgres) -> Iterator[str]:
    with market_database(database, ["addresses"]) as name:
        yield name


@pytest.fixture
def app(database: EmbeddedPostgres, template: str) -> Iterator[Backend]:
    with database.scratch(template) as name:
        yield Backend(database, name)


def defaults(app: Backend) -> dict[str, tuple[bool, bool]]:
    rows = app.act(ANN, "select name, default_shipping, default_billing from public.addresses")
    return {name: (shipping, billing) for name, shipping, billing in rows}


def ids(app: Backend) -> dict[str, UUID]:
    return dict(app.act(ANN, "select name, id from public.addresses"))


def test_the_first_is_the_default_and_others_take_it_over(app: Backend) -> None:
    app.act(ANN, ADD, "home", False, False)
    assert defaults(app) == {"home": (True, True)}
    app.act(ANN, ADD, "work", True, False)
    assert defaults(app) == {"home": (False, True), "work": (True, False)}
    for _ in range(2):  # the second call changes nothing
        app.act(ANN, CHOOSE, ids(app)["home"], True, False)
        assert defaults(app) == {"home": (True, True), "work": (False, False)}
    assert app.refused(BOB, CHOOSE, ids(app)["home"], True, True) == "P0002"
    assert app.refused(ANN, "update public.addresses set default_billing = true") == "42501"


def test_two_addresses_are_chosen_at_once(app: Backend) -> None:
    for name in ("one", "two", "three", "four"):
        app.act(ANN, ADD, name, False, False)
    chosen = list(ids(app).values()) * 3

    def choose(connection: psycopg.Connection, number: int) -> None:
        connection.execute(CHOOSE.encode(), (chosen[number], number % 2 == 0, number % 3 == 0))

    assert all_at_once(app, [ANN] * len(chosen), choose) == [None] * len(chosen)
    marks = list(defaults(app).values())
    assert [sum(column) for column in zip(*marks, strict=True)] == [1, 1]


def test_first_addresses_at_once_and_never_more_than_twenty(app: Backend) -> None:
    def add(connection: psycopg.Connection, number: int) -> None:
        connection.execute(ADD.encode(), (f"place {number}", number % 2 == 0, False))

    refused = all_at_once(app, [ANN] * 24, add)
    assert sorted(filter(None, refused)) == ["23514"] * 4
    marks = list(defaults(app).values())
    assert len(marks) == 20
    assert [sum(column) for column in zip(*marks, strict=True)] == [1, 1]


@pytest.mark.parametrize(
    "change",
    ["country = 'Germany'", "country = 'de'", "city = '  '", "phone = 'call me'", "name = ''"],
)
def test_what_no_parcel_could_go_to_is_refused(app: Backend, change: str) -> None:
    app.act(ANN, ADD, "home", False, False)
    assert app.refused(ANN, f"update public.addresses set {change}") in {"23514", "22001"}

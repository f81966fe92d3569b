"""Zones, methods and rates on a real PostgreSQL: a country is in one zone, steps have no gap."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import psycopg
import pytest
from psycopg.types.json import Jsonb

from archwright.adapters.postgres.database import EmbeddedPostgres
from subjects.bazaar import OTHER_STORE, STORE, STORES, all_at_once, market_database
from subjects.pack_app import ANN, BOB, CAY, Backend

pytestmark = pytest.mark.live

NEAR, FAR, THEIRS = (UUID(int=0x61 + n) for n in range(3))
LETTER, PARCEL = UUID(int=0x71), UUID(int=0x72)
ROWS = f"""{STORES}
insert into public.zones (id, store_id, name) values
  ('{NEAR}', '{STORE}', 'Near'), ('{FAR}', '{STORE}', 'Far'), ('{THEIRS}', '{OTHER_STORE}', 'Near');
insert into public.zone_countries (store_id, country, zone_id) values ('{STORE}', 'DE', '{NEAR}');
insert into public.shipping_methods
  (id, store_id, zone_id, name, currency, basis, at_most, min_days, max_days) values
  ('{LETTER}', '{STORE}', '{NEAR}', 'Letter', 'EUR', 'weight', 1000, 2, 4),
  ('{PARCEL}', '{STORE}', '{NEAR}', 'Parcel', 'EUR', 'amount', null, 1, 2);
"""
QUOTES = "select array_agg(name || ' ' || amount) from private.shipping_quotes(%s, %s, %s, %s, %s)"
COUNTRIES = "select public.set_zone_countries(%s, %s)"
RATES = "select public.set_shipping_rates(%s, %s)"


@pytest.fixture(scope="module")
def template(database: EmbeddedPostgres) -> Iterator[str]:
    with market_database(database, ["stores", "shipping"], ROWS) as name:
        yield name


@pytest.fixture
def app(database: EmbeddedPostgres, template: str) -> Iterator[Backend]:
    with database.scratch(template) as name:
        backend = Backend(database, name)
        steps = [{"at_least": 0, "amount": 190}, {"at_least": 500, "amount": 290}]
        backend.act(ANN, RATES, LETTER, Jsonb(steps))
        steps = [{"at_least": 0, "amount": 490}, {"at_least": 5000, "amount": 0}]
        backend.act(ANN, RATES, PARCEL, Jsonb(steps))
        yield backend


@pytest.mark.parametrize(
    ("weight", "amount", "found"),
    [
        (0, 0, ["Letter 190", "Parcel 490"]),
        (499, 4999, ["Letter 190", "Parcel 490"]),
        (500, 4999, ["Letter 290", "Parcel 490"]),
        (1000, 5000, ["Parcel 0", "Letter 290"]),
        (1001, 5000, ["Parcel 0"]),
    ],
)
def test_a_step_holds_up_to_the_next(
    app: Backend, weight: int, amount: int, found: list[str]
) -> None:
    assert app.look(QUOTES, STORE, "DE", "EUR", weight, amount) == found
    assert app.look(QUOTES, STORE, "FR", "EUR", weight, amount) is None
    assert app.look(QUOTES, STORE, "DE", "USD", weight, amount) is None


def test_what_is_switched_off_is_not_offered_nor_seen(app: Backend) -> None:
    app.act(ANN, "update public.shipping_methods set active = false where id = %s", LETTER)
    assert app.look(QUOTES, STORE, "DE", "EUR", 1, 1) == ["Parcel 490"]
    seen = "select name from public.shipping_methods where store_id = %s"
    assert app.act(BOB, seen, STORE) == [("Parcel",)]
    assert len(app.act(ANN, seen, STORE)) == 2


def test_a_country_is_in_one_zone_also_when_two_take_it_at_once(app: Backend) -> None:
    for _ in range(2):  # the second call changes nothing
        app.act(ANN, COUNTRIES, NEAR, ["DE", "AT", "AT"])
    assert app.refused(ANN, COUNTRIES, FAR, ["CH", "AT"]) == "23505"

    def take(connection: psycopg.Connection, number: int) -> None:
        connection.execute(COUNTRIES.encode(), ([NEAR, FAR][number % 2], ["CH", "LI"]))

    refused = all_at_once(app, [ANN] * 8, take)
    assert sorted(filter(None, refused)) == ["23505"] * 4
    zones = (
        "select count(distinct zone_id) from public.zone_countries where country in ('CH', 'LI')"
    )
    assert app.look(zones) == 1
    app.act(CAY, COUNTRIES, THEIRS, ["CH"])


def test_only_those_who_manage_a_store_change_its_shipping(app: Backend) -> None:
    for stranger in (BOB, CAY):
        assert app.refused(stranger, COUNTRIES, NEAR, ["FR"]) == "P0002"
        assert app.refused(stranger, RATES, PARCEL, Jsonb([])) == "P0002"
    mixed = "update public.zone_countries set zone_id = %s"
    assert app.refused(ANN, mixed, THEIRS) == "23503"  # a zone of another store
    assert app.refused(ANN, RATES, PARCEL, Jsonb([{"at_least": -1, "amount": 1}])) == "23514"
    assert app.look(QUOTES, STORE, "DE", "EUR", 1, 1) == ["Letter 190", "Parcel 490"]

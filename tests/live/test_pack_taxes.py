"""Tax classes and rates on a real PostgreSQL: one rate at a time, rounding, and who may."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import psycopg
import pytest

from archwright.adapters.postgres.database import EmbeddedPostgres
from subjects.bazaar import DAN, all_at_once, market_database
from subjects.pack_app import ANN, Backend

pytestmark = pytest.mark.live

GOODS, BOOKS = UUID(int=0x81), UUID(int=0x82)
ROWS = f"""
insert into public.tax_classes (id, name, standard)
values ('{GOODS}', 'Goods', true), ('{BOOKS}', 'Books', false);
"""
SET = "select public.set_tax_rate(%s, %s, %s, %s, %s)"
OF = "select private.tax_of(%s, %s, %s, %s)::float"


@pytest.fixture(scope="module")
def template(database: EmbeddedPostgres) -> Iterator[str]:
    with market_database(database, ["stores", "catalog", "taxes"], ROWS) as name:
        yield name


@pytest.fixture
def app(database: EmbeddedPostgres, template: str) -> Iterator[Backend]:
    with database.scratch(template) as name:
        yield Backend(database, name)


def test_a_rate_holds_from_a_day_on_and_a_region_before_its_country(app: Backend) -> None:
    [first] = app.act(DAN, SET, GOODS, "US", "", "0.01", "2025-01-01")
    app.act(DAN, SET, GOODS, "US", "Oregon", "0", "2025-01-01")
    for _ in range(2):  # the second call changes nothing
        app.act(DAN, SET, GOODS, "US", None, "0.0725", "2026-01-01")
    assert app.look("select count(*) from public.tax_rates") == 3
    assert app.look(OF, GOODS, "US", "Iowa", "2024-12-31") == 0
    assert app.look(OF, GOODS, "US", "Iowa", "2025-12-31") == 0.01
    assert app.look(OF, None, "US", None, "2026-01-01") == 0.0725
    assert app.look(OF, GOODS, "US", "oregon", "2026-01-01") == 0
    assert app.look(OF, BOOKS, "US", "Iowa", "2026-01-01") == 0
    assert app.refused(DAN, SET, GOODS, "US", "", "0.02", "2026-01-01") == "23514"
    ending = "select public.end_tax_rate(%s, %s)"
    assert app.refused(DAN, ending, first[0], "2024-01-01") == "23514"


def test_rates_set_at_once_never_overlap(app: Backend) -> None:
    app.act(DAN, SET, GOODS, "DE", "", "0.16", "2020-07-01")

    def change(connection: psycopg.Connection, number: int) -> None:
        day = f"2026-0{1 + number % 4}-01"
        connection.execute(SET.encode(), (GOODS, "DE", None, f"0.{20 + number % 4}", day))

    refused = all_at_once(app, [DAN] * 8, change)
    assert set(refused) <= {None, "23514"}
    overlap = (
        "select count(*) from public.tax_rates a join public.tax_rates b"
        " on a.id < b.id and a.during && b.during"
    )
    assert app.look(overlap) == 0
    assert app.look("select bool_or(upper_inf(during)) from public.tax_rates") is True


def test_one_class_is_the_standard_one(app: Backend) -> None:
    def choose(connection: psycopg.Connection, number: int) -> None:
        wanted = [GOODS, BOOKS][number % 2]
        connection.execute("select public.set_standard_tax_class(%s)", (wanted,))

    assert all_at_once(app, [DAN] * 8, choose) == [None] * 8
    assert app.look("select count(*) from public.tax_classes where standard") == 1


@pytest.mark.parametrize(
    ("amount", "rate", "inclusive", "tax"),
    [
        (1000, "0.19", False, 190),
        (50, "0.19", False, 10),  # 9.5: half away from zero
        (-50, "0.19", False, -10),
        (1190, "0.19", True, 190),
        (1, "0.5", True, 0),
        (9_007_199_254_740_993, "0", True, 0),
        (9_007_199_254_740_993, "1", False, 9_007_199_254_740_993),
    ],
)
def test_tax_is_rounded_half_away_from_zero(
    app: Backend, amount: int, rate: str, inclusive: bool, tax: int
) -> None:
    assert app.look("select private.tax_on(%s, %s, %s)", amount, rate, inclusive) == tax


def test_taxes_are_for_administrators(app: Backend) -> None:
    assert app.refused(ANN, SET, GOODS, "DE", "", "0.19", "2026-01-01") == "42501"
    assert app.refused(ANN, "select public.set_standard_tax_class(%s)", BOOKS) == "42501"
    assert app.refused(DAN, "delete from public.tax_rates") == "42501"
    app.act(DAN, "delete from public.tax_classes where standard")  # the standard one stays
    assert app.look("select count(*) from public.tax_classes") == 2
    assert app.refused(DAN, SET, GOODS, "DE", "", "1.1", "2026-01-01") == "23514"
    assert app.refused(DAN, SET, GOODS, "DE", "", "0.123456", "2026-01-01") == "23514"

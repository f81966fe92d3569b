"""Stores on a real PostgreSQL: applications, teams, owners who leave at once."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import psycopg
import pytest

from archwright.adapters.postgres.database import EmbeddedPostgres
from subjects.market_app import (
    ADD,
    APPLY,
    DAN,
    DECIDE,
    REMOVE,
    ROOT,
    SET_ROLE,
    STATUS,
    market_database,
    open_store,
    value,
)
from subjects.pack_app import ANN, BOB, CAY, Backend

pytestmark = pytest.mark.live
OWNERS = "select count(*) from public.store_members where role = 'owner'"
ROLE = "select role::text from public.store_members where member_id = %s"


@pytest.fixture(scope="module")
def template(database: EmbeddedPostgres) -> Iterator[str]:
    with market_database(database, ("auth", "profiles", "stores")) as name:
        yield name


@pytest.fixture
def app(database: EmbeddedPostgres, template: str) -> Iterator[Backend]:
    with database.scratch(template) as name:
        yield Backend(database, name)


def test_an_application_becomes_a_store_with_its_owner_once(app: Backend) -> None:
    first = value(app, ANN, APPLY, "Bakery", "bakery")
    assert value(app, ANN, APPLY, "Bakery", "bakery") == first
    assert app.refused(ANN, APPLY, "Another", "another") == "23505"
    assert app.refused(BOB, APPLY, "Also a bakery", "bakery") == "23505"
    for member in (ANN, BOB):
        assert app.refused(member, DECIDE, first, True, "") == "42501"
    store = value(app, ROOT, DECIDE, first, True, "")
    assert value(app, ROOT, DECIDE, first, True, "") == store
    assert app.refused(ROOT, DECIDE, first, False, "No") == "23514"
    assert app.look("select count(*) from public.stores") == 1
    assert app.look(ROLE, ANN) == "owner"
    assert app.refused(BOB, APPLY, "Also a bakery", "bakery") == "23505"


def test_a_refusal_has_a_reason_and_leaves_room_for_another_try(app: Backend) -> None:
    first = value(app, ANN, APPLY, "Bakery", "bakery")
    assert app.refused(ROOT, DECIDE, first, False, " ") == "23514"
    app.act(ROOT, DECIDE, first, False, "Which bakery?")
    assert app.look("select count(*) from public.stores") == 0
    assert app.act(BOB, "select 1 from public.store_applications") == []
    assert value(app, ANN, APPLY, "Bakery", "bakery") != first


def test_currencies_come_with_their_first_store(app: Backend) -> None:
    apply = "select public.apply_for_store('A', 'a-b-c', 'JP', %s, 'We sell')"
    assert app.refused(ANN, apply, "XXX") == "22023"
    app.act(ANN, apply, "JPY")
    assert app.look("select code, exponent from public.currencies") == ("JPY", 0)


def test_a_team_is_changed_from_above_only(app: Backend) -> None:
    store = open_store(app)
    app.act(ANN, ADD, store, "@Bob.x", "manager")
    app.act(ANN, ADD, store, "bob.x", "manager")
    app.act(BOB, ADD, store, "cay.x", "catalog")
    assert app.refused(BOB, ADD, store, "cay.x", "support") == "23505"
    assert app.refused(BOB, ADD, store, "nobody.x", "support") == "P0002"
    assert app.refused(BOB, ADD, store, "dan.x", "manager") == "42501"
    assert app.refused(BOB, SET_ROLE, store, ANN, "support") == "42501"
    assert app.refused(BOB, SET_ROLE, store, CAY, "owner") == "42501"
    assert app.refused(BOB, REMOVE, store, ANN) == "42501"
    assert app.refused(CAY, ADD, store, "dan.x", "support") == "42501"
    assert app.refused(CAY, REMOVE, store, BOB) == "42501"
    assert app.refused(DAN, SET_ROLE, store, CAY, "support") == "42501"
    assert app.act(DAN, "select 1 from public.store_members") == []
    app.act(BOB, SET_ROLE, store, CAY, "support")
    assert app.look(ROLE, CAY) == "support"
    app.act(CAY, REMOVE, store, CAY)
    app.act(BOB, REMOVE, store, CAY)
    assert app.look("select count(*) from public.store_members") == 2


def test_the_last_owner_can_neither_leave_nor_step_down(app: Backend) -> None:
    store = open_store(app)
    assert app.refused(ANN, REMOVE, store, ANN) == "23514"
    assert app.refused(ANN, SET_ROLE, store, ANN, "manager") == "23514"
    app.act(ANN, ADD, store, "bob.x", "owner")
    app.act(ANN, SET_ROLE, store, ANN, "support")
    assert app.refused(BOB, REMOVE, store, BOB) == "23514"


@pytest.mark.parametrize(
    ("statement", "more"),
    [(REMOVE, ()), (SET_ROLE, ("support",))],
    ids=["leaving", "stepping down"],
)
def test_of_owners_who_go_at_once_one_stays(
    app: Backend, statement: str, more: tuple[str, ...]
) -> None:
    store = open_store(app)
    members = (ANN, BOB, CAY, DAN)
    for handle in ("bob.x", "cay.x", "dan.x"):
        app.act(ANN, ADD, store, handle, "owner")
    start = threading.Barrier(len(members))
    states: list[str | None] = []

    def go(member: object) -> None:
        try:
            with app.session(member) as connection:  # type: ignore[arg-type]
                start.wait(timeout=20)
                connection.execute(statement.encode(), (store, member, *more))
            states.append(None)
        except psycopg.Error as error:
            states.append(error.sqlstate)

    threads = [threading.Thread(target=go, args=(member,)) for member in members]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert sorted(map(str, states)) == ["23514", "None", "None", "None"]
    assert app.look(OWNERS) == 1


def test_rows_written_past_the_commands_keep_an_owner_too(app: Backend) -> None:
    store = open_store(app)
    with app.postgres.connect(app.name, superuser=True) as connection:
        for change in ("delete from", "update"):
            more = " set role = 'support'" if change == "update" else ""
            with pytest.raises(psycopg.errors.CheckViolation), connection.transaction():
                connection.execute(f"{change} public.store_members{more}".encode())
    assert app.look(ROLE, ANN) == "owner"
    assert app.look("select count(*) from public.stores where id = %s", store) == 1


def test_a_store_whose_last_owner_deletes_the_account_is_closed(app: Backend) -> None:
    store = open_store(app)
    app.act(ANN, ADD, store, "bob.x", "support")
    with app.postgres.connect(app.name, superuser=True) as connection:
        connection.execute("delete from auth.users where id = %s", (ANN,))
    assert app.look("select status::text from public.stores") == "closed"
    assert app.look("select count(*) from public.store_members") == 1


def test_suspension_is_the_administrators_and_closing_the_owners(app: Backend) -> None:
    store = open_store(app)
    seen = "select 1 from public.stores"
    app.act(ANN, ADD, store, "bob.x", "manager")
    for member in (BOB, DAN, ANN):
        assert app.refused(member, STATUS, store, "suspended") == "42501"
    assert app.refused(BOB, STATUS, store, "closed") == "42501"
    app.act(ROOT, STATUS, store, "suspended")
    app.act(ROOT, STATUS, store, "suspended")
    assert (app.act(DAN, seen), app.act(BOB, seen)) == ([], [(1,)])
    assert app.refused(ANN, STATUS, store, "active") == "42501"
    app.act(ROOT, STATUS, store, "active")
    app.act(ANN, STATUS, store, "closed")
    assert app.refused(ROOT, STATUS, store, "active") == "42501"
    app.act(ANN, STATUS, store, "active")
    assert app.act(DAN, seen) == [(1,)]
    logged = "select count(*) from public.audit_log where subject = 'stores'"
    assert app.look(logged) == 4


def test_clients_write_the_page_of_a_store_and_nothing_else(app: Backend) -> None:
    store = open_store(app)
    app.act(ANN, ADD, store, "bob.x", "support")
    rename = "update public.stores set name = 'Other' where id = %s returning 1"
    assert app.act(ANN, rename, store) == [(1,)]
    assert app.act(BOB, rename, store) == []
    for column, wanted in (("status", "closed"), ("slug", "mine"), ("currency", "EUR")):
        assert app.refused(ANN, f"update public.stores set {column} = %s", wanted) == "42501"
    insert = "insert into public.store_members (store_id, member_id, role) values (%s, %s, 'owner')"
    assert app.refused(BOB, insert, store, BOB) == "42501"

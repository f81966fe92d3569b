"""The marketplace packs on a database: members, a store, and many who act at the same moment."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier
from uuid import UUID

import psycopg

from archwright.adapters.postgres.database import EmbeddedPostgres
from subjects.pack_app import ANN, BOB, CAY, Backend
from subjects.packed import compiled, migrate

DAN = UUID(int=4)
HANDLES = {ANN: "ann", BOB: "bob.b", CAY: "cay", DAN: "dan"}
STORE, OTHER_STORE = UUID(int=0x51), UUID(int=0x52)


@contextmanager
def market_database(
    postgres: EmbeddedPostgres, features: Sequence[str], rows: str = ""
) -> Iterator[str]:
    """Give a database with these packs and what they require, four members, and some rows.

    Dan is an administrator. ``rows`` is SQL that the superuser runs at the end.
    """
    packed = compiled(dict.fromkeys(("auth", "profiles", *features), ()))
    with postgres.scratch() as name:
        migrate(postgres, name, packed)
        with postgres.connect(name, superuser=True) as connection:
            for member, handle in HANDLES.items():
                connection.execute(
                    "insert into auth.users (id, email, invited_at) values (%s, %s, now())",
                    (member, f"{handle}@example.com"),
                )
                connection.execute(
                    "update public.profiles set handle = %s where id = %s", (handle, member)
                )
            connection.execute(
                "insert into public.user_roles (user_id, role) values (%s, 'admin')", (DAN,)
            )
            connection.execute(rows.encode() or b"select")
        yield name


STORES = f"""
insert into public.currencies (code, exponent, name) values
  ('EUR', 2, 'Euro'), ('USD', 2, 'US dollar');
insert into public.stores (id, slug, name, country, currency) values
  ('{STORE}', 'fern', 'Fern & Co', 'DE', 'EUR'), ('{OTHER_STORE}', 'tide', 'Tide', 'DE', 'EUR');
insert into public.store_members (store_id, member_id, role) values
  ('{STORE}', '{ANN}', 'owner'), ('{OTHER_STORE}', '{CAY}', 'owner');
"""
"""Two active stores: the first is Ann's, the second Cay's."""


def all_at_once(
    app: Backend, people: Sequence[UUID], act: Callable[[psycopg.Connection, int], object]
) -> list[str | None]:
    """Let all of them act in one moment, each in a session of their own.

    Returns for each the SQLSTATE with which it was refused, None where it went through.
    """
    start = Barrier(len(people), timeout=60)

    def run(number: int) -> str | None:
        with app.session(people[number]) as connection:
            start.wait()
            try:
                act(connection, number)
                connection.commit()
            except psycopg.Error as error:
                connection.rollback()
                return error.sqlstate or str(error)
        return None

    with ThreadPoolExecutor(len(people)) as pool:
        return list(pool.map(run, range(len(people))))

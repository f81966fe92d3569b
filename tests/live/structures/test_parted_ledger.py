"""A ledger in partitions: balances, entries that stay, and names that go, as in one table."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest

from archwright.diagnostics import Severity
from archwright.ports import Database
from archwright.proof.access_matrix import AccessMatrixGate
from archwright.proof.database import DatabaseGate
from subjects.packed import Packed, migrate
from subjects.structures import changed_depot, depot

from .conftest import one

pytestmark = pytest.mark.live

MEMBER = "00000000-0000-4000-8000-000000000001"
PARTED = (
    "append_only = true\n",
    'append_only = true\nkey = ["id", "created_at"]\n'
    'partition = { by = "created_at", every = "month" }\n',
)
MOVE = (
    "insert into movements (good_id, shelf_id, quantity, kind, actor_id, created_at)"
    f" select '{MEMBER}', '{MEMBER}', %s, 'receipt', '{MEMBER}', now() + %s::interval"
)
KEEP = "select private.keep_partitions('public.movements', 'month')"


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Packed:
    return depot(changed_depot(tmp_path_factory.mktemp("parted"), PARTED))


@pytest.fixture(scope="module")
def migrated(database: Database, packed: Packed) -> Iterator[str]:
    with database.scratch() as name:
        migrate(database, name, packed)
        yield name


@pytest.mark.parametrize("gate", [DatabaseGate(), AccessMatrixGate()], ids=lambda gate: gate.name)
def test_the_gates_hold(
    database: Database, packed: Packed, migrated: str, gate: DatabaseGate | AccessMatrixGate
) -> None:
    evidence = gate.check(packed.subject(database, migrated, last=False))
    assert [str(d) for d in evidence.diagnostics if d.severity is not Severity.NOTE] == []


@pytest.fixture
def ledger(platform: psycopg.Connection) -> psycopg.Connection:
    """Give a connection to a database with a member, a good and a shelf."""
    platform.execute("set session_replication_role = replica")
    for text in (
        "insert into auth.users (id) values (%s)",
        "insert into profiles (id, handle, display_name) values (%s, 'user_1', 'Somebody')",
        "insert into goods (id, title) values (%s, 'Lamp')",
    ):
        platform.execute(text.encode(), [MEMBER])
    platform.execute("set session_replication_role = origin")
    platform.execute("insert into shelves (id, label) values (%s, 'Shelf')", [MEMBER])
    return platform


def test_entries_of_every_month_count_and_stay(ledger: psycopg.Connection) -> None:
    for quantity, when in ((5, "0"), (7, "1 month"), (9, "-20 months"), (-2, "3 months")):
        ledger.execute(MOVE.encode(), [quantity, when])
    assert one(ledger, "select on_hand from levels") == 19
    assert one(ledger, "select count(distinct tableoid) from movements") == 4
    denied = psycopg.errors.InsufficientPrivilege
    for statement in ("update movements set quantity = 1", "delete from movements"):
        with pytest.raises(denied, match="movements_append_only"), ledger.transaction():
            ledger.execute(statement.encode())
    ledger.execute("delete from auth.users")
    assert one(ledger, "select count(*) from movements where actor_id is null") == 4
    assert one(ledger, "select on_hand from levels") == 19


def test_moving_entries_to_their_partition_counts_nothing_twice(ledger: psycopg.Connection) -> None:
    for number in range(4):
        late = f"to_char(now() + interval '{number} months', 'YYYYMM\"01\"')"
        name = one(ledger, f"select 'private.movements_' || {late}")
        ledger.execute(f"drop table {name}".encode())
    ledger.execute(MOVE.encode(), [5, "0"])
    ledger.execute(MOVE.encode(), [3, "1 month"])
    assert one(ledger, "select count(distinct tableoid) from movements") == 1
    ledger.execute(KEEP)
    assert one(ledger, "select count(distinct tableoid) from movements") == 2
    assert one(ledger, "select on_hand from levels") == 8

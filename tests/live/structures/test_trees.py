"""Trees: the paths are what the parents say, whatever moves where, alone and at once."""

from __future__ import annotations

import random
import threading
from collections.abc import Mapping, Sequence
from uuid import UUID

import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from .conftest import at_once, one, waiting

pytestmark = pytest.mark.live

Parents = dict[int, int | None]
Paths = set[tuple[int, int, int]]


def shelf(number: int | None) -> UUID | None:
    return None if number is None else UUID(int=number + 1)


def put(connection: psycopg.Connection, parents: Mapping[int, int | None]) -> None:
    """Insert shelves by one statement."""
    listed = ", ".join(["(%s::uuid, %s::uuid, 'Shelf')"] * len(parents))
    values = [v for number, parent in parents.items() for v in (shelf(number), shelf(parent))]
    into = f"insert into shelves (id, parent_id, label) values {listed}"
    connection.execute(into.encode(), values)


def move(connection: psycopg.Connection, moves: Sequence[tuple[int, int | None]]) -> None:
    """Move shelves by one statement."""
    listed = ", ".join(["(%s::uuid, %s::uuid)"] * len(moves))
    values = [v for number, parent in moves for v in (shelf(number), shelf(parent))]
    text = (
        f"update shelves s set parent_id = m.parent from (values {listed}) m (id, parent)"
        " where s.id = m.id"
    )
    connection.execute(text.encode(), values)


def remove(connection: psycopg.Connection, number: int) -> None:
    connection.execute("delete from shelves where id = %s", [shelf(number)])


def kept(connection: psycopg.Connection) -> Paths:
    rows = connection.execute("select ancestor_id, descendant_id, depth from shelf_paths")
    return {(a.int - 1, d.int - 1, depth) for a, d, depth in rows.fetchall()}


def there(connection: psycopg.Connection) -> Parents:
    rows = connection.execute("select id, parent_id from shelves").fetchall()
    return {i.int - 1: None if p is None else p.int - 1 for i, p in rows}


def paths_of(parents: Parents) -> Paths | None:
    """Return all paths of a tree, the model's own way: None where it goes round."""
    found: Paths = set()
    for number in parents:
        above: int | None = number
        for depth in range(len(parents) + 1):
            if above is None:
                break
            found.add((above, number, depth))
            above = parents[above]
        else:
            return None
    return found


@pytest.fixture
def tree(url: str) -> str:
    """Give a database with two chains of shelves: 0 - 1 - 2 - 3 and 4 - 5."""
    with psycopg.connect(url) as connection:
        put(connection, {0: None, 1: 0, 2: 1, 3: 2, 4: None, 5: 4})
    return url


def test_inserts_moves_and_deletes_keep_the_paths(tree: str) -> None:
    with psycopg.connect(tree) as connection:
        assert kept(connection) == paths_of({0: None, 1: 0, 2: 1, 3: 2, 4: None, 5: 4})
        move(connection, [(1, 5)])
        assert kept(connection) == paths_of({0: None, 1: 5, 2: 1, 3: 2, 4: None, 5: 4})
        # In one statement two shelves change places, though each lay below the other's place.
        move(connection, [(5, 1), (1, 4)])
        assert kept(connection) == paths_of({0: None, 1: 4, 2: 1, 3: 2, 4: None, 5: 1})
        remove(connection, 2)  # and what lies below: its foreign key cascades
        assert kept(connection) == paths_of({0: None, 1: 4, 4: None, 5: 1})
        connection.execute("update shelves set label = 'Renamed'")
        assert kept(connection) == paths_of(there(connection))


@pytest.mark.parametrize("to", [1, 3], ids=["itself", "below itself"])
def test_nothing_comes_below_itself(tree: str, to: int) -> None:
    with psycopg.connect(tree) as connection:
        with pytest.raises(psycopg.errors.CheckViolation) as refused, connection.transaction():
            move(connection, [(1, to)])
        assert refused.value.diag.constraint_name == "shelf_tree_cycle"
        assert 'constraint "shelf_tree_cycle"' in str(refused.value)
        with pytest.raises(psycopg.errors.CheckViolation), connection.transaction():
            put(connection, {7: 8, 8: 7})
        assert kept(connection) == paths_of(there(connection))


@pytest.mark.parametrize(
    "statement",
    [
        "insert into shelf_paths (ancestor_id, descendant_id, depth)"
        " select descendant_id, ancestor_id, 9 from shelf_paths where depth > 0",
        "update shelf_paths set depth = depth + 1",
        "update shelf_paths set depth = depth",
        "delete from shelf_paths where depth > 0",
    ],
)
def test_nobody_writes_paths_themselves(tree: str, statement: str) -> None:
    with psycopg.connect(tree) as connection:
        with (
            pytest.raises(psycopg.errors.InsufficientPrivilege) as refused,
            connection.transaction(),
        ):
            connection.execute(statement.encode())
        assert refused.value.diag.constraint_name == "shelf_tree_kept"
        # Having moved something opens nothing for the rest of the transaction.
        move(connection, [(3, 0)])
        with pytest.raises(psycopg.errors.InsufficientPrivilege), connection.transaction():
            connection.execute(statement.encode())


def test_a_failed_move_opens_nothing(tree: str) -> None:
    with psycopg.connect(tree) as connection:
        for parent in (3, 99):
            with pytest.raises(psycopg.errors.IntegrityError), connection.transaction():
                move(connection, [(1, parent)])
        with pytest.raises(psycopg.errors.InsufficientPrivilege), connection.transaction():
            connection.execute("delete from shelf_paths")


def test_an_old_snapshot_changes_no_tree(tree: str) -> None:
    with psycopg.connect(tree) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        with pytest.raises(psycopg.errors.InvalidTransactionState, match="read committed"):
            move(connection, [(1, 5)])


def test_of_two_moves_that_make_a_circle_one_is_refused(tree: str) -> None:
    """The second begins while the first is not committed, and sees what it did all the same."""
    ended: list[str] = []

    def second() -> None:
        with psycopg.connect(tree) as connection:
            try:
                move(connection, [(4, 3)])
            except psycopg.Error as error:
                ended.append(str(error.diag.constraint_name))

    with psycopg.connect(tree) as first:
        move(first, [(0, 5)])
        thread = threading.Thread(target=second)
        thread.start()
        waiting(tree)
        first.commit()
        thread.join()
        assert ended == ["shelf_tree_cycle"]
        assert kept(first) == paths_of(there(first))


def test_many_at_once_keep_the_paths(url: str) -> None:
    """Eight sessions move, add and remove in one tree; each is done, or told of a rule."""
    with psycopg.connect(url) as connection:
        put(connection, {n: None if n < 3 else (n - 1) // 3 for n in range(24)})

    def work(connection: psycopg.Connection, number: int) -> None:
        chance = random.Random(number)
        for turn in range(15):
            what = chance.random()
            try:
                if what < 0.7:
                    move(connection, [(chance.randrange(24), chance.randrange(24))])
                elif what < 0.9:
                    put(connection, {100 + number * 20 + turn: chance.randrange(24)})
                else:
                    remove(connection, chance.randrange(24))
                connection.commit()
            except psycopg.errors.IntegrityError as error:
                connection.rollback()
                told.append(str(error.diag.constraint_name))

    told: list[str] = []
    assert at_once(url, 8, work) == [""] * 8
    assert set(told) <= {"shelf_tree_cycle", "shelves_parent_id_fkey"}
    with psycopg.connect(url) as connection:
        parents = there(connection)
        assert kept(connection) == paths_of(parents)
        assert len(parents) > 3


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["put", "move", "move", "move two", "remove"]),
        st.integers(0, 11),
        st.integers(0, 11) | st.none(),
        st.integers(0, 11),
    ),
    max_size=25,
)


def goals(step: tuple[str, int, int | None, int]) -> Parents:
    """Return what a step moves, and below what."""
    what, number, parent, other = step
    return {number: parent} if what == "move" else {number: parent, other: number}


def stepped(parents: Parents, step: tuple[str, int, int | None, int]) -> Parents | None:
    """Return what the model is after a step; None: the step must be refused."""
    what, number, parent, _ = step
    if what == "put":
        made = parents | {number: parent}
    elif what.startswith("move"):
        moved = goals(step)
        made = {n: moved.get(n, p) for n, p in parents.items()}
    else:
        gone = {d for a, d, _ in paths_of(parents) or () if a == number}
        return {n: p for n, p in parents.items() if n not in gone}
    if any(p is not None and p not in made for p in made.values()):
        return None
    return made if paths_of(made) is not None else None


def test_any_steps_lead_where_the_model_says(url: str) -> None:
    with psycopg.connect(url) as connection:

        @settings(max_examples=25, deadline=None)
        @given(STEPS)
        def check(steps: list[tuple[str, int, int | None, int]]) -> None:
            connection.rollback()
            connection.execute("select 1")  # so that each step is a savepoint of this transaction
            parents: Parents = {}
            for step in steps:
                what, number, parent, _ = step
                if (what == "put") is (number in parents):
                    continue
                wanted = stepped(parents, step)
                try:
                    with connection.transaction():
                        if what == "put":
                            put(connection, {number: parent})
                        elif what == "remove":
                            remove(connection, number)
                        else:
                            move(connection, list(goals(step).items()))
                except psycopg.errors.IntegrityError:
                    assert wanted is None
                    continue
                assert wanted is not None
                parents = wanted
                assert there(connection) == parents
                assert kept(connection) == paths_of(parents)
            connection.rollback()

        check()


def test_paths_of_three_thousand_are_made_by_one_statement(connection: psycopg.Connection) -> None:
    count = 3_000
    connection.execute(
        "insert into shelves (id, parent_id, label)"
        " select lpad(to_hex(i), 32, '0')::uuid,"
        "   case when i > 1 then lpad(to_hex(i / 10 + 1), 32, '0')::uuid end, 'Shelf'"
        " from generate_series(2, %s) i union all select lpad('1', 32, '0')::uuid, null, 'Top'",
        [count],
    )
    assert one(connection, "select count(*) from shelf_paths where depth = 0") == count
    top = one(connection, "select count(*) from shelf_paths where ancestor_id = %s", [UUID(int=1)])
    assert top == count

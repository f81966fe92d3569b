import pytest

from archwright.catalog.manifest import QuerySpec
from archwright.diagnostics import Place
from archwright.proof.plans.declared import Declared
from archwright.proof.plans.explain import Plans, Scan
from archwright.proof.plans.judge import bound, faults


def query(kind: str = "keyset", **given: object) -> Declared:
    order = ("created_at desc", "id desc") if kind == "keyset" else ()
    values = {"table": "videos", "kind": kind, "order": order, **given}
    spec = QuerySpec.model_validate(values)
    return Declared("q", spec, "videos", Place(), None, ("videos",))


def scan(condition: str = "(ROW(created_at, id) < ROW(1, 2))", **given: object) -> Scan:
    values: dict[str, object] = {
        "node": "Index Scan",
        "table": "videos",
        "index": "videos_idx",
        "condition": condition,
        "filter": "",
        "rows": 20,
        **given,
    }
    return Scan(**values)  # type: ignore[arg-type]


CURSOR = scan()
METHODS = {"videos_idx": "btree", "videos_search": "gin"}


@pytest.mark.parametrize(
    ("asked", "plans"),
    [
        (query(), Plans([CURSOR])),
        (query(order=("created_at desc",)), Plans([scan("(created_at < 3)")])),
        (query("lookup", where=("handle",)), Plans([scan("(handle = 'x')")])),
        (query("lookup"), Plans([scan("")])),
        (query("ranked"), Plans([scan("", rows=500)], [(frozenset({"videos"}), 500)])),
        (query("search"), Plans([scan("x", index="videos_search")])),
        (query("aggregate", where=("owner_id",)), Plans([scan("owner_id = 1", rows=9000)])),
        (query(), Plans([CURSOR], [(frozenset({"blocks"}), 9000)])),
    ],
)
def test_plans_that_hold(asked: Declared, plans: Plans) -> None:
    assert faults(asked, plans, METHODS) == []


@pytest.mark.parametrize(
    ("asked", "plans", "said"),
    [
        (query(), Plans(error="boom [42501]"), "it fails: boom"),
        (query(), Plans(), "it reads no row of videos"),
        (query(), Plans([CURSOR, scan("", node="Seq Scan")]), "it reads a whole table: Seq Scan"),
        (
            query(),
            Plans([CURSOR], helpers=[scan("", node="Seq Scan", table="blocks")]),
            "it reads a whole table: Seq Scan on blocks",
        ),
        (query(), Plans([scan("(owner_id = 1)")]), "the cursor is in no index condition"),
        (query(), Plans([scan("(ROW(x, y) < ROW(1, 2))")]), "the cursor is in no index condition"),
        (query(), Plans([CURSOR], [(frozenset({"videos"}), 201)]), "it sorts 201 rows"),
        (query(), Plans([scan(rows=301)]), "it reads 301 rows of videos for 20"),
        (query("lookup", where=("a",)), Plans([scan("")]), "no index finds its rows"),
        (query("ranked"), Plans([scan("", index="")]), "no index finds its candidates"),
        (query("ranked", candidates=100), Plans([scan(rows=401)]), "it reads 401 rows"),
        (query("search"), Plans([scan()]), "no gin or gist index of videos finds its rows"),
    ],
)
def test_plans_that_do_not(asked: Declared, plans: Plans, said: str) -> None:
    found = faults(asked, plans, METHODS)
    assert any(fault.startswith(said) for fault in found), found


def test_bounds() -> None:
    assert bound(query(limit=10)) == 200
    assert bound(query("ranked", limit=10, candidates=300)) == 500
    assert bound(query("aggregate")) is None


def test_a_search_may_read_the_root_of_candidates_and_rows() -> None:
    asked = query("search", candidates=2500)
    assert bound(asked) == 200 + 100 + 2738
    assert bound(asked, 100_000) == 200 + 100 + 15_811
    assert bound(query("ranked", candidates=2500), 100_000) == 200 + 100 + 2500


def test_on_large_tables_the_planner_may_read_small_ones_whole() -> None:
    small = scan("", node="Seq Scan", table="kinds", index="", rows=3000)
    assert faults(query(), Plans([CURSOR, small]), METHODS, 100_000) == []
    assert "reads a whole table" in faults(query(), Plans([CURSOR, small]), METHODS)[0]
    large = scan("", node="Seq Scan", table="others", index="", rows=3001)
    assert "reads a whole table" in faults(query(), Plans([CURSOR, large]), METHODS, 100_000)[0]


def test_a_search_for_a_frequent_word_may_end_early_on_a_large_table() -> None:
    asked = query("search", candidates=4000)
    walk = scan("", node="Seq Scan", index="", rows=18_000)
    assert faults(asked, Plans([walk]), METHODS, 100_000) == []
    whole = scan("", node="Seq Scan", index="", rows=100_000)
    assert "it reads 100000 rows" in faults(asked, Plans([whole]), METHODS, 100_000)[0]


def test_a_look_up_in_a_table_that_stayed_small_needs_no_index() -> None:
    asked = query("lookup", where=("kind_id",))
    few = scan("", node="Seq Scan", index="", rows=40)
    assert faults(asked, Plans([few]), METHODS, 100_000) == []
    assert "no index finds its rows" in str(faults(asked, Plans([few]), METHODS))

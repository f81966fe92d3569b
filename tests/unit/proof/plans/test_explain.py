import json
from typing import Any

from archwright.proof.plans.explain import Plans, Scan, read_plans


def said(text: str, plan: dict[str, Any]) -> str:
    return json.dumps({"Query Text": text, "Plan": plan})


INDEX = {
    "Node Type": "Index Scan",
    "Relation Name": "videos",
    "Index Name": "videos_idx",
    "Index Cond": "(ROW(a, b) < ROW(1, 2))",
    "Filter": "open",
    "Actual Rows": 20,
    "Actual Loops": 2,
    "Rows Removed by Filter": 5,
}


def test_rows_read_count_what_a_filter_took_away() -> None:
    plan = {"Node Type": "Limit", "Plans": [INDEX]}
    plans = read_plans([said("select 1", plan)], ["select 1"])
    assert plans.of("videos") == [
        Scan("Index Scan", "videos", "videos_idx", "(ROW(a, b) < ROW(1, 2))", "open", 50)
    ]
    assert plans.of("other") == []
    assert str(plans.scans[0]) == (
        "Index Scan on videos using videos_idx, index condition (ROW(a, b) < ROW(1, 2)), "
        "filter open, 50 rows read"
    )


def test_sorts_are_told_with_the_tables_below_them() -> None:
    below = {**INDEX, "Actual Loops": 1, "Actual Rows": 300}
    plan = {"Node Type": "Sort", "Plans": [below]}
    plans = read_plans([said("q", plan)], ["q"])
    assert plans.sorted_rows("videos") == 300
    assert plans.sorted_rows("other") == 0


def test_a_bitmap_names_its_table_and_counts_once() -> None:
    inner = {"Node Type": "Bitmap Index Scan", "Index Name": "i", "Index Cond": "c"}
    plan = {
        "Node Type": "Bitmap Heap Scan",
        "Relation Name": "videos",
        "Actual Rows": 7,
        "Actual Loops": 1,
        "Plans": [{**inner, "Actual Rows": 9, "Actual Loops": 1}],
    }
    plans = read_plans([said("q", plan)], ["q"])
    assert [(s.index, s.rows) for s in plans.of("videos")] == [("", 7), ("i", 0)]


def test_helpers_are_kept_apart_and_added_up() -> None:
    helper = {"Node Type": "Index Scan", "Relation Name": "users", "Index Name": "u"}
    one = said("select helper", {**helper, "Actual Rows": 1, "Actual Loops": 1})
    plans = read_plans([one, one, said("q", INDEX)], ["q"], "failed")
    assert [s.table for s in plans.scans] == ["videos"]
    assert [(s.table, s.rows) for s in plans.helpers] == [("users", 2)]
    assert plans.error == "failed"
    assert Plans().scans == ()


def test_a_partition_counts_for_the_whole_table() -> None:
    parts = [{**INDEX, "Relation Name": f"videos_{n}", "Index Name": f"i_{n}"} for n in (1, 2)]
    plan = {"Node Type": "Sort", "Plans": [{**parts[0], "Plans": [parts[1]]}]}
    plans = read_plans([said("q", plan)], ["q"], "", {"videos_1": "videos", "videos_2": "videos"})
    assert [(s.table, s.index) for s in plans.scans] == [("videos", "i_1"), ("videos", "i_2")]
    assert plans.sorted_rows("videos") == 40
    assert read_plans([said("q", plan)], ["q"]).of("videos") == []

"""Random queries against the real service: never a fault, never SQL that does not parse."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ..conftest import World

pytestmark = pytest.mark.live

COLUMNS = {
    "projects": ["id", "name", "client_id", "budget", "done", "meta->n", "meta->>n", "meta->a->b->0", "tags", "due", "words", "tags->0"],
    "clients": ["id", "name", "address", "address->>city", '"name"'],
    "tasks": ["id", "title", "hours", "project_id"],
    "people": ["id", "name", "initials", "boss_id"],
    "badges": ["code", "person_id"],
    "open_projects": ["id", "customer", "budget"],
}  # fmt: skip
RELATIONS = {
    "projects": [("clients", "clients"), ("client_id", "clients"), ("customer", "clients"), ("tasks", "tasks"), ("clients!client_id", "clients")],
    "clients": [("projects", "projects"), ("big_projects", "projects"), ("open_projects", "open_projects")],
    "tasks": [("projects", "projects"), ("people", "people")],
    "people": [("tasks", "tasks"), ("badges", "badges"), ("boss_id", "people"), ("people!boss_id", "people")],
    "badges": [("people", "people")],
    "open_projects": [("clients", "clients"), ("tasks", "tasks")],
}  # fmt: skip
ALIASES = st.sampled_from(["", "", "x:", '"q""r":'.replace('""', '\\"')])
CASTS = st.sampled_from(["", "", "", "", "", "", "", "::text"])
AGGREGATES = st.sampled_from(["", "", "", "", "", "", ".count()", ".max()::text"])
OPERATORS = st.sampled_from(
    [
        "eq",
        "eq",
        "neq",
        "gt",
        "in",
        "is",
        "isdistinct",
        "eq(any)",
        "like",
        "cs",
        "fts",
        "wfts(english)",
    ]
)
VALUES = {
    "in": "(1,2)",
    "is": "null",
    "cs": "{a}",
    "eq(any)": "{1,2}",
    "fts": "a",
    "wfts(english)": "a",
}
OTHERS = st.sampled_from(["1", "1", "1", "1", "x", ""])

Pairs = list[tuple[str, str]]


@st.composite
def conditions(draw: st.DrawFn, table: str, at: str) -> tuple[str, str]:
    """Draw a condition, sort key or page for a level."""

    def test() -> str:
        operator = draw(OPERATORS)
        no = draw(st.sampled_from(["", "not."]))
        return f"{no}{operator}.{VALUES.get(operator) or draw(OTHERS)}"

    column = st.sampled_from(COLUMNS[table])
    kind = draw(st.sampled_from(["test", "test", "or", "order", "limit", "offset"]))
    if kind == "test":
        return at + draw(column), test()
    if kind == "or":
        parts = [f"{draw(column)}.{test()}" for _ in range(draw(st.integers(1, 2)))]
        return f"{at}or", f"({','.join(parts)})"
    if kind == "order":
        return f"{at}order", draw(column) + draw(st.sampled_from(["", ".desc", ".asc.nullslast"]))
    return at + kind, draw(st.sampled_from(["0", "1", "3"]))


@st.composite
def levels(draw: st.DrawFn, table: str, at: str = "", depth: int = 0) -> tuple[str, Pairs]:
    """Draw a select list with what applies to it and to what it embeds."""
    items = [
        draw(ALIASES) + draw(st.sampled_from(COLUMNS[table])) + draw(CASTS) + draw(AGGREGATES)
        for _ in range(draw(st.integers(0, 2)))
    ]
    items += draw(st.sampled_from([[], [], ["*"], ["count()"]]))
    pairs: Pairs = draw(st.lists(conditions(table, at), max_size=2 if depth == 0 else 1))
    used = st.lists(st.sampled_from(RELATIONS[table]), max_size=2, unique_by=lambda one: one[1])
    for name, target in draw(used) if depth < 3 else []:
        label = name.split("!")[0]
        inside, more = draw(levels(target, f"{at}{label}.", depth + 1))
        head = draw(st.sampled_from(["", "", "..."])) + name + draw(st.sampled_from(["", "!inner"]))
        items.append(f"{head}({inside})")
        pairs += more
        pairs += draw(
            st.sampled_from([[], [], [(at + label, "is.null")], [(at + label, "not.is.null")]])
        )
    return ",".join(items), pairs


QUERIES = levels("projects")
HEADERS = st.fixed_dictionaries(
    {
        "prefer": st.sampled_from(["", "count=exact", "count=planned", "count=estimated"]),
        "accept": st.sampled_from(["*/*", "text/csv", "application/vnd.pgrst.object+json", "application/vnd.pgrst.array+json;nulls=stripped", "application/vnd.pgrst.plan"]),
    }
)  # fmt: skip
QUIET = settings(
    max_examples=250,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

# 42601: our SQL would not parse; 42712, 42P10, 42702: names of ours would collide
OURS = ("42601", "42712", "42702", "42P10")


def judge(world: World, method: str, path: str, body: object = None, **headers: Any) -> None:
    """Send a request; the answer must be a success or blame the request."""
    reply = world.ask(method, path, body, **headers)
    assert reply.status < 500, (method, path, reply.text)
    if reply.status >= 400 and method != "HEAD":
        assert reply.code not in OURS, (method, path, reply.text)


@QUIET
@given(QUERIES, HEADERS)
def test_reads(world: World, query: tuple[str, list[tuple[str, str]]], headers: dict[str, str]) -> None:  # fmt: skip
    select, pairs = query
    for path in ("projects", "rpc/projects_of?client=1"):
        text = urlencode([("select", select), *pairs], safe="%")
        judge(world, "GET", f"{path}{'&' if '?' in path else '?'}{text}", **headers)


@QUIET
@given(QUERIES, st.sampled_from(["POST", "PATCH", "DELETE"]), st.booleans())
def test_writes(
    world: World, query: tuple[str, list[tuple[str, str]]], method: str, merge: bool
) -> None:
    select, pairs = query
    prefer = "tx=rollback,return=representation" + ",resolution=merge-duplicates" * merge
    path = f"projects?{urlencode([('select', select), *pairs], safe='%')}"
    body = {"id": 1, "name": "n"} if method == "POST" else {"name": "n"}
    judge(world, method, path, None if method == "DELETE" else body, prefer=prefer)

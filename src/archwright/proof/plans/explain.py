"""Runs a query as its persona and returns the plans of all that it ran, functions included."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import psycopg

from archwright.proof.access.bench import role_of
from archwright.proof.oracle import Persona

_SETTINGS = """
load 'auto_explain';
set auto_explain.log_min_duration = 0;
set auto_explain.log_analyze = on;
set auto_explain.log_timing = off;
set auto_explain.log_nested_statements = on;
set auto_explain.log_format = json;
set client_min_messages = log;
set random_page_cost = 1.1;
set jit = off;
"""
_PARTITIONS = b"""
select part.relname::text, whole.relname::text
from pg_inherits i
join pg_class part on part.oid = i.inhrelid and part.relkind = 'r'
join pg_class whole on whole.oid = i.inhparent
"""
_NO_PARTITIONS: Mapping[str, str] = {}
_MOST_ALIKE = 50
"""Plans kept of one text: a helper that runs for each row says little new after that."""
_HEAD = 160


@dataclass(frozen=True, slots=True)
class Scan:
    """A node that reads a table: what it read and how it found the rows."""

    node: str
    table: str
    index: str
    condition: str
    filter: str
    rows: int
    """Rows read, those that a filter took away included, over all loops."""

    def __str__(self) -> str:
        """Render for people."""
        text = f"{self.node} on {self.table}"
        text += f" using {self.index}" if self.index else ""
        text += f", index condition {self.condition}" if self.condition else ""
        text += f", filter {self.filter}" if self.filter else ""
        return f"{text}, {self.rows} rows read"


@dataclass(frozen=True, slots=True)
class Plans:
    """What a query ran: its scans, what each sort took in of which tables, or why it failed.

    ``helpers`` are the scans of functions that policies and columns called on the way.
    """

    scans: Sequence[Scan] = ()
    sorts: Sequence[tuple[frozenset[str], int]] = ()
    helpers: Sequence[Scan] = ()
    error: str = ""

    def of(self, table: str) -> list[Scan]:
        """Return the scans of a table."""
        return [scan for scan in self.scans if scan.table == table]

    def sorted_rows(self, table: str) -> int:
        """Return the most rows that a sort took in of what was read from a table."""
        return max((rows for tables, rows in self.sorts if table in tables), default=0)


def prepare(connection: psycopg.Connection) -> None:
    """Set the session up: every statement's plan comes back as a notice."""
    connection.execute(_SETTINGS.encode())


def explain(
    connection: psycopg.Connection,
    persona: Persona,
    statement: str,
    bodies: Sequence[str] = (),
    *,
    as_in_use: bool = False,
) -> Plans:
    """Run the statement, undo it, and return its plans. The session must be prepared.

    Of the functions that it runs, those whose text is in ``bodies`` count as its own. Unless the
    planner is to be as in use, sequential scans are made dear, not impossible: one that stays is
    one that nothing can replace.
    """
    said: list[str] = []
    alike: Counter[str] = Counter()

    def hear(notice: Any) -> None:
        _, mark, plan = (notice.message_primary or "").partition(" plan:\n")
        alike[plan[:_HEAD]] += 1
        if mark and alike[plan[:_HEAD]] <= _MOST_ALIKE:
            said.append(plan)

    role = role_of(persona)
    claims = {"role": role} if persona.user is None else {"role": role, "sub": persona.user}
    error = ""
    connection.execute("savepoint query")
    connection.execute(f"set enable_seqscan = {'on' if as_in_use else 'off'}".encode())
    connection.execute(
        "select set_config('request.jwt.claims', %s, true), set_config('role', %s, true)",
        [json.dumps(claims), role],
    )
    connection.add_notice_handler(hear)
    try:
        connection.execute(statement.encode())
    except psycopg.Error as raised:
        error = f"{raised.diag.message_primary or raised} [{raised.sqlstate}]"
    finally:
        connection.remove_notice_handler(hear)
        connection.execute("rollback to query")
    return read_plans(said, (statement, *bodies), error, _wholes(connection))


def _wholes(connection: psycopg.Connection) -> dict[str, str]:
    """Return by partition the table that it is a part of: a plan reads the parts of it."""
    return dict(connection.execute(_PARTITIONS).fetchall())


def read_plans(
    said: Sequence[str],
    own: Sequence[str],
    error: str = "",
    wholes: Mapping[str, str] = _NO_PARTITIONS,
) -> Plans:
    """Return the scans and sorts of plans in PostgreSQL's JSON form; ``own`` are texts of SQL.

    ``wholes`` tells by partition of which table it is one.
    """
    scans: list[Scan] = []
    helpers: list[Scan] = []
    sorts: list[tuple[frozenset[str], int]] = []
    for text in said:
        plan = json.loads(text)
        if not any(plan["Query Text"].strip() in known for known in own):
            found = [n for n in _nodes(plan["Plan"]) if "Relation Name" in n]
            helpers += [_scan(node, wholes) for node in found]
            continue
        for node in _nodes(plan["Plan"]):
            if "Relation Name" in node or "Index Name" in node:
                scans.append(_scan(node, wholes))
            if node["Node Type"] in {"Sort", "Incremental Sort"}:
                tables = frozenset(_table(n, wholes) for n in _nodes(node))
                sorts.append((tables, _read_below(node)))
    return Plans(_joined(scans), tuple(sorts), _joined(helpers), error)


def _nodes(plan: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield plan
    for child in plan.get("Plans", ()):
        # A bitmap's index has no table of its own to name.
        below = {"Relation Name": plan["Relation Name"]} if "Relation Name" in plan else {}
        yield from _nodes(
            {**below, **child} if child["Node Type"] == "Bitmap Index Scan" else child
        )


def _table(node: Mapping[str, Any], wholes: Mapping[str, str]) -> str:
    named = str(node.get("Relation Name", ""))
    return wholes.get(named, named)


def _scan(node: Mapping[str, Any], wholes: Mapping[str, str]) -> Scan:
    bitmap = node["Node Type"] == "Bitmap Index Scan"
    removed = node.get("Rows Removed by Filter", 0) + node.get("Rows Removed by Index Recheck", 0)
    rows = (node.get("Actual Rows", 0) + removed) * node.get("Actual Loops", 1)
    return Scan(
        node["Node Type"],
        _table(node, wholes),
        node.get("Index Name", ""),
        node.get("Index Cond", node.get("Order By", "")),
        node.get("Filter", ""),
        0 if bitmap else round(rows),
    )


def _read_below(node: Mapping[str, Any]) -> int:
    return sum(round(c.get("Actual Rows", 0) * c.get("Actual Loops", 1)) for c in node["Plans"])


def _joined(scans: Sequence[Scan]) -> tuple[Scan, ...]:
    """Add up equal scans: a function that runs for each row leaves a plan for each."""
    found: dict[Scan, int] = {}
    for scan in scans:
        kind = replace(scan, rows=0)
        found[kind] = found.get(kind, 0) + scan.rows
    return tuple(replace(kind, rows=rows) for kind, rows in found.items())

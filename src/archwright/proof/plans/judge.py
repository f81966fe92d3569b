"""What the plan of a query must hold, by its kind."""

from __future__ import annotations

from collections.abc import Mapping
from math import isqrt

from archwright.proof.plans.declared import Declared
from archwright.proof.plans.explain import Plans, Scan
from archwright.proof.plans.population import ROWS

_SLACK = 100
_FACTOR = 10
_SEARCHING = frozenset({"gin", "gist"})


def faults(
    query: Declared, plans: Plans, methods: Mapping[str, str], rows: int = ROWS
) -> list[str]:
    """Say what is wrong with a query's plans on a table of so many rows.

    ``methods`` gives the access method of each index.
    """
    if plans.error:
        return [f"it fails: {plans.error}"]
    own = plans.of(query.table)
    paged = query.spec.kind in {"keyset", "ranked"}
    if query.table and not (any(scan.rows for scan in own) if paged else own):
        return [f"it reads no row of {query.table}: give it arguments that find something"]
    # where some tables are large, those that are not may be read as the planner likes
    small = ROWS if rows > ROWS else 0
    whole = [s for s in (*plans.scans, *plans.helpers) if s.node == "Seq Scan" and s.rows > small]
    # and of a frequent word any rows are soon found: that it ends in time is for the bound to say
    walks = query.spec.kind == "search" and rows > ROWS
    found = [f"it reads a whole table: {s}" for s in whole if not (walks and s in own)]
    by_kind = {
        "keyset": _keyset,
        "lookup": _lookup,
        "ranked": _ranked,
        "search": _search,
        "aggregate": _lookup,
    }
    # nor does it need an index of a table that has stayed small
    looks = query.spec.kind == "lookup" and 0 < sum(s.rows for s in own) <= small
    if not (walks or looks):
        found += by_kind[query.spec.kind](query, plans, own, methods)
    most = bound(query, rows)
    read = sum(scan.rows for scan in own)
    if most is not None and read > most:
        worst = max(own, key=lambda scan: scan.rows)
        found.append(f"it reads {read} rows of {query.table} for {query.spec.limit}: {worst}")
    return list(dict.fromkeys(found))


def bound(query: Declared, rows: int = ROWS) -> int | None:
    """Return how many rows of its table a query may read; None where it counts them all.

    A search finds its candidates by walking the newest rows until enough match, or by taking all
    that match from the index of words, whichever is less: of words that a share f of the rows
    has, that is min(candidates / f, f * rows), and at worst the root of candidates * rows.
    """
    if query.spec.kind == "aggregate":
        return None
    most = _FACTOR * query.spec.limit + _SLACK
    if query.spec.kind in {"keyset", "lookup"}:
        return most
    candidates = query.spec.candidates
    if query.spec.kind == "search":
        candidates = max(candidates, isqrt(candidates * rows))
    return most + candidates


def _keyset(query: Declared, plans: Plans, own: list[Scan], _: Mapping[str, str]) -> list[str]:
    found = []
    first = query.spec.order[0].split()[0] if query.spec.order else ""
    if not any(_starts_at_cursor(scan, first) for scan in own):
        shown = "; ".join(str(scan) for scan in own)
        found.append(f"the cursor is in no index condition: {shown}")
    count = plans.sorted_rows(query.table)
    if count > _FACTOR * query.spec.limit:
        found.append(f"it sorts {count} rows for a page of {query.spec.limit}")
    return found


def _starts_at_cursor(scan: Scan, first: str) -> bool:
    if "ROW(" in scan.condition:
        return not first or first in scan.condition
    return bool(first) and any(f"{first} {op}" in scan.condition for op in ("<", ">"))


def _lookup(query: Declared, _: Plans, own: list[Scan], __: Mapping[str, str]) -> list[str]:
    if not query.spec.where or any(scan.condition for scan in own):
        return []
    return [f"no index finds its rows: {'; '.join(str(s) for s in own)}"]


def _ranked(_: Declared, __: Plans, own: list[Scan], ___: Mapping[str, str]) -> list[str]:
    if any(scan.index for scan in own):
        return []
    return [f"no index finds its candidates: {'; '.join(str(s) for s in own)}"]


def _search(query: Declared, _: Plans, own: list[Scan], methods: Mapping[str, str]) -> list[str]:
    if any(methods.get(scan.index) in _SEARCHING for scan in own):
        return []
    shown = "; ".join(str(scan) for scan in own)
    return [f"no gin or gist index of {query.table} finds its rows: {shown}"]

from __future__ import annotations

import pytest

from archwright.proof.report.data import Cell, GateRun, PhaseRun, ReportData
from archwright.proof.report.view import (
    bars,
    facts,
    findings,
    gate_names,
    grid,
    merged,
    place,
    seconds,
    totals,
)


def phase(number: int, *gates: GateRun) -> PhaseRun:
    return PhaseRun(number, "x", "proven", gates=gates)


TYPES = GateRun("types", "tsc", True, 1.0)
UNIT = GateRun("unit", "vitest", True, 3.0)
SKIPPED = GateRun("unused", "knip", True, 0.0, "later")


def test_bars_share_one_scale() -> None:
    short, long = bars([phase(1, TYPES), phase(2, TYPES, UNIT, SKIPPED), phase(3)])
    assert [s.percent for s in short.segments] == [25.0]
    assert [(s.gate.name, s.percent, s.colour) for s in long.segments] == [
        ("types", 25.0, 0),
        ("unit", 75.0, 1),
    ]


def test_gates_stand_in_the_order_of_the_fullest_phase() -> None:
    database = GateRun("database", "postgres", True, 0.5)
    phases = [phase(1, TYPES), phase(2, database, TYPES, SKIPPED)]
    assert gate_names(phases) == ("database", "types", "unused")
    assert totals(phases) == (("database", 0, 0.5), ("types", 1, 2.0))


def test_the_matrix_is_complete() -> None:
    cells = [
        Cell("videos", "member", "delete", 0, 2),
        Cell("videos", "member", "select", 3, 0, 1),
        Cell("likes", "admin", "select", 3, 0),
        Cell("likes", "admin", "purge", 0, 2, wrong=1),
    ]
    seen = grid(cells)
    assert seen.personas == ("member", "admin")
    assert seen.operations == ("select", "delete", "purge")
    assert [(t, [s.state for s in squares]) for t, squares in seen.rows] == [
        ("videos", ["some", "none", "empty", "empty", "empty", "empty"]),
        ("likes", ["empty", "empty", "empty", "all", "empty", "wrong"]),
    ]
    assert (seen.attempts, seen.allowed, seen.no_rows, seen.denied, seen.wrong) == (11, 6, 1, 4, 1)
    words = seen.rows[1][1][5].words
    assert words == "admin, purge on likes: 0 done, 0 to no row, 2 refused, 1 not as declared"
    assert grid([]).rows == ()
    assert grid(cells, contradictions=4).wrong == 4


def test_facts_in_words() -> None:
    data = {
        "entry_gzip_bytes": 2048,
        "total_bytes": 3 * 1024 * 1024,
        "test_files": 12345,
        "plpgsql_check": False,
        "scope": "all",
        "empty": "",
        "cells": [1],
        "share": 0.5,
    }
    assert facts(data) == (
        ("entry gzip", "2.0 KB"),
        ("total", "3.0 MB"),
        ("test files", "12\u202f345"),
        ("plpgsql check", "no"),
        ("scope", "all"),
        ("share", "0.5"),
    )


def test_errors_come_before_warnings() -> None:
    def said(message: str, severity: str) -> dict[str, str]:
        return {"message": message, "severity": severity}

    gate = GateRun(
        "types", "tsc", False, 1.0, diagnostics=(said("w", "warning"), said("e", "error"))
    )
    report = ReportData("x", phases=(phase(4, gate),), diagnostics=(said("n", "note"),))
    assert [(where, d["message"]) for where, d in findings(report)] == [
        ("phase 4, types", "e"),
        ("phase 4, types", "w"),
        ("the build", "n"),
    ]


@pytest.mark.parametrize(
    ("where", "text"),
    [
        ({"source": "a.ts", "path": [], "line": 3, "column": 7}, "a.ts:3:7"),
        ({"source": "a.ts", "path": ["b", "c"], "line": 0, "column": 0}, "a.ts (b.c)"),
        ({"source": "", "path": ["b"], "line": 3, "column": 0}, "b"),
        ({}, ""),
        (None, ""),
    ],
)
def test_places(where: object, text: str) -> None:
    assert place({"place": where}) == text


def test_times() -> None:
    assert [seconds(s) for s in (0.0, 0.0421, 1.26, 99.9, 125.0)] == [
        "0 ms",
        "42 ms",
        "1.3 s",
        "99.9 s",
        "2 min 5 s",
    ]


def test_what_is_told_in_each_phase_is_told_once() -> None:
    note, other = {"code": "AW-1", "message": "a"}, {"code": "AW-1", "message": "b"}
    told = [("phase 1, x", note), ("phase 1, x", other), ("phase 2, x", note), ("phase 3, x", note)]
    assert merged(told) == (
        ("phase 1, x, and 2 times later", note),
        ("phase 1, x", other),
    )

"""The matrix for people: rows in words, cells as plain data, findings as diagnostics."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from typing import Any

from archwright.diagnostics import Diagnostic, Place, Severity
from archwright.plan.restrict import Restricted
from archwright.proof.access.bench import Bench
from archwright.proof.access.buckets import ELSEWHERE, BucketRule
from archwright.proof.access.cast import Cast
from archwright.proof.access.layout import Layout
from archwright.proof.access.matrix import Finding, Matrix, Trouble
from archwright.proof.access.privileges import Breach
from archwright.proof.access.refusals import declared_refusals, is_declared
from archwright.proof.access.storage import FileMatrix
from archwright.proof.access.topics import TopicMatrix, TopicRule
from archwright.proof.oracle import Row
from archwright.proof.oracle_verdicts import Verdict

CODE = "AW-5121"


def shown_cells(matrix: Matrix) -> list[dict[str, object]]:
    """Return the cells as plain data: persona, table, operation, and a count of each verdict."""
    wrong = Counter((f.player, f.table, f.operation) for f in matrix.findings)
    return [
        {
            "persona": player,
            "table": table,
            "operation": operation,
            "allowed": counted[Verdict.ALLOWED],
            "no_rows": counted[Verdict.NO_ROWS],
            "denied": counted[Verdict.DENIED],
            "wrong": wrong[player, table, operation],
        }
        for (player, table, operation), counted in matrix.cells.items()
    ]


def shown_files(files: FileMatrix) -> list[dict[str, object]]:
    """Return the cells of the buckets in the same form, each bucket as a table."""
    wrong = Counter((f.player, f.bucket, f.operation) for f in files.findings)
    return [
        {
            "persona": player,
            "table": f"bucket {bucket}",
            "operation": operation,
            "allowed": counted[Verdict.ALLOWED],
            "no_rows": counted[Verdict.NO_ROWS],
            "denied": counted[Verdict.DENIED],
            "wrong": wrong[player, bucket, operation],
        }
        for (player, bucket, operation), counted in files.cells.items()
        if bucket != ELSEWHERE
    ]


def shown_topics(told: TopicMatrix) -> list[dict[str, object]]:
    """Return the cells of the topics in the same form: hearing is reading, sending is writing."""
    wrong = Counter((f.player, f.kind, f.act) for f in told.findings)
    return [
        {
            "persona": player,
            "table": f"topic {kind}",
            "operation": "select" if act == "hear" else "insert",
            "allowed": counted[Verdict.ALLOWED],
            "no_rows": counted[Verdict.NO_ROWS],
            "denied": counted[Verdict.DENIED],
            "wrong": wrong[player, kind, act],
        }
        for (player, kind, act), counted in told.cells.items()
    ]


def described(
    row: Row, table: str, layout: Layout, names: Mapping[str, str], known: Mapping[str, str]
) -> str:
    """Return a row in words: the values on which rules depend, members and rows by name."""
    parts = []
    for column in layout.judged_columns(table) or layout.tables[table].primary_key:
        text = str(row.get(column))
        text = "null" if row.get(column) is None else text
        parts.append(f"{column} = {names.get(text) or known.get(text) or text}")
    return ", ".join(parts)


def row_names(layout: Layout, bench: Bench) -> dict[str, str]:
    """Return the name of each row that has an id of its own, as ``videos 3``."""
    return {
        key: f"{table} {number}"
        for table, keys in bench.keys.items()
        for number, key in enumerate(keys, 1)
        if layout.identity(table) == (layout.plain_key(table),)
    }


def home_of(table: str, app: Restricted) -> tuple[str, Place]:
    """Return the key of the instance that declares a table, and the place of its access there."""
    for instance in app.instances:
        if table in instance.manifest.tables:
            file = "each.toml" if instance.each else "pack.toml"
            source = f"{instance.pack.source}/{file}" if instance.pack else "blueprint.yaml"
            return instance.key, Place(source, ("tables", table, "access"))
    return "", Place("database")


def finding_diagnostics(
    matrix: Matrix, app: Restricted, layout: Layout, bench: Bench, cast: Cast
) -> list[Diagnostic]:
    """Return one AW-5121 for each persona, table, operation and kind of difference."""
    groups: dict[tuple[str, ...], list[Finding]] = {}
    for finding in matrix.findings:
        key = (finding.table, finding.operation, finding.player, finding.note, finding.got)
        groups.setdefault((*key, finding.expected), []).append(finding)
    known = row_names(layout, bench)
    found: list[Diagnostic] = []
    for (table, operation, player, note, got, expected), listed in groups.items():
        instance, place = home_of(table, app)
        first = listed[0].row
        row = f", row with {described(first, table, layout, cast.names, known)}" if first else ""
        more = f" and {len(listed) - 1} more rows" if len(listed) > 1 else ""
        how = f" ({note})" if note else ""
        message = f"{player}: {operation} on {table}{how}{row}{more}: "
        message += f"expected {expected}, got {got}"
        hint = f"table {table} is declared by {instance}"
        found.append(Diagnostic(CODE, message, _at(place, operation), hint))
    return found


def _at(place: Place, operation: str) -> Place:
    return Place(place.source, (*place.path, operation)) if place.path else place


def trouble_diagnostics(matrix: Matrix, app: Restricted) -> list[Diagnostic]:
    """Return AW-5122 for each error of a trigger: a note where it is a deliberate refusal.

    A refusal that the manifest states is none.
    """
    refusals = declared_refusals(app)
    groups: dict[tuple[str, str, str, str], list[Trouble]] = {}
    for trouble in matrix.troubles:
        if is_declared(trouble, refusals):
            continue
        key = (trouble.table, trouble.operation, trouble.state, trouble.message)
        groups.setdefault(key, []).append(trouble)
    found: list[Diagnostic] = []
    for (table, operation, state, message), listed in groups.items():
        instance, place = home_of(table, app)
        who = ", ".join(dict.fromkeys(t.player for t in listed))
        how = "a trigger decides otherwise than the rules" if listed[0].deliberate else "it fails"
        code = f" [{state}]" if state else ""
        text = f"{operation} on {table} as {who}: {how}: {message}{code}"
        severity = Severity.NOTE if listed[0].deliberate else Severity.ERROR
        hint = f"look at the triggers of {table}, declared by {instance}"
        found.append(Diagnostic("AW-5122", text, _at(place, operation), hint, severity))
    return found


def breach_diagnostics(breaches: list[Breach], app: Restricted) -> list[Diagnostic]:
    """Return one AW-5121 for each privilege that differs from the declared one."""
    found: list[Diagnostic] = []
    for breach in breaches:
        instance, place = home_of(breach.table, app)
        text = (
            f"role {breach.role}: {breach.operation} on {breach.subject}: "
            f"expected {breach.expected}, got {breach.got}"
        )
        owner = f"table {breach.table} is declared by {instance}" if breach.table else ""
        if breach.function is not None:
            callers = ", ".join(breach.function.callers) or "nobody"
            owner = f"its callers are declared as: {callers}"
        found.append(Diagnostic(CODE, text, place, owner or "no pack declares it"))
    return found


def described_rows(
    tables: Collection[str], layout: Layout, bench: Bench, cast: Cast
) -> dict[str, list[str]]:
    """Return in words every row of some tables, such as those that name files."""
    known = row_names(layout, bench)
    return {
        table: [described(row, table, layout, cast.names, known) for row in bench.rows[table]]
        for table in sorted(set(tables) & set(bench.rows))
    }


def file_diagnostics(files: FileMatrix, rules: Mapping[str, BucketRule]) -> list[Diagnostic]:
    """Return one AW-5121 for each persona, bucket, operation and kind of difference."""
    found: list[Diagnostic] = []
    for finding in files.findings:
        rule = rules.get(finding.bucket)
        where = f"bucket {finding.bucket}" if finding.bucket else "the files of all buckets"
        how = f" ({finding.note})" if finding.note else ""
        file = f", file {finding.about}" if finding.about else ""
        more = f" and {finding.count - 1} more files" if finding.count > 1 else ""
        message = f"{finding.player}: {finding.operation} on {where}{how}{file}{more}: "
        message += f"expected {finding.expected}, got {finding.got}"
        hint = f"bucket {rule.bucket} is declared by {rule.instance}" if rule else ""
        place = rule.place if rule else Place("database")
        found.append(Diagnostic(CODE, message, place, hint or "look at storage.objects"))
    return found


def topic_diagnostics(told: TopicMatrix, rules: Mapping[str, TopicRule]) -> list[Diagnostic]:
    """Return one AW-5121 for each persona, kind of topics and kind of difference."""
    found: list[Diagnostic] = []
    for finding in told.findings:
        rule = rules.get(finding.kind)
        more = f" and {finding.count - 1} more" if finding.count > 1 else ""
        kind = f"{rule.kind} " if rule else ""
        message = f"{finding.player}: {finding.act} in topic {kind}{finding.about}{more}: "
        message += f"expected {finding.expected}, got {finding.got}"
        hint = f"topics {rule.kind} are declared by {rule.instance}" if rule else ""
        place = rule.place if rule else Place("database")
        found.append(Diagnostic(CODE, message, place, hint or "look at realtime.messages"))
    return found


def layout_facts(
    matrix: Matrix, cast: Cast, bench: Bench, files: FileMatrix, told: TopicMatrix
) -> dict[str, Any]:
    """Return what the report draws: personas, fixture rows by table, and the cells."""
    return {
        "personas": [p.name for p in cast.players],
        "rows": {table: len(rows) for table, rows in bench.rows.items()},
        "cells": [*shown_cells(matrix), *shown_files(files), *shown_topics(told)],
    }

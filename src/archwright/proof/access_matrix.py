"""The gate that proves row-level security: what the database does against what is declared."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from archwright.plan.restrict import Restricted
from archwright.proof.access.bench import open_bench
from archwright.proof.access.buckets import BucketRule, bucket_rules, named_tables, with_files
from archwright.proof.access.columns import column_breaches
from archwright.proof.access.fixture import make_fixture
from archwright.proof.access.layout import Layout
from archwright.proof.access.matrix import run_matrix, world_of
from archwright.proof.access.predicates import meanings
from archwright.proof.access.privileges import function_breaches, stray_privileges
from archwright.proof.access.refusals import declared_refusals, unkept
from archwright.proof.access.report import (
    breach_diagnostics,
    described_rows,
    file_diagnostics,
    finding_diagnostics,
    layout_facts,
    topic_diagnostics,
    trouble_diagnostics,
)
from archwright.proof.access.storage import FileMatrix, run_files
from archwright.proof.access.topics import TopicMatrix, TopicRule, run_topics, topic_rules
from archwright.proof.access.touched import touched
from archwright.proof.gate import Evidence, Subject
from archwright.proof.running import Findings, measure
from archwright.schema.architect import Architecture
from archwright.schema.live_policies import MESSAGES
from archwright.schema.model import Policy, Ref, Schema
from archwright.schema.storage import OBJECTS


class AccessMatrixGate:
    """Every persona, table and operation on a real database, compared with the oracle.

    In a phase only the tables whose rules changed are asked about, in the last pass all.
    """

    name = "access matrix"

    def check(self, subject: Subject) -> Evidence:
        """Ask the database; a difference is a diagnostic AW-5121, a trigger's error AW-5122."""
        return measure(self.name, "postgres", subject, lambda: _check(subject))


def _check(subject: Subject) -> Findings:
    layout = _layout(subject.architecture, subject.app)
    if not layout.tables:
        return Findings(skipped="no tables")
    before = None if subject.last or subject.previous is None else subject.previous
    chosen = touched(layout, _layout(before, subject.app) if before else None)
    rules = bucket_rules(subject.app)
    heard = topic_rules(subject.app, layout)
    of_files = _files_touched(subject, rules, layout, chosen)
    of_topics = _topics_touched(subject, heard, chosen)
    if not (chosen or of_files or of_topics):
        return Findings(skipped="no access rule changed", facts={"tables": 0})
    fixture = with_files(make_fixture(layout), layout, rules)
    with open_bench(subject.postgres, subject.database, layout, fixture) as bench:
        matrix = run_matrix(layout, bench, fixture.cast, chosen)
        files, told = FileMatrix(), TopicMatrix()
        words = described_rows({*named_tables(rules), *heard}, layout, bench, fixture.cast)
        if rules and of_files:
            files = run_files(bench, world_of(layout, bench), fixture.cast, rules, words)
        if heard and of_topics:
            told = run_topics(bench, world_of(layout, bench), fixture.cast, heard, words)
        columns, used = column_breaches(layout, bench.connection, chosen)
        functions, executed = function_breaches(layout, bench.connection)
        breaches = [*columns, *functions, *stray_privileges(layout, bench.connection)]
        problems = [
            *finding_diagnostics(matrix, subject.app, layout, bench, fixture.cast),
            *breach_diagnostics(breaches, subject.app),
            *file_diagnostics(files, rules),
            *topic_diagnostics(told, heard),
            *trouble_diagnostics(matrix, subject.app),
            *unkept(matrix, declared_refusals(subject.app)),
        ]
        facts = {
            "tables": len(chosen),
            "statements": matrix.statements,
            "columns": used,
            "functions": executed // 3,
            "files": files.statements,
            "topics": told.statements,
            **layout_facts(matrix, fixture.cast, bench, files, told),
        }
    return Findings(problems, facts)


def _files_touched(
    subject: Subject, rules: Mapping[str, BucketRule], layout: Layout, tables: Collection[str]
) -> bool:
    """Tell whether a phase changes who may do what with files; ``tables`` are those it asks."""
    if subject.last or subject.previous is None:
        return bool(rules)
    looked_at = {table for rule in rules.values() for table, _ in rule.named_in}
    looked_at |= {layout.meanings[name].table for name in layout.scope.withholding("uploads")}
    if looked_at & set(tables):
        return True
    before, now = subject.previous.schema, subject.architecture.schema
    return now.buckets != before.buckets or _on(OBJECTS, now) != _on(OBJECTS, before)


def _topics_touched(
    subject: Subject, rules: Mapping[str, TopicRule], tables: Collection[str]
) -> bool:
    """Tell whether a phase changes who hears or sends in topics; ``tables`` are those it asks."""
    if subject.last or subject.previous is None:
        return bool(rules)
    before, now = subject.previous.schema, subject.architecture.schema
    return bool(set(rules) & set(tables)) or _on(MESSAGES, now) != _on(MESSAGES, before)


def _on(table: Ref, schema: Schema) -> list[Policy]:
    return [policy for policy in schema.policies if policy.table == table]


def _layout(architecture: Architecture, app: Restricted) -> Layout:
    meaning = meanings(app, architecture.scope)
    return Layout(architecture.schema, architecture.scope, meaning)

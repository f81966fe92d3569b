"""The gate that proves that each declared query is served by an index, on thousands of rows."""

from __future__ import annotations

from collections.abc import Mapping

import psycopg

from archwright.diagnostics import Diagnostic
from archwright.ports import Connection
from archwright.proof.access.fixture import make_fixture
from archwright.proof.access.layout import Layout
from archwright.proof.access.predicates import meanings
from archwright.proof.gate import Evidence, Subject
from archwright.proof.oracle import Persona
from archwright.proof.plans.declared import Declared, declared_queries, touched_queries
from archwright.proof.plans.explain import Plans, explain, prepare
from archwright.proof.plans.judge import bound, faults
from archwright.proof.plans.population import HOT_MEMBER, ROWS, Population, fill, staff_member
from archwright.proof.plans.statements import statement
from archwright.proof.running import Findings, measure

CODE = "AW-5131"
_METHODS = """
    select c.relname, a.amname from pg_class c
    join pg_am a on a.oid = c.relam
    where c.relkind = 'i'
"""
_TEXTS = """
    select p.proname, p.prosrc from pg_proc p
    join pg_namespace n on n.oid = p.pronamespace
    where n.nspname in ('public', 'private')
"""


class QueryPlansGate:
    """Each declared query as its persona on a populated clone: index, cursor, rows read.

    In a phase only the queries whose tables or functions changed, in the last pass all. ``rows``
    is how many a table has in that last pass of which something is asked; before, it has ROWS.
    """

    name = "query plans"

    def __init__(self, rows: int = ROWS) -> None:
        """Take ROWS or LARGE."""
        self.rows = rows

    def check(self, subject: Subject) -> Evidence:
        """Run the queries; a finding AW-5131 names the query, its pack and the plan's node."""
        return measure(self.name, "postgres", subject, lambda: _check(subject, self.rows))


def _check(subject: Subject, most: int) -> Findings:
    schema = subject.architecture.schema
    declared = declared_queries(subject.app, schema)
    before = None if subject.last or subject.previous is None else subject.previous.schema
    nodes = subject.phase.nodes if subject.phase is not None else ()
    queries = touched_queries(declared, schema, before, nodes)
    if not queries:
        return Findings(skipped="no query of the phase changed")
    scope = subject.architecture.scope
    layout = Layout(schema, scope, meanings(subject.app, scope))
    rows = most if subject.last else ROWS
    population = Population(layout, make_fixture(layout), queries, declared, large=rows)
    problems: list[Diagnostic] = []
    facts: list[Mapping[str, object]] = []
    with (
        subject.postgres.scratch(subject.database) as clone,
        subject.postgres.connect(clone, superuser=True) as connection,
    ):
        fill(connection, layout, population)
        connection.commit()
        methods = dict(connection.execute(_METHODS).fetchall())
        texts = dict(connection.execute(_TEXTS).fetchall())
        asked = [(query, _statement(query, layout, connection)) for query in queries]
        prepare(connection)
        for query, text in asked:
            persona = _persona(query, connection)
            failed = text.startswith("!")
            # on small tables everything is dear but an index; to count half a large one is, too
            as_in_use = rows > ROWS and query.spec.kind != "aggregate"
            bodies = [texts[c] for c in query.calls if c in texts]
            plans = (
                Plans(error=text[1:])
                if failed
                else explain(connection, persona, text, bodies, as_in_use=as_in_use)
            )
            problems += _diagnostics(query, plans, methods, rows)
            facts.append(_facts(query, plans, rows))
        connection.rollback()
    told = {"tables": len(population.tables()), "rows": rows, "queries": facts}
    return Findings(problems, told)


def _persona(query: Declared, connection: Connection) -> Persona:
    """Return who runs a query: the member with most rows, or one who has nothing but the role."""
    if query.spec.persona == "anonymous":
        return Persona()
    who = staff_member(query.spec.role) if query.spec.role else HOT_MEMBER
    found = connection.execute(f"select {who}").fetchone()
    return Persona(str(found[0]), frozenset({query.spec.role} - {""}))


def _statement(query: Declared, layout: Layout, connection: Connection) -> str:
    """Return the query's text, or "!" and why there is none."""
    try:
        return statement(query, layout, connection)
    except psycopg.Error as error:
        connection.rollback()
        return f"!{error.diag.message_primary or error} [{error.sqlstate}]"


def _diagnostics(
    query: Declared, plans: Plans, methods: Mapping[str, str], rows: int
) -> list[Diagnostic]:
    hint = f"query {query.name} is declared by {query.instance}"
    return [
        Diagnostic(CODE, f"query {query.name} ({query.spec.kind}): {fault}", query.place, hint)
        for fault in faults(query, plans, methods, rows)
    ]


def _facts(query: Declared, plans: Plans, rows: int) -> dict[str, object]:
    own = plans.of(query.table)
    return {
        "query": query.name,
        "kind": query.spec.kind,
        "table": query.table,
        "indexes": sorted({scan.index for scan in own if scan.index}),
        "rows_read": sum(scan.rows for scan in own),
        "bound": bound(query, rows),
    }

"""Names in the bodies of PL/pgSQL functions, which PostgreSQL itself resolves only when they run.

Only what must be there is looked for: relations and functions that are named with their schema,
and the columns that an insert or update writes. So nothing that works is ever reported.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pglast
from pglast import ast
from pglast.parser import ParseError
from pglast.visitors import Visitor

from archwright.diagnostics import Diagnostic, Place
from archwright.ports import Connection

CODE = "AW-5110"
_FUNCTIONS = """
    select p.oid::regprocedure::text, pg_get_functiondef(p.oid) from pg_proc p
    join pg_namespace n on n.oid = p.pronamespace
    join pg_language l on l.oid = p.prolang
    where l.lanname = 'plpgsql' and n.nspname in ('public', 'private')
      and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
    order by 1
"""
_COLUMNS = """
    select n.nspname, c.relname, array_agg(a.attname::text) from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    left join pg_attribute a on a.attrelid = c.oid and not a.attisdropped
    group by 1, 2
"""
_CALLED = """
    select n.nspname, p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    union select n.nspname, t.typname from pg_type t join pg_namespace n on n.oid = t.typnamespace
"""
_STATEMENT, _EXPRESSION = 0, 2
"""How PL/pgSQL reads a text that it holds; the others are assignments."""


@dataclass(slots=True)
class _Known:
    """What the database has: columns by relation, and what may be called."""

    columns: Mapping[tuple[str, str], frozenset[str]]
    called: frozenset[tuple[str, str]]


@dataclass(slots=True)
class Bodies:
    """What is wrong, and how many bodies could be read."""

    diagnostics: list[Diagnostic] = field(default_factory=list)
    read: int = 0


def check_bodies(connection: Connection) -> Bodies:
    """Return AW-5110 for each name in a PL/pgSQL body that is not there.

    Bodies and texts that the parser does not take are left out: types of arguments are unknown to
    it, and PostgreSQL has read their grammar when the function was made.
    """
    columns = {(s, r): frozenset(c) for s, r, c in connection.execute(_COLUMNS).fetchall()}
    called = frozenset((s, f) for s, f in connection.execute(_CALLED).fetchall())
    known = _Known(columns, called)
    found = Bodies()
    for function, text in connection.execute(_FUNCTIONS).fetchall():
        try:
            tree = pglast.parse_plpgsql(text)
        except ParseError:
            continue
        found.read += 1
        said = dict.fromkeys(m for sql in _texts(tree) for m in missing_names(sql, known))
        for message in said:
            hint = "correct the name, or declare what it means"
            text_ = f"function {function}: {message}"
            found.diagnostics.append(Diagnostic(CODE, text_, Place("database"), hint))
    return found


def missing_names(sql: str, known: _Known) -> list[str]:
    """Return in words which names of a statement are not there; none where it does not parse."""
    try:
        tree = pglast.parse_sql(sql)
    except ParseError:
        return []
    names = _Names(known)
    names(tree)
    return names.missing


def _texts(tree: Any) -> Iterator[str]:
    """Yield the SQL texts of a body as statements."""
    if isinstance(tree, list):
        for item in tree:
            yield from _texts(item)
    elif isinstance(tree, dict):
        for key, value in tree.items():
            if key != "PLpgSQL_expr":
                yield from _texts(value)
                continue
            query, mode = value["query"], value.get("parseMode", _STATEMENT)
            if mode == _STATEMENT:
                yield query
            elif mode == _EXPRESSION:
                yield f"select {query}"
            elif ":=" in query:
                yield f"select {query.partition(':=')[2]}"


class _Names(Visitor):
    def __init__(self, known: _Known) -> None:
        self.known = known
        self.missing: list[str] = []

    def visit_RangeVar(self, _: object, node: ast.RangeVar) -> None:
        """Look for a relation that is named with its schema."""
        if node.schemaname and (node.schemaname, node.relname) not in self.known.columns:
            self.missing.append(f"there is no table {node.schemaname}.{node.relname}")

    def visit_FuncCall(self, _: object, node: ast.FuncCall) -> None:
        """Look for a function that is named with its schema."""
        parts = [part.sval for part in node.funcname or ()]
        if len(parts) == 2 and tuple(parts) not in self.known.called:
            self.missing.append(f"there is no function {'.'.join(parts)}")

    def visit_InsertStmt(self, _: object, node: ast.InsertStmt) -> None:
        """Look for the columns that are written."""
        self._written(node.relation, node.cols)

    def visit_UpdateStmt(self, _: object, node: ast.UpdateStmt) -> None:
        """Look for the columns that are written."""
        self._written(node.relation, node.targetList)

    def _written(self, relation: Any, targets: Any) -> None:
        there = self.known.columns.get((relation.schemaname or "", relation.relname))
        if there is None:
            return
        table = f"{relation.schemaname}.{relation.relname}"
        wrong = [target.name for target in targets or () if target.name not in there]
        self.missing += [f"{table} has no column {column}" for column in wrong]

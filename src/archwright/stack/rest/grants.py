"""Tells which grants a caller's role lacks, as the platform does, where a right is missing."""

from __future__ import annotations

import re
from contextlib import suppress

import psycopg

from archwright.stack.rest.ask import Ask
from archwright.stack.rest.errors import RestError
from archwright.stack.rest.live import Live
from archwright.stack.rest.sql import ident

_DENIED = re.compile(r"permission denied for (?:table|view|materialized view|foreign table) (.+)")
_ROLES = ("anon", "authenticated", "service_role")
_PLAIN = re.compile(r"[a-z_][a-z0-9_]*")
_RIGHTS = ("SELECT", "INSERT", "UPDATE", "DELETE")
_BY_METHOD = {
    "GET": ("SELECT",),
    "HEAD": ("SELECT",),
    "POST": ("INSERT",),
    "PUT": ("INSERT", "UPDATE"),
    "PATCH": ("UPDATE",),
    "DELETE": ("DELETE",),
}
_QUESTION = b"""
select has_any_column_privilege(%(role)s, c.oid, 'select'),
       has_table_privilege(%(role)s, c.oid, 'insert'),
       has_table_privilege(%(role)s, c.oid, 'update'),
       has_table_privilege(%(role)s, c.oid, 'delete')
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where n.nspname = %(schema)s and c.relname = %(name)s
"""


async def explained(live: Live, ask: Ask, error: RestError) -> RestError:
    """Add the grants that are missing to the refusal of a table, as its hint."""
    match = _DENIED.fullmatch(error.message) if error.code == "42501" else None
    if match is None or error.hint is not None or ask.identity.role not in _ROLES:
        return error
    needed = _needed(ask, match[1])
    named = {"role": ask.identity.role, "schema": ask.schema, "name": match[1]}
    with suppress(psycopg.Error):
        async with live.stack.pools.callers.connection() as connection:
            row = await (await connection.execute(_QUESTION, named)).fetchone()
        held = dict(zip(_RIGHTS, row, strict=True)) if row else {}
        missing = [right for right in needed if held.get(right) is False]
        if missing:
            error.hint = _hint(missing, (ask.schema, match[1]), ask.identity.role)
    return error


def _needed(ask: Ask, name: str) -> tuple[str, ...]:
    """List the rights that a request needs on a table, in PostgreSQL's order."""
    if name != ask.target:
        return ("SELECT",)
    needed = {*_BY_METHOD.get(ask.method, ())}
    if ask.method == "POST" and ask.prefer.get("resolution") == "merge-duplicates":
        needed.add("UPDATE")
    if ask.method in ("PATCH", "DELETE") or ask.prefer.get("return") == "representation":
        # conditions read as well as what is given back
        needed.add("SELECT")
    return tuple(right for right in _RIGHTS if right in needed)


def _hint(missing: list[str], table: tuple[str, str], role: str) -> str:
    name = ".".join(part if _PLAIN.fullmatch(part) else ident(part).text for part in table)
    grant = f"GRANT {', '.join(missing)} ON {name} TO {role};"
    return f"Grant the required privileges to the current role with: {grant}"

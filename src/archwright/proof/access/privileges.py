"""Privileges as PostgreSQL holds them: on functions, and those that tables must not give."""

from __future__ import annotations

from dataclasses import dataclass

from archwright.ports import Connection
from archwright.proof.access.layout import Layout
from archwright.proof.oracle import Persona
from archwright.schema.model import Function

ANYBODY = "00000000-0000-4000-8000-000000000000"
ROLES: dict[str, Persona] = {
    "anon": Persona(),
    "authenticated": Persona(ANYBODY),
    "service_role": Persona(service=True),
}


@dataclass(frozen=True, slots=True)
class Breach:
    """A privilege that is held and not declared, or the other way round."""

    role: str
    subject: str
    table: str
    operation: str
    expected: str
    got: str
    function: Function | None = None


def word(*, allowed: bool) -> str:
    """Return how reports call it."""
    return "allowed" if allowed else "denied"


_FUNCTIONS = """
    select p.oid::regprocedure::text, n.nspname, p.proname,
      pg_get_function_identity_arguments(p.oid),
      array(select format_type(a, null) from unnest(p.proargtypes::oid[]) as a), r.role,
      has_function_privilege(r.role, p.oid, 'execute')
    from pg_proc p
    join pg_namespace n on n.oid = p.pronamespace
    cross join unnest(array['anon', 'authenticated', 'service_role']) as r (role)
    where n.nspname in ('public', 'private') and p.prokind in ('f', 'p')
      and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
    order by 1, r.role
"""
_RELATIONS = """
    select n.nspname, c.relname, r.role, p.privilege
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    cross join unnest(array['anon', 'authenticated']) as r (role)
    cross join unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES',
                            'TRIGGER']) as p (privilege)
    where n.nspname in ('public', 'private') and c.relkind in ('r', 'p', 'v', 'm', 'f')
      and has_table_privilege(r.role, c.oid, p.privilege)
      and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
    order by 1, 2, 3, 4
"""


def function_breaches(layout: Layout, connection: Connection) -> tuple[list[Breach], int]:
    """Compare who may execute each function of ``public`` and ``private`` with its callers.

    A function that nobody declared has no callers.
    """
    declared = {_known(f): f for f in layout.schema.functions}
    rows = connection.execute(_FUNCTIONS).fetchall()
    found: list[Breach] = []
    for shown, schema, function, _, types, role, may in rows:
        key = (schema, function, tuple(_bare(t) for t in types))
        spec = declared.get(key)
        wanted = spec is not None and role in spec.callers
        if may is not wanted:
            said = (word(allowed=wanted), word(allowed=may))
            found.append(Breach(role, f"function {shown}", "", "execute", *said, function=spec))
    missing = set(declared) - {(s, f, tuple(_bare(t) for t in ts)) for _, s, f, _, ts, _, _ in rows}
    for schema, function, _ in sorted(missing):
        subject = f"function {schema}.{function}"
        found.append(Breach("every role", subject, "", "execute", "there", "not there"))
    return found, len(rows)


def _known(function: Function) -> tuple[str, str, tuple[str, ...]]:
    types = tuple(_bare(a.type) for a in function.arguments)
    return function.ref.schema, function.ref.name, types


def _bare(kind: str) -> str:
    """Return a type's name without schema: what format_type leaves out depends on the path."""
    return kind.rpartition(".")[2].replace('"', "")


def stray_privileges(layout: Layout, connection: Connection) -> list[Breach]:
    """Return what clients may do to tables beyond reading and writing, or to unknown relations."""
    found: list[Breach] = []
    for schema, relation, role, privilege in connection.execute(_RELATIONS).fetchall():
        known = layout.tables.get(relation)
        ours = known is not None and known.ref.schema == schema
        if ours and privilege in {"SELECT", "INSERT", "UPDATE", "DELETE"}:
            continue  # asked row by row, or column by column
        subject = f"{schema}.{relation}"
        table = relation if ours else ""
        found.append(Breach(role, subject, table, privilege.lower(), "denied", "allowed"))
    return found

"""Which database schemas an app owns, and who may name what is in them."""

from __future__ import annotations

from archwright.schema.model import Schema

# Present on every Supabase project, and not the app's to create or open.
PLATFORM = frozenset({"auth", "extensions", "public", "realtime", "storage"})
# Those whose tables belong to somebody else.
PLATFORM_ONLY = PLATFORM - {"public"}


def namespaces(schema: Schema) -> frozenset[str]:
    """Return the names of the app's own schemas beside ``public``."""
    used = {t.ref.schema for t in schema.tables} | {f.ref.schema for f in schema.functions}
    return frozenset(used - PLATFORM)


def usage(schema: Schema) -> dict[str, frozenset[str]]:
    """Return, by namespace, the roles that execute a function or use a table in it."""
    found: dict[str, set[str]] = {n: set() for n in namespaces(schema)}
    for function in schema.functions:
        found.get(function.ref.schema, set()).update(function.callers)
    for grant in schema.grants:
        found.get(grant.table.schema, set()).add(grant.role)
    return {name: frozenset(roles) for name, roles in found.items()}

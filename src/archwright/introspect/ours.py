"""Whose objects count: not the server's, not the platform's, not an extension's."""

from __future__ import annotations

# What a hosted project or the local stack brings along and looks after.
PLATFORM_SCHEMAS = (
    "_analytics",
    "_realtime",
    "_supavisor",
    "auth",
    "cron",
    "dbdev",
    "extensions",
    "graphql",
    "graphql_public",
    "information_schema",
    "net",
    "pgbouncer",
    "pgmq",
    "pgmq_public",
    "pgsodium",
    "pgsodium_masks",
    "pgtle",
    "realtime",
    "repack",
    "storage",
    "supabase_functions",
    "supabase_migrations",
    "tiger",
    "tiger_data",
    "topology",
    "vault",
)
# Tables of the platform on which an app has policies or triggers of its own.
SHARED = ("auth", "realtime", "storage")
# Who looks after the platform; what they may do is not the app's to say.
PLATFORM_ROLES = (
    "dashboard_user",
    "pgbouncer",
    "postgres",
    "supabase_admin",
    "supabase_auth_admin",
    "supabase_etl_admin",
    "supabase_functions_admin",
    "supabase_read_only_user",
    "supabase_realtime_admin",
    "supabase_replication_admin",
    "supabase_storage_admin",
)


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(f"'{name}'" for name in names)


def own_schema(namespace: str) -> str:
    """Return the condition that a namespace is the app's; ``namespace`` is SQL for its name."""
    return f"({namespace} !~ '^pg_' and {namespace} not in ({_listed(PLATFORM_SCHEMAS)}))"


def shared_schema(namespace: str) -> str:
    """Return the condition that a namespace is the platform's, with objects of the app's on it."""
    return f"{namespace} in ({_listed(SHARED)})"


def no_member(catalogue: str, oid: str) -> str:
    """Return the condition that no extension brought an object along."""
    return (
        "not exists (select from pg_catalog.pg_depend member"
        f" where member.classid = 'pg_catalog.{catalogue}'::regclass"
        f" and member.objid = {oid} and member.deptype = 'e')"
    )


def app_role(role: str) -> str:
    """Return the condition that a role is not one that runs the platform."""
    return f"{role} not in ({_listed(PLATFORM_ROLES)})"

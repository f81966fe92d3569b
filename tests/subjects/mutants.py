"""Ways to break the SQL of access rules, made from the schema itself: every one must be noticed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from archwright.schema.model import Schema
from archwright.schema.sql_text import ident, name


@dataclass(frozen=True)
class Mutant:
    """A change of the database that widens or narrows what clients may do on a table."""

    label: str
    table: str
    operation: str
    sql: str


def policy_mutants(schema: Schema, tables: set[str]) -> Iterator[Mutant]:
    """Yield for each policy: dropped, open to all rows, open to all new rows."""
    for policy in schema.policies:
        if policy.table.schema != "public" or policy.table.name not in tables:
            continue
        where = (policy.table.name, policy.command)
        target = f"policy {ident(policy.name)} on {name(policy.table)}"
        yield Mutant(f"drop {target}", *where, f"drop {target}")
        if policy.using not in (None, "true"):
            yield Mutant(f"using true: {target}", *where, f"alter {target} using (true)")
        if policy.check not in (None, "true"):
            yield Mutant(f"check true: {target}", *where, f"alter {target} with check (true)")


def grant_mutants(schema: Schema, tables: set[str]) -> Iterator[Mutant]:
    """Yield each privilege that a client role has not got, given; each that it has, taken."""
    held = {(g.table, g.role, g.privilege) for g in schema.grants}
    for table in schema.tables:
        if table.ref.name not in tables:
            continue
        for role in ("anon", "authenticated"):
            for privilege in ("select", "insert", "update", "delete"):
                where = (table.ref.name, privilege)
                target = f"{privilege} on {name(table.ref)}"
                if (table.ref, role, privilege) in held:
                    sql = f"revoke {target} from {role}"
                else:
                    sql = f"grant {target} to {role}"
                yield Mutant(sql, *where, sql)


def row_security_mutants(schema: Schema, tables: set[str]) -> Iterator[Mutant]:
    """Yield each table without row-level security."""
    for table in schema.tables:
        if table.ref.name in tables:
            sql = f"alter table {name(table.ref)} disable row level security"
            yield Mutant(sql, table.ref.name, "", sql)

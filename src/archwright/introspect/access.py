"""Policies and grants from the catalogue."""

from __future__ import annotations

from collections import defaultdict

from archwright.introspect import queries
from archwright.introspect.found import Remark
from archwright.introspect.tables import bare
from archwright.ports import Connection
from archwright.schema.model import Grant, Policy, Ref

_COMMANDS = {"r": "select", "a": "insert", "w": "update", "d": "delete", "*": "all"}


def policies(connection: Connection) -> tuple[tuple[Policy, ...], list[Remark]]:
    """Return the policies, on tables of the platform too."""
    found: list[Policy] = []
    remarks: list[Remark] = []
    for row in connection.execute(queries.POLICIES).fetchall():
        schema, table, name, command, permissive, roles, using, check = row
        ref = Ref(schema, table)
        if not permissive:
            remarks.append(Remark("policy", f"{ref}.{name}", "is restrictive"))
        found.append(Policy(name, ref, _COMMANDS[command], tuple(roles), bare(using), bare(check)))
    return tuple(found), remarks


def grants(connection: Connection) -> tuple[tuple[Grant, ...], list[Remark]]:
    """Return what others than a table's owner may do; the platform's own roles do not count."""
    whole: set[tuple[Ref, str, str]] = set()
    columns: dict[tuple[Ref, str, str], set[str]] = defaultdict(set)
    remarks: set[Remark] = set()
    for row in connection.execute(queries.GRANTS).fetchall():
        schema, table, role, privilege, column, passed_on = row
        key = (Ref(schema, table), role, privilege)
        if column is None:
            whole.add(key)
        else:
            columns[key].add(column)
        if passed_on:
            text = f"{role} may pass {privilege} on to others"
            remarks.add(Remark("grant", f"{schema}.{table}", text))
    found = [Grant(*key) for key in whole]
    found += [Grant(*key, tuple(sorted(names))) for key, names in columns.items()]
    ordered = sorted(found, key=lambda g: (g.table, g.role, g.privilege, g.columns))
    return tuple(ordered), sorted(remarks)

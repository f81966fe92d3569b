"""Privileges on tables and columns."""

from __future__ import annotations

from dataclasses import dataclass, replace

from archwright.migrate.operations.base import Irreversible, Operation, Reverse
from archwright.migrate.operations.hazard import FoundHazard, Hazard
from archwright.schema import render
from archwright.schema.model import Grant, Schema
from archwright.schema.sql_text import ident, name, names


def _key(grant: Grant) -> tuple[str, str, str, str]:
    return (grant.table.schema, grant.table.name, grant.role, grant.privilege)


def _where(grant: Grant) -> str:
    if not grant.columns:
        return str(grant.table)
    return f"{grant.table} ({', '.join(sorted(grant.columns))})"


@dataclass(frozen=True, slots=True)
class AddGrant(Operation):
    """Grant a privilege on a table, or on further columns; ``widens`` on an existing table."""

    grant: Grant
    widens: bool = False

    def describe(self) -> str:
        """Say what is granted."""
        return f"grant {self.grant.privilege} on {_where(self.grant)} to {self.grant.role}"

    def sql(self) -> str:
        """Return ``grant``."""
        return render.grant(self.grant)

    def after(self, schema: Schema) -> Schema:
        """Add the grant, or its columns to those of the grant that is there."""
        there = next((g for g in schema.grants if _key(g) == _key(self.grant)), None)
        if there is None:
            return replace(schema, grants=(*schema.grants, self.grant))
        merged = replace(there, columns=tuple(sorted({*there.columns, *self.grant.columns})))
        grants = tuple(merged if g == there else g for g in schema.grants)
        return replace(schema, grants=grants)

    def reverse(self, before: Schema, /) -> Reverse | Irreversible:
        """Revoke what was not there before."""
        was = next((g for g in before.grants if _key(g) == _key(self.grant)), None)
        had = was.columns if was else ()
        gained = tuple(c for c in self.grant.columns if c not in had)
        return Reverse((Revoke(replace(self.grant, columns=gained)),))

    @property
    def hazards(self) -> tuple[FoundHazard, ...]:
        """A role may do what it could not."""
        reason = f"The role {self.grant.role} gets {self.grant.privilege} that it did not have."
        found = FoundHazard(Hazard.ACCESS_WIDENED, _where(self.grant), reason)
        return (found,) if self.widens else ()


@dataclass(frozen=True, slots=True)
class Revoke(Operation):
    """Take a privilege away: of some columns, or (no columns) of the table and all its columns."""

    grant: Grant

    def describe(self) -> str:
        """Say what is taken away."""
        return f"revoke {self.grant.privilege} on {_where(self.grant)} from {self.grant.role}"

    def sql(self) -> str:
        """Return ``revoke``."""
        columns = f" ({names(sorted(self.grant.columns))})" if self.grant.columns else ""
        return (
            f"revoke {self.grant.privilege}{columns} on {name(self.grant.table)}"
            f" from {ident(self.grant.role)};"
        )

    def after(self, schema: Schema) -> Schema:
        """Remove the grant, or some of its columns."""
        kept: list[Grant] = []
        for grant in schema.grants:
            if _key(grant) != _key(self.grant):
                kept.append(grant)
                continue
            rest = tuple(c for c in grant.columns if c not in self.grant.columns)
            if self.grant.columns and rest:
                kept.append(replace(grant, columns=rest))
        return replace(schema, grants=tuple(kept))

    def reverse(self, before: Schema, /) -> Reverse | Irreversible:
        """Grant it again."""
        was = next(g for g in before.grants if _key(g) == _key(self.grant))
        lost = tuple(c for c in was.columns if not self.grant.columns or c in self.grant.columns)
        return Reverse((AddGrant(replace(was, columns=lost), widens=True),))

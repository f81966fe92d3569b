"""Row-level security policies."""

from __future__ import annotations

from dataclasses import dataclass, replace

from archwright.migrate.operations.base import Irreversible, Operation, Reverse
from archwright.migrate.operations.hazard import FoundHazard, Hazard
from archwright.schema import render
from archwright.schema.model import Policy, Ref, Schema
from archwright.schema.sql_text import ident, name


def find_policy(schema: Schema, table: Ref, policy_name: str) -> Policy:
    """Return a policy that is there."""
    return next(p for p in schema.policies if (p.table, p.name) == (table, policy_name))


def _where(policy: Policy) -> str:
    return f"{policy.table}: {policy.name}"


def _people(policy: Policy) -> str:
    return " and ".join(sorted(policy.roles))


@dataclass(frozen=True, slots=True)
class CreatePolicy(Operation):
    """Create a policy; ``widens`` where its table was there before."""

    policy: Policy
    widens: bool = False

    def describe(self) -> str:
        """Say what is created."""
        return f"allow {self.policy.command} on {self.policy.table}: {self.policy.name}"

    def sql(self) -> str:
        """Return ``create policy``."""
        return render.policy(self.policy)

    def after(self, schema: Schema) -> Schema:
        """Add the policy."""
        return replace(schema, policies=(*schema.policies, self.policy))

    def reverse(self, _: Schema, /) -> Reverse | Irreversible:
        """Drop it."""
        return Reverse((DropPolicy(self.policy.table, self.policy.name),))

    @property
    def hazards(self) -> tuple[FoundHazard, ...]:
        """Rows become visible or writable that were not."""
        reason = f"The policy lets {_people(self.policy)} at rows that were closed to them."
        found = FoundHazard(Hazard.ACCESS_WIDENED, _where(self.policy), reason)
        return (found,) if self.widens else ()


@dataclass(frozen=True, slots=True)
class AlterPolicy(Operation):
    """Change roles or conditions in place, so that the table is never without the policy.

    ``widens`` unless its form tells that it lets nobody at more than before.
    """

    policy: Policy
    widens: bool = True

    def describe(self) -> str:
        """Say what changes."""
        return f"change who may {self.policy.command} on {self.policy.table}: {self.policy.name}"

    def sql(self) -> str:
        """Return ``alter policy``."""
        head = f"alter policy {ident(self.policy.name)} on {name(self.policy.table)}"
        return "\n  ".join([head, *render.policy_clauses(self.policy)]) + ";"

    def after(self, schema: Schema) -> Schema:
        """Replace the policy by table and name."""
        key = (self.policy.table, self.policy.name)
        return replace(
            schema,
            policies=tuple(self.policy if (p.table, p.name) == key else p for p in schema.policies),
        )

    def reverse(self, before: Schema, /) -> Reverse | Irreversible:
        """Give it the old roles and conditions."""
        return Reverse((AlterPolicy(find_policy(before, self.policy.table, self.policy.name)),))

    @property
    def hazards(self) -> tuple[FoundHazard, ...]:
        """What a changed condition lets through can rarely be told from its text."""
        reason = f"The changed policy may let {_people(self.policy)} at more rows than before."
        found = FoundHazard(Hazard.ACCESS_WIDENED, _where(self.policy), reason, certain=False)
        return (found,) if self.widens else ()


@dataclass(frozen=True, slots=True)
class DropPolicy(Operation):
    """Drop a policy; policies only ever permit, so the table is more closed without it."""

    table: Ref
    name: str

    def describe(self) -> str:
        """Say what is dropped."""
        return f"drop the policy {self.name} on {self.table}"

    def sql(self) -> str:
        """Return ``drop policy``."""
        return f"drop policy {ident(self.name)} on {name(self.table)};"

    def after(self, schema: Schema) -> Schema:
        """Remove the policy."""
        gone = (self.table, self.name)
        return replace(
            schema, policies=tuple(p for p in schema.policies if (p.table, p.name) != gone)
        )

    def reverse(self, before: Schema, /) -> Reverse | Irreversible:
        """Create it."""
        return Reverse((CreatePolicy(find_policy(before, self.table, self.name), widens=True),))

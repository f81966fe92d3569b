"""The part of a difference that says who may do what: triggers, policies, grants, buckets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from archwright.migrate.differ_removal import stays
from archwright.migrate.disturbed import Disturbed
from archwright.migrate.operations.base import Operation
from archwright.migrate.operations.bucket import DropBucket, PutBucket
from archwright.migrate.operations.editing import without_column_grants
from archwright.migrate.operations.grant import AddGrant, Revoke
from archwright.migrate.operations.policy import AlterPolicy, CreatePolicy
from archwright.migrate.operations.trigger import CreateTrigger, ReplaceTrigger
from archwright.schema.model import Grant, Policy, Ref, Schema


def triggers(old: Schema, new: Schema, disturbed: Disturbed) -> Iterable[Operation]:
    """Yield new and changed triggers."""
    before = {(t.table, t.name): t for t in old.triggers}
    for trigger in new.triggers:
        was = before.get((trigger.table, trigger.name))
        if was is None or disturbed.trigger(was):
            yield CreateTrigger(trigger)
        elif was != trigger:
            yield ReplaceTrigger(trigger)


def policies(old: Schema, new: Schema, disturbed: Disturbed) -> Iterable[Operation]:
    """Yield altered policies, then new ones."""
    before = {(p.table, p.name): p for p in old.policies}
    there = {t.ref for t in old.tables}
    owned = {t.ref for t in new.tables}
    created: list[Operation] = []
    for policy in new.policies:
        was = before.get((policy.table, policy.name))
        if was is not None and stays(was, new, disturbed):
            if _normal(was) != _normal(policy):
                yield AlterPolicy(policy)
        else:
            widens = policy.table in there or policy.table not in owned
            created.append(CreatePolicy(policy, widens=widens and was is None))
    yield from created


def grants(old: Schema, new: Schema, disturbed: Disturbed) -> Iterable[Operation]:
    """Yield what is taken away, then what is given."""
    before = {_key(g): g for g in _remaining(old, new, disturbed)}
    after = {_key(g): g for g in new.grants}
    there = {t.ref for t in old.tables}
    given: list[Operation] = []
    for key, was in before.items():
        now = after.get(key)
        if now is None or bool(was.columns) != bool(now.columns):
            yield Revoke(was)
        elif lost := _minus(was, now):
            yield Revoke(replace(was, columns=lost))
    for key, now in after.items():
        earlier = before.get(key)
        widens = now.table in there
        if earlier is None or bool(earlier.columns) != bool(now.columns):
            # From the whole table to some of its columns a role can only lose.
            narrowed = earlier is not None and not earlier.columns
            given.append(AddGrant(now, widens=widens and not narrowed))
        elif gained := _minus(now, earlier):
            given.append(AddGrant(replace(now, columns=gained), widens=widens))
    yield from given


def buckets(old: Schema, new: Schema) -> Iterable[Operation]:
    """Yield new and changed buckets, then deleted ones."""
    before = {b.name: b for b in old.buckets}
    kept = {b.name for b in new.buckets}
    for bucket in new.buckets:
        was = before.get(bucket.name)
        if was != bucket:
            yield PutBucket(bucket, widens=was is not None and bucket.public and not was.public)
    yield from (DropBucket(b.name) for b in old.buckets if b.name not in kept)


def _normal(policy: Policy) -> Policy:
    return replace(policy, roles=tuple(sorted(policy.roles)))


def _key(grant: Grant) -> tuple[Ref, str, str]:
    return (grant.table, grant.role, grant.privilege)


def _minus(grant: Grant, other: Grant) -> tuple[str, ...]:
    return tuple(c for c in grant.columns if c not in other.columns)


def _remaining(old: Schema, new: Schema, disturbed: Disturbed) -> tuple[Grant, ...]:
    """Return the old grants that outlive the drops of tables and columns."""
    later = {t.ref: t for t in new.tables}
    dropped = {t.ref for t in old.tables} - set(later)
    found = tuple(g for g in old.grants if g.table not in dropped)
    for table in old.tables:
        after = later.get(table.ref)
        if after is None:
            continue
        gone = {
            c.name
            for c in table.columns
            if after.column(c.name) is None or (table.ref, c.name) in disturbed.renewed
        }
        found = without_column_grants(found, table.ref, frozenset(gone))
    return found

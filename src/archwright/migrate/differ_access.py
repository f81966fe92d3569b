"""The part of a difference that says who may do what: triggers, policies, grants, buckets."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from archwright.migrate.differ_removal import stays
from archwright.migrate.disturbed import Disturbed
from archwright.migrate.implication import narrower
from archwright.migrate.operations.base import Operation
from archwright.migrate.operations.bucket import DropBucket, PutBucket
from archwright.migrate.operations.editing import without_column_grants
from archwright.migrate.operations.grant import AddGrant, Revoke
from archwright.migrate.operations.policy import AlterPolicy, CreatePolicy
from archwright.migrate.operations.trigger import CreateTrigger, ReplaceTrigger
from archwright.schema.model import Grant, Policy, Ref, Schema
from archwright.schema.namespaces import PLATFORM_ONLY
from archwright.schema.sql_text import literal

_STRING = re.compile(r"'(?:[^']|'')*'")
_PLATFORM_WORDS = {"'broadcast'", "'presence'"}


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
    created: list[Operation] = []
    for policy in new.policies:
        was = before.get((policy.table, policy.name))
        if was is not None and stays(was, policy, disturbed):
            if _normal(was) != _normal(policy):
                yield AlterPolicy(policy, widens=not narrower(policy, was))
        else:
            created.append(CreatePolicy(policy, widens=was is None and _is_opened(policy, old)))
    yield from created


def _is_opened(policy: Policy, old: Schema) -> bool:
    """Tell whether there was something before that a new policy lets more people at.

    A table of the platform is shared: files count as new when the policy names a new bucket, and
    messages when no policy so far names what it names.
    """
    if policy.table.schema not in PLATFORM_ONLY:
        return any(t.ref == policy.table for t in old.tables)
    text = f"{policy.using} {policy.check}"
    if old == Schema():
        return False
    if policy.table.name == "objects":
        return any(literal(b.name) in text for b in old.buckets)
    topics = set(_STRING.findall(text)) - _PLATFORM_WORDS
    others = (p for p in old.policies if p.table == policy.table)
    return not topics or any(t in f"{p.using} {p.check}" for p in others for t in topics)


def grants(old: Schema, new: Schema, disturbed: Disturbed) -> Iterable[Operation]:
    """Yield what is taken away, then what is given."""
    before = {_key(g): g for g in _remaining(old, new, disturbed)}
    after = {_key(g): g for g in new.grants}
    there = {t.ref for t in old.tables}
    # Grants on columns that go take care of themselves.
    columns = {t.ref: {c.name for c in t.columns} for t in new.tables}
    had = {t.ref: {c.name for c in t.columns} for t in old.tables}
    given: list[Operation] = []
    for key, was in before.items():
        now = after.get(key)
        if now is None or bool(was.columns) != bool(now.columns):
            yield Revoke(was)
        elif lost := [c for c in _minus(was, now) if c in columns.get(was.table, {c})]:
            yield Revoke(replace(was, columns=tuple(lost)))
    for key, now in after.items():
        earlier = before.get(key)
        # Nobody sees more through a right to a column that is new.
        widens = now.table in there and (
            not now.columns or bool(had[now.table].intersection(now.columns))
        )
        if earlier is None or bool(earlier.columns) != bool(now.columns):
            # From the whole table to some of its columns a role can only lose.
            narrowed = earlier is not None and not earlier.columns
            given.append(AddGrant(now, widens=widens and not narrowed))
        elif gained := _minus(now, earlier):
            widens = bool(had[now.table].intersection(gained)) if widens else False
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
    """Return the old grants that are there when grants change.

    Tables and columns that go for good are still there then; renewed columns are new.
    """
    dropped = {t.ref for t in old.tables} - {t.ref for t in new.tables}
    found = tuple(g for g in old.grants if g.table not in dropped)
    for ref in sorted({ref for ref, _ in disturbed.renewed}):
        renewed = frozenset(c for r, c in disturbed.renewed if r == ref)
        found = without_column_grants(found, ref, renewed)
    return found

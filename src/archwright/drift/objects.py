"""Two introspected databases compared object by object, each told in SQL."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from archwright.introspect.found import Introspected
from archwright.schema import render
from archwright.schema.model import Ref, Schema, Table

Key = tuple[str, str]


@dataclass(frozen=True, slots=True, order=True)
class Drift:
    """One object that differs: its text in the database and by the files, None where it is not.

    ``table`` is the table that it belongs to, "" where it belongs to none.
    """

    kind: str
    name: str
    there: str | None
    here: str | None
    table: str = ""

    @property
    def what(self) -> str:
        """Say in one word what is the matter."""
        if self.there is None:
            return "missing there"
        return "unknown here" if self.here is None else "different"

    def as_dict(self) -> dict[str, object]:
        """Return plain JSON data."""
        names = ("kind", "name", "what", "there", "here", "table")
        return {name: getattr(self, name) for name in names}


def drifts(live: Introspected, wanted: Introspected) -> tuple[Drift, ...]:
    """Return what differs, sorted; both must have been introspected.

    Extensions count only where the app wants one that is not there: the platform brings others.
    A table that only one side has is told once, without its parts.
    """
    there, here = _objects(live), _objects(wanted)
    one_sided = {k[1] for k in there.keys() ^ here.keys() if k[0] == "table"}
    found = []
    for key in sorted(there.keys() | here.keys()):
        (old, table), (new, other) = there.get(key, (None, "")), here.get(key, (None, ""))
        part = key[0] != "table" and (table or other) in one_sided
        if old == new or part or (key[0] == "extension" and new is None):
            continue
        found.append(Drift(*key, old, new, table or other))
    return tuple(found)


def _objects(found: Introspected) -> dict[Key, tuple[str, str]]:
    """Return each object's text and its table, by kind and name."""
    objects: dict[Key, tuple[str, str]] = {}
    for kind, name, text, table in _each(found.schema):
        objects[kind, name] = (text, table)
    told: dict[Key, list[str]] = defaultdict(list)
    for remark in found.remarks:
        told[remark.kind, remark.name].append(remark.text)
    tables = {str(t.ref) for t in found.schema.tables}
    for (kind, name), texts in told.items():
        table = name if name in tables else name.rpartition(".")[0]
        key = (f"{kind}, more", name)
        objects[key] = ("; ".join(sorted(texts)), table if table in tables else "")
    return objects


def _each(schema: Schema) -> Iterator[tuple[str, str, str, str]]:
    for extension in schema.extensions:
        yield "extension", extension, render.extension(extension), ""
    for enum in schema.enums:
        yield "type", f"public.{enum.name}", render.enum(enum), ""
    for table in schema.tables:
        yield from _of_table(table)
    for index in schema.indexes:
        yield "index", f"{index.table.schema}.{index.name}", render.index(index), str(index.table)
    for function in schema.functions:
        yield "function", function.signature, render.function(function), ""
    yield from _of_access(schema)
    for bucket in schema.buckets:
        yield "bucket", bucket.name, render.bucket(bucket), ""
    for job in schema.jobs:
        yield "job", job.name, f"{job.schedule}: {job.command}", ""
    for comment in schema.comments:
        target = comment.split(" is ", 1)[0]
        yield "comment", target.removeprefix("comment on "), comment, ""


def _of_access(schema: Schema) -> Iterator[tuple[str, str, str, str]]:
    for trigger in schema.triggers:
        name = f"{trigger.table}.{trigger.name}"
        yield "trigger", name, render.trigger(trigger), str(trigger.table)
    for policy in schema.policies:
        yield "policy", f"{policy.table}.{policy.name}", render.policy(policy), str(policy.table)
    grants: dict[tuple[Ref, str], list[str]] = defaultdict(list)
    for grant in schema.grants:
        grants[grant.table, grant.role].append(render.grant(grant))
    for (ref, role), lines in grants.items():
        yield "grant", f"{ref} to {role}", "\n".join(sorted(lines)), str(ref)


def _of_table(table: Table) -> Iterator[tuple[str, str, str, str]]:
    ref = str(table.ref)
    by = f" partition by range ({table.partition_by})" if table.partition_by else ""
    yield "table", ref, f"create table {ref}{by}; -- {table.comment}".removesuffix("; -- "), ref
    for column in table.columns:
        text = render.column(column) + (f" -- {column.comment}" if column.comment else "")
        yield "column", f"{ref}.{column.name}", text, ref
    yield "key", ref, f"primary key ({', '.join(table.primary_key)})", ref
    for constraint in render.constraints(table):
        yield "constraint", f"{ref}.{constraint.name}", render.constraint(constraint), ref

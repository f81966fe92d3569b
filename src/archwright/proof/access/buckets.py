"""Files in storage: what packs declare of their buckets, and whom that lets do what to a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from archwright.blueprint.access_scope import Operation
from archwright.diagnostics import Place
from archwright.plan.restrict import Restricted
from archwright.proof.access.cast import Cast
from archwright.proof.access.fixture import Fixture
from archwright.proof.access.layout import Layout
from archwright.proof.oracle import Persona, Row, World, withheld
from archwright.proof.oracle_verdicts import Verdict, may_select

ELSEWHERE = "archwright_elsewhere"
"""A bucket that no pack declares: its files are nobody's."""


@dataclass(frozen=True, slots=True)
class BucketRule:
    """Who reads the files of a bucket beside their owner, and where that is declared.

    ``named_in`` are (table, column): whoever sees a row that names a file there may read it.
    Unless ``replaceable``, a file stays what it is as long as a row names it.
    """

    bucket: str
    read: str
    named_in: tuple[tuple[str, str], ...]
    instance: str
    place: Place
    replaceable: bool = False


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file by bucket and path; ``about`` says for people which one it is."""

    bucket: str
    path: str
    about: str

    @property
    def key(self) -> str:
        """Return what tells files apart."""
        return f"{self.bucket}/{self.path}"


def bucket_rules(app: Restricted) -> dict[str, BucketRule]:
    """Return what the built parts declare of buckets; never the policies."""
    found: dict[str, BucketRule] = {}
    for instance in app.instances:
        for name, spec in sorted(instance.manifest.buckets.items()):
            if app.has_part(instance, spec.part):
                pairs = tuple((t, c) for t, _, c in (n.partition(".") for n in spec.named_in))
                place = instance.place("buckets", name)
                found[name] = BucketRule(
                    name, spec.read, pairs, instance.key, place, spec.replaceable
                )
    return found


def named_tables(rules: Mapping[str, BucketRule]) -> set[str]:
    """Return the tables of which rows name files."""
    return {table for rule in rules.values() for table, _ in rule.named_in}


def with_files(fixture: Fixture, layout: Layout, rules: Mapping[str, BucketRule]) -> Fixture:
    """Return the fixture with a path of its own wherever a row can name a file and names none.

    It lies below the row's owner, as an upload does.
    """
    rows = dict(fixture.rows)
    for table, column in sorted({pair for rule in rules.values() for pair in rule.named_in}):
        owner = layout.scope.tables[table].owner if table in rows else ""
        listed: list[Row] = []
        for number, row in enumerate(rows.get(table, ())):
            folder = row.get(owner) or fixture.cast.subjects[0]
            path = row.get(column) or f"{folder}/{column}-{number}"
            listed.append({**row, column: path} if column in row else row)
        if listed:
            rows[table] = listed
    return replace(fixture, rows=rows)


def stored_files(
    rules: Mapping[str, BucketRule],
    world: World,
    cast: Cast,
    described: Mapping[str, Sequence[str]],
) -> list[StoredFile]:
    """Return the files of all buckets: one for each row that names it, and some that none names.

    ``described`` says each row of a table in words.
    """
    found: dict[str, StoredFile] = {}
    for bucket in (*sorted(rules), ELSEWHERE):
        for member in (*cast.subjects, *cast.asking):
            name = cast.names[member]
            for folder, about in (
                (member, f"of {name}"),
                (f"{member}x", f"beside those of {name}"),
            ):
                file = StoredFile(bucket, f"{folder}/loose", f"{about}, named nowhere")
                found.setdefault(file.key, file)
        root = StoredFile(bucket, "loose", "in no folder")
        found[root.key] = root
        for table, column in rules[bucket].named_in if bucket in rules else ():
            for row, words in zip(
                world.rows.get(table, {}).values(), described[table], strict=True
            ):
                if row.get(column):
                    file = StoredFile(
                        bucket, row[column], f"named by a row of {table} with {words}"
                    )
                    found.setdefault(file.key, file)
    return list(found.values())


def owns(persona: Persona, path: str) -> bool:
    """Tell whether a path lies in the caller's own folder."""
    folder, slash, _ = path.partition("/")
    return persona.user is not None and bool(slash) and folder == persona.user


def may_read_file(
    rules: Mapping[str, BucketRule], world: World, persona: Persona, file: StoredFile
) -> bool:
    """Tell whether the caller may read a file, by the declared rules alone."""
    rule = rules.get(file.bucket)
    if persona.service or rule is None:
        return persona.service
    if owns(persona, file.path) or rule.read == "public":
        return True
    if rule.read == "member":
        return persona.user is not None
    return any(
        may_select(world, persona, table, row, frozenset({column})) is Verdict.ALLOWED
        for table, column in rule.named_in
        for row in _naming(world, table, column, file.path)
    )


def may_write_file(
    rules: Mapping[str, BucketRule],
    world: World,
    persona: Persona,
    bucket: str,
    path: str,
    operation: Operation,
) -> bool:
    """Tell whether the caller may put (insert), change (update) or remove (delete) a file there."""
    if persona.service:
        return True
    rule = rules.get(bucket)
    if rule is None or not owns(persona, path):
        return False
    if operation == "delete":
        return True
    if not rule.replaceable and (operation == "update" or named(rule, world, path)):
        return False
    return not withheld(world, persona, "uploads")


def named(rule: BucketRule, world: World, path: str) -> bool:
    """Tell whether a row names the file, whoever may see that row."""
    return any(_naming(world, table, column, path) for table, column in rule.named_in)


def _naming(world: World, table: str, column: str, path: str) -> Sequence[Row]:
    key = ("naming", table, column)
    if key not in world.memo:
        found: dict[Any, list[Row]] = {}
        for row in world.rows.get(table, {}).values():
            found.setdefault(row.get(column), []).append(row)
        world.memo[key] = found
    rows: Sequence[Row] = world.memo[key].get(path, ())
    return rows

"""Asks the database about files in storage: every persona, bucket and operation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from archwright.blueprint.access_scope import Operation
from archwright.proof.access.answers import REFUSED
from archwright.proof.access.bench import Answer, Bench
from archwright.proof.access.buckets import (
    ELSEWHERE,
    BucketRule,
    StoredFile,
    may_read_file,
    may_write_file,
    named,
    owns,
    stored_files,
)
from archwright.proof.access.cast import Cast, Player
from archwright.proof.access.statement import Statement, array_text
from archwright.proof.oracle import World
from archwright.proof.oracle_verdicts import Verdict
from archwright.schema.sql_text import literal

_KEY = "bucket_id || '/' || name"
_THERE = "23505"
_CHANGES: tuple[tuple[Operation, str], ...] = (
    ("update", "update storage.objects set user_metadata = '{}'"),
    ("delete", "delete from storage.objects"),
)


@dataclass(frozen=True, slots=True)
class FileFinding:
    """Where the database treats files otherwise than declared; ``about`` is one of them."""

    player: str
    bucket: str
    operation: Operation
    about: str
    count: int
    expected: str
    got: str
    note: str = ""


@dataclass(slots=True)
class FileMatrix:
    """What differs, how often each verdict came by persona, bucket and operation, and how asked."""

    findings: list[FileFinding] = field(default_factory=list)
    cells: dict[tuple[str, str, Operation], Counter[Verdict]] = field(default_factory=dict)
    statements: int = 0


@dataclass(frozen=True, slots=True)
class _Set:
    """A statement about all files: those that it must reach, or None where it names none.

    ``count`` is then how many it must reach.
    """

    operation: Operation
    statement: Statement
    reached: frozenset[str] | None
    count: int = 0


@dataclass(frozen=True, slots=True)
class _One:
    """A statement about one place in one bucket, and how it must end."""

    operation: Operation
    bucket: str
    statement: Statement
    expected: Verdict
    about: str
    note: str = ""


def run_files(
    bench: Bench,
    world: World,
    cast: Cast,
    rules: Mapping[str, BucketRule],
    described: Mapping[str, Sequence[str]],
) -> FileMatrix:
    """Ask as every player about files of every bucket; ``described`` are rows in words."""
    files = stored_files(rules, world, cast, described)
    _put(bench, files)
    matrix = FileMatrix()
    for player in cast.players:
        asker = _Asker(player, world, cast, rules, files)
        sets, ones = list(asker.sets()), list(asker.ones())
        matrix.statements += len(sets) + len(ones)
        statements = [*(q.statement for q in sets), *(q.statement for q in ones)]
        answers = bench.ask(player.persona, statements)
        for asked, answer in zip(sets, answers[: len(sets)], strict=True):
            _count(matrix, player, asked, files)
            matrix.findings += _compare_set(player, asked, answer, files)
        for one, answer in zip(ones, answers[len(sets) :], strict=True):
            cell = matrix.cells.setdefault((player.name, one.bucket, one.operation), Counter())
            cell[one.expected] += 1
            matrix.findings += _compare_one(player, one, answer)
    return matrix


def _put(bench: Bench, files: Sequence[StoredFile]) -> None:
    buckets = ", ".join(
        f"({literal(b)}, {literal(b)})" for b in dict.fromkeys(f.bucket for f in files)
    )
    listed = ", ".join(f"({literal(f.bucket)}, {literal(f.path)})" for f in files)
    for text in (
        # The platform refuses to delete rows by hand; whom policies allow it is the question here.
        "select set_config('storage.allow_delete_query', 'true', false)",
        f"insert into storage.buckets (id, name) values {buckets} on conflict do nothing",
        f"insert into storage.objects (bucket_id, name) values {listed}",
        "analyze storage.objects",
    ):
        bench.connection.execute(text)


class _Asker:
    def __init__(
        self,
        player: Player,
        world: World,
        cast: Cast,
        rules: Mapping[str, BucketRule],
        files: Sequence[StoredFile],
    ) -> None:
        self.persona = player.persona
        self.world = world
        self.cast = cast
        self.rules = rules
        self.files = files
        self.keys = array_text(f.key for f in files)
        self.readable = frozenset(
            f.key for f in files if may_read_file(rules, world, self.persona, f)
        )
        self.writable = {
            operation: frozenset(
                f.key for f in files if self._may_write(f.bucket, f.path, operation)
            )
            for operation, _ in _CHANGES
        }

    def sets(self) -> Iterator[_Set]:
        """Yield what is asked about all files at once."""
        reading = Statement(f"select array_agg({_KEY}) from storage.objects")
        yield _Set("select", reading, self.readable)
        for operation, doing in _CHANGES:
            text = f"{doing} where {_KEY} = any ($1) returning {_KEY} as known"
            done = f"with done as ({text}) select array_agg(known) from done"
            both = self.readable & self.writable[operation]
            yield _Set(operation, Statement(done, (self.keys,)), both)
            counted = f"with done as ({doing} returning 1) select array[count(*)::text] from done"
            yield _Set(operation, Statement(counted), None, len(self.writable[operation]))

    def ones(self) -> Iterator[_One]:
        """Yield uploads into every kind of folder, and moves out of one's own and into it."""
        me = self.persona.user or self.cast.subjects[0]
        other = next(s for s in (*self.cast.subjects, *self.cast.bystanders) if s != me)
        places = {
            "own folder" if self.persona.user else "folder of owner": f"{me}/new",
            f"folder of {self.cast.names[other]}": f"{other}/new",
            "folder beside": f"{me}x/new",
            "no folder": "new",
        }
        for bucket in (*sorted(self.rules), ELSEWHERE):
            for about, path in places.items():
                yield self._put(bucket, path, about)
                if self.persona.user is not None and bucket != ELSEWHERE:
                    yield self._move(bucket, f"{me}/loose", bucket, path, f"to {about}")
            if self.persona.user is not None and bucket != ELSEWHERE:
                theirs = f"{other}/loose"
                about = f"of {self.cast.names[other]} to own folder"
                yield self._move(bucket, theirs, bucket, f"{me}/new", about)
                away = (ELSEWHERE, f"{me}/new", "to another bucket")
                yield self._move(bucket, f"{me}/loose", *away)
        for file in self.files:
            rule = self.rules.get(file.bucket)
            if rule and owns(self.persona, file.path) and named(rule, self.world, file.path):
                yield self._put(file.bucket, file.path, file.about, "in its place")

    def _put(self, bucket: str, path: str, about: str, note: str = "") -> _One:
        text = "insert into storage.objects (bucket_id, name) values ($1, $2)"
        put = f"with done as ({text}) select null::text[]"
        fits = self._may_write(bucket, path, "insert")
        expected = Verdict.ALLOWED if fits else Verdict.DENIED
        return _One("insert", bucket, Statement(put, (bucket, path)), expected, about, note)

    def _may_write(self, bucket: str, path: str, operation: Operation) -> bool:
        return may_write_file(self.rules, self.world, self.persona, bucket, path, operation)

    def _move(self, bucket: str, path: str, into: str, to: str, about: str) -> _One:
        expected = Verdict.ALLOWED if self._may_write(into, to, "update") else Verdict.DENIED
        if not self._may_write(bucket, path, "update"):
            expected = Verdict.NO_ROWS  # what may not be changed is not even reached
        text = (
            "update storage.objects set bucket_id = $1, name = $2 "
            "where bucket_id = $3 and name = $4 returning name"
        )
        done = f"with done as ({text}) select array_agg(name) from done"
        values = (into, to, bucket, path)
        return _One("update", bucket, Statement(done, values), expected, about, "moved")


def _count(matrix: FileMatrix, player: Player, asked: _Set, files: Sequence[StoredFile]) -> None:
    if asked.reached is None:
        return
    for file in files:
        cell = matrix.cells.setdefault((player.name, file.bucket, asked.operation), Counter())
        cell[Verdict.ALLOWED if file.key in asked.reached else Verdict.NO_ROWS] += 1


def _compare_set(
    player: Player, asked: _Set, answer: Answer, files: Sequence[StoredFile]
) -> Iterator[FileFinding]:
    where = (player.name, "", asked.operation, "", 0)
    failed = f"an error ({answer.message} [{answer.state}])" if answer.state else ""
    if asked.reached is None:
        expected, got = f"{asked.count} files", f"{next(iter(answer.keys), 0)} files"
        if failed or got != expected:
            yield FileFinding(*where, expected, failed or got, "without naming files")
        return
    if failed:
        yield FileFinding(*where, f"{len(asked.reached)} files", failed)
        return
    different: dict[tuple[str, bool], list[StoredFile]] = {}
    for file in files:
        if (file.key in answer.keys) is not (file.key in asked.reached):
            different.setdefault((file.bucket, file.key in asked.reached), []).append(file)
    for (bucket, wanted), listed in different.items():
        said = (Verdict.ALLOWED, Verdict.NO_ROWS)
        expected, got = said if wanted else said[::-1]
        first = listed[0].about
        yield FileFinding(player.name, bucket, asked.operation, first, len(listed), expected, got)


def _compare_one(player: Player, one: _One, answer: Answer) -> Iterator[FileFinding]:
    if answer.state == REFUSED:
        got = str(Verdict.DENIED)
    elif answer.state == _THERE and one.operation == "insert":
        got = str(Verdict.ALLOWED)  # only the file that is there stood in the way
    elif answer.state:
        got = f"an error ({answer.message} [{answer.state}])"
    else:
        done = one.operation == "insert" or bool(answer.keys)
        got = str(Verdict.ALLOWED if done else Verdict.NO_ROWS)
    if got != one.expected:
        where = (player.name, one.bucket, one.operation, one.about, 1)
        yield FileFinding(*where, one.expected, got, one.note)

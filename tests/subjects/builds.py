"""Fakes of what a build reaches the world through, and a builder put together from them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from archwright.adapters.disk import Folder
from archwright.build.events import Event
from archwright.build.runner import Builder
from archwright.build.stage import Stage
from archwright.diagnostics import Diagnostic, Place
from archwright.emit.draft import Draft
from archwright.migrate.files import MigrationFile
from archwright.proof.database import Prepared
from archwright.proof.gate import Evidence, Subject
from archwright.proof.lanes import Lane
from subjects.canned import Canned, said

Judge = Callable[[Subject], Sequence[Diagnostic]]


def content(_: Subject) -> Sequence[Diagnostic]:
    """Judge everything good."""
    return ()


@dataclass
class Scripted:
    """A gate that finds what its judge finds."""

    name: str
    judge: Judge = content
    seen: list[Subject] = field(default_factory=list)

    def check(self, subject: Subject) -> Evidence:
        self.seen.append(subject)
        return Evidence(self.name, "fake", 0.5, {}, tuple(self.judge(subject)))


@dataclass
class FakeProver:
    """Databases are names; the gates are those that a test gives, "types" by default."""

    gates: Sequence[Scripted] = field(default_factory=lambda: [Scripted("types")])
    refused: Callable[[Sequence[MigrationFile]], Sequence[Diagnostic]] = lambda _: ()
    databases: set[str] = field(default_factory=set)
    made: int = 0
    bases: list[str | None] = field(default_factory=list)

    def __enter__(self) -> FakeProver:
        return self

    def __exit__(self, *_: object) -> None:
        self.databases.clear()

    def format(self, drafts: Sequence[Draft]) -> tuple[Draft, ...]:
        return tuple(drafts)

    def prepare(self, previous: str | None, new: Sequence[MigrationFile]) -> Prepared:
        assert previous is None or previous in self.databases
        self.bases.append(previous)
        if problems := self.refused(new):
            return Prepared("", tuple(problems))
        self.made += 1
        name = f"db_{self.made}"
        self.databases.add(name)
        return Prepared(name)

    def drop(self, name: str) -> None:
        self.databases.remove(name)

    def lanes(self, prepared: Prepared, *, last: bool) -> Sequence[Lane]:
        return [self.gates]


@dataclass
class FakeHistory:
    """Keeps commits in memory, each with its paths and message."""

    commits: list[tuple[tuple[str, ...], str]] = field(default_factory=list)
    problem: Exception | None = None

    def start(self) -> None:
        """Nothing has to be made."""

    def commit(self, paths: Sequence[str], message: str) -> str:
        if self.problem is not None:
            raise self.problem
        self.commits.append((tuple(paths), message))
        return str(len(self.commits))

    def head(self) -> str | None:
        return str(len(self.commits)) if self.commits else None


@dataclass
class Bench:
    """A builder on fakes, with what it told and what it made."""

    root: Path
    out: Path
    prover: FakeProver = field(default_factory=FakeProver)
    history: FakeHistory = field(default_factory=FakeHistory)
    events: list[Event] = field(default_factory=list)

    def builder(self, **given: Any) -> Builder:
        """Return a new builder, as a new process would make one."""
        values: dict[str, Any] = {
            "toolchain": Canned(said()),
            "postgres": None,
            "prover": self.prover,
            "workspace": Folder(self.out),
            "history": self.history,
            "stage": Stage(self.stage, self.root / "node_modules"),
            "listen": self.events.append,
            **given,
        }
        return Builder(**values)

    @property
    def stage(self) -> Path:
        return self.root / "stage"

    def told(self, kind: str) -> list[Mapping[str, object]]:
        """Return the data of all events of a kind."""
        return [event.data for event in self.events if event.kind == kind]


def tree(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder with its bytes, the lock and the history left out."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".git" not in path.relative_to(folder).parts and path.name != "lock"
    }


def app_tree(folder: Path) -> dict[str, bytes]:
    """Return the files of the app itself."""
    return {p: b for p, b in tree(folder).items() if not p.startswith(".archwright/")}


def finding(code: str, path: str, message: str = "wrong", line: int = 1) -> Diagnostic:
    """Return a finding of a gate."""
    return Diagnostic(code, message, Place(path, (), line))


def when_there(path: str, *problems: Diagnostic) -> Judge:
    """Return a judge that finds the problems once a file is there."""
    return lambda subject: problems if any(d.path == path for d in subject.drafts) else ()

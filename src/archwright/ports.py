"""Protocols through which stages reach the world; adapters implement them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from archwright.diagnostics import Diagnostic


@dataclass(frozen=True, slots=True)
class Finished:
    """A finished process: exit code, decoded output streams, wall time in seconds."""

    code: int
    stdout: str
    stderr: str
    seconds: float


@dataclass(frozen=True, slots=True)
class ToolStatus:
    """One line of ``archwright doctor``: a tool, its version, whether it is there, a remedy."""

    name: str
    version: str
    present: bool
    where: str
    remedy: str = ""

    @property
    def required(self) -> bool:
        """Tell whether builds need the tool."""
        return "(optional)" not in self.name


@dataclass(frozen=True, slots=True)
class BrowserProgram:
    """A Chromium that starts on this machine: what it is called with, and in which environment.

    ``sandbox`` tells whether it can shut its pages in; root, and some machines, cannot.
    """

    executable: Path
    version: str
    args: tuple[str, ...] = ()
    env: Mapping[str, str] = field(default_factory=dict)
    sandbox: bool = False


@dataclass(frozen=True, slots=True)
class SpecEnded:
    """A spec that has ended: where it stands, how it ended, and how many have by now."""

    file: str
    line: int
    title: str
    status: str
    seconds: float
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class SpecsWanted:
    """Which specs are to run (none named: all), with how many at once, and who hears of them."""

    files: tuple[str, ...] = ()
    workers: int = 2
    told: Callable[[SpecEnded], None] = lambda _: None


class Browsing(Protocol):
    """A real browser in front of an app that runs."""

    def run(self, folder: Path, wanted: SpecsWanted) -> str:
        """Bring up the app that lies in ``folder``, run its specs, return Playwright's JSON report.

        ``folder`` has the app's packages. Each worker has a platform of its own, with the sample
        rows and files of the app's packs. What the specs leave lies in the folder.
        Raises ``DiagnosticError``: AW-5143 where the front end cannot be built or Playwright gives
        no report, AW-6014 without a browser, AW-71xx where the database cannot be made.
        """


class Toolchain(Protocol):
    """Node, its packages and Deno, installed once into a per-user cache.

    Every process gets a scrubbed environment (no secrets of the caller) and a temporary HOME.
    Failures to provide a tool raise ``DiagnosticError`` with an AW-6xxx code; a tool that runs
    longer than ``timeout`` seconds is killed with all its children and raises AW-6008; one that a
    signal ended raises AW-6013. An exit code other than 0 raises nothing: it is the caller's to
    judge.
    """

    def ensure(self) -> None:
        """Install what is missing; no-op when the cache is warm; safe under concurrent runs."""

    def node(
        self,
        args: Sequence[str],
        cwd: Path,
        *,
        env: Mapping[str, str] | None = None,
        stdin: str | None = None,
        timeout: float = 300.0,
    ) -> Finished:
        """Run ``node`` with arguments."""

    def tool(
        self,
        name: str,
        args: Sequence[str],
        cwd: Path,
        *,
        env: Mapping[str, str] | None = None,
        stdin: str | None = None,
        timeout: float = 300.0,
    ) -> Finished:
        """Run a tool of the cached node_modules by its bin name (tsc, oxlint, vitest, ...)."""

    def deno(
        self,
        args: Sequence[str],
        cwd: Path,
        *,
        env: Mapping[str, str] | None = None,
        timeout: float = 300.0,
    ) -> Finished:
        """Run ``deno`` with arguments."""

    def ask(
        self,
        name: str,
        request: Mapping[str, Any],
        cwd: Path,
        *,
        env: Mapping[str, str] | None = None,
        timeout: float = 300.0,
    ) -> Finished:
        """Let a tool that stays loaded between calls, ``vite`` or ``vitest``, do a run in a folder.

        ``request`` is what Vite's ``build`` or Vitest's command line calls its options. Each run
        reads the folder anew; only the tool's own program is kept. The tool is started by the
        first call for a folder, with that call's ``env``; one that ends in the middle of its work
        raises AW-6012, and the next call starts it again.
        """

    def node_modules(self) -> Path:
        """Return the installed node_modules folder of the app's locked dependency set."""

    def versions(self) -> Mapping[str, str]:
        """Return the pinned npm package versions, name to exact version."""

    def status(self) -> list[ToolStatus]:
        """Tell what is there and what is missing, without installing anything."""


class Connection(Protocol):
    """A thin view of a psycopg connection (autocommit off unless the adapter says so)."""

    def execute(self, query: Any, params: Any = None, /) -> Any:
        """Run one statement and return a cursor with ``fetchall``, ``fetchone``, ``rowcount``."""

    def commit(self) -> None:
        """Commit."""

    def rollback(self) -> None:
        """Roll back."""

    def close(self) -> None:
        """Close."""


class Database(Protocol):
    """A PostgreSQL cluster (17, or a system one from 15 on) that hands out scratch databases.

    It starts with the first call. A server that was killed raises ``DiagnosticError`` AW-6104.

    Each scratch database has the Supabase bootstrap applied (roles anon, authenticated,
    service_role; schemas auth, storage, realtime, extensions) and owner role ``postgres``
    that is not a superuser, as on the hosted platform.
    """

    def scratch(self, template: str | None = None) -> AbstractContextManager[str]:
        """Create a database, cloned from ``template`` or from the bootstrap; dropped on exit."""

    def clone(self, source: str) -> str:
        """Clone a database that nobody is connected to and return the new name."""

    def drop(self, name: str) -> None:
        """Drop a database, ending its connections."""

    def connect(self, name: str, *, superuser: bool = False) -> AbstractContextManager[Any]:
        """Connect as the owner ``postgres``, or as the superuser that made the cluster."""

    def url(self, name: str, *, superuser: bool = False) -> str:
        """Return a connection URL on the loopback address, ``?sslmode=disable`` included."""

    def install_pgtap(self, name: str) -> None:
        """Put pgTAP into the schema ``extensions`` of a database; no-op when it is there."""


class StackDatabase(Database, Protocol):
    """A ``Database`` that the local stack can run on: its callers come in as their own role."""

    def caller_url(self, name: str) -> str:
        """Return a connection URL as ``authenticator``, which can only become what callers are."""

    def provide(self, name: str) -> None:
        """Create a database with the bootstrap unless it is there."""

    @property
    def pid(self) -> int | None:
        """Return the server's process id while it runs, else None."""


@dataclass(frozen=True, slots=True)
class FrontEnd:
    """What is served where: the app's folder, its ``node_modules``, and variables for the app.

    ``cache`` is where Vite keeps what it made of packages, None for where the app says.
    """

    root: Path
    modules: Path
    host: str
    port: int
    variables: Mapping[str, str]
    cache: str | None = None


class FrontServer(Protocol):
    """A development server with hot reload; it ends with ``close``, or when we do."""

    @property
    def pid(self) -> int:
        """Return the process id, which is its group's too."""

    @property
    def alive(self) -> bool:
        """Tell whether the process runs."""

    def ready(self) -> None:
        """Return once pages are served; raises AW-6109 where that does not come to be."""

    def ended(self) -> Diagnostic:
        """Return what it means that the server is gone, or does not answer."""

    def close(self) -> None:
        """End it; harmless when it is gone."""


class Rebuild(Protocol):
    """A build of an app in its folder that goes on beside us."""

    def done(self) -> bool:
        """Tell whether it has ended."""

    def close(self) -> None:
        """End it; what stands is then the last good phase."""


class Workspace(Protocol):
    """A folder of generated files, and the one writer to it."""

    @property
    def root(self) -> Path:
        """Return the folder."""

    def read(self, path: str) -> bytes | None:
        """Return a file's bytes, or None where there is none."""

    def digests(self) -> Mapping[str, str]:
        """Return the SHA-256 of every file that is not installed, built, or the history's own."""

    def sizes(self) -> Mapping[str, int]:
        """Return the bytes of each of these files; none of them is opened."""

    def put(self, files: Mapping[str, bytes], removed: Sequence[str] = ()) -> None:
        """Write and remove files as one step: after a crash, `recover` finishes or forgets it."""

    def recover(self) -> bool:
        """Finish a step that a crash cut off; True where there was one."""


class History(Protocol):
    """The git history of a generated app."""

    def start(self) -> None:
        """Make the repository if there is none yet."""

    def commit(self, paths: Sequence[str], message: str) -> str:
        """Commit the named paths as they are and return the commit's id."""

    def head(self) -> str | None:
        """Return the id of the last commit, None before the first."""

"""An app that runs while people work on it: database, stack and front end, and what they change."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from archwright import __version__
from archwright.diagnostics import Diagnostic, DiagnosticError, has_errors
from archwright.ports import FrontEnd, FrontServer, StackDatabase
from archwright.preview.addresses import (
    API_PORT,
    FRONT_PORT,
    Wish,
    free_port,
    is_loopback,
    open_port,
    shown_host,
)
from archwright.preview.database import migrate, prepare, seed
from archwright.preview.docs import with_docs
from archwright.preview.env_file import remove_env, write_env
from archwright.preview.machine import Machine, Screen
from archwright.preview.modules import FOLDER, provide_modules
from archwright.preview.note import alone, read_note, remove_note, write_note
from archwright.preview.people import Person, sample_people
from archwright.preview.platform import Home, keys_of, running
from archwright.preview.project import Project, own_folder
from archwright.preview.watch import blueprint_digest

DATABASE = "app"
_LINKED_CACHE = ".cache/vite"
_MEDIA = "media.stamp"


@dataclass(frozen=True, slots=True)
class Options:
    """How to run: ports of 0 mean the usual ones or the next that are free.

    Without ``pages`` no front end is served, which is so for a folder that has none.
    """

    reset: bool = False
    rows: bool = True
    port: int = 0
    api_port: int = 0
    host: str = "127.0.0.1"
    specs: bool = False
    pages: bool = True


@dataclass(frozen=True, slots=True)
class Preview:
    """What runs: its addresses, who can sign in, and what is to be watched.

    ``app`` and ``front`` are None where no front end is served.
    """

    app: str | None
    api: str
    private: bool
    people: tuple[Person, ...]
    server: StackDatabase
    front: FrontServer | None

    def check(self) -> None:
        """Raise ``DiagnosticError`` where a part has ended by itself: AW-6104, AW-6109."""
        if self.front is not None and not self.front.alive:
            raise DiagnosticError(self.front.ended())
        self.server.url(DATABASE)


@contextmanager
def serve(
    project: Project, options: Options, machine: Machine, screen: Screen
) -> Iterator[Preview]:
    """Run an app until the block ends; nothing is left running.

    Raises ``DiagnosticError``: AW-61xx and AW-71xx say what is in the way.
    """
    own_folder(project)
    with alone(project), ExitStack() as open_now:
        _clear(project, machine)
        machine.tools.ensure()
        wish = Wish(options.api_port, API_PORT, "--api-port")
        listener = open_now.enter_context(open_port(options.host, wish))
        host = shown_host(options.host)
        api = f"http://{host}:{listener.getsockname()[1]}"
        front, sites = _pages(project, options, api, machine, screen)
        if front is not None:
            open_now.callback(front.close)
        open_now.callback(remove_note, project)
        write_note(project, app=sites[0] if front else api, api=api, vite=front.pid if front else 0)
        if options.reset:
            _reset(project, machine)
        server = open_now.enter_context(machine.server(project.own / "database"))
        server.provide(DATABASE)
        _fill(project, options, machine, server, screen)
        keys = keys_of(project)
        platform = running(
            project,
            server,
            DATABASE,
            Home(project.own / "state", machine.deno),
            listener=listener,
            host=host,
            site_urls=sites,
            specs=options.specs,
            wrap=lambda app: with_docs(app, keys.publishable),
        )
        open_now.enter_context(platform)
        open_now.callback(remove_env, project)
        write_env(project, api, server, DATABASE, keys)
        people = tuple(sample_people(server, DATABASE))
        if front is not None:
            front.ready()
        app, private = sites[0] if front else None, is_loopback(options.host)
        yield Preview(app, api, private, people, server, front)


def update(project: Project, server: StackDatabase, screen: Screen) -> bool:
    """Apply new migrations to an app that runs; what is refused is shown, and the app goes on."""
    try:
        found = migrate(server, DATABASE, project.migrations())
    except DiagnosticError as error:
        screen.problems(error.diagnostics)
        return False
    _told(found.applied, screen)
    screen.problems(found.diagnostics)
    return not found.diagnostics


def _clear(project: Project, machine: Machine) -> None:
    """End what a run that was killed has left, if its own end has not ended it yet."""
    left = read_note(project).get("vite")
    if isinstance(left, int) and left:
        machine.end_left(left, project.root)
        time.sleep(0.1)
    remove_note(project)


def _pages(
    project: Project, options: Options, api: str, machine: Machine, screen: Screen
) -> tuple[FrontServer | None, tuple[str, ...]]:
    """Start Vite on the app's pages, if it has any; return where they may be opened, too."""
    if not (options.pages and project.has_pages):
        return None, (project.config().auth.site_url,)
    port = free_port(options.host, Wish(options.port, FRONT_PORT, "--port"))
    host = shown_host(options.host)
    installed = machine.tools.node_modules()
    linked = provide_modules(project.root, installed, machine.tools.versions())
    variables = {
        "VITE_SUPABASE_URL": api,
        "VITE_SUPABASE_PUBLISHABLE_KEY": keys_of(project).publishable,
    }
    modules = (project.root / FOLDER).resolve()
    # what Vite makes of packages must not go into the shared folder
    cache = _LINKED_CACHE if linked else None
    wanted = FrontEnd(project.root, modules, options.host, port, variables, cache)
    return machine.front(wanted, lambda line: screen.line("vite", line)), _sites(host, port)


def _sites(host: str, port: int) -> tuple[str, ...]:
    """Return the addresses that the front end may be opened at, the one to show first."""
    hosts = dict.fromkeys([host, "127.0.0.1", "localhost"])
    return tuple(f"http://{name}:{port}" for name in hosts)


def _reset(project: Project, machine: Machine) -> None:
    machine.erase(project.own / "database")
    shutil.rmtree(project.own / "state", ignore_errors=True)
    (project.own / _MEDIA).unlink(missing_ok=True)


def _fill(
    project: Project, options: Options, machine: Machine, server: StackDatabase, screen: Screen
) -> None:
    """Migrate, and put the sample rows and their media in; raises where that is refused."""
    prepare(server, DATABASE, project.config())
    found = migrate(server, DATABASE, project.migrations())
    _told(found.applied, screen)
    if found.diagnostics:
        raise DiagnosticError(*found.diagnostics)
    if not options.rows:
        return
    problems = seed(server, DATABASE, project)
    if has_errors(problems):
        raise DiagnosticError(*problems)
    screen.problems([*problems, *_placed(project, machine, server)])


def _placed(project: Project, machine: Machine, server: StackDatabase) -> list[Diagnostic]:
    """Put the media of the sample rows in, unless that was done for this Blueprint."""
    mark, stamp = project.own / _MEDIA, f"{__version__} {blueprint_digest(project.root)}"
    if mark.is_file() and mark.read_text(encoding="utf-8") == stamp:
        return []
    url = server.url(DATABASE, superuser=True)
    problems = machine.media(project.root, url, project.own / "state")
    mark.write_text(stamp, encoding="utf-8")
    return problems


def _told(applied: tuple[str, ...], screen: Screen) -> None:
    if applied:
        more = f" to {applied[-1]}" if len(applied) > 1 else ""
        screen.line("database", f"applied {applied[0]}{more}")

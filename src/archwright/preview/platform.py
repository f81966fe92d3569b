"""One running platform: the local stack over an app's database, on a port of this machine."""

from __future__ import annotations

import logging
import os
import shutil
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from starlette.types import ASGIApp

from archwright.diagnostics import Diagnostic
from archwright.ports import StackDatabase
from archwright.preview.config import size
from archwright.preview.config_auth import auth_settings, confirmations
from archwright.preview.project import Project
from archwright.stack.gateway import gateway
from archwright.stack.keys import Keys, project_keys
from archwright.stack.server import Served, listen
from archwright.stack.settings import FunctionsSettings, Limits, RestSettings, Settings
from archwright.stack.stack import make_stack

LOOPBACK = "127.0.0.1"
Wrap = Callable[[ASGIApp], ASGIApp]
"""Puts something around the gateway, such as a static front end on the same origin."""


class PlaceMedia(Protocol):
    """Puts the files that sample rows speak of into the storage of a platform not running yet."""

    def __call__(self, app: Path, database_url: str, state: Path) -> list[Diagnostic]:
        """Place the media of an app's folder; return what could not be placed.

        Records go into the database (``database_url`` is the superuser's), contents below
        ``state``, which becomes ``Settings.state``. A second call changes nothing.
        """


@dataclass(frozen=True, slots=True)
class Home:
    """Where a platform keeps what outlives a request: its files, and Deno's compiled code.

    ``state`` holds contents of objects; ``deno`` is a cache that platforms share.
    """

    state: Path
    deno: Path | None = None


@dataclass(frozen=True, slots=True)
class Platform:
    """A platform that answers at ``url``."""

    url: str
    keys: Keys
    settings: Settings


def keys_of(project: Project) -> Keys:
    """Return the project's keys, made by the first call, readable by their owner only."""
    return project_keys(project.own / "keys.json")


def settings_for(
    project: Project,
    server: StackDatabase,
    database: str,
    api_url: str,
    site_urls: tuple[str, ...],
    home: Home,
) -> Settings:
    """Return what a stack for the app is told.

    ``site_urls`` are the addresses of the front end: letters lead to the first, and may lead to
    the others. Functions reach the database as its owner, as on the platform.
    Raises ``DiagnosticError`` AW-7101 where config.toml cannot be read.
    """
    config = project.config()
    api = config.api
    return Settings(
        service_url=server.url(database, superuser=True),
        caller_url=server.caller_url(database),
        api_url=api_url,
        site_url=site_urls[0],
        state=home.state,
        functions=FunctionsSettings(
            folder=project.functions,
            config=project.root / "supabase/config.toml",
            secrets=project.functions / ".env",
            cache=home.deno,
            database_url=server.url(database),
        ),
        rest=RestSettings(
            schemas=tuple(s for s in api.schemas if s != "graphql_public"),
            extra_search_path=tuple(api.extra_search_path),
            max_rows=api.max_rows,
        ),
        auth=auth_settings(config.auth, [f"{url}/**" for url in site_urls]),
        confirmations=confirmations(config.auth),
        limits=replace(Limits(), upload=size(config.storage.file_size_limit)),
    )


@contextmanager
def running(
    project: Project,
    server: StackDatabase,
    database: str,
    home: Home,
    *,
    listener: socket.socket | None = None,
    host: str = LOOPBACK,
    site_urls: tuple[str, ...] = (),
    specs: bool = False,
    wrap: Wrap | None = None,
) -> Iterator[Platform]:
    """Run the stack over a migrated database until the block ends.

    ``listener`` is a bound socket (none: any free port of the loopback address), ``host`` the name
    in the platform's own URL. Without ``site_urls`` the front end is on the same origin: that is
    for ``wrap`` to serve. ``specs`` opens the clock. Raises AW-7101.
    """
    listener = listener or listen(LOOPBACK, 0)
    logging.getLogger("psycopg").addFilter(_told_already)
    try:
        url = f"http://{host}:{listener.getsockname()[1]}"
        settings = settings_for(project, server, database, url, site_urls or (url,), home)
        settings = replace(settings, specs=specs)
        keys = keys_of(project)
        app: ASGIApp = gateway(make_stack(settings, keys))
        served = Served(wrap(app) if wrap else app, listener=listener)
    except BaseException:
        listener.close()
        raise
    with served:
        yield Platform(url, keys, settings)


def copied_state(source: Path, target: Path) -> Path:
    """Give a clone of a database the contents that its rows name: hard links where possible.

    Contents never change once they are there, so that platforms may share them.
    """
    shutil.copytree(source, target, copy_function=_link, dirs_exist_ok=True)
    return target


def _told_already(record: logging.LogRecord) -> bool:
    """Drop what psycopg says of each pipeline that a refused statement has ended.

    The refusal itself is what the request is answered with.
    """
    return not record.getMessage().startswith("error ignored terminating <psycopg.AsyncPipeline")


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)

"""A running gateway over a database of its own, and a plain HTTP client for it."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest

from archwright.adapters.postgres.database import EmbeddedPostgres
from archwright.stack.keys import Keys
from archwright.stack.settings import AuthSettings, Confirmations, RestSettings
from archwright.stack.stack import Stack
from harness import Harness

HERE = Path(__file__).parent
ANN = "00000000-0000-0000-0000-00000000000a"


@dataclass(frozen=True)
class Reply:
    """An answer: status, headers by lower-case name, all header pairs, body."""

    status: int
    headers: Mapping[str, str]
    pairs: list[tuple[str, str]]
    text: str

    @property
    def json(self) -> Any:
        return json.loads(self.text)

    @property
    def code(self) -> Any:
        return self.json["code"]


@dataclass(frozen=True)
class World:
    """A gateway at ``url``, its keys, and the database behind it."""

    url: str
    keys: Keys
    stack: Stack
    database: EmbeddedPostgres
    name: str
    prefix: str = field(default="/rest/v1/")

    def ask(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        token: str | None = None,
        key: str | None = None,
        raw: bytes | None = None,
        **headers: str,
    ) -> Reply:
        """Send one request as the service, unless another key or a token is given."""
        sent = {"apikey": key or (self.keys.publishable if token else self.keys.secret)}
        if token:
            sent["authorization"] = f"Bearer {token}"
        if body is not None:
            sent["content-type"] = "application/json"
            raw = json.dumps(body).encode()
        sent.update({name.replace("_", "-"): text for name, text in headers.items()})
        connection = HTTPConnection(urlsplit(self.url).netloc, timeout=30)
        try:
            target = self.prefix + quote(path, safe="/?&=%*().,:!{}[]+'~@$;-_")
            connection.request(method, target, raw, sent)
            answer = connection.getresponse()
            pairs = [(name.lower(), text) for name, text in answer.getheaders()]
            return Reply(answer.status, dict(pairs), pairs, answer.read().decode())
        finally:
            connection.close()

    def get(self, path: str, **more: Any) -> Reply:
        return self.ask("GET", path, **more)

    def rows(self, path: str, **more: Any) -> Any:
        """Read with success and return the JSON."""
        reply = self.get(path, **more)
        assert reply.status in (200, 206), reply.text
        return reply.json

    def token(self, seconds: int = 600, **claims: object) -> str:
        """Sign an access token, of Ann unless the claims say otherwise."""
        now = int(time.time())
        base = {"sub": ANN, "role": "authenticated", "aud": "authenticated", "iat": now}
        return self.keys.sign({**base, "exp": now + seconds, **claims})

    def sql(self, text: str) -> list[tuple[Any, ...]]:
        """Run a statement as the superuser; return its rows, if it has any."""
        with self.database.connect(self.name, superuser=True) as connection:
            cursor = connection.execute(text.encode())
            return cursor.fetchall() if cursor.description else []


Opener = Callable[..., World]
"""Opens a world: ``(RestSettings | None, statements to run first)``."""


@contextmanager
def serving(
    database: EmbeddedPostgres, name: str, prefix: str = "/rest/v1/", **chosen: Any
) -> Iterator[World]:
    """Open a world over a database; ``chosen`` are fields of the stack's settings."""
    with Harness(database, name, **chosen) as harness:
        yield World(harness.url, harness.keys, harness.stack, database, name, prefix)


@pytest.fixture(scope="session")
def agency(database: EmbeddedPostgres) -> Iterator[str]:
    """A database with the agency's schema, to be cloned."""
    with database.scratch() as name:
        with database.connect(name) as connection:
            connection.execute((HERE / "schema.sql").read_text())
            connection.commit()
        yield name


@pytest.fixture
def open_world(database: EmbeddedPostgres, agency: str) -> Iterator[Opener]:
    """Give a function that opens a world with settings."""
    with ExitStack() as open_now:

        def build(rest: RestSettings | None = None, statements: tuple[str, ...] = ()) -> World:
            name = open_now.enter_context(database.scratch(agency))
            with database.connect(name, superuser=True) as connection:
                for statement in statements:
                    connection.execute(statement.replace("%DB%", name).encode())
            return open_now.enter_context(serving(database, name, rest=rest or EVERYTHING))

        yield build


EVERYTHING = RestSettings(
    schemas=("public", "archive"),
    aggregates=True,
    plan=True,
    tx_end="commit-allow-override",
    safe_update=False,
)


@pytest.fixture(scope="module")
def world(database: EmbeddedPostgres, agency: str) -> Iterator[World]:
    """A world for a module's tests, with all options on; writes roll themselves back."""
    with (
        database.scratch(agency) as name,
        serving(database, name, rest=EVERYTHING) as opened,
    ):
        yield opened


PASSWORD = "a good password"


@pytest.fixture(scope="module")
def open_auth(database: EmbeddedPostgres) -> Iterator[Callable[..., World]]:
    """Give a function that opens a world of accounts: ``(letters, texts, **auth settings)``."""
    with ExitStack() as open_now:

        def build(*, letters: bool = False, texts: bool | None = None, **chosen: Any) -> World:
            name = open_now.enter_context(database.scratch())
            auth = AuthSettings(**{"password_cost": 4, "letters_apart": 0, **chosen})
            confirmed = Confirmations(email=letters, phone=texts)
            world = serving(database, name, "/auth/v1/", auth=auth, confirmations=confirmed)
            return open_now.enter_context(world)

        yield build


@pytest.fixture(scope="module")
def accounts(open_auth: Callable[..., World]) -> World:
    """A world for a module's tests of the auth service, where no letter need be awaited."""
    return open_auth()


@pytest.fixture(scope="module")
def confirming(open_auth: Callable[..., World]) -> World:
    """The same, where addresses are confirmed by letter."""
    return open_auth(letters=True)

"""The stack's own gateway on a test's database, and who signs in to it."""

from __future__ import annotations

import json
import time
from http.client import HTTPConnection
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

from archwright.ports import Database
from archwright.stack.gateway import gateway
from archwright.stack.keys import make_keys
from archwright.stack.server import Served
from archwright.stack.settings import AuthSettings, Settings
from archwright.stack.stack import make_stack

PASSWORD = "correct horse"
QUICK = AuthSettings(password_cost=4, letters_apart=0)
"""Tests need many users and no strength."""


def settings_for(database: Database, name: str, **chosen: Any) -> Settings:
    """Let callers come in as ``authenticator`` and services as the superuser.

    ``chosen`` are fields of ``Settings``; passwords cost little unless ``auth`` is among them.
    """
    caller = database.url(name).replace("//postgres:", "//authenticator:")
    service = database.url(name, superuser=True)
    return Settings(service, caller, **{"connections": 4, "auth": QUICK, **chosen})


class Harness:
    """The gateway with all its services over one migrated database, up inside ``with``."""

    def __init__(self, database: Database, name: str, **chosen: Any) -> None:
        """Take a database and what of ``settings_for`` is to be otherwise; keys are made anew."""
        self.keys = make_keys()
        self.stack = make_stack(settings_for(database, name, **chosen), self.keys)
        self._served = Served(gateway(self.stack))

    @property
    def url(self) -> str:
        """The base address of all services."""
        return self._served.url

    def __enter__(self) -> Self:
        """Serve; return once requests are answered."""
        self._served.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop serving and close all connections, so that the database can be dropped."""
        self._served.stop()

    def env(self) -> dict[str, str]:
        """Return the variables with which an emitted app, or a script, finds the gateway."""
        return {
            "VITE_SUPABASE_URL": self.url,
            "VITE_SUPABASE_PUBLISHABLE_KEY": self.keys.publishable,
        }

    def token(self, user_id: str, seconds: int = 3600, **claims: object) -> str:
        """Sign an access token without a session; ``claims`` go before the usual ones."""
        now = int(time.time())
        usual = {"sub": user_id, "aud": "authenticated", "role": "authenticated", "iat": now}
        return self.keys.sign({**usual, "exp": now + seconds, **claims})

    def user(self, email: str, password: str = PASSWORD, **metadata: Any) -> str:
        """Create a user by signing up (triggers run) and return the id."""
        body = {"email": email, "password": password, "data": metadata}
        connection = HTTPConnection(urlsplit(self.url).netloc, timeout=30)
        try:
            headers = {"apikey": self.keys.publishable, "content-type": "application/json"}
            connection.request("POST", "/auth/v1/signup", json.dumps(body), headers)
            answer = json.loads(connection.getresponse().read())
        finally:
            connection.close()
        assert "user" in answer, answer
        return str(answer["user"]["id"])

"""The harness itself: the stack's REST and auth services, with this harness's storage beside."""

from __future__ import annotations

import asyncio
import json
import traceback
from collections.abc import AsyncIterator
from contextlib import AbstractContextManager, asynccontextmanager
from http.client import HTTPConnection
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

import psycopg
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request as WebRequest
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from archwright.stack import auth, rest
from archwright.stack.gateway import Service, gateway
from archwright.stack.mailbox import Letter
from archwright.stack.rest.live import Live
from archwright.stack.server import Served
from archwright.stack.settings import AuthSettings, Settings
from archwright.stack.stack import Stack, make_stack

from . import storage
from .database import Connection, Pool
from .errors import ApiError, from_postgres, unsupported
from .http import Answer, Request, json_answer
from .identity import Keys
from .objects import Objects
from .storage import Storage

_METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]


class Harness:
    """REST, auth and storage over one migrated database, for the life of a test.

    ``url`` connects as a superuser (the auth and storage services need more rights than
    callers have); what callers do runs under their own role in a transaction of its own.
    """

    def __init__(self, url: str, *, connections: int = 4, password_length: int = 6) -> None:
        self.keys = Keys()
        self.base_url = ""
        self._url = url
        self._connections = connections
        self._pool = Pool(url, connections)
        self._stack: Stack | None = None
        # few rounds: tests need many users and no strength
        self._accounts = AuthSettings(
            anonymous=False, password_cost=4, password_length=password_length, letters_apart=0
        )
        self._storage = Storage(Objects(self._pool), self.keys)
        self._served: Served | None = None
        self._live: tuple[Live, asyncio.AbstractEventLoop] | None = None

    @property
    def publishable_key(self) -> str:
        """The key that a browser would have."""
        return self.keys.publishable

    @property
    def service_key(self) -> str:
        """The secret key: role ``service_role``, which bypasses row-level security."""
        return self.keys.service

    def env(self) -> dict[str, str]:
        """The variables with which an emitted app finds this backend."""
        return {
            "VITE_SUPABASE_URL": self.base_url,
            "VITE_SUPABASE_PUBLISHABLE_KEY": self.publishable_key,
        }

    def token(self, user_id: str, role: str = "authenticated", **claims: object) -> str:
        """Sign an access token without a session, for a user who need not have a password."""
        standard = {"sub": user_id, "aud": "authenticated", "role": role, "is_anonymous": False}
        return self.keys.sign({**standard, **claims})

    def user(self, email: str, password: str = "correct horse", **metadata: Any) -> str:
        """Create a user as signing up does (triggers run) and return the id."""
        body = {"email": email, "password": password, "data": metadata}
        connection = HTTPConnection(urlsplit(self.base_url).netloc, timeout=30)
        try:
            headers = {"apikey": self.publishable_key, "content-type": "application/json"}
            connection.request("POST", "/auth/v1/signup", json.dumps(body), headers)
            answer = json.loads(connection.getresponse().read())
        finally:
            connection.close()
        assert "user" in answer, answer
        return str(answer["user"]["id"])

    def mailbox(self, to: str | None = None) -> list[Letter]:
        """Return the letters that would have been sent, oldest first."""
        return self._stack.mailbox.letters(to) if self._stack else []

    def superuser(self) -> AbstractContextManager[Connection]:
        """Open a transaction of our own beside the callers', to arrange or look at rows."""
        return self._pool.transaction()

    def reload(self) -> None:
        """Read the schema cache again, after a migration."""
        if self._live is not None:
            live, loop = self._live
            asyncio.run_coroutine_threadsafe(live.reload(), loop).result(30)

    def start(self) -> str:
        """Serve on a free loopback port and return the base URL."""
        # callers become what they are from the superuser here: the tests know no other password
        settings = Settings(
            self._url, self._url, connections=self._connections, auth=self._accounts
        )
        self._stack = stack = make_stack(settings, self.keys.project)
        tables = Service("/rest/v1", rest.routes, self._running)
        people = Service("/auth/v1", auth.routes)
        others = Service("", self._routes)
        self._served = Served(gateway(stack, (tables, people, others)))
        self._served.start()
        self.base_url = self._served.url
        return self.base_url

    def stop(self) -> None:
        """Stop serving and close all connections, so that the database can be dropped."""
        if self._served:
            self._served.stop()
        self._served = self._live = None
        self._pool.close()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    @asynccontextmanager
    async def _running(self, stack: Stack) -> AsyncIterator[dict[str, object]]:
        async with rest.running(stack) as state:
            live = state["rest"]
            assert isinstance(live, Live)
            self._live = (live, asyncio.get_running_loop())
            yield state

    def _routes(self, _: Stack) -> list[BaseRoute]:
        return [Route("/{path:path}", self._serve, methods=_METHODS)]

    async def _serve(self, web: WebRequest) -> Response:
        headers: dict[str, str] = {}
        for name, text in web.headers.items():
            headers[name] = f"{headers[name]},{text}" if name in headers else text
        body = await web.body()
        request = Request(web.method, web.path_params["path"], web.url.query, headers, body)
        answer = await run_in_threadpool(self.answer, request)
        return Response(answer.body, answer.status, dict(answer.headers))

    def answer(self, request: Request) -> Answer:
        """Answer any request; never raises."""
        area, _, target = request.path.partition("/v1")
        target = target.lstrip("/")
        try:
            if area == "storage":
                return self._storage.handle(request, target)
            raise unsupported(f"{request.method} /{request.path}")
        except ApiError as error:
            return _refusal(area, error)
        except psycopg.Error as error:
            return _refusal(area, from_postgres(error, anonymous=False))
        except Exception as error:
            traceback.print_exc()
            return json_answer(
                500, {"code": "HARNESS500", "message": f"bug in the harness: {error}"}
            )


def _refusal(area: str, error: ApiError) -> Answer:
    if area == "storage":
        return storage.error_answer(error)
    return json_answer(error.status, error.body())

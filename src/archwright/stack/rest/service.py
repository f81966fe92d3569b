"""The REST service's one endpoint: reads the request, sends it to its handler, answers."""

from __future__ import annotations

import json
from dataclasses import replace
from time import perf_counter

import psycopg
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.types import Receive, Scope, Send

from archwright.stack.identity import Identity, TokenRefused, identify
from archwright.stack.rest.answer import Answer, refusal, with_timing
from archwright.stack.rest.ask import Ask, negotiate_schema
from archwright.stack.rest.errors import RestError, bad_media, from_postgres
from archwright.stack.rest.grants import explained
from archwright.stack.rest.handlers import handlers_of
from archwright.stack.rest.live import Live, running
from archwright.stack.rest.lookup import find_table
from archwright.stack.rest.media import Media, accepts_openapi, choose_media
from archwright.stack.rest.openapi import describe, visible
from archwright.stack.rest.prefer import read_prefer, without_timezone
from archwright.stack.rest.reads import read_table
from archwright.stack.rest.routines import not_there
from archwright.stack.rest.rpc import call_function
from archwright.stack.rest.session import open_session
from archwright.stack.rest.writes import write_table
from archwright.stack.stack import Stack

__all__ = ["routes", "running"]

PREFIX = "/rest/v1"

_FRAMING = ("connection", "content-length", "keep-alive", "trailer", "transfer-encoding", "upgrade")
"""Headers that only the server itself can know, whatever SQL says."""

_WRITES = ("POST", "PATCH", "PUT", "DELETE")


def routes(stack: Stack) -> list[BaseRoute]:
    """Return the service's routes, to be mounted at ``/rest/v1``."""
    endpoint = _Endpoint(stack)
    return [Route("/{target:path}", endpoint)]


class _Endpoint:
    """An ASGI application, so that every method reaches it."""

    def __init__(self, stack: Stack) -> None:
        self._stack = stack

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        found = await self._answer(request)
        # SQL may choose any number, but a server can only say these
        status = found.status if 200 <= found.status <= 599 else 500
        bare = request.method == "HEAD" or status in (204, 304)
        body = found.body
        if isinstance(body, str):
            body = body.encode("utf-8", "replace")
        response = Response(b"" if bare else body, status)
        for name, text in found.headers:
            if name not in _FRAMING:
                response.raw_headers.append((name.encode(), text.encode("utf-8", "replace")))
        if bare:
            del response.headers["content-length"]
        await response(scope, receive, send)

    async def _answer(self, request: Request) -> Answer:
        """Answer any request; raises only what the gateway answers for all services."""
        identity = Identity("anon", {})
        ask: Ask | None = None
        marks = [perf_counter()]
        try:
            headers = _headers(request)
            identity = identify(
                headers, request.query_params, self._stack.keys, self._stack.clock.seconds()
            )
            marks.append(perf_counter())
            live: Live = request.state.rest
            role = live.config.rest.anon_role if identity.anonymous else identity.role
            ask = await _ask(request, live, replace(identity, role=role), headers)
            marks.append(perf_counter())
            found = await _dispatch(live, replace(ask, marks=marks))
            return with_timing(found, marks) if live.config.timing else found
        except TokenRefused as error:
            return refusal(_unauthorised(error))
        except RestError as error:
            return refusal(error)
        except psycopg.Error as error:
            found_out = from_postgres(error, anonymous=identity.anonymous)
            return refusal(await explained(live, ask, found_out) if ask else found_out)
        except UnicodeEncodeError:
            # half of a surrogate pair, which no database text can hold
            text = 'invalid byte sequence for encoding "UTF8"'
            return refusal(RestError(400, "22021", text))


def _headers(request: Request) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, text in request.headers.items():
        found[name] = f"{found[name]},{text}" if name in found else text
    return found


async def _ask(request: Request, live: Live, identity: Identity, headers: dict[str, str]) -> Ask:
    target = request.path_params.get("target", "")
    if not target and live.config.root and request.method in ("GET", "HEAD"):
        target = f"rpc/{live.config.root}"
    settings = live.config.rest
    schema, profiled = negotiate_schema(request.method, headers, settings.schemas)
    prefer = read_prefer(
        headers.get("prefer", ""), tx_override=settings.tx_end.endswith("allow-override")
    )
    zone = prefer.get("timezone")
    if zone is not None and not await live.knows_timezone(zone):
        prefer = without_timezone(prefer)
    prefer.check()
    accept = headers.get("accept", "*/*")
    # not `request.url`, which an odd Host header breaks
    query = request.scope["query_string"].decode("utf-8", "replace")
    if target:
        own = handlers_of(live.catalog, schema, target, query)
        media = choose_media(accept, plan=settings.plan, handlers=own)
    elif accepts_openapi(accept):
        media = Media("openapi", "application/openapi+json; charset=utf-8")
    else:
        raise bad_media([accept])
    return Ask(
        request.method,
        target,
        query,
        headers,
        request.cookies,
        await request.body(),
        identity,
        schema,
        profiled,
        prefer,
        media,
    )


async def _dispatch(live: Live, ask: Ask) -> Answer:
    if ask.method == "OPTIONS":
        return _options(live, ask)
    if not ask.target:
        return await _root(live, ask)
    if ask.target.startswith("rpc/"):
        if "/" in ask.target.removeprefix("rpc/"):
            raise _bad_path()
        return await call_function(live, ask)
    if "/" in ask.target:
        raise _bad_path()
    if ask.reading:
        return await read_table(live, ask)
    if ask.method in _WRITES:
        return await write_table(live, ask)
    raise _bad_method(ask.method)


async def _root(live: Live, ask: Ask) -> Answer:
    if not ask.reading:
        raise _bad_method(ask.method)
    mode = live.config.rest.openapi
    if mode == "disabled":
        raise RestError(404, "PGRST126", "Root endpoint metadata is disabled")
    shown = None
    if mode == "follow-privileges":
        async with open_session(live, ask, read_only=True) as session:
            shown = await visible(session, ask.schema)
    document = describe(live.catalog, ask.schema, shown, f"{PREFIX}/")
    headers = [("content-type", ask.media.content_type)]
    if ask.profiled:
        headers.append(("content-profile", ask.schema))
    return Answer(200, headers, json.dumps(document))


def _options(live: Live, ask: Ask) -> Answer:
    allowed = "OPTIONS,GET,HEAD"
    if ask.target.startswith("rpc/"):
        name = (ask.schema, ask.target.removeprefix("rpc/"))
        group = live.catalog.functions.get(name)
        if not group:
            raise not_there(live.catalog, name, [], "", posted=False)
        if group[0].volatility == "v":
            allowed = "OPTIONS,POST"
        else:
            allowed += ",POST"
    elif ask.target:
        table = find_table(live.catalog, ask.schema, ask.target)
        put = table.insertable and table.updatable and bool(table.key)
        allowed += ",POST" * table.insertable + ",PUT" * put
        allowed += ",PATCH" * table.updatable + ",DELETE" * table.deletable
    return Answer(200, [("allow", allowed)])


def _unauthorised(error: TokenRefused) -> RestError:
    message = str(error)
    header = f'Bearer error="invalid_token", error_description="{message}"'
    code = "PGRST303" if error.about_claims else "PGRST301"
    details = "None of the keys was able to decode the JWT" if error.fault == "key" else None
    return RestError(401, code, message, details, None, {"www-authenticate": header})


def _bad_path() -> RestError:
    return RestError(404, "PGRST125", "Invalid path specified in request URL")


def _bad_method(method: str) -> RestError:
    return RestError(405, "PGRST117", f"Unsupported HTTP method: {method}")

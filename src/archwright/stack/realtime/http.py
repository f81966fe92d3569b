"""Broadcasts over HTTP: many at once, or one whose topic and event are in the address."""

from __future__ import annotations

import asyncio
import json
import logging
from typing import Any
from urllib.parse import unquote

import psycopg
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from archwright.stack.identity import TokenRefused, identify
from archwright.stack.realtime.budget import Budget
from archwright.stack.realtime.frames import FrameError, Packed, parse_json
from archwright.stack.realtime.live import Live
from archwright.stack.realtime.policies import writable
from archwright.stack.realtime.tokens import Badge
from archwright.stack.stack import Stack

_LOG = logging.getLogger(__name__)
_BLANK = "can't be blank"
_MOST = 1000


class Refused(Exception):
    """The request cannot be honoured; answered with status and body."""

    def __init__(self, status: int, body: object) -> None:
        """Take both."""
        super().__init__(status)
        self.answer = JSONResponse(body, status)


class Broadcasts:
    """Both addresses; what they send counts against one budget."""

    def __init__(self, stack: Stack) -> None:
        """Take the stack whose limits hold."""
        self._stack = stack
        self._limits = stack.settings.realtime
        self._budget = Budget(self._limits.events_per_second)

    async def answer(self, request: Request) -> Response:
        """Answer a request to either address."""
        try:
            single = "target" in request.path_params
            return await (self.one(request) if single else self.many(request))
        except Refused as error:
            return error.answer
        except psycopg.Error as error:
            _LOG.warning("a broadcast failed: %s", error)
            return JSONResponse({"message": "Realtime was unable to reach the database"}, 503)

    async def many(self, request: Request) -> Response:
        """Send ``{"messages": [{topic, event, payload, private}]}``; 202, 401, 422 or 429."""
        badge = self._badge(request)
        asked = _json(await request.body())
        messages = asked.get("messages") if isinstance(asked, dict) else None
        if not isinstance(messages, list) or not messages:
            raise _invalid({"messages": [_BLANK]})
        errors = [self._errors(message) for message in messages[:_MOST]]
        if any(errors):
            raise _invalid({"messages": errors})
        if len(messages) > _MOST or not self._spend(len(messages)):
            text = "Too many messages to broadcast, please reduce the batch size"
            raise Refused(429, {"message": text})
        allowed: dict[str, bool] = {}
        for message in messages:
            topic, private = message["topic"], message.get("private") is True
            if private and topic not in allowed:
                allowed[topic] = await self._may(request, badge, topic)
            if not private or allowed[topic]:
                body = {key: message[key] for key in ("event", "payload")}
                self._send(request, topic, private, {**body, "type": "broadcast"})
        return Response(status_code=202)

    async def one(self, request: Request) -> Response:
        """Send the body to ``topic/events/event``; 202, 401, 403, 404, 413, 415, 422 or 429."""
        badge = self._badge(request)
        topic, event = _place(request)
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind not in ("application/json", "application/octet-stream"):
            raise Refused(415, {"message": "Unsupported Media Type"})
        body = await request.body()
        is_json = kind == "application/json"
        if is_json:
            _json(body)
        if len(body) > self._limits.payload:
            raise _invalid({"payload": ["Payload size exceeds tenant limit"]})
        private = request.query_params.get("private") == "true"
        if not private and any(name.startswith("persist") for name in request.query_params):
            raise _invalid({"persist": ["can only be used on private channels"]})
        if not self._spend(1):
            raise Refused(429, {"message": "You have exceeded your rate limit"})
        if private and not await self._may(request, badge, topic):
            raise Refused(403, {"message": "Unauthorized"})
        self._send(request, topic, private, Packed(event, body, is_json))
        return Response(status_code=202)

    def _badge(self, request: Request) -> Badge:
        now = self._stack.clock.seconds()
        try:
            identity = identify(request.headers, request.query_params, self._stack.keys, now)
        except TokenRefused as error:
            raise Refused(401, {"message": str(error)}) from error
        return Badge(identity, None)

    def _errors(self, message: Any) -> dict[str, list[str]]:
        if not isinstance(message, dict):
            return {"topic": [_BLANK], "event": [_BLANK], "payload": [_BLANK]}
        found: dict[str, list[str]] = {}
        for name in ("topic", "event"):
            if not message.get(name):
                found[name] = [_BLANK]
            elif not isinstance(message[name], str):
                found[name] = ["is invalid"]
        payload = message.get("payload")
        if payload is None:
            found["payload"] = [_BLANK]
        elif not isinstance(payload, dict):
            found["payload"] = ["is invalid"]
        elif len(json.dumps(payload)) > self._limits.payload:
            found["payload"] = ["Payload size exceeds tenant limit"]
        return found

    def _spend(self, count: int) -> bool:
        return self._budget.spend(asyncio.get_running_loop().time(), count)

    async def _may(self, request: Request, badge: Badge, topic: str) -> bool:
        headers = dict(request.headers)
        return await writable(self._stack.pools, topic, badge, headers, "broadcast")

    def _send(self, request: Request, topic: str, private: bool, payload: object) -> None:
        live: Live = request.state.realtime
        live.hub.broadcast((topic, private), payload)


def _invalid(errors: object) -> Refused:
    return Refused(422, {"errors": errors})


def _json(body: bytes) -> Any:
    try:
        return parse_json(body)
    except FrameError as error:
        raise Refused(400, {"message": "Malformed JSON"}) from error


def _place(request: Request) -> tuple[str, str]:
    """Read topic and event from the address; both may hold escaped slashes."""
    raw: bytes = request.scope["raw_path"]
    _, _, target = raw.decode("latin-1").partition("/api/broadcast/")
    parts = target.partition("?")[0].split("/")
    if len(parts) == 3 and parts[1] == "events" and parts[0] and parts[2]:
        return unquote(parts[0]), unquote(parts[2])
    raise Refused(404, {"message": "Not Found"})

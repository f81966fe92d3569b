"""The scheduler while the gateway serves; and, for specs only, the clock over HTTP."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from archwright.stack.identity import SERVICE_ROLE, key_role
from archwright.stack.jobs.runner import Runner
from archwright.stack.stack import Stack

_FARTHEST = 400 * 24 * 3600
"""Seconds that the clock may be turned at once."""


def routes(stack: Stack) -> list[BaseRoute]:
    """Return the routes of the clock, to be mounted at ``/specs/v1``; none but for specs."""
    if not stack.settings.specs:
        return []

    async def clock(request: Request) -> Response:
        if key_role(request.headers.get("apikey", ""), stack.keys) != SERVICE_ROLE:
            return JSONResponse({"message": "The secret key is needed"}, 403)
        if request.method == "GET":
            return JSONResponse({"now": stack.clock.now().isoformat()})
        seconds = _seconds(await request.body())
        if seconds is None:
            message = f"seconds must be a number from -{_FARTHEST} to {_FARTHEST}"
            return JSONResponse({"message": message}, 400)
        runner: Runner = request.state.jobs
        ran = await runner.turn(timedelta(seconds=seconds))
        await runner.settled()
        return JSONResponse({"now": stack.clock.now().isoformat(), "jobs": ran})

    return [Route("/clock", clock, methods=["GET", "POST"])]


@asynccontextmanager
async def running(stack: Stack) -> AsyncIterator[dict[str, object]]:
    """Run jobs until the gateway ends."""
    runner = Runner(stack)
    serving = asyncio.create_task(runner.serve())
    try:
        yield {"jobs": runner}
    finally:
        serving.cancel()
        with suppress(asyncio.CancelledError):
            await serving
        await runner.close()


def _seconds(body: bytes) -> float | None:
    try:
        given = json.loads(body)["seconds"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    if isinstance(given, bool) or not isinstance(given, int | float):
        return None
    return given if abs(given) <= _FARTHEST else None

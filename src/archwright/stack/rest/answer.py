"""Answers: status, headers and body, and the headers that all kinds of answers share."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from time import perf_counter

from archwright.stack.rest.ask import Ask
from archwright.stack.rest.errors import RestError, sendable
from archwright.stack.rest.statement import Result

_STAGES = ("jwt", "parse", "plan", "transaction", "response")


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer; header names in lower case, in order, some perhaps more than once."""

    status: int
    headers: list[tuple[str, str]] = field(default_factory=list)
    body: str | bytes = ""


def answer(
    ask: Ask,
    status: int,
    headers: dict[str, str],
    body: str | bytes | None,
    result: Result | None = None,
) -> Answer:
    """Build an answer; ``body`` None sends none and names no type.

    What SQL has set through ``response.status`` and ``response.headers`` wins.
    """
    named = dict(headers)
    if body is not None:
        named["content-type"] = ask.media.content_type
        if ask.profiled:
            named["content-profile"] = ask.schema
    own = [(name.lower(), text) for name, text in result.headers] if result else []
    replaced = {name for name, _ in own}
    kept = [(name, text) for name, text in named.items() if name not in replaced]
    if result and result.status is not None:
        status = result.status
    return Answer(status, [*kept, *own], body or "")


def refusal(error: RestError) -> Answer:
    """Build the answer of an error."""
    proxy = ("proxy-status", f"PostgREST; error={error.code}")
    headers = [
        ("content-type", "application/json; charset=utf-8"),
        # functions may raise any text as their code
        *([proxy] if sendable([proxy]) else []),
        *((name.lower(), text) for name, text in error.headers.items()),
    ]
    return Answer(error.status, headers, json.dumps(error.body(), separators=(",", ":")))


def with_timing(found: Answer, marks: Sequence[float]) -> Answer:
    """Add how long each stage took; ``marks`` are the times at which they began and ended."""
    ends = [*marks, perf_counter()]
    stages = zip(_STAGES, ends, ends[1:], strict=False)
    text = ", ".join(f"{name};dur={(end - begin) * 1000:.1f}" for name, begin, end in stages)
    return replace(found, headers=[*found.headers, ("server-timing", text)])


def content_range(first: int, rows: int, total: int | None) -> dict[str, str]:
    """Write the range of rows that an answer holds."""
    known = "*" if total is None else str(total)
    some = rows > 0 and total != 0
    span = f"{first}-{first + rows - 1}" if some else "*"
    return {"content-range": f"{span}/{known}"}

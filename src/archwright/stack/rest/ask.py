"""A request as the REST service sees it, and the page that it asks for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import parse_qsl

from archwright.stack.database import Asked
from archwright.stack.identity import Identity
from archwright.stack.rest.errors import RestError, out_of_range
from archwright.stack.rest.media import Media
from archwright.stack.rest.prefer import Preferences
from archwright.stack.rest.syntax import Level

_RANGE = re.compile(r"(\d{1,18})-(\d{0,18})")


@dataclass(frozen=True, slots=True)
class Ask:
    """Who asks for what: method, path below the service, query, headers (lower case), body.

    ``marks`` are the times at which stages ended, in seconds of a clock of its own.
    """

    method: str
    target: str
    query: str
    headers: Mapping[str, str]
    cookies: Mapping[str, str]
    body: bytes
    identity: Identity
    schema: str
    profiled: bool
    prefer: Preferences
    media: Media
    marks: list[float] = field(default_factory=list, compare=False)

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The decoded query string, in order, without what has no ``=``."""
        given = "&".join([part for part in self.query.split("&") if "=" in part])
        return parse_qsl(given, keep_blank_values=True)

    @property
    def reading(self) -> bool:
        """Tell whether nothing may be written."""
        return self.method in ("GET", "HEAD")

    @property
    def asked(self) -> Asked:
        """What PostgreSQL is told about the request."""
        return Asked(self.method, f"/{self.target}", self.headers, self.cookies)


def negotiate_schema(
    method: str, headers: Mapping[str, str], schemas: tuple[str, ...]
) -> tuple[str, bool]:
    """Choose the schema by profile headers; also tell whether the answer should name it."""
    reading = method in ("GET", "HEAD")
    wanted = headers.get("accept-profile" if reading else "content-profile")
    if wanted is None:
        return schemas[0], len(schemas) > 1
    if wanted not in schemas:
        hint = f"Only the following schemas are exposed: {', '.join(schemas)}"
        raise RestError(406, "PGRST106", f"Invalid schema: {wanted}", None, hint)
    return wanted, True


def paged(level: Level, ask: Ask, most: int | None) -> Level:
    """Apply the Range header within the query's own page, and the greatest page size."""
    limit, offset = level.limit, level.offset
    match = _RANGE.fullmatch(ask.headers.get("range", "").removeprefix("items=").strip())
    if match and ask.reading:
        first = int(match[1])
        last = int(match[2]) if match[2] else None
        if last is not None and last < first:
            raise out_of_range(
                "The lower boundary must be lower than or equal to the upper boundary in the"
                " Range header."
            )
        end = None if limit is None else offset + limit
        if last is not None:
            end = last + 1 if end is None else min(end, last + 1)
        offset = max(offset, first)
        limit = None if end is None else max(0, end - offset)
    if most is not None:
        limit = most if limit is None else min(limit, most)
    return replace(level, limit=limit, offset=offset)

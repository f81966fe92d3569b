"""Requests and answers as plain data, apart from the web framework."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from .errors import ApiError


@dataclass(frozen=True, slots=True)
class Request:
    """A request: header names in lower case, repeated headers joined by commas."""

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The decoded query string, in order."""
        return parse_qsl(self.query, keep_blank_values=True)

    def get(self, name: str) -> str | None:
        """Return a query parameter."""
        return next((text for key, text in self.pairs if key == name), None)

    def json(self) -> dict[str, object]:
        """Return the JSON object of the body; anything else is refused with 400."""
        try:
            data = json.loads(self.body or b"{}")
        except ValueError as error:
            raise ApiError(400, "bad_json", "Could not parse request body as JSON") from error
        if not isinstance(data, dict):
            raise ApiError(400, "bad_json", "The request body must be a JSON object")
        return data


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer: status, headers and bytes."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


def json_answer(status: int, data: object, headers: Mapping[str, str] | None = None) -> Answer:
    """Build a JSON answer."""
    kind = {"content-type": "application/json; charset=utf-8"}
    return Answer(status, json.dumps(data).encode(), {**kind, **(headers or {})})

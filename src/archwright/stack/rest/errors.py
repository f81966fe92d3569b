"""Refusals of the REST service: PostgREST's codes and statuses, and the way from SQLSTATE."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import psycopg
from psycopg_pool import PoolTimeout

_STATUS = {
    "23503": 409,
    "23505": 409,
    "25006": 405,
    "42883": 404,
    "42P01": 404,
    "42P17": 500,
    "53400": 500,
    "57P01": 503,
    "P0001": 400,
}
_CLASS_STATUS = {
    "08": 503,
    "09": 500,
    "0L": 403,
    "0P": 403,
    "25": 500,
    "28": 403,
    "2D": 500,
    "38": 500,
    "39": 500,
    "3B": 500,
    "40": 500,
    "53": 503,
    "54": 500,
    "55": 500,
    "57": 500,
    "58": 500,
    "F0": 500,
    "HV": 500,
    "P0": 500,
    "XX": 500,
}
_MESSAGE_HINT = (
    "MESSAGE must be a JSON object with obligatory keys: 'code', 'message' and optional keys:"
    " 'details', 'hint'."
)
_DETAIL_HINT = (
    "DETAIL must be a JSON object with obligatory keys: 'status', 'headers' and optional key:"
    " 'status_text'."
)


_HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_HEADER_VALUE = re.compile(r"[^\x00-\x08\x0a-\x1f\x7f]*")


class RestError(Exception):
    """An answer that is not a success: status, headers and the four fields of the body."""

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        details: object = None,
        hint: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Take what is answered."""
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.details = details
        self.hint = hint
        self.headers = dict(headers or {})

    def body(self) -> dict[str, object]:
        """Return the JSON body."""
        return {
            "code": self.code,
            "details": self.details,
            "hint": self.hint,
            "message": self.message,
        }


def unparsable(what: str, text: str, column: int, details: str) -> RestError:
    """Return PGRST100 for a query parameter, with the place (1-based column)."""
    message = f'"failed to parse {what} ({text})" (line 1, column {column})'
    return RestError(400, "PGRST100", message, details)


def out_of_range(details: str) -> RestError:
    """Return PGRST103."""
    return RestError(416, "PGRST103", "Requested range not satisfiable", details)


def bad_body(message: str = "Empty or invalid json") -> RestError:
    """Return PGRST102."""
    return RestError(400, "PGRST102", message)


def not_single(count: int) -> RestError:
    """Return PGRST116, the refusal of a single object that is none or several."""
    return RestError(
        406,
        "PGRST116",
        "Cannot coerce the result to a single JSON object",
        f"The result contains {count} rows",
    )


def too_many(count: int) -> RestError:
    """Return PGRST124."""
    return RestError(
        400,
        "PGRST124",
        "Query result exceeds max-affected preference constraint",
        f"The query affects {count} rows",
    )


def not_embedded(name: str) -> RestError:
    """Return PGRST108."""
    return RestError(
        400,
        "PGRST108",
        f"'{name}' is not an embedded resource in this request",
        None,
        f"Verify that '{name}' is included in the 'select' query parameter.",
    )


def bad_media(accepted: Sequence[str]) -> RestError:
    """Return PGRST107."""
    names = ", ".join(accepted)
    return RestError(406, "PGRST107", f"None of these media types are available: {names}")


def unreachable(reason: str) -> RestError:
    """Return PGRST000, the answer while there is no database to ask."""
    message = "Database connection error. Retrying the connection."
    return RestError(503, "PGRST000", message, reason.strip() or None, None, {"retry-after": "1"})


def sendable(headers: Iterable[tuple[str, str]]) -> bool:
    """Tell whether headers that SQL has made can stand in an answer."""
    return all(_HEADER_NAME.fullmatch(a) and _HEADER_VALUE.fullmatch(b) for a, b in headers)


def from_postgres(error: psycopg.Error, *, anonymous: bool) -> RestError:
    """Translate a database error; ``anonymous`` turns a missing right into 401."""
    if isinstance(error, PoolTimeout):
        message = "Timed out acquiring connection from connection pool."
        return RestError(504, "PGRST003", message)
    code = error.sqlstate
    if code is None:
        if isinstance(error, psycopg.DataError):
            # a NUL never reaches PostgreSQL, which would say this
            return RestError(400, "22021", 'invalid byte sequence for encoding "UTF8": 0x00')
        # connections are made by the pool, so this one was lost in use
        message = "Database client error. Retrying the connection."
        return RestError(503, "PGRST001", message, str(error) or None)
    diag = error.diag
    message = diag.message_primary or str(error)
    if code == "PGRST":
        return _raised(message, diag.message_detail)
    status = _status(code, message, anonymous)
    headers = {"www-authenticate": "Bearer"} if status == 401 else None
    return RestError(status, code, message, diag.message_detail, diag.message_hint, headers)


def _status(code: str, message: str, anonymous: bool) -> int:
    if code == "42501":
        return 401 if anonymous else 403
    if code == "21000":
        return 400 if message.endswith("requires a WHERE clause") else 500
    if code == "22023" and message.startswith("role") and message.endswith("does not exist"):
        return 401
    if code == "42883" and message.startswith("function xmlagg("):
        return 406
    if code.startswith("PT"):
        rest = code[2:]
        return int(rest) if rest.isdigit() and 100 <= int(rest) <= 999 else 500
    return _STATUS.get(code) or _CLASS_STATUS.get(code[:2], 400)


def _raised(message: str, detail: str | None) -> RestError:
    """Build the answer that ``raise sqlstate 'PGRST'`` gives as JSON in message and detail."""
    body = _object(message)
    if body is None or not _texts(body, ("code", "message"), ("details", "hint")):
        return _bad_raise(f"Invalid JSON value for MESSAGE: '{message}'", _MESSAGE_HINT)
    if detail is None:
        return _bad_raise("DETAIL is missing in the RAISE statement", _DETAIL_HINT)
    answer = _object(detail)
    status = answer.get("status") if answer else None
    headers = answer.get("headers") if answer else None
    if not isinstance(status, int) or not 100 <= status <= 999 or not isinstance(headers, dict):
        return _bad_raise(f"Invalid JSON value for DETAIL: '{detail}'", _DETAIL_HINT)
    if not _texts(headers, headers) or not sendable(headers.items()):
        return _bad_raise(f"Invalid JSON value for DETAIL: '{detail}'", _DETAIL_HINT)
    return RestError(
        status, body["code"], body["message"], body.get("details"), body.get("hint"), headers
    )


def _texts(found: Mapping[str, Any], needed: Iterable[str], allowed: Iterable[str] = ()) -> bool:
    """Tell whether all that is needed is a text and what is allowed is one or null."""
    good = all(isinstance(found.get(key), str) for key in needed)
    return good and all(isinstance(found.get(key), str | None) for key in allowed)


def _object(text: str) -> dict[str, Any] | None:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return data if isinstance(data, dict) else None


def _bad_raise(details: str, hint: str) -> RestError:
    message = "Could not parse JSON in the \"RAISE SQLSTATE 'PGRST'\" error"
    return RestError(500, "PGRST121", message, details, hint)

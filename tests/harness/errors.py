"""What the harness answers when it refuses: PostgREST's error bodies, and 501 for what it lacks."""

from __future__ import annotations

import json

import psycopg

MISSING = "HARNESS501"

_STATUS = {
    "23503": 409,
    "23505": 409,
    "25006": 405,
    "42883": 404,
    "42P01": 404,
    "42P17": 500,
    "P0001": 400,
    "57P01": 503,
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


class ApiError(Exception):
    """An answer that is not a success: HTTP status and the four fields of a PostgREST error."""

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        details: object = None,
        hint: str | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.details = details
        self.hint = hint

    def body(self) -> dict[str, object]:
        """Return the JSON body that postgrest-js expects."""
        return {
            "code": self.code,
            "message": self.message,
            "details": self.details,
            "hint": self.hint,
        }


def unsupported(what: str) -> ApiError:
    """Return the 501 that says what this harness cannot do; it never guesses."""
    return ApiError(501, MISSING, f"The test harness does not support {what}.")


def _status(code: str, message: str, anonymous: bool) -> int:
    if code == "42501":
        return 401 if anonymous else 403
    if code == "21000":
        return 400 if message.endswith("requires a WHERE clause") else 500
    if code.startswith("PT") and code[2:].isdigit():
        return int(code[2:])
    return _STATUS.get(code) or _CLASS_STATUS.get(code[:2], 400)


def from_postgres(error: psycopg.Error, *, anonymous: bool) -> ApiError:
    """Translate a database error as PostgREST does; ``anonymous`` turns 403 into 401."""
    code = error.sqlstate or "XX000"
    diag = error.diag
    message = diag.message_primary or str(error)
    if code == "PGRST":
        return _raised(message, diag.message_detail)
    return ApiError(
        _status(code, message, anonymous), code, message, diag.message_detail, diag.message_hint
    )


def _raised(message: str, detail: str | None) -> ApiError:
    """``raise sqlstate 'PGRST'``: the whole answer comes as JSON in message and detail."""
    try:
        body, answer = json.loads(message), json.loads(detail or "")
        return ApiError(
            int(answer["status"]),
            str(body["code"]),
            str(body["message"]),
            body.get("details"),
            body.get("hint"),
        )
    except (ValueError, KeyError, TypeError):
        return ApiError(
            500, "PGRST121", "Could not parse JSON in the \"RAISE SQLSTATE 'PGRST'\" error"
        )

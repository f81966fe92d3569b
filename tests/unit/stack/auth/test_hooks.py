"""Hooks: what their answers mean, with a database that only says them."""

from __future__ import annotations

import asyncio
from typing import Any, cast

import psycopg
import pytest

from archwright.stack.auth import hooks
from archwright.stack.auth.faults import AuthFault
from archwright.stack.auth.store import Store

ADDRESS = "pg-functions://postgres/my%20schema/fn"
CLAIMS = dict.fromkeys(
    "iss aud exp iat sub email phone role aal session_id is_anonymous".split(), "x"
)


class Saying:
    """Stands for a store: says one thing, or raises it, and keeps the question."""

    def __init__(self, said: object) -> None:
        self.said = said
        self.query = ""

    async def asked(self, query: Any, told: Any, patience: str) -> object:
        self.query = query.as_string(None)
        if isinstance(self.said, Exception):
            raise self.said
        return self.said


def ask(said: object, address: str = ADDRESS) -> tuple[dict[str, Any], str]:
    store = Saying(said)
    answer = asyncio.run(hooks.ask(cast("Store", store), {"a": address}, "a", {}))
    return answer, store.query


def test_a_function_is_asked_by_its_quoted_name() -> None:
    answer, query = ask({"ok": 1})
    assert (answer, query) == ({"ok": 1}, 'select "my schema"."fn"(%s)')


def test_without_a_hook_nobody_is_asked() -> None:
    store = Saying({"never": 1})
    assert asyncio.run(hooks.ask(cast("Store", store), {}, "a", {})) == {}
    assert store.query == ""


@pytest.mark.parametrize(
    ("said", "status", "code"),
    [
        ({"error": {"http_code": 403, "message": "no"}}, 403, "unknown"),
        ({"error": {"message": "no"}}, 500, "unexpected_failure"),
        ({"error": {"http_code": 200, "message": "no"}}, 500, "unexpected_failure"),
        ({"error": {"http_code": "403", "message": "no"}}, 500, "unexpected_failure"),
        (["no object"], 500, "unexpected_failure"),
        (None, 500, "unexpected_failure"),
        (psycopg.errors.QueryCanceled("slow"), 422, "hook_timeout"),
        (psycopg.errors.UndefinedFunction("none"), 500, "unexpected_failure"),
    ],
)
def test_refusals_and_failures(said: object, status: int, code: str) -> None:
    with pytest.raises(AuthFault) as caught:
        ask(said)
    assert (caught.value.status, caught.value.code) == (status, code)


@pytest.mark.parametrize("answer", [{}, {"error": {}}, {"error": None}, {"error": "text"}])
def test_answers_that_refuse_nothing(answer: dict[str, Any]) -> None:
    assert ask(answer)[0] == answer


@pytest.mark.parametrize(
    "address", ["https://example.com/hook", "pg-functions://postgres/fn", "pg-functions://a/b/c/d"]
)
def test_addresses_that_name_no_function(address: str) -> None:
    with pytest.raises(AuthFault) as caught:
        ask({}, address)
    assert caught.value.message == f"Error running hook URI: {address}"


def claims(said: object) -> dict[str, Any]:
    address = {"custom_access_token": ADDRESS}
    return asyncio.run(
        hooks.claims(cast("Store", Saying(said)), address, "id", {"given": 1}, "password")
    )


def test_claims_are_the_hooks_where_they_are_whole() -> None:
    assert claims({"claims": {**CLAIMS, "plan": "pro"}})["plan"] == "pro"
    assert claims({}) == {"given": 1}


@pytest.mark.parametrize("made", [{"sub": "x"}, "text", None])
def test_claims_that_lack_what_a_token_must_say(made: object) -> None:
    with pytest.raises(AuthFault, match="is required") as caught:
        claims({"claims": made})
    assert caught.value.status == 500

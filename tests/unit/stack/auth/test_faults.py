"""How refusals are written, by API version."""

from __future__ import annotations

import json

import pytest

from archwright.stack.auth.faults import AuthFault, OAuthFault, fault_answer

WEAK = AuthFault(422, "weak_password", "Too short", ["length"])


@pytest.mark.parametrize("version", ["2024-01-01", "2025-06-30"])
def test_new_clients_read_the_code(version: str) -> None:
    answer = fault_answer(WEAK, version)
    assert answer.status_code == 422
    assert answer.headers["x-supabase-api-version"] == "2024-01-01"
    body = {
        "code": "weak_password",
        "message": "Too short",
        "weak_password": {"reasons": ["length"]},
    }
    assert json.loads(bytes(answer.body)) == body


@pytest.mark.parametrize("version", [None, "", "2023-12-31", "2024-13-01", "new", "20240101"])
def test_old_clients_read_the_status(version: str | None) -> None:
    answer = fault_answer(AuthFault(404, "user_not_found", "User not found"), version)
    body = {"code": 404, "error_code": "user_not_found", "msg": "User not found"}
    assert json.loads(bytes(answer.body)) == body
    assert "x-supabase-api-version" not in answer.headers


def test_refusals_of_oauth_have_their_own_shape() -> None:
    answer = fault_answer(OAuthFault("invalid request", "id_token required"), "2024-01-01")
    assert answer.status_code == 400
    body = {"error": "invalid request", "error_description": "id_token required"}
    assert json.loads(bytes(answer.body)) == body

"""Configuration that lies in the database."""

from __future__ import annotations

from archwright.stack.rest.config import Config, overridden
from archwright.stack.settings import RestSettings


def test_known_settings_override() -> None:
    found = overridden(
        RestSettings(),
        {
            "db_schemas": "api, other",
            "db_extra_search_path": "",
            "db_max_rows": "7",
            "db_aggregates_enabled": "true",
            "db_plan_enabled": "1",
            "db_tx_end": "rollback",
            "db_pre_request": "api.check",
            "db_anon_role": "visitor",
            "openapi_mode": "disabled",
        },
    )
    assert found == RestSettings(
        schemas=("api", "other"),
        extra_search_path=(),
        max_rows=7,
        aggregates=True,
        plan=True,
        tx_end="rollback",
        pre_request="api.check",
        anon_role="visitor",
        openapi="disabled",
    )


def test_what_makes_no_sense_is_ignored() -> None:
    odd = {"db_max_rows": "many", "db_tx_end": "maybe", "openapi_mode": "x", "db_schemas": " "}
    assert overridden(RestSettings(), odd) == RestSettings()
    assert not overridden(RestSettings(aggregates=True), {"db_aggregates_enabled": "false"}).aggregates  # fmt: skip


def test_a_role_s_own_timeout_goes_before_the_platform_s() -> None:
    config = Config(RestSettings(), {"anon": {"statement_timeout": "1s", "work_mem": "9MB"}})
    assert config.of_role("anon") == {"statement_timeout": "1s", "work_mem": "9MB"}
    assert config.of_role("authenticated") == {"statement_timeout": "8s"}
    assert config.of_role("service_role") == {}

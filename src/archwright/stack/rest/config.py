"""Reads what the database itself says about the REST service and about roles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, cast, get_args

from archwright.stack.database import Connection
from archwright.stack.settings import OpenApiMode, RestSettings, TxEnd

_QUESTION = """
select r.rolname, s.setting, d.setdatabase <> 0
from pg_db_role_setting d join pg_roles r on r.oid = d.setrole,
     lateral unnest(d.setconfig) as s(setting)
where d.setdatabase in (0, (select oid from pg_database where datname = current_database()))
order by 3, 1, 2
"""
_PREFIX = "pgrst."


@dataclass(frozen=True, slots=True)
class Config:
    """The service's settings, and those of each role by name."""

    rest: RestSettings
    roles: Mapping[str, Mapping[str, str]]

    def of_role(self, role: str) -> dict[str, str]:
        """Return what ``alter role`` says about a role, over the platform's own timeouts."""
        timeout = self.rest.timeouts.get(role)
        own = {"statement_timeout": timeout} if timeout else {}
        return {**own, **self.roles.get(role, {})}


async def read_config(connection: Connection, rest: RestSettings) -> Config:
    """Read settings of roles; ``pgrst.*`` of the connecting role override ``rest``."""
    cursor = await connection.execute("select session_user::text")
    row = await cursor.fetchone()
    itself = row[0] if row else ""
    cursor = await connection.execute(_QUESTION)
    roles: dict[str, dict[str, str]] = {}
    own: dict[str, str] = {}
    for role, setting, _ in await cursor.fetchall():
        name, _, text = setting.partition("=")
        if role != itself:
            roles.setdefault(role, {})[name] = text
        elif name.startswith(_PREFIX):
            own[name.removeprefix(_PREFIX)] = text
    return Config(overridden(rest, own), roles)


def overridden(rest: RestSettings, own: Mapping[str, str]) -> RestSettings:
    """Apply in-database configuration, by PostgREST's names; what makes no sense is ignored."""
    changes: dict[str, Any] = {}
    if names := _names(own.get("db_schemas", own.get("db_schema", ""))):
        changes["schemas"] = names
    if "db_extra_search_path" in own:
        changes["extra_search_path"] = _names(own["db_extra_search_path"])
    most = own.get("db_max_rows", "")
    if most.isascii() and most.isdigit():
        changes["max_rows"] = int(most)
    for key, field in (("db_aggregates_enabled", "aggregates"), ("db_plan_enabled", "plan")):
        if key in own:
            changes[field] = own[key].lower() in ("true", "1", "on", "yes")
    if own.get("db_tx_end") in get_args(TxEnd):
        changes["tx_end"] = cast(TxEnd, own["db_tx_end"])
    if own.get("openapi_mode") in get_args(OpenApiMode):
        changes["openapi"] = cast(OpenApiMode, own["openapi_mode"])
    if own.get("db_pre_request"):
        changes["pre_request"] = own["db_pre_request"]
    if own.get("db_anon_role"):
        changes["anon_role"] = own["db_anon_role"]
    return replace(rest, **changes)


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())

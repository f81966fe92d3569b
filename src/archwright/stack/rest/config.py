"""Reads what the database itself says about the REST service and about roles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, cast, get_args

from archwright.stack.database import Connection, Isolation
from archwright.stack.settings import OpenApiMode, RestSettings, TxEnd

_QUESTION = """
select r.rolname, s.name, s.text, d.setdatabase <> 0
from pg_db_role_setting d join pg_roles r on r.oid = d.setrole,
     lateral unnest(d.setconfig) as c(setting),
     lateral (select split_part(c.setting, '=', 1) as name,
              substr(c.setting, strpos(c.setting, '=') + 1) as text) s
left join pg_settings p on p.name = s.name
where d.setdatabase in (0, (select oid from pg_database where datname = current_database()))
  and (r.rolname = session_user
       or p.context = 'user' or has_parameter_privilege(session_user, p.name, 'set'))
order by 4, 1, 2
"""
_PREFIX = "pgrst."
ISOLATION = "default_transaction_isolation"
HOISTED = frozenset({"statement_timeout", "plan_filter.statement_cost_limit", ISOLATION})
_YES = ("true", "1", "on", "yes")


@dataclass(frozen=True, slots=True)
class Config:
    """The service's settings, and those of each role by name.

    ``hoisted`` are the settings of functions that must hold before their call starts,
    ``root`` is the function that answers for the root, ``timing`` tells how long things took.
    """

    rest: RestSettings
    roles: Mapping[str, Mapping[str, str]]
    hoisted: frozenset[str] = HOISTED
    root: str | None = None
    timing: bool = False

    def of_role(self, role: str) -> dict[str, str]:
        """Return what ``alter role`` says about a role, over the platform's own timeouts."""
        timeout = self.rest.timeouts.get(role)
        own = {"statement_timeout": timeout} if timeout else {}
        said = {**own, **self.roles.get(role, {})}
        said.pop(ISOLATION, None)
        return said

    def isolation(self, role: str, settings: Mapping[str, str]) -> Isolation | None:
        """Return how a transaction begins: as the function's settings say, else the role's."""
        found = settings.get(ISOLATION) or self.roles.get(role, {}).get(ISOLATION) or ""
        return cast(Isolation, found.lower()) if found.lower() in get_args(Isolation) else None


async def read_config(connection: Connection, rest: RestSettings) -> Config:
    """Read settings of roles; ``pgrst.*`` of the connecting role override ``rest``."""
    cursor = await connection.execute("select session_user::text")
    row = await cursor.fetchone()
    itself = row[0] if row else ""
    cursor = await connection.execute(_QUESTION)
    roles: dict[str, dict[str, str]] = {}
    own: dict[str, str] = {}
    for role, name, text, _ in await cursor.fetchall():
        if role != itself:
            roles.setdefault(role, {})[name] = text
        elif name.startswith(_PREFIX):
            own[name.removeprefix(_PREFIX)] = text
    hoisted = own.get("db_hoisted_tx_settings")
    return Config(
        overridden(rest, own),
        roles,
        HOISTED if hoisted is None else frozenset(_names(hoisted)),
        own.get("db_root_spec") or None,
        own.get("server_timing_enabled", "").lower() in _YES,
    )


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
            changes[field] = own[key].lower() in _YES
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

"""Private channels: what policies on realtime.messages let somebody receive and send."""

from __future__ import annotations

import json
import logging
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import psycopg

from archwright.stack.database import Connection, Pools
from archwright.stack.realtime.tokens import Badge

Extension = Literal["broadcast", "presence"]
EXTENSIONS: tuple[Extension, ...] = ("broadcast", "presence")

_LOG = logging.getLogger(__name__)
_PLACE = """
insert into realtime.messages (topic, extension, private)
select %s, extension, true from unnest(%s::text[]) extension returning id
"""
_WRITE = "insert into realtime.messages (topic, extension, private) values (%s, %s, true)"
_READ = "select extension from realtime.messages where id = any(%s)"


@dataclass(slots=True)
class Grants:
    """What is allowed in a channel; writing is asked for when first needed."""

    read: frozenset[str] = frozenset(EXTENSIONS)
    write: dict[Extension, bool] = field(default_factory=dict)


PUBLIC = Grants(write=dict.fromkeys(EXTENSIONS, True))
"""A public channel's: everything."""


async def readable(
    pools: Pools,
    topic: str,
    badge: Badge,
    headers: Mapping[str, str],
    asked: Collection[Extension],
) -> frozenset[str]:
    """Tell which of the extensions may be received: rows are placed, looked at, and taken back.

    Raises ``psycopg.OperationalError`` where the database cannot be asked, as ``writable`` does.
    """
    found: frozenset[str] = frozenset()
    try:
        async with pools.service() as connection:
            cursor = await connection.execute(_PLACE, (topic, list(asked)))
            ids = [row[0] for row in await cursor.fetchall()]
            await _become(connection, topic, badge, headers)
            cursor = await connection.execute(_READ, (ids,))
            found = frozenset(row[0] for row in await cursor.fetchall())
            raise psycopg.Rollback
    except psycopg.DatabaseError as error:
        if _unreachable(error):
            raise
        _LOG.info("policies refuse to answer for %r: %s", topic, error)
    return found


async def writable(
    pools: Pools, topic: str, badge: Badge, headers: Mapping[str, str], extension: Extension
) -> bool:
    """Tell whether an extension's messages may be sent: one is written, and taken back."""
    allowed = False
    try:
        async with pools.service() as connection:
            await _become(connection, topic, badge, headers)
            await connection.execute(_WRITE, (topic, extension))
            allowed = True
            raise psycopg.Rollback
    except psycopg.DatabaseError as error:
        if _unreachable(error):
            raise
        _LOG.info("policies refuse %s to %r: %s", extension, topic, error)
        return False
    return allowed


def _unreachable(error: psycopg.Error) -> bool:
    """Tell a database that cannot be asked from policies that fail or take too long."""
    slow = isinstance(error, psycopg.errors.QueryCanceled)
    return isinstance(error, psycopg.OperationalError) and not slow


async def _become(
    connection: Connection, topic: str, badge: Badge, headers: Mapping[str, str]
) -> None:
    """Act as somebody for the rest of the transaction, with what policies read."""
    identity = badge.identity
    claims: dict[str, Any] = {**identity.claims, "role": identity.role}
    settings = {
        "statement_timeout": "3s",
        "realtime.topic": topic,
        "request.jwt.claims": json.dumps(claims),
        "request.jwt.claim.sub": identity.user_id or "",
        "request.jwt.claim.role": identity.role,
        "request.headers": json.dumps(dict(headers)),
        "role": identity.role,
    }
    calls = b", ".join([b"set_config(%s, %s, true)"] * len(settings))
    await connection.execute(
        b"select " + calls, [part for pair in settings.items() for part in pair]
    )

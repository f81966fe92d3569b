"""Who may no longer listen: accounts that were removed or banned since their token was made."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from contextlib import suppress

import psycopg

from archwright.stack.database import Pools
from archwright.stack.realtime.tokens import Badge

_BARRED = """
select asked.id::text from unnest(%s::uuid[]) asked (id) left join auth.users u on u.id = asked.id
where u.id is null or u.deleted_at is not null or u.banned_until > to_timestamp(%s)
"""


def account(badge: Badge) -> str | None:
    """Return the account that a token of our own making is for; tokens of others name none."""
    if badge.identity.user_id is None or "session_id" not in badge.identity.claims:
        return None
    with suppress(ValueError):
        return str(uuid.UUID(badge.identity.user_id))
    return None


async def barred(pools: Pools, accounts: Iterable[str], now: int) -> frozenset[str]:
    """Return those that are gone or banned at ``now``; none where the database does not answer."""
    asked = sorted(set(accounts))
    if not asked:
        return frozenset()
    try:
        async with pools.service() as connection:
            cursor = await connection.execute(_BARRED, (asked, now))
            return frozenset(row[0] for row in await cursor.fetchall())
    except psycopg.Error:
        # asked again soon; tokens end channels in any case
        return frozenset()

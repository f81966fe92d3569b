"""Messages sent before somebody joined, wanted again."""

from __future__ import annotations

from datetime import UTC, datetime

import psycopg

from archwright.stack.database import Pools
from archwright.stack.realtime.frames import Packed
from archwright.stack.realtime.join import JoinError, Replay

_RECENT = """
select id::text, event, payload::text from realtime.messages
where topic = %s and private and extension = 'broadcast' and event is not null
  and payload is not null and inserted_at >= %s and inserted_at > now() - interval '3 days'
order by inserted_at desc limit %s
"""


async def replayed(pools: Pools, topic: str, replay: Replay | None) -> list[Packed]:
    """Return a private topic's latest messages, the oldest first; raises ``JoinError``."""
    if replay is None:
        return []
    try:
        since = datetime.fromtimestamp(replay.since / 1000, UTC).replace(tzinfo=None)
    except (OverflowError, ValueError, OSError) as error:
        raise JoinError("UnableToReplayMessages", "Replay params are not valid") from error
    try:
        async with pools.service() as connection:
            cursor = await connection.execute(_RECENT, (topic, since, replay.limit))
            rows = await cursor.fetchall()
    except psycopg.Error as error:
        text = "Realtime was unable to replay messages"
        raise JoinError("UnableToReplayMessages", text) from error
    return [
        Packed(event, payload.encode(), True, {"replayed": True, "id": number})
        for number, event, payload in reversed(rows)
    ]

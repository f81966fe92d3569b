"""Waits until what the stream already tells can also be read."""

from __future__ import annotations

import asyncio

from archwright.stack.database import Connection

_SNAPSHOT = """
select pg_snapshot_xmax(s)::text, array(select pg_snapshot_xip(s)::text)
from pg_current_snapshot() s
"""
_PAUSE = 0.0005
_MOST_PAUSE = 0.05
_WRAP = 1 << 32


async def settled(connection: Connection, xid: int, patience: float = 2.0) -> bool:
    """Wait until a transaction's rows are visible; False where that takes too long.

    A commit is in the stream as soon as it is written out, and that is a moment before other
    sessions see it. ``xid`` is the stream's, without its epoch.
    """
    loop = asyncio.get_running_loop()
    deadline, pause = loop.time() + patience, _PAUSE
    while True:
        found = await (await connection.execute(_SNAPSHOT)).fetchone()
        assert found is not None
        if is_visible(xid, int(found[0]), [int(one) for one in found[1]]):
            return True
        if loop.time() > deadline:
            return False
        await asyncio.sleep(pause)
        pause = min(pause * 2, _MOST_PAUSE)


def is_visible(xid: int, first_unassigned: int, running: list[int]) -> bool:
    """Tell whether a snapshot sees a transaction that has committed."""
    whole = first_unassigned - first_unassigned % _WRAP + xid
    if whole > first_unassigned:
        # it began before the counter went round, unless it is newer than the snapshot
        if whole - first_unassigned < _WRAP // 2 or whole < _WRAP:
            return False
        whole -= _WRAP
    return whole < first_unassigned and whole not in running

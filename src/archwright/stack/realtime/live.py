"""The realtime service while it runs: topics, subscriptions, the feed, and who is connected."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import psycopg

from archwright.stack.realtime.feed import Feed
from archwright.stack.realtime.frames import Packed
from archwright.stack.realtime.hub import Hub
from archwright.stack.realtime.standing import barred
from archwright.stack.realtime.subscriptions import Subscriptions
from archwright.stack.stack import Stack

_TICK = 1.0
_STANDING = 5.0
"""Seconds between looks at whose accounts have gone, and what tables are published now."""
_FORGET = "delete from realtime.messages where inserted_at < now() - interval '3 days'"


class Live:
    """What connections share."""

    def __init__(self, stack: Stack) -> None:
        """Start with nobody."""
        self.stack = stack
        self.limits = stack.settings.realtime
        self.hub = Hub()
        self.subscriptions = Subscriptions()
        self.connected = 0
        self.queued = 0
        self.feed = Feed(
            stack.settings.service_url, self.subscriptions, self.limits, self._told, self._lost
        )

    async def watch_time(self) -> None:
        """Close channels whose tokens have run out, by the stack's clock."""
        while True:
            await asyncio.sleep(_TICK)
            now = self.stack.clock.seconds()
            for member in self.hub.members():
                member.check_time(now)

    async def watch_standing(self) -> None:
        """End channels of accounts that have gone; follow tables that are published by now."""
        while True:
            await asyncio.sleep(_STANDING)
            for member in self.hub.members():
                if member.lacks_changes:
                    with suppress(psycopg.Error):
                        await member.subscribe_again(quietly=True)
            accounts = [one for member in self.hub.members() if (one := member.account)]
            gone = await barred(self.stack.pools, accounts, self.stack.clock.seconds())
            for member in self.hub.members() if gone else ():
                if member.account in gone:
                    member.bar()

    async def forget(self) -> None:
        """Remove messages that nobody can ask for again."""
        with suppress(psycopg.Error):
            async with self.stack.pools.service() as connection:
                await connection.execute(_FORGET)

    def _told(self, topic: str, private: bool, packed: Packed) -> None:
        self.hub.broadcast((topic, private), packed)

    def _lost(self) -> None:
        for member in self.hub.members():
            member.retry()


@asynccontextmanager
async def running(stack: Stack) -> AsyncIterator[dict[str, object]]:
    """Follow the database while the gateway serves."""
    live = Live(stack)
    await live.forget()
    working = (live.feed.run(), live.watch_time(), live.watch_standing())
    tasks = [asyncio.create_task(work) for work in working]
    try:
        yield {"realtime": live}
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

"""One WebSocket: reads its client's frames in order, writes from a bounded queue."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import psycopg
from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from archwright.stack.realtime.budget import Budget
from archwright.stack.realtime.channel import NO_DATABASE, Channel
from archwright.stack.realtime.frames import (
    FrameError,
    Message,
    Version,
    Wire,
    decode,
    encode,
)
from archwright.stack.realtime.join import Join, JoinError, read_join
from archwright.stack.realtime.replay import replayed
from archwright.stack.realtime.tokens import Badge, BadgeRefused, badge_of_token, refuse_expired
from archwright.stack.sockets import ABORT

if TYPE_CHECKING:
    from archwright.stack.realtime.live import Live

_LOG = logging.getLogger(__name__)
_TOO_SLOW, _TOO_MUCH = 1013, 1008
_ALL_QUEUES = 256_000_000
"""Bytes that may wait for all clients together."""
_OWN_QUEUE = 500_000
"""Bytes that may wait for a client even when too many wait for all."""


class Connection:
    """A client's connection, from its acceptance to its end."""

    def __init__(self, websocket: WebSocket, live: Live, badge: Badge, version: Version) -> None:
        """Take an accepted WebSocket and who opened it."""
        self._websocket = websocket
        self._live = live
        self._badge = badge
        self._limits = live.limits
        self._loop = asyncio.get_running_loop()
        self._frames = Budget(self._limits.frames_per_second)
        self._joins = Budget(self._limits.joins_per_second)
        self._queue: deque[Wire] = deque()
        self._queued = 0
        self._filled = asyncio.Event()
        self._ending: tuple[int, str] | None = None
        self._reader: asyncio.Task[None] | None = None
        self.channels: dict[str, Channel] = {}
        self.version = version
        self.headers: Mapping[str, str] = dict(websocket.headers.items())

    def now(self) -> float:
        """Return seconds of the loop's steady clock."""
        return self._loop.time()

    async def serve(self) -> None:
        """Serve until the client goes or misbehaves; leaves nothing behind."""
        self._reader = asyncio.create_task(self._read())
        writer = asyncio.create_task(self._write())
        try:
            await asyncio.wait({self._reader, writer}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for channel in list(self.channels.values()):
                channel.vanish()
            self.channels.clear()
            self._queue.clear()
            self._count(-self._queued)
            for task in (self._reader, writer):
                task.cancel()
            for problem in await asyncio.gather(self._reader, writer, return_exceptions=True):
                expected = WebSocketDisconnect | asyncio.CancelledError | TimeoutError
                if isinstance(problem, BaseException) and not isinstance(problem, expected):
                    _LOG.error("a realtime connection failed", exc_info=problem)
                    self._ending = self._ending or (1011, "internal error")
            await self._end()

    def send(self, message: Message) -> None:
        """Write a message in the client's version and queue it."""
        wire = encode(message, self.version)
        if wire is not None:
            self.send_wire(wire)

    def send_wire(self, wire: Wire) -> None:
        """Queue a frame; a client that does not keep up is let go."""
        if self._ending is not None:
            return
        self._queue.append(wire)
        self._count(len(wire))
        crowded = self._live.queued > _ALL_QUEUES and self._queued > _OWN_QUEUE
        too_many = len(self._queue) > self._limits.queue_frames
        if crowded or too_many or self._queued > self._limits.queue_bytes:
            self.stop(_TOO_SLOW, "too slow")
        self._filled.set()

    def stop(self, code: int, reason: str) -> None:
        """End the connection soon."""
        if self._ending is None:
            self._ending = (code, reason)
            self._queue.clear()
            self._count(-self._queued)
            if self._reader is not None:
                self._reader.cancel()

    def drop(self, channel: Channel) -> None:
        """Forget a channel that has ended."""
        if self.channels.get(channel.topic) is channel:
            del self.channels[channel.topic]

    def _count(self, size: int) -> None:
        self._queued += size
        self._live.queued += size

    async def _write(self) -> None:
        while True:
            await self._filled.wait()
            self._filled.clear()
            while self._queue:
                wire = self._queue.popleft()
                self._count(-len(wire))
                kind = "text" if isinstance(wire, str) else "bytes"
                await self._websocket.send({"type": "websocket.send", kind: wire})

    async def _end(self) -> None:
        """Close politely where the client still listens, and in any case."""
        code, reason = self._ending or (1000, "")
        closed = self._websocket.client_state is WebSocketState.DISCONNECTED
        try:
            async with asyncio.timeout(1):
                if not closed:
                    await self._websocket.close(code, reason)
        except (TimeoutError, RuntimeError, WebSocketDisconnect, OSError):
            pass
        if code == _TOO_SLOW:
            abort: Callable[[], None] | None = self._websocket.scope["extensions"].get(ABORT)
            if abort is not None:
                abort()

    async def _read(self) -> None:
        async with asyncio.timeout(self._limits.silence) as silence:
            while True:
                event = await self._websocket.receive()
                silence.reschedule(self.now() + self._limits.silence)
                if event["type"] == "websocket.disconnect":
                    return
                if not self._frames.spend(self.now()):
                    self._ending = (_TOO_MUCH, "too many frames")
                    return
                data = event.get("text")
                try:
                    message = decode(event["bytes"] if data is None else data, self.version)
                except FrameError as error:
                    self._ending = (_TOO_MUCH, f"malformed frame: {error}")
                    return
                await self._handle(message)

    async def _handle(self, message: Message) -> None:
        if message.topic == "phoenix":
            if message.event == "heartbeat":
                self._reply(message, "ok", {})
            return
        channel = self.channels.get(message.topic)
        if message.event == "phx_join":
            await self._join(message)
        elif message.event == "phx_leave":
            self._reply(message, "ok", {})
            if channel is not None and message.join_ref in (None, channel.join_ref):
                channel.close()
        elif channel is None or message.join_ref not in (None, channel.join_ref):
            self._reply(message, "error", {"reason": "unmatched topic"})
        else:
            await channel.handle(message)

    def _reply(self, message: Message, status: str, response: object) -> None:
        payload = {"status": status, "response": response}
        self.send(Message(message.topic, "phx_reply", payload, message.ref, message.join_ref))

    async def _join(self, message: Message) -> None:
        if old := self.channels.get(message.topic):
            old.close()
        try:
            await self._enter(message)
        except (JoinError, BadgeRefused) as error:
            self._reply(message, "error", {"reason": f"{error.code}: {error}"})
        except psycopg.Error as error:
            _LOG.warning("a join failed: %s", error)
            self._reply(message, "error", {"reason": f"UnableToConnectToProject: {NO_DATABASE}"})

    async def _enter(self, message: Message) -> None:
        live, limits = self._live, self._limits
        if not message.topic.removeprefix("realtime:") or ":" not in message.topic:
            raise JoinError("TopicNameRequired", "You must provide a topic name")
        if not message.topic.startswith("realtime:"):
            self._reply(message, "error", {"reason": "unmatched topic"})
            return
        if not self._joins.spend(self.now()):
            raise JoinError("ClientJoinRateLimitReached", "Too many joins per second")
        if len(self.channels) >= limits.channels:
            raise JoinError("ChannelRateLimitReached", "Too many channels")
        join = read_join(message.payload, limits.subscriptions)
        channel = Channel(self, live.stack, live.hub, live.subscriptions, message.topic)
        await channel.authorise(join, self._badge_for(join))
        try:
            problems = await self._subscribe(channel, join)
            if join.wait is not None and problems:
                raise JoinError("RealtimeDisabledForConfiguration", problems[0])
            again = await replayed(live.stack.pools, channel.name, join.replay)
        except BaseException:
            channel.vanish()
            raise
        self.channels[message.topic] = channel
        channel.enter(message.join_ref)
        self._reply(message, "ok", {"postgres_changes": join.told})
        channel.show_present()
        for packed in again:
            channel.push("broadcast", packed)
        await self._tell_subscribed(channel, join, problems)

    async def _subscribe(self, channel: Channel, join: Join) -> list[str]:
        """Subscribe to changes before the answer, so that none after it is missed."""
        if not join.wanted:
            return []
        patience = min(join.wait or self._limits.patience, self._limits.patience)
        if not await self._live.feed.ready(patience):
            if join.wait is not None:
                text = f"Timed out after {patience * 1000:.0f}ms waiting for the postgres_changes"
                raise JoinError("PostgresChangesSubscribeTimeout", f"{text} subscription")
            return ["Replication connection was not established in time"]
        found = await channel.subscriptions()
        for one in found:
            if not isinstance(one, str):
                channel.subscribe(one)
        return [one for one in found if isinstance(one, str)]

    async def _tell_subscribed(self, channel: Channel, join: Join, problems: list[str]) -> None:
        if join.wanted:
            channel.tell_subscribed(problems, bool(problems))
        if join.replication_ready:
            if await self._live.feed.ready(self._limits.patience):
                channel.system("system", "ok", "Replication connection established")
            else:
                channel.end("Replication connection was not established in time")

    def _badge_for(self, join: Join) -> Badge:
        """Tell who a join is for: its own token's bearer, or who opened the connection."""
        now = self._live.stack.clock.seconds()
        if join.token is None or join.token.startswith("sb_"):
            refuse_expired(self._badge, now)
            return self._badge
        return badge_of_token(join.token, self._live.stack.keys, now)

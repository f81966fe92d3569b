"""One joined channel: what its client may do in it, and what it is sent."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from typing import Any, Protocol

import psycopg

from archwright.stack.realtime.budget import Budget
from archwright.stack.realtime.frames import Message, Packed, Version, Wire, text_frame
from archwright.stack.realtime.hub import Hub, Room
from archwright.stack.realtime.join import Join
from archwright.stack.realtime.policies import (
    EXTENSIONS,
    PUBLIC,
    Extension,
    Grants,
    readable,
    writable,
)
from archwright.stack.realtime.standing import account
from archwright.stack.realtime.subscriptions import Subscription, Subscriptions, ready
from archwright.stack.realtime.tokens import (
    Badge,
    BadgeRefused,
    Viewer,
    badge_of_token,
    refuse_expired,
)
from archwright.stack.settings import RealtimeLimits
from archwright.stack.stack import Stack

NO_DATABASE = "Realtime was unable to connect to the project database"
_LOG = logging.getLogger(__name__)
# as hosted: how often one channel may say something about its presence
_CALLS, _WINDOW = 5, 30.0


class Line(Protocol):
    """The connection that a channel belongs to."""

    version: Version
    headers: Mapping[str, str]

    def send_wire(self, wire: Wire) -> None:
        """Queue a written frame."""
        ...

    def send(self, message: Message) -> None:
        """Write and queue a message."""
        ...

    def now(self) -> float:
        """Return seconds of a steady clock."""
        ...

    def drop(self, channel: Channel) -> None:
        """Forget a channel that has ended."""
        ...


class Channel:
    """A topic as one client has joined it; ``joined`` until ``close``."""

    def __init__(
        self, line: Line, stack: Stack, hub: Hub, subscriptions: Subscriptions, topic: str
    ) -> None:
        """Take the full topic, ``realtime:`` included; nothing is joined yet."""
        self._line = line
        self._stack = stack
        self._hub = hub
        self._subscriptions = subscriptions
        self._limits: RealtimeLimits = stack.settings.realtime
        self._events = Budget(self._limits.events_per_second)
        self._presences = Budget(self._limits.presence_per_second)
        self._calls = Budget(_CALLS, _WINDOW)
        self.topic = topic
        self.name = topic.removeprefix("realtime:")
        self.version = line.version
        self.join_ref: str | None = None
        self.joined = False
        self.shows_presence = False
        self.badge: Badge | None = None
        self.lacks_changes = False
        self._viewer = Viewer("anon", "{}")
        self._join: Join | None = None
        self._grants = Grants()

    @property
    def viewer(self) -> Viewer:
        """As whom it reads rows."""
        return self._viewer

    @property
    def room(self) -> Room:
        """The topic it is in."""
        return self.name, bool(self._join and self._join.private)

    def receives(self, extension: Extension) -> bool:
        """Tell whether policies let it receive an extension's messages."""
        return extension in self._grants.read

    async def authorise(self, join: Join, badge: Badge) -> None:
        """Settle who it acts for and what that allows; raises ``BadgeRefused``."""
        grants = PUBLIC
        if join.private:
            # who does not look at presence is not let in by what is said of it
            asked = EXTENSIONS if join.presence or self.shows_presence else EXTENSIONS[:1]
            pools, headers = self._stack.pools, self._line.headers
            grants = Grants(await readable(pools, self.name, badge, headers, asked))
            without_replay = join.replay is not None and "broadcast" not in grants.read
            if not grants.read or without_replay:
                text = f"You do not have permissions to read from this Channel topic: {self.name}"
                raise BadgeRefused("Unauthorized", text)
        self._join, self.badge, self._grants = join, badge, grants
        self._viewer = badge.viewer

    def enter(self, join_ref: str | None) -> None:
        """Take part from now on."""
        assert self._join is not None
        self.join_ref = join_ref
        self.joined = True
        self.shows_presence = self._join.presence
        self._hub.enter(self.room, self)

    def show_present(self) -> None:
        """Send who is present, where that was asked for and is allowed."""
        if self.shows_presence and self.receives("presence"):
            self.push("presence_state", self._hub.presence(self.room).state())

    async def subscriptions(self) -> list[Subscription | str]:
        """Make its subscriptions to changes ready; texts stand for those that cannot be."""
        assert self._join is not None
        async with self._stack.pools.service() as connection:
            return [await ready(connection, self, wanted) for wanted in self._join.wanted]

    def subscribe(self, subscription: Subscription) -> None:
        """Receive changes from now on."""
        self._subscriptions.add(subscription)

    async def handle(self, message: Message) -> None:
        """Deal with what its client sent, apart from joining and leaving."""
        try:
            if not self._events.spend(self._line.now()):
                self.end("Too many messages per second")
            elif message.event == "broadcast":
                await self._broadcast(message)
            elif message.event == "presence":
                await self._presence(message)
            elif message.event == "access_token":
                await self._renew(message.payload)
        except psycopg.Error as error:
            _LOG.warning("the database could not be asked about %r: %s", self.name, error)
            self.system("system", "error", NO_DATABASE)
            # not for good: the client joins again, and by then it may be back
            self.close("phx_error")

    def push(self, event: str, payload: Any) -> None:
        """Send its client a message."""
        self._line.send(Message(self.topic, event, payload))

    def reply(self, message: Message, status: str, response: object) -> None:
        """Answer a message."""
        payload = {"status": status, "response": response}
        self._line.send(Message(self.topic, "phx_reply", payload, message.ref, message.join_ref))

    def system(self, extension: str, status: str, text: str) -> None:
        """Tell its client how the channel fares."""
        told = {"extension": extension, "status": status, "message": text, "channel": self.name}
        self.push("system", told)

    def send_wire(self, wire: Wire) -> None:
        """Queue a frame that has been written for all members."""
        self._line.send_wire(wire)

    def send_change(self, ids: list[int], data: str) -> None:
        """Send a change of a row, already JSON text."""
        payload = f'{{"ids":{json.dumps(ids)},"data":{data}}}'
        frame = text_frame(Message(self.topic, "postgres_changes", None), payload, self.version)
        self._line.send_wire(frame)

    def retry(self) -> None:
        """Make the client join again where changes or messages may have passed it by."""
        if self._join and (self._join.wanted or self._join.private):
            self.close("phx_error")

    def end(self, text: str) -> None:
        """Close the channel for good, and say why."""
        self.system("system", "error", text)
        self.close()

    def close(self, event: str = "phx_close") -> None:
        """Leave the topic; closing twice is harmless."""
        self.joined = False
        self._hub.leave(self.room, self)
        self._subscriptions.remove(self)
        self._line.drop(self)
        self._line.send(Message(self.topic, event, {}, self.join_ref, self.join_ref))

    def vanish(self) -> None:
        """Leave the topic without a word: the connection has gone."""
        self.joined = False
        self._hub.leave(self.room, self)
        self._subscriptions.remove(self)

    @property
    def account(self) -> str | None:
        """The account whose removal ends the channel; open channels end with no account."""
        guarded = self._join is not None and (self._join.private or self._join.wanted)
        return account(self.badge) if guarded and self.badge is not None else None

    def bar(self) -> None:
        """End the channel: its account may not listen any more."""
        self.end(f"You no longer have permission to read from this Channel topic: {self.name}")

    def check_time(self, now: int) -> None:
        """Close where the token's time is over."""
        try:
            if self.badge is not None:
                refuse_expired(self.badge, now)
        except BadgeRefused as error:
            self.end(str(error))

    async def _may(self, extension: Extension) -> bool:
        assert self.badge is not None
        known = self._grants.write.get(extension)
        if known is None:
            pools, headers = self._stack.pools, self._line.headers
            known = await writable(pools, self.name, self.badge, headers, extension)
            self._grants.write[extension] = known
        return known

    async def _broadcast(self, message: Message) -> None:
        assert self._join is not None
        payload = message.payload
        if not isinstance(payload, dict | Packed):
            return
        if not await self._may("broadcast"):
            if self._join.acknowledge:
                self.reply(message, "error", {"error": "unauthorized"})
            return
        size = len(payload.body) if isinstance(payload, Packed) else len(json.dumps(payload))
        too_large = size > self._limits.payload
        if not too_large:
            if isinstance(payload, Packed):
                # what the sender says about storing is not for receivers
                payload = Packed(payload.event, payload.body, payload.is_json)
            sender = None if self._join.send_to_self else self
            self._hub.broadcast(self.room, payload, sender=sender)
        if self._join.acknowledge:
            if too_large:
                self.reply(message, "error", {"error": "payload_size_exceeded"})
            else:
                self.reply(message, "ok", {})

    async def _presence(self, message: Message) -> None:
        assert self._join is not None
        told = message.payload if isinstance(message.payload, dict) else {}
        event = str(told.get("event", "")).lower()
        if "event" not in told:
            self.reply(message, "ok", {})
        elif not self._calls.spend(self._line.now()):
            self.end("Client presence rate limit exceeded")
        elif not self._presences.spend(self._line.now()):
            self.end("Too many presence messages per second")
        elif event == "track":
            await self._track(message, told.get("payload", {}))
        elif event == "untrack":
            self.reply(message, "ok", {})
            if difference := self._hub.presence(self.room).untrack(self):
                self._hub.tell_presence(self.room, difference)
        else:
            self.reply(message, "error", {"reason": "Unknown presence event"})

    async def _track(self, message: Message, payload: Any) -> None:
        assert self._join is not None
        if not isinstance(payload, dict):
            reason = "Presence track payload must be a map"
            self.reply(message, "error", {"reason": reason})
        elif len(json.dumps(payload)) > self._limits.presence_payload:
            self.end("Track message size exceeded")
        elif not await self._may("presence"):
            self.reply(message, "error", {"reason": "Unauthorized"})
        else:
            self.reply(message, "ok", {})
            presence = self._hub.presence(self.room)
            if presence.payload(self) == payload:
                return
            difference = presence.track(self, self._join.presence_key, payload)
            self._hub.tell_presence(self.room, difference)
            if not self.shows_presence:
                # tracking turns presence on, and what came before was missed
                await self._look_at_presence()

    async def _look_at_presence(self) -> None:
        assert self.badge is not None
        if self._grants is not PUBLIC and "presence" not in self._grants.read:
            pools, headers = self._stack.pools, self._line.headers
            self._grants.read |= await readable(
                pools, self.name, self.badge, headers, EXTENSIONS[1:]
            )
        self.shows_presence = True
        self.show_present()

    async def _renew(self, payload: Any) -> None:
        """Act for the bearer of a new token, as long as that may still read what it reads."""
        assert self._join is not None
        assert self.badge is not None
        token = payload.get("access_token") if isinstance(payload, dict) else None
        if not isinstance(token, str) or token.startswith("sb_"):
            return
        if token == self.badge.identity.token:
            return
        before = self._grants.read
        try:
            now = self._stack.clock.seconds()
            await self.authorise(self._join, badge_of_token(token, self._stack.keys, now))
        except BadgeRefused as error:
            self.end(str(error))
            return
        if before - self._grants.read:
            self.bar()
        elif self._join.wanted:
            await self.subscribe_again()

    async def subscribe_again(self, *, quietly: bool = False) -> None:
        """Make its subscriptions anew; ``quietly`` says nothing of those that cannot be still."""
        found = await self.subscriptions()
        if not self.joined:
            return
        self._subscriptions.remove(self)
        problems = [one for one in found if isinstance(one, str)]
        for one in found:
            if not isinstance(one, str):
                self.subscribe(one)
        self.tell_subscribed(problems if not quietly else problems[:0], bool(problems))

    def tell_subscribed(self, problems: list[str], lacking: bool) -> None:
        """Say how its subscriptions fare; what is lacking is tried again."""
        for problem in problems:
            self.system("postgres_changes", "error", problem)
        self.lacks_changes = lacking
        if not lacking:
            self.system("postgres_changes", "ok", "Subscribed to PostgreSQL")

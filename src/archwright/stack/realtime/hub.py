"""Topics and who is in them; hands messages to all members, written once for each version."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from archwright.stack.realtime.frames import Message, Version, Wire, encode
from archwright.stack.realtime.policies import Extension
from archwright.stack.realtime.presence import Presence

Room = tuple[str, bool]
"""A topic's name, and whether it is private: the two never mix."""


class Member(Protocol):
    """A joined channel as the hub sees it."""

    def __hash__(self) -> int:
        """Be itself only."""
        ...

    version: Version
    shows_presence: bool
    lacks_changes: bool

    def receives(self, extension: Extension) -> bool:
        """Tell whether policies let it receive."""
        ...

    def send_wire(self, wire: Wire) -> None:
        """Queue a written frame."""
        ...

    async def subscribe_again(self, *, quietly: bool = False) -> None:
        """Make its subscriptions to changes anew."""
        ...

    def retry(self) -> None:
        """Tell the client to join again, because it missed something."""
        ...

    @property
    def account(self) -> str | None:
        """The account whose removal ends the channel, if there is one."""
        ...

    def bar(self) -> None:
        """End the channel: its account may not listen any more."""
        ...

    def check_time(self, now: int) -> None:
        """Close the channel where its token's time is over."""
        ...


@dataclass(slots=True)
class _Topic:
    members: dict[Member, None] = field(default_factory=dict)
    presence: Presence = field(default_factory=Presence)


class Hub:
    """All topics in use; a topic goes with its last member."""

    def __init__(self) -> None:
        """Start with none."""
        self._topics: dict[Room, _Topic] = {}

    def __len__(self) -> int:
        """Return how many topics are in use."""
        return len(self._topics)

    def enter(self, room: Room, member: Member) -> None:
        """Add a member."""
        self._topics.setdefault(room, _Topic()).members[member] = None

    def leave(self, room: Room, member: Member) -> None:
        """Take a member out, and tell the others when it was present."""
        topic = self._topics.get(room)
        if topic is None or member not in topic.members:
            return
        del topic.members[member]
        if difference := topic.presence.untrack(member):
            self.tell_presence(room, difference)
        if not topic.members:
            del self._topics[room]

    def presence(self, room: Room) -> Presence:
        """Return a topic's presence."""
        topic = self._topics.get(room)
        return topic.presence if topic else Presence()

    def tell_presence(self, room: Room, difference: object) -> None:
        """Send a presence difference to all who want to see it."""
        message = Message(f"realtime:{room[0]}", "presence_diff", difference)
        self._send(room, message, lambda m: m.shows_presence and m.receives("presence"))

    def broadcast(
        self,
        room: Room,
        payload: object,
        *,
        sender: Member | None = None,
        without: frozenset[Member] = frozenset(),
    ) -> None:
        """Send a broadcast to all but its sender and who had it already."""
        message = Message(f"realtime:{room[0]}", "broadcast", payload)

        def wanted(member: Member) -> bool:
            return member is not sender and member not in without and member.receives("broadcast")

        self._send(room, message, wanted)

    def members(self) -> list[Member]:
        """Return everybody in any topic."""
        return [member for topic in self._topics.values() for member in topic.members]

    def _send(self, room: Room, message: Message, wanted: Callable[[Member], bool]) -> None:
        topic = self._topics.get(room)
        if topic is None:
            return
        written: dict[Version, Wire | None] = {}
        for member in list(topic.members):
            if not wanted(member):
                continue
            if member.version not in written:
                written[member.version] = encode(message, member.version)
            wire = written[member.version]
            if wire is not None:
                member.send_wire(wire)

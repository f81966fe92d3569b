"""What the services of one stack share."""

from __future__ import annotations

from dataclasses import dataclass, field

from archwright.stack.clock import Clock
from archwright.stack.database import Pools
from archwright.stack.keys import Keys
from archwright.stack.mailbox import Mailbox
from archwright.stack.settings import Settings


@dataclass(frozen=True, slots=True)
class Stack:
    """Settings, keys, connections, clock and mailbox; the services hold no globals."""

    settings: Settings
    keys: Keys
    pools: Pools
    clock: Clock = field(default_factory=Clock)
    mailbox: Mailbox = field(default_factory=Mailbox)


def make_stack(settings: Settings, keys: Keys) -> Stack:
    """Put a stack together; nothing connects before the gateway starts."""
    return Stack(settings, keys, Pools(settings))

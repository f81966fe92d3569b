"""Who wants which changes of which tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from archwright.stack.database import Connection
from archwright.stack.realtime.conditions import Check, check_select, prepare
from archwright.stack.realtime.filters import FilterError
from archwright.stack.realtime.join import Wanted
from archwright.stack.realtime.tokens import Viewer

PUBLICATION = "supabase_realtime"
_PUBLISHED = """
select exists (
  select from pg_publication_tables
  where pubname = %s and (%s = '*' or schemaname = %s) and (%s = '*' or tablename = %s)
)
"""


class Subscriber(Protocol):
    """A joined channel as the feed of changes sees it."""

    @property
    def viewer(self) -> Viewer:
        """As whom it reads."""
        ...

    def send_change(self, ids: list[int], data: str) -> None:
        """Send a change, already JSON text, for these subscriptions."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Subscription:
    """One subscriber's interest; ``checks`` are its filter."""

    subscriber: Subscriber
    wanted: Wanted
    checks: tuple[Check, ...]

    def covers(self, kind: str) -> bool:
        """Tell whether it wants changes of a kind."""
        return self.wanted.event in ("*", kind)


class Subscriptions:
    """All of them, found by table."""

    def __init__(self) -> None:
        """Start with none."""
        self._places: dict[tuple[str, str], dict[Subscription, None]] = {}
        self._owned: dict[Subscriber, list[Subscription]] = {}

    def __len__(self) -> int:
        """Return how many there are."""
        return sum(map(len, self._places.values()))

    def add(self, subscription: Subscription) -> None:
        """Add one."""
        wanted = subscription.wanted
        self._places.setdefault((wanted.schema, wanted.table), {})[subscription] = None
        self._owned.setdefault(subscription.subscriber, []).append(subscription)

    def remove(self, subscriber: Subscriber) -> None:
        """Take all of a subscriber's out."""
        for subscription in self._owned.pop(subscriber, ()):
            place = (subscription.wanted.schema, subscription.wanted.table)
            held = self._places[place]
            del held[subscription]
            if not held:
                del self._places[place]

    def of(self, schema: str, table: str) -> Iterator[Subscription]:
        """Give those that cover a table."""
        for place in ((schema, table), (schema, "*"), ("*", table), ("*", "*")):
            yield from list(self._places.get(place, ()))


async def ready(
    connection: Connection, subscriber: Subscriber, wanted: Wanted
) -> Subscription | str:
    """Make a subscription ready; return what is wrong with it as a text instead."""
    if wanted.problem:
        return wanted.problem
    found = await (
        await connection.execute(
            _PUBLISHED,
            (PUBLICATION, wanted.schema, wanted.schema, wanted.table, wanted.table),
        )
    ).fetchone()
    cannot = "Unable to subscribe to changes with given parameters."
    if not found or not found[0]:
        hint = "Please check Realtime is enabled for the given connect parameters"
        return f"{cannot} {hint}: {wanted.words()}"
    if wanted.conditions and "*" in (wanted.schema, wanted.table):
        return f"{cannot} A filter needs a schema and a table: {wanted.words()}"
    try:
        role = subscriber.viewer.role
        if wanted.table != "*" and wanted.schema != "*":
            await check_select(connection, wanted.schema, wanted.table, role, wanted.select)
        checks = await prepare(connection, wanted.schema, wanted.table, role, wanted.conditions)
    except FilterError as error:
        return f"{cannot} {error}: {wanted.words()}"
    return Subscription(subscriber, wanted, checks)

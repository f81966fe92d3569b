"""What a client asks for when it joins a channel, with all that is optional filled in."""

from __future__ import annotations

import json
import uuid
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from archwright.stack.realtime.filters import Condition, FilterError, parse_filter

EVENTS = ("*", "INSERT", "UPDATE", "DELETE")
_REPLAY_MOST = 25
_WAIT = 15_000
"""Milliseconds that a join waits for its subscriptions, where it waits and names no time."""


class JoinError(ValueError):
    """The request to join cannot be honoured; ``code`` and text make the answer."""

    def __init__(self, code: str, message: str) -> None:
        """Take both."""
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class Wanted:
    """One postgres_changes subscription; ``told`` is what the client sent, ``problem`` why not."""

    id: int
    event: str
    schema: str
    table: str
    conditions: tuple[Condition, ...]
    select: frozenset[str] | None
    told: Mapping[str, Any]
    problem: str | None = None

    def public(self) -> dict[str, Any]:
        """Return it as the answer to a join names it."""
        return {**self.told, "id": self.id}

    def words(self) -> str:
        """Name what was asked for, for messages."""
        return (
            f"[event: {self.event}, schema: {self.schema}, table: {self.table},"
            f" filters: {self.told.get('filter') or '[]'}]"
        )


@dataclass(frozen=True, slots=True)
class Replay:
    """Messages wanted again: since when (milliseconds since 1970), and how many."""

    since: int
    limit: int


@dataclass(frozen=True, slots=True)
class Join:
    """A channel's configuration; ``wait`` is in seconds, None where it need not wait.

    ``wanted`` has each subscription once, ``told`` as often as it was asked for: clients find
    theirs by its place in the answer.
    """

    private: bool
    send_to_self: bool
    acknowledge: bool
    presence: bool
    presence_key: str
    wanted: tuple[Wanted, ...]
    told: tuple[dict[str, Any], ...]
    wait: float | None
    replication_ready: bool
    replay: Replay | None
    token: str | None


def read_join(payload: Any, most: int) -> Join:
    """Read the payload of phx_join; at most ``most`` subscriptions; raises ``JoinError``."""
    given = payload if isinstance(payload, dict) else {}
    config = _object(given.get("config"))
    broadcast, presence = _object(config.get("broadcast")), _object(config.get("presence"))
    options = _object(config.get("postgres_changes_options"))
    asked = config.get("postgres_changes")
    changes = [item for item in asked if item is not None] if isinstance(asked, list) else []
    if len(changes) > most:
        raise JoinError("InvalidJoinPayload", f"at most {most} postgres_changes in a channel")
    private = _flag(config.get("private"))
    key = presence.get("key")
    wanted = [_wanted(item) for item in changes]
    token = given.get("user_token") or given.get("access_token")
    return Join(
        private=private,
        send_to_self=_flag(broadcast.get("self")),
        acknowledge=_flag(broadcast.get("ack")),
        presence=_flag(presence.get("enabled")),
        presence_key=key if isinstance(key, str) and key else str(uuid.uuid4()),
        wanted=tuple({one.id: one for one in wanted}.values()),
        told=tuple(one.public() for one in wanted),
        wait=_wait(options),
        replication_ready=_flag(broadcast.get("replication_ready")),
        replay=_replay(broadcast, private),
        token=token if isinstance(token, str) and token else None,
    )


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _flag(value: Any) -> bool:
    """Read a switch; some clients write it as text."""
    return value is True or (isinstance(value, str) and value.lower() == "true")


def _wait(options: dict[str, Any]) -> float | None:
    if not _flag(options.get("wait")):
        return None
    given = options.get("timeout")
    if isinstance(given, bool) or not isinstance(given, int) or given <= 0:
        given = _WAIT
    return given / 1000


def _wanted(told: Any) -> Wanted:
    if not isinstance(told, dict):
        raise JoinError("InvalidJoinPayload", "postgres_changes is a list of objects")
    number = zlib.crc32(json.dumps(told, sort_keys=True).encode()) or 1
    event = str(told.get("event", "*")).upper()
    schema, table = told.get("schema"), told.get("table")
    select = told.get("select")
    chosen = frozenset(map(str, select)) if isinstance(select, list) and select else None
    problem = None
    conditions: tuple[Condition, ...] = ()
    if not schema and not table:
        problem = (
            "No subscription params provided. Please provide at least a `schema` or `table` to"
            f" subscribe to: {json.dumps(told)}"
        )
    elif event not in EVENTS:
        problem = f"event must be one of {', '.join(EVENTS)}"
    try:
        conditions = parse_filter(told["filter"] if told.get("filter") else None)
    except (FilterError, TypeError, AttributeError) as error:
        problem = f"Error parsing `filter` params: {error}"
    return Wanted(
        number, event, str(schema or "public"), str(table or "*"), conditions, chosen, told, problem
    )


def _replay(broadcast: dict[str, Any], private: bool) -> Replay | None:
    if "replay" not in broadcast:
        return None
    if not private:
        text = "Replay is not allowed for public channels"
        raise JoinError("UnableToReplayMessages", text)
    asked = _object(broadcast["replay"])
    since, limit = asked.get("since"), asked.get("limit", _REPLAY_MOST)
    for value in (since, limit):
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 2**53:
            raise JoinError("UnableToReplayMessages", "Replay params are not valid")
    if not 1 <= limit <= _REPLAY_MOST:
        raise JoinError("UnableToReplayMessages", "Replay params are not valid")
    return Replay(int(since or 0), limit)

"""Who is present in a topic: several members may share a key, each with its own payload."""

from __future__ import annotations

import secrets
from collections.abc import Hashable
from typing import Any

Metas = dict[str, dict[str, list[dict[str, Any]]]]


class Presence:
    """The state of one topic; members are whatever identifies a joined channel."""

    def __init__(self) -> None:
        """Start with nobody."""
        self._keys: dict[str, dict[Hashable, dict[str, Any]]] = {}
        self._places: dict[Hashable, str] = {}

    def __len__(self) -> int:
        """Return how many members are tracked."""
        return len(self._places)

    def track(self, member: Hashable, key: str, payload: dict[str, Any]) -> dict[str, Metas]:
        """Track a member, or replace its payload; return the difference for the others."""
        meta = {**payload, "phx_ref": secrets.token_urlsafe(9)}
        before = self._keys.get(key, {}).get(member)
        leaves: Metas = {}
        if before is not None:
            meta["phx_ref_prev"] = before["phx_ref"]
            leaves = {key: {"metas": [before]}}
        self._keys.setdefault(key, {})[member] = meta
        self._places[member] = key
        return {"joins": {key: {"metas": [meta]}}, "leaves": leaves}

    def untrack(self, member: Hashable) -> dict[str, Metas] | None:
        """Forget a member; return the difference, or None when it was not there."""
        key = self._places.pop(member, None)
        if key is None:
            return None
        meta = self._keys[key].pop(member)
        if not self._keys[key]:
            del self._keys[key]
        return {"joins": {}, "leaves": {key: {"metas": [meta]}}}

    def payload(self, member: Hashable) -> dict[str, Any] | None:
        """Return what a member tracks, without the references."""
        key = self._places.get(member)
        if key is None:
            return None
        meta = self._keys[key][member]
        return {name: value for name, value in meta.items() if not name.startswith("phx_ref")}

    def state(self) -> Metas:
        """Return everybody, by key."""
        return {key: {"metas": list(members.values())} for key, members in self._keys.items()}

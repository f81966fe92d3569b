"""Writes a change as realtime-js expects it: columns with types, record, old record, errors."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from archwright.stack.realtime.json_values import json_text
from archwright.stack.realtime.pgoutput import UNCHANGED, Change, Unchanged
from archwright.stack.realtime.tables import Rights, Table

_SHORT = 64
_NO_KEY = "Error 400: Bad Request, no primary key"
_NO_RIGHT = "Error 401: Unauthorized"
_TOO_LARGE = "Error 413: Payload Too Large"

Values = dict[str, str | Unchanged | None]


class Record:
    """One change, with its values by column; ``new`` and ``old`` miss what was not sent."""

    def __init__(self, table: Table, change: Change, committed: int, most: int) -> None:
        """Take a change committed at ``committed`` (microseconds since 1970)."""
        self.table = table
        self.kind = change.kind
        names = [column.name for column in table.relation.columns]
        old = dict(zip(names, change.old, strict=True)) if change.old else {}
        if change.old_is_key:
            keys = {column.name for column in table.relation.columns if column.is_key}
            old = {name: value for name, value in old.items() if name in keys}
        self.new: Values = dict(zip(names, change.new, strict=True)) if change.new else {}
        for name, value in self.new.items():
            if value is UNCHANGED and name in old:
                self.new[name] = old[name]
        if change.kind == "UPDATE" and not old:
            # the identity did not change, so it was not sent apart
            old = {name: self.new[name] for name in table.key if name in self.new}
        self.old: Values = old
        self._at = datetime.fromtimestamp(committed / 1_000_000, UTC)
        size = sum(len(value) for value in self.new.values() if isinstance(value, str))
        size += sum(len(value) for value in old.values() if isinstance(value, str))
        self._too_large = size > most
        self._written: dict[tuple[str, frozenset[str] | None], str] = {}

    @property
    def unchanged(self) -> list[str]:
        """Columns whose large values the stream left out."""
        return [name for name, value in self.new.items() if value is UNCHANGED]

    @property
    def compared(self) -> Values:
        """What filters look at."""
        return self.old if self.kind == "DELETE" else self.new

    def key(self) -> tuple[str, ...] | None:
        """Return the new row's primary key; None where there is none."""
        values = [self.new.get(name) for name in self.table.key]
        if not values or not all(isinstance(value, str) for value in values):
            return None
        return tuple(value for value in values if isinstance(value, str))

    def fault(self, rights: Rights) -> str | None:
        """Tell why a role gets no record of this change."""
        keys = frozenset(self.table.key)
        if rights.secured and not keys:
            return _NO_KEY
        readable = keys <= rights.columns if keys else bool(rights.columns)
        return None if self.kind == "DELETE" or readable else _NO_RIGHT

    def write(self, role: str, rights: Rights, select: frozenset[str] | None) -> str:
        """Return the JSON text for a role, limited to the columns asked for; kept for others."""
        place = (role, select)
        if place not in self._written:
            self._written[place] = self._write(rights, select)
        return self._written[place]

    def _write(self, rights: Rights, select: frozenset[str] | None) -> str:
        relation = self.table.relation
        parts = {
            "schema": json.dumps(relation.schema),
            "table": json.dumps(relation.name),
            "type": json.dumps(self.kind),
            "commit_timestamp": json.dumps(
                self._at.strftime("%Y-%m-%dT%H:%M:%S.") + f"{self._at.microsecond // 1000:03d}Z"
            ),
        }
        fault = self.fault(rights)
        if fault is not None:
            return _object({**parts, "errors": json.dumps([fault])})
        shown = [name for name in rights.columns if select is None or name in select]
        parts["columns"] = json.dumps(
            [
                {"name": column.name, "type": column.type_name}
                for column in self.table.columns.values()
                if column.name in shown
            ],
            separators=(",", ":"),
        )
        if self.kind != "DELETE":
            parts["record"] = self._values(self.new, shown)
        if self.kind == "UPDATE":
            parts["old_record"] = self._values(self.old, shown)
        if self.kind == "DELETE":
            keys = [name for name in shown if name in self.table.key]
            # who saw the row before cannot be known any more, so only its key is told
            parts["old_record"] = self._values(self.old, keys if rights.secured else shown)
        parts["errors"] = json.dumps([_TOO_LARGE]) if self._too_large else "null"
        return _object(parts)

    def _values(self, values: Values, shown: list[str]) -> str:
        written = {}
        for name, column in self.table.columns.items():
            value = values.get(name, UNCHANGED)
            if name not in shown or isinstance(value, Unchanged):
                continue
            if self._too_large and value is not None and len(value) > _SHORT:
                continue
            written[name] = json_text(value, column.shape, column.is_array)
        return _object(written)


def _object(parts: dict[str, str]) -> str:
    return "{" + ",".join(f"{json.dumps(name)}:{text}" for name, text in parts.items()) + "}"

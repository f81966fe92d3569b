"""What introspection returns: a schema, remarks, and columns that number themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from archwright.schema.model import Ref, Schema


@dataclass(frozen=True, slots=True, order=True)
class Remark:
    """Something that the schema value cannot hold: an object's kind and name, and what it is.

    ``name`` is unquoted, as ``public.films`` or, for what belongs to a table,
    ``public.films.title``.
    """

    kind: str
    name: str
    text: str

    def __str__(self) -> str:
        """Render on one line."""
        return f"{self.kind} {self.name}: {self.text}"


@dataclass(frozen=True, slots=True)
class Introspected:
    """A database's schema in normal form.

    ``numbered`` are columns by identity or with a sequence of their own; ``order`` keeps that of
    each table's columns, which the normal form forgets.
    """

    schema: Schema
    remarks: tuple[Remark, ...] = ()
    numbered: frozenset[tuple[Ref, str]] = frozenset()
    order: Mapping[Ref, tuple[str, ...]] = field(default_factory=dict)

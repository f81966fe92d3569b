"""A pack as it lies on disk, read and checked but not yet applied to a target."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from archwright.catalog.manifest import ArchetypeSpec, Manifest, PackHead


@dataclass(frozen=True, slots=True)
class PackFile:
    """A file that a pack emits: which part, path in the app, text, and whether once per target.

    ``lies`` is where it lies below ``files`` or ``each``, "" for ``part/path``.
    """

    part: str
    path: str
    text: str
    each: bool = False
    lies: str = ""

    @property
    def place(self) -> str:
        """Return the path in the pack, such as ``files/data/src/lib/env.ts``."""
        return f"{'each' if self.each else 'files'}/{self.lies or f'{self.part}/{self.path}'}"


@dataclass(frozen=True, slots=True)
class SampleFile:
    """A file that a row of the seed names: bucket, path in it, where it lies, media type, bytes."""

    bucket: str
    path: str
    file: Path
    media: str
    size: int


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack: ``raw`` and ``each`` are manifests as plain data, written about ``Thing``.

    ``each_member`` is what there is of ``each`` for a target whose rows are members.
    """

    head: PackHead
    raw: Mapping[str, Any] = field(repr=False)
    manifest: Manifest = field(repr=False)
    each: Mapping[str, Any] | None = field(default=None, repr=False)
    each_member: Mapping[str, Any] | None = field(default=None, repr=False)
    files: tuple[PackFile, ...] = field(default=(), repr=False)
    sql: Mapping[str, str] = field(default_factory=dict, repr=False)
    texts: Mapping[str, str] = field(default_factory=dict, repr=False)
    seed: str = field(default="", repr=False)
    samples: tuple[SampleFile, ...] = field(default=(), repr=False)
    source: str = ""

    @property
    def name(self) -> str:
        """Return the pack's name."""
        return self.head.name

    @property
    def archetype(self) -> ArchetypeSpec | None:
        """Return the archetype that this pack describes, if it is one."""
        return self.manifest.archetype


@dataclass(frozen=True, slots=True)
class Catalog:
    """All packs by name."""

    packs: Mapping[str, Pack]

    def __getitem__(self, name: str) -> Pack:
        """Return a pack; a ``KeyError`` here is a bug, names are checked before."""
        return self.packs[name]

    def __contains__(self, name: object) -> bool:
        """Tell whether there is such a pack."""
        return name in self.packs

    @property
    def features(self) -> tuple[Pack, ...]:
        """Return the packs that are features, by name."""
        return tuple(p for _, p in sorted(self.packs.items()) if p.head.kind == "feature")

    @property
    def archetypes(self) -> tuple[Pack, ...]:
        """Return the packs that are archetypes, by name."""
        return tuple(p for _, p in sorted(self.packs.items()) if p.head.kind == "archetype")

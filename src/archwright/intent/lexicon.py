"""All that the packs know about words, as frozen data; built once from their manifests."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from archwright.catalog.load import validate
from archwright.catalog.manifest import ArchetypeSpec, Manifest, PhraseSpec
from archwright.catalog.pack import Catalog


@dataclass(frozen=True, slots=True)
class Known:
    """A feature as words see it; ``attaches`` is the trait of its targets, if it has any."""

    name: str
    title: str
    why: str = ""
    attaches: str | None = None
    requires: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    phrases: tuple[PhraseSpec, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownEntity:
    """An entity that a pack defines; in a pack with targets its name holds ``Thing``."""

    name: str
    label: str
    labels: str
    pack: str
    traits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownRole:
    """A role that a pack brings."""

    name: str
    label: str
    granted_by: tuple[str, ...]
    pack: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Features, entities and roles in order of pack name; archetypes by name with their titles."""

    features: tuple[Known, ...] = ()
    archetypes: tuple[tuple[str, str, ArchetypeSpec], ...] = ()
    entities: tuple[KnownEntity, ...] = ()
    roles: tuple[KnownRole, ...] = ()
    _by_name: dict[str, Known] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index the features by name."""
        self._by_name.update({f.name: f for f in self.features})

    def feature(self, name: str) -> Known | None:
        """Return a feature by its pack's name."""
        return self._by_name.get(name)

    def title(self, name: str) -> str:
        """Return a feature's title, or its bare name where no pack has it."""
        known = self.feature(name)
        return known.title if known else name


def from_catalog(catalog: Catalog) -> Lexicon:
    """Build the lexicon of all packs, those parts included that are made once per target."""
    manifests: list[Manifest] = []
    for _, pack in sorted(catalog.packs.items()):
        manifests.append(pack.manifest)
        if pack.each is not None:
            each, _ = validate({"pack": pack.raw["pack"], **pack.each}, pack.source)
            manifests += [each] if each is not None else []
    return from_manifests(manifests)


def from_manifests(manifests: Iterable[Manifest]) -> Lexicon:
    """Build a lexicon; manifests of one pack are taken together, the first one is its head."""
    features: dict[str, Known] = {}
    archetypes: dict[str, tuple[str, str, ArchetypeSpec]] = {}
    entities: dict[str, KnownEntity] = {}
    roles: dict[str, KnownRole] = {}
    for manifest in sorted(manifests, key=lambda m: m.pack.name):
        head = manifest.pack
        if manifest.archetype is not None:
            archetypes.setdefault(head.name, (head.name, head.title, manifest.archetype))
        if head.kind == "feature":
            features.setdefault(head.name, _known(manifest))
        for name, entity in manifest.entities.items():
            known = KnownEntity(name, entity.label, entity.labels, head.name, entity.traits)
            entities.setdefault(name, known)
        for name, role in manifest.roles.items():
            roles.setdefault(name, KnownRole(name, role.label, role.granted_by, head.name))
    return Lexicon(
        tuple(features.values()),
        tuple(archetypes.values()),
        tuple(entities.values()),
        tuple(roles.values()),
    )


def _known(manifest: Manifest) -> Known:
    head = manifest.pack
    return Known(
        name=head.name,
        title=head.title,
        why=head.why,
        attaches=head.attaches,
        requires=head.requires,
        conflicts=head.conflicts,
        phrases=manifest.phrases,
    )

"""An app that changes: small packs with members, so that entities of its own are possible."""

from __future__ import annotations

from pathlib import Path

from archwright.blueprint.model import Access, App, Attribute, Blueprint, Entity, FeatureUse
from archwright.build.runner import Outcome
from archwright.build.session import Change, run
from archwright.catalog.pack import Catalog
from subjects.builds import Bench
from subjects.small_packs import small_catalog

FEATURES = ("profiles", "notes", "marks")


def changing_catalog(root: Path) -> Catalog:
    """Return the packs: members, and two features with a table, files and a filling each."""
    return small_catalog(root, FEATURES)


def product(**given: object) -> Entity:
    """Return an entity of the Blueprint's own."""
    values: dict[str, object] = {
        "name": "Product",
        "attributes": (Attribute(name="title", maximum=80), Attribute(name="caption")),
        "access": Access(select="public", insert="owner", update="owner", delete="owner"),
    }
    return Entity.model_validate(values | given)


def shop(*features: str, entities: tuple[Entity, ...] = (), **app: object) -> Blueprint:
    """Return a Blueprint of these packs, by default with all features and a product."""
    uses = tuple(FeatureUse(use=name) for name in features or FEATURES)
    head = App(name="Jotter", slug="jotter").model_copy(update=app)
    return Blueprint(app=head, features=uses, entities=entities or (product(),))


def build(bench: Bench, packs: Catalog, *features: str, **given: object) -> Outcome:
    """Build the app of these features."""
    outcome = run(bench.builder(), shop(*features, **given), packs)  # type: ignore[arg-type]
    assert outcome.complete, outcome.diagnostics
    return outcome


def change(
    bench: Bench, packs: Catalog, wanted: Blueprint, change: Change | None = None
) -> Outcome:
    """Change what stands into another app."""
    return run(bench.builder(), wanted, packs, change or Change())


def changed(bench: Bench, packs: Catalog, wanted: Blueprint, how: Change | None = None) -> Outcome:
    """Change what stands; it must succeed."""
    outcome = change(bench, packs, wanted, how)
    assert outcome.complete, outcome.diagnostics
    return outcome


def without_migrations(files: dict[str, bytes]) -> dict[str, bytes]:
    """Return the files that do not tell how an app came about."""
    return {
        path: data for path, data in files.items() if not path.startswith("supabase/migrations/")
    }

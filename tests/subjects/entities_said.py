"""Blueprints of a few entities in short texts, and what is wrong with them."""

from __future__ import annotations

from archwright.blueprint.codec import load
from archwright.catalog.manifest import Manifest
from archwright.check.references import check_references
from archwright.diagnostics import Diagnostic

PROFILES = Manifest.model_validate(
    {
        "pack": {"name": "profiles", "title": "Profiles", "summary": "s"},
        "entities": {
            "Profile": {"table": "profiles", "owner": "id", "label": "one", "labels": "all"},
            "Store": {"table": "stores", "owner": "keeper_id", "label": "one", "labels": "all"},
        },
        "tables": {
            "profiles": {"comment": "c", "columns": {"id": "uuid -> auth.users cascade"}},
            "stores": {
                "comment": "c",
                "columns": {"id": "uuid", "keeper_id": "uuid? -> profiles set null"},
            },
        },
    }
)


def entity(name: str, *relations: str, more: str = "owned: false") -> str:
    """Return an entity that is nobody's, or of which ``more`` is said."""
    return f"{{name: {name}, {more}, relations: [{', '.join(f'{{{r}}}' for r in relations)}]}}"


def problems(*entities: str) -> list[Diagnostic]:
    """Return what is wrong with a Blueprint of these entities."""
    text = f"app: {{name: A, slug: a}}\nentities: [{', '.join(entities)}]"
    blueprint, found = load(text, "blueprint.yaml")
    assert blueprint is not None, found
    return check_references(blueprint, [PROFILES])


def said(*entities: str) -> list[tuple[str, str]]:
    """Return the codes and key paths of what is wrong; each has a hint."""
    found = problems(*entities)
    assert all(d.hint and d.place.source == "blueprint.yaml" for d in found)
    return [(d.code, ".".join(d.place.path)) for d in found]

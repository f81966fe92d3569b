"""An app made of packs, as the database gates see it: compiled and migrated, no files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from archwright.blueprint.model import App, Attribute, Blueprint, Entity, FeatureUse
from archwright.catalog.expansion import expand
from archwright.catalog.load import load_catalog
from archwright.diagnostics import Diagnostic, has_errors
from archwright.migrate.diff import diff
from archwright.migrate.files import MigrationFile, to_files
from archwright.plan.restrict import Restricted, whole
from archwright.ports import Database, Toolchain
from archwright.proof.gate import Subject
from archwright.schema.architect import Architecture, design
from archwright.schema.model import Schema

BUILT_IN = Path(__file__).parents[2] / "src/archwright/packs"
SPIKE = Path(__file__).parents[1] / "cases/spike_packs"
TRAITS = ("likeable", "blockable", "reportable", "rankable", "stockable", "bookable")


def thing(name: str, **given: object) -> Entity:
    """Return an entity that every spike pack may attach to."""
    attributes = (
        Attribute(name="title", required=True),
        Attribute(name="is_draft", type="boolean"),
    )
    entity = Entity(name=name, traits=TRAITS, attributes=attributes)
    return entity.model_copy(update=given)


RECIPE, GADGET = thing("Recipe"), thing("Gadget")


@dataclass(frozen=True)
class Packed:
    """A compiled app and its one migration."""

    app: Restricted
    architecture: Architecture
    migrations: tuple[MigrationFile, ...]

    def subject(self, postgres: Database, database: str, **given: object) -> Subject:
        """Return what a gate gets; ``previous`` and ``last`` may be given."""
        values: dict[str, object] = {
            "previous": None,
            "phase": None,
            "drafts": (),
            "folder": Path(),
            "touched": (),
            "last": True,
            "toolchain": None,
            **given,
        }
        return Subject(
            app=self.app,
            architecture=self.architecture,
            migrations=self.migrations,
            database=database,
            postgres=postgres,
            **values,  # type: ignore[arg-type]
        )


def packs(*names: str, more: Sequence[Path] = ()) -> list[Path]:
    """Return pack folders: the spike's where it has one of that name, else the built-in one."""
    own = [SPIKE / n if (SPIKE / n).is_dir() else BUILT_IN / n for n in names]
    return [BUILT_IN / "foundation", *own, *more]


def compiled(
    features: Mapping[str, Sequence[str]],
    entities: Sequence[Entity] = (),
    more: Sequence[Path] = (),
) -> Packed:
    """Compile an app of features (name to entities); a mistake anywhere is an assertion."""
    names = [n for n in features if not any(folder.name == n for folder in more)]
    catalog, problems = load_catalog(packs(*names, more=more))
    assert not has_errors(problems), show(problems)  # packs left out are no mistake
    uses = tuple(FeatureUse(use=n, on=tuple(on)) for n, on in features.items())
    app = App(name="Workshop", slug="workshop")
    blueprint = Blueprint(app=app, entities=tuple(entities), features=uses)
    expansion, problems = expand(blueprint, catalog)
    assert not problems, show(problems)
    built = whole(blueprint, expansion)
    architecture, problems = design(built)
    assert architecture is not None, show(problems)
    assert not problems, show(problems)
    migrations = to_files(diff(Schema(), architecture.schema), 1)
    return Packed(built, architecture, tuple(migrations))


def migrate(postgres: Database, database: str, packed: Packed) -> None:
    """Apply the migrations as the owner."""
    with postgres.connect(database) as connection:
        for migration in packed.migrations:
            connection.execute(migration.sql)


def show(problems: Sequence[Diagnostic]) -> str:
    """Return diagnostics as text."""
    return "\n".join(str(p) for p in problems)


__all__ = [
    "GADGET",
    "RECIPE",
    "Packed",
    "Toolchain",
    "compiled",
    "migrate",
    "packs",
    "show",
    "thing",
]

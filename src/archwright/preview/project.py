"""An app's folder as the preview sees it: migrations, sample rows, and a folder of our own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from archwright.diagnostics import Diagnostic, DiagnosticError, Place
from archwright.migrate.files import MigrationFile
from archwright.preview.config import Config, read_config

MIGRATIONS = "supabase/migrations"
OWN = ".archwright/dev"
_MIGRATION = re.compile(r"([0-9]+)_(.*)\.sql", re.ASCII)


@dataclass(frozen=True, slots=True)
class Sample:
    """A file of sample rows: its path from the app's folder, and its SQL."""

    path: str
    sql: str


@dataclass(frozen=True, slots=True)
class Project:
    """An app's folder. What it says is read anew by each call: people edit while it runs."""

    root: Path

    @property
    def own(self) -> Path:
        """Return the folder with what a preview keeps; ``own_folder`` makes it."""
        return self.root / OWN

    @property
    def has_pages(self) -> bool:
        """Tell whether there is a front end: a folder with ``supabase`` alone has none."""
        return (self.root / "package.json").is_file()

    @property
    def functions(self) -> Path:
        """Return the folder of the Edge Functions."""
        return self.root / "supabase/functions"

    def config(self) -> Config:
        """Read ``supabase/config.toml``. Raises AW-7101 where it cannot be read."""
        return read_config(self.root)

    def migrations(self) -> tuple[MigrationFile, ...]:
        """Read the migrations in order of their versions; other files are none of ours."""
        found = []
        for path in sorted((self.root / MIGRATIONS).glob("*.sql")):
            match = _MIGRATION.fullmatch(path.name)
            if match and path.is_file():
                found.append(MigrationFile(match[1], match[2], _text(self.root, path)))
        return tuple(sorted(found, key=lambda m: (m.version, m.name)))

    def samples(self) -> tuple[Sample, ...]:
        """Read the files of sample rows that config.toml names, in its order."""
        seed = self.config().db.seed
        base = self.root / "supabase"
        patterns = seed.sql_paths if seed.enabled else []
        paths = [path for pattern in patterns for path in sorted(_matches(base, pattern))]
        return tuple(
            Sample(path.relative_to(self.root).as_posix(), _text(self.root, path))
            for path in dict.fromkeys(paths)
        )


def open_project(root: Path, *, pages: bool = True) -> Project:
    """Return the app in a folder, or without ``pages`` any project of Supabase.

    Raises AW-7008 where there is none.
    """
    root = root.resolve()
    project = Project(root)
    if not (root / "supabase").is_dir() or (pages and not project.has_pages):
        hint = "Name the folder of an app: archwright dev clipster"
        lacks = " or no package.json" if pages else ""
        text = f"there is no app in the folder: it has no supabase folder{lacks}"
        raise DiagnosticError(Diagnostic("AW-7008", text, Place(str(root)), hint))
    return project


def own_folder(project: Project) -> Path:
    """Make the preview's folder in the app, which git ignores, and return it.

    Others may pass through it, since PostgreSQL may run as another user, but not list it.
    """
    own = project.own
    own.mkdir(parents=True, exist_ok=True)
    own.chmod(0o711)
    ignore = own / ".gitignore"
    if not ignore.exists():
        ignore.write_text("# What `archwright dev` keeps: database, files, keys. Made anew.\n*\n")
    return own


def _matches(base: Path, pattern: str) -> list[Path]:
    pattern = pattern.removeprefix("./")
    try:
        found = [path for path in base.glob(pattern) if path.is_file()]
    except (ValueError, NotImplementedError):  # an absolute or empty pattern
        return []
    return [path for path in found if path.resolve().is_relative_to(base.parent)]


def _text(root: Path, path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        place = Place(path.relative_to(root).as_posix())
        text = f"the file cannot be read: {error}"
        raise DiagnosticError(Diagnostic("AW-7103", text, place)) from error

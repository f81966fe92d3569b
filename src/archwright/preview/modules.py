"""The packages of an app: its own, or a link to the toolchain's, which are the same."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from archwright.diagnostics import Diagnostic, DiagnosticError, Place

FOLDER = "node_modules"
_HINT = "Run `npm install` in the app's folder; or leave its pages out: --api-only."


def provide_modules(root: Path, installed: Path, names: Iterable[str]) -> bool:
    """Make sure that the app has packages; return whether they are the toolchain's.

    ``installed`` is the toolchain's folder, ``names`` what it has. Raises AW-7107 where the app
    needs more than that, or its own folder is not complete.
    """
    own = root / FOLDER
    if own.is_symlink() and _ours(own, installed):
        own.unlink()
    if own.is_dir():
        if not (own / "vite/package.json").is_file():
            text = "the app's node_modules has no Vite"
            raise DiagnosticError(Diagnostic("AW-7107", text, Place(FOLDER), _HINT))
        return own.resolve() == installed.resolve()
    missing = sorted(_wanted(root) - set(names))
    if missing:
        text = f"the app needs packages that are not installed: {', '.join(missing[:10])}"
        raise DiagnosticError(Diagnostic("AW-7107", text, Place("package.json"), _HINT))
    own.unlink(missing_ok=True)
    own.symlink_to(installed, target_is_directory=True)
    return True


def _ours(link: Path, installed: Path) -> bool:
    """Tell whether a link leads into the toolchain's cache, be it to an older installation."""
    return link.readlink().parent.parent == installed.parent.parent


def _wanted(root: Path) -> set[str]:
    place = Place("package.json")
    try:
        data = json.loads((root / "package.json").read_bytes())
        found = {**data.get("dependencies", {}), **data.get("devDependencies", {})}
    except (OSError, ValueError, TypeError, AttributeError) as error:
        text = f"package.json cannot be read: {error}"
        raise DiagnosticError(Diagnostic("AW-7107", text, place, "Mend the file.")) from error
    return {str(name) for name in found}

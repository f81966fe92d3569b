"""What a file of an app imports."""

from __future__ import annotations

from archwright.catalog.regions import Language
from archwright.emit.imports import specifiers


def imported_modules(source: str, language: Language = "tsx") -> list[str]:
    """Return every module that a file imports or exports from, once each, in order."""
    return list(dict.fromkeys(module for module, _ in specifiers(source, language)))

"""What the short typed strings of a manifest may hold; each check raises ``ValueError``."""

from __future__ import annotations

import re

from archwright.catalog.columns import parse_column
from archwright.catalog.sql_expression import expression_error, index_column_error

_PATH = re.compile(r"[A-Za-z0-9_@$.\[\]-]+(/[A-Za-z0-9_@$.\[\]-]+)*")
_WORDS = re.compile(r"[^\W_][\w ’&-]*")
# Folders of an app that no pack writes to: what is in them would be run or would rewrite history.
_CLOSED = (".archwright", ".git", "dist", "node_modules", "supabase/migrations")


def expression(value: str) -> str:
    """Return a value that is one SQL expression."""
    return _checked(value, expression_error(value))


def index_column(value: str) -> str:
    """Return a value that is one column of an index: ``created_at desc``, ``lower(title)``."""
    return _checked(value, index_column_error(value))


def column(value: str) -> str:
    """Return a value that the column language can read."""
    parsed = parse_column(value)
    return _checked(value, parsed if isinstance(parsed, str) else None)


def relative_path(value: str) -> str:
    """Return a value that is a path inside an app, outside of what packs must not touch."""
    return _checked(value, path_error(value))


def words(value: str) -> str:
    """Return a value that can stand in prose, in a literal and in a comment without quoting."""
    return _checked(value, words_error(value))


def path_error(value: str) -> str | None:
    """Say why a pack cannot have a file at this path of an app; None where it can."""
    if not _PATH.fullmatch(value) or any(set(step) == {"."} for step in value.split("/")):
        return "expected a path like src/features/likes/like-button.tsx"
    for folder in _CLOSED:
        if value == folder or value.casefold().startswith(f"{folder}/"):
            return f"nothing of a pack lies in {folder}"
    return None


def words_error(value: str) -> str | None:
    """Say why a label cannot be put into sentences, literals and comments; None where it can."""
    if not _WORDS.fullmatch(value):
        return "a label is letters, digits, spaces and hyphens"
    return None


def _checked(value: str, wrong: str | None) -> str:
    if wrong:
        raise ValueError(wrong)
    return value

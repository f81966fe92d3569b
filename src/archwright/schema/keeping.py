"""Columns and tables that only their own triggers write: how these are told from everybody else."""

from __future__ import annotations

from archwright.schema.sql_text import literal

_SETTING = "'app.keeping'"
# Until the end of the transaction, so an error that is caught leaves it as it was before.
DECLARE = f"kept text := current_setting({_SETTING}, true);"


def keeping(name: str, body: str) -> str:
    """Return statements that run as the keeper ``name``; ``DECLARE`` belongs to the function."""
    return (
        f"perform set_config({_SETTING}, {literal(name)}, true);\n{body}\n"
        f"perform set_config({_SETTING}, coalesce(kept, ''), true);"
    )


def by_others(name: str) -> str:
    """Return SQL that tells whether somebody else than the keeper writes."""
    return f"current_setting({_SETTING}, true) is distinct from {literal(name)}"


def refusal(message: str, constraint: str, state: str, detail: str) -> str:
    """Return ``raise`` in the manner of a constraint, so that a pack can put it into words."""
    said = literal(f'{message} "{constraint}"'.replace("%", "%%"))
    return (
        f"raise exception\n  {said}\n"
        f"  using errcode = {literal(state)}, constraint = {literal(constraint)},\n"
        f"    detail = {literal(detail)};"
    )

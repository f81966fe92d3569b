"""What templates may see: a prepared context, the same names for every pack."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from archwright.catalog.insertion import css
from archwright.catalog.instance import Instance
from archwright.emit.slots import Slots
from archwright.emit.theme import Theme as CssTheme
from archwright.plan.context import instance_context
from archwright.plan.restrict import Restricted


def app_context(app: Restricted, theme: CssTheme) -> dict[str, Any]:
    """Return the part of the context that all templates share."""
    head = app.blueprint.app
    return {
        "app": {"name": head.name, "slug": head.slug, "summary": head.summary},
        "theme": {
            "mode": theme.mode,
            "light": {name: css(value) for name, value in theme.light.items()},
            "dark": {name: css(value) for name, value in theme.dark.items()},
        },
        "locales": list(head.locales),
        "has": app.has,
    }


def file_context(
    shared: Mapping[str, Any], app: Restricted, instance: Instance, slot: Callable[[str], str]
) -> dict[str, Any]:
    """Return the context of one file of an instance."""
    return {**shared, **instance_context(app, instance), "slot": slot}


def slot_text(slots: Slots, used: list[str], name: str) -> str:
    """Return the elements of a slot, one a line, and note which slot was asked for."""
    used.append(name)
    return "\n".join(f.element for f in slots.of(name))

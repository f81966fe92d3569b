"""What templates may see: a prepared context, the same names for every pack."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from archwright.catalog.insertion import css
from archwright.catalog.instance import Instance, Target
from archwright.emit.slots import Slots
from archwright.emit.theme import Theme as CssTheme
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
    context = dict(shared)
    context["slot"] = slot
    context["options"] = dict(instance.options)
    context["target"] = _target(instance.target) if instance.target else None
    built = [t for t in instance.targets if app.has(f"{instance.feature}@{t.entity}")]
    known = [app.expansion.targets.get(t.entity, t) for t in built]
    context["targets"] = [_target(t) for t in known]
    return context


def slot_text(slots: Slots, used: list[str], name: str) -> str:
    """Return the elements of a slot, one a line, and note which slot was asked for."""
    used.append(name)
    return "\n".join(f.element for f in slots.of(name))


def _target(target: Target) -> dict[str, Any]:
    forms = target.forms
    return {
        "entity": target.entity,
        "table": target.table,
        "owner": target.owner or "",
        "label": forms.label,
        "labels": forms.labels,
        "snake": forms.snake,
        "kebab": forms.kebab,
        "kebabs": forms.kebabs,
        "camel": forms.camel,
        "camels": forms.camels,
        "pascal": forms.pascal,
        "id": f"{forms.snake}_id",
    }

"""What templates may ask about an app: features, options, targets; the same for SQL and code."""

from __future__ import annotations

from collections.abc import Mapping

from archwright.catalog.instance import Instance, Target
from archwright.plan.restrict import Restricted
from archwright.plan.roles import role_holders, role_inclusions


def instance_context(app: Restricted, instance: Instance) -> Mapping[str, object]:
    """Return ``has``, ``options``, ``target`` (None without one) and the built ``targets``.

    ``on`` of these is what their rows are on: a ``table``, and the ``column`` that names its row;
    ``built`` tells of each part that the feature has for them whether it is there already.

    ``included_roles`` are the roles that others include, each with those others; ``roles_unless``
    the functions of a member during which nobody has any.
    """
    return app.once(("context", instance.key), lambda: _context(app, instance))


def _context(app: Restricted, instance: Instance) -> dict[str, object]:
    built = [t for t in instance.targets if app.has(f"{instance.feature}@{t.entity}")]
    return {
        "has": app.has,
        "options": dict(instance.options),
        "target": target_context(instance.target) if instance.target else None,
        "targets": [
            {**target_context(t), "on": _on(app, t), "built": _built(app, instance.feature, t)}
            for t in built
        ],
        "included_roles": app.once("included roles", lambda: _included_roles(app)),
        "roles_unless": app.once("roles unless", lambda: _roles_unless(app)),
    }


def _built(app: Restricted, feature: str, target: Target) -> dict[str, bool]:
    """Return the parts of a feature on a target, and whether they are there."""
    key = f"{feature}:{target.entity}"
    one = next((i for i in app.expansion.instances if i.key == key), None)
    return {part: app.has_part(one, part) for part in one.parts} if one else {}


def _on(app: Restricted, target: Target) -> dict[str, str]:
    """Return the table and the column of what a target's rows are on, as comments on videos."""
    host = next(i for i in app.expansion.instances if i.key == target.instance)
    table = host.manifest.tables.get(target.table)
    column = f"{host.target.forms.snake}_id" if host.target else ""
    if host.target is None or table is None or column not in table.columns:
        return {}
    return {"table": host.target.table, "column": column}


def _roles_unless(app: Restricted) -> list[str]:
    return sorted(
        spec.of_member
        for instance in app.instances
        for spec in instance.manifest.predicates.values()
        if spec.of_member is not None and app.has_part(instance, spec.part)
    )


def _included_roles(app: Restricted) -> list[dict[str, object]]:
    holders = role_holders(role_inclusions(app))
    return [{"name": name, "holders": list(those)} for name, those in holders.items()]


def target_context(target: Target) -> dict[str, str]:
    """Return an entity's names in every form."""
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

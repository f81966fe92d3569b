"""The Blueprint that is written beside a restricted app: it says what stands, not what will."""

from __future__ import annotations

from archwright.blueprint.model import Blueprint, FeatureUse
from archwright.plan.restrict import Restricted


def restricted_blueprint(app: Restricted) -> Blueprint:
    """Return the Blueprint with only the features and entities of which something is built."""
    uses: list[FeatureUse] = []
    for use in app.blueprint.features:
        if not app.has(use.use):
            continue
        on = tuple(e for e in use.on if app.has(f"{use.use}@{e}") or _stands_alone(app, use.use))
        uses.append(use.model_copy(update={"on": on}))
    built = {i.key for i in app.instances}
    targets = app.expansion.targets
    entities = tuple(
        e for e in app.blueprint.entities if e.name in targets and targets[e.name].instance in built
    )
    return app.blueprint.model_copy(update={"features": tuple(uses), "entities": entities})


def _stands_alone(app: Restricted, feature: str) -> bool:
    """Tell whether a feature has no instance per target: its targets are then just named."""
    return not any(i.feature == feature and i.target for i in app.expansion.instances)

"""Outside services that an app would use, as its packs declare them."""

from __future__ import annotations

from archwright.catalog.manifest import ServiceSpec
from archwright.plan.restrict import Restricted


def services(app: Restricted) -> tuple[tuple[str, ServiceSpec], ...]:
    """Return each declared service once, with the title of the feature that would use it."""
    found = {
        (instance.pack.head.title, service): None
        for instance in app.instances
        if instance.pack
        for service in instance.manifest.services
    }
    return tuple(found)

"""The app's own ``blueprint.yaml``: edited there, it is input, and stays as people wrote it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from archwright.blueprint.codec import commented, dump, load, update
from archwright.build.journal import Journal, digest
from archwright.build.theirs import BLUEPRINT
from archwright.catalog.materialise import materialise
from archwright.compiler import Compiled, Plan
from archwright.emit.draft import Draft
from archwright.emit.restricted import restricted_blueprint
from archwright.ports import Workspace


@dataclass(frozen=True, slots=True)
class Own:
    """What ``blueprint.yaml`` is to hold in every phase; ``edited`` since it was built.

    It says at once all that is wanted, so that an edit is not lost where a later phase fails.
    """

    text: str
    edited: bool

    def put_into(self, drafts: tuple[Draft, ...]) -> tuple[Draft, ...]:
        """Return the drafts with this text in the place of the one that the compiler wrote."""
        return tuple(replace(d, text=self.text) if d.path == BLUEPRINT else d for d in drafts)


def own_blueprint(workspace: Workspace, journal: Journal, plan: Plan, base: Compiled) -> Own | None:
    """Return what of the folder's ``blueprint.yaml`` is kept; None where nothing is the user's.

    Also None where it was edited and says something else than what is to be built: such an edit
    is no input, and is treated as one in any other file. ``base`` is the app that stands.
    """
    text = (workspace.read(BLUEPRINT) or b"").decode("utf-8", "replace")
    edited = digest(text) != journal.files.get(BLUEPRINT)
    if edited and not _meant(text, journal, plan, base):
        return None
    kept = commented(text)
    if not (edited or kept):
        return None
    return Own(update(text, plan.blueprint) if kept else dump(plan.blueprint), edited)


def _meant(text: str, journal: Journal, plan: Plan, base: Compiled) -> bool:
    """Tell whether a text says what is to be built, or what stands: then only its form differs."""
    said, _ = load(text, BLUEPRINT)
    if said is None:
        return False
    known = (plan.blueprint, restricted_blueprint(base.app))
    wanted = {journal.blueprint, *(dump(item) for item in known)}
    return bool(wanted & {dump(said), dump(materialise(said, plan.catalog))})

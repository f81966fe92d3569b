"""Whether an app is what its journal and its blueprint.yaml say, so that it can be changed."""

from __future__ import annotations

from archwright.blueprint.codec import dump, load
from archwright.build.journal import Journal, digest
from archwright.build.theirs import BLUEPRINT
from archwright.diagnostics import Diagnostic, Place
from archwright.ports import Workspace


def unbuilt(workspace: Workspace, journal: Journal) -> Diagnostic | None:
    """Return AW-7014 for an app with phases left to build, AW-7015 for edits that are not built."""
    if not journal.complete:
        text = "the app is not finished: phases of its build, or of its last change, are missing"
        hint = "`archwright apply FOLDER` goes on with them; then change it."
        return Diagnostic("AW-7014", text, Place(str(workspace.root)), hint)
    text = (workspace.read(BLUEPRINT) or b"").decode("utf-8", "replace")
    if digest(text) == journal.files.get(BLUEPRINT):
        return None
    said, _ = load(text, BLUEPRINT)
    if said is not None and dump(said) == journal.blueprint:
        return None  # comments
    text = f"{BLUEPRINT} was edited since it was built, and says something else"
    hint = "`archwright apply FOLDER` builds what it says; then change it further."
    return Diagnostic("AW-7015", text, Place(BLUEPRINT), hint)

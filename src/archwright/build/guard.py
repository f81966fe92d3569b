"""What of the user's would be overwritten: looked for before a build, and before each phase."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from archwright.build.folder import edited, in_the_way
from archwright.build.journal import Journal
from archwright.diagnostics import Diagnostic, Place
from archwright.ports import Workspace

BLUEPRINT = "blueprint.yaml"


def disturbed(
    workspace: Workspace, journal: Journal, paths: Iterable[str], *, from_own: bool = False
) -> Diagnostic | None:
    """Return why nothing is written: edits of the user's, or files where new ones belong.

    ``paths`` are those of the whole app that is to be; ``from_own`` tells that it is built from
    the folder's own blueprint.yaml, whose edits are what is to be built.
    """
    hint = "`archwright check` proves them as they are; build into a new folder, or undo the edits."
    changed = edited(workspace, journal)
    if from_own:
        changed = tuple(path for path in changed if path != BLUEPRINT)
    if changed:
        text = f"files were changed since they were built; none is overwritten: {_shown(changed)}"
        if changed == (BLUEPRINT,):
            hint = (
                "To build what it says now, name the folder with --out and no request; to build "
                f"what you asked for, restore it (`git checkout {BLUEPRINT}`)."
            )
        return Diagnostic("AW-7004", text, Place(changed[0]), hint)
    if theirs := in_the_way(workspace, journal, paths):
        text = f"files of yours lie where new ones belong: {_shown(theirs)}"
        return Diagnostic("AW-7009", text, Place(theirs[0]), "Move or rename them.")
    return None


def changed_meanwhile(
    workspace: Workspace,
    before: Mapping[str, str],
    after: Mapping[str, str],
    paths: Iterable[str],
) -> Diagnostic | None:
    """Return which of ``paths`` no longer hold what a phase was built on.

    ``before`` and ``after`` map path to text. What holds already what it is to hold, or is gone
    already and was to go, is no difference.
    """
    found = [path for path in paths if _differs(workspace, path, before.get(path), after.get(path))]
    if not found:
        return None
    text = f"files were changed while the build ran; none is overwritten: {_shown(found)}"
    hint = (
        "The phases before this one stand. Move your edits aside, build again, and edit the "
        "finished files; or prove what is there with `archwright check`."
    )
    return Diagnostic("AW-7010", text, Place(found[0]), hint)


def _differs(workspace: Workspace, path: str, before: str | None, after: str | None) -> bool:
    now = workspace.read(path)
    if now is None:
        target = workspace.root / path
        taken = target.is_symlink() or target.exists()  # a folder or a link is not what was built
        return taken or (before is not None and after is not None)
    return now not in {text.encode() for text in (before, after) if text is not None}


def _shown(paths: Sequence[str]) -> str:
    return ", ".join(paths[:5]) + (f" and {len(paths) - 5} more" if len(paths) > 5 else "")

"""What of an app's folder is the user's: edited files, deleted ones, and files of their own."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from archwright.build.folder import edited, is_migration
from archwright.build.journal import Journal
from archwright.diagnostics import Diagnostic, Severity
from archwright.emit.draft import Draft
from archwright.ports import Workspace
from archwright.proof.gate import Evidence, Gate, Subject
from archwright.proof.lanes import Lane

BLUEPRINT = "blueprint.yaml"
OF_STYLE = frozenset({"drafts", "format", "lint", "unused"})
"""Gates whose findings in a user's own file were there before, whatever a build changes."""


@dataclass(frozen=True)
class Theirs:
    """The user's part of an app: path to bytes of ``edited`` and ``own`` files; ``deleted`` ones.

    ``blueprint.yaml`` is none of them: its edits are input.
    """

    edited: Mapping[str, bytes] = field(default_factory=dict)
    deleted: frozenset[str] = frozenset()
    own: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def changed(self) -> frozenset[str]:
        """Return the files of ours that are not as they were written."""
        return self.deleted.union(self.edited)

    @property
    def files(self) -> dict[str, bytes]:
        """Return what lies beside the files of ours, or in their place."""
        return {**self.own, **self.edited}

    @cached_property
    def drafts(self) -> tuple[Draft, ...]:
        """Return the files of the user's own that are text: there is no pack to name."""
        return tuple(Draft(path, text, "") for path, text in texts_of(self.own).items())

    @property
    def migrations(self) -> dict[str, str]:
        """Return the migrations of the user's own, path to text."""
        return {draft.path: draft.text for draft in self.drafts if is_migration(draft.path)}

    def put_into(self, drafts: Sequence[Draft]) -> tuple[Draft, ...]:
        """Return drafts as they lie in the folder: edited as they are, deleted ones left out."""
        return tuple(
            replace(d, text=self.edited[d.path].decode("utf-8", "replace"))
            if d.path in self.edited
            else d
            for d in drafts
            if d.path not in self.deleted
        )

    def lenient(self, lanes: Sequence[Lane]) -> list[Lane]:
        """Return lanes in which what a file of theirs looks like stops nothing."""
        if not self.files:
            return list(lanes)
        return [[_Lenient(g.name, g, self.files.keys()) for g in lane] for lane in lanes]


@dataclass
class _Lenient:
    """A gate whose findings of style in the user's files are warnings."""

    name: str
    gate: Gate
    paths: Collection[str]

    def check(self, subject: Subject) -> Evidence:
        evidence = self.gate.check(subject)
        if self.name not in OF_STYLE:
            return evidence
        return replace(evidence, diagnostics=tuple(self._told(d) for d in evidence.diagnostics))

    def _told(self, problem: Diagnostic) -> Diagnostic:
        theirs = problem.place.source in self.paths
        return replace(problem, severity=Severity.WARNING) if theirs else problem


def texts_of(files: Mapping[str, bytes]) -> dict[str, str]:
    """Return the files that are text: of pictures there is nothing to read."""
    found: dict[str, str] = {}
    for path, data in files.items():
        try:
            found[path] = data.decode("utf-8")
        except UnicodeDecodeError:
            continue
    return found


def read_theirs(workspace: Workspace, journal: Journal, most: int) -> Theirs:
    """Return what is the user's in a folder.

    Files of more than ``most`` bytes are no source, and those with secrets stay where they are.
    """
    changed = [path for path in edited(workspace, journal) if path != BLUEPRINT]
    there = {path: workspace.read(path) for path in changed}
    sizes = workspace.sizes()
    own = [p for p in sizes if p not in journal.files and sizes[p] <= most and not _secret(p)]
    return Theirs(
        edited={path: data for path, data in there.items() if data is not None},
        deleted=frozenset(path for path, data in there.items() if data is None),
        own={path: workspace.read(path) or b"" for path in own},
    )


def _secret(path: str) -> bool:
    return path.rpartition("/")[2].startswith(".env")

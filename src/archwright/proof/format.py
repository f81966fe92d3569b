"""Formats drafts before they are written, and the gate that proves the tree is formatted."""

from __future__ import annotations

import hashlib
import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from archwright.diagnostics import Diagnostic
from archwright.emit.draft import Draft
from archwright.ports import Finished, Toolchain
from archwright.proof.gate import Evidence, Subject
from archwright.proof.paths import path_problem
from archwright.proof.running import (
    UNFINISHED,
    Findings,
    at,
    crashed,
    measure,
    plain,
    traced_to_packs,
)

CODE = "AW-5102"
CONFIG = ".oxfmtrc.json"
STYLESHEET = "src/index.css"
"""Tailwind's classes are sorted by what this file defines."""
DECISIVE = frozenset((CONFIG, STYLESHEET, ".gitignore"))
"""Files on which the form of all others depends."""
SUFFIXES = frozenset(
    (
        ".ts .tsx .mts .cts .js .jsx .mjs .cjs .json .jsonc .json5 .css .html .md .yaml .yml .toml"
    ).split()
)
_SYNTAX = re.compile(
    r"^\s*[x×]\s(?P<message>[^\n]*)\n\s*[,╭][-─]+\[(?P<file>[^\]\n]+?):(?P<line>\d+):(?P<column>\d+)\]",
    re.M,
)


@dataclass(slots=True)
class FormatCache:
    """Formatted text by the hash of the text, its path's suffix and all that decides its form."""

    texts: dict[str, str] = field(default_factory=dict)


class FormatGate:
    """``oxfmt --list-different``: formatting the tree once more must change nothing.

    A phase looks at the files that it touches, or at all where it touches what decides their
    form; the last phase looks at all.
    """

    name = "format"

    def check(self, subject: Subject) -> Evidence:
        """Find files that are not formatted, or that cannot be read as their language."""
        return measure(self.name, "oxfmt", subject, lambda: _check(subject))


def format_drafts(
    drafts: Sequence[Draft], toolchain: Toolchain, cache: FormatCache
) -> tuple[list[Draft], list[Diagnostic]]:
    """Return the drafts formatted, in one run of oxfmt for all that the cache does not hold.

    Diagnostics AW-5102: files that are no valid text of their language; those stay as they are.
    Raises ``DiagnosticError`` where oxfmt cannot be had.
    """
    rules = _rules(drafts)
    keys = {d.path: _key(d, rules) for d in drafts if Path(d.path).suffix in SUFFIXES}
    missing = [d for d in drafts if d.path in keys and keys[d.path] not in cache.texts]
    problems: Sequence[Diagnostic] = ()
    if missing:
        formatted, problems = _format(missing, drafts, toolchain)
        for path, text in formatted.items():
            cache.texts[keys[path]] = text
    texts = {path: cache.texts[key] for path, key in keys.items() if key in cache.texts}
    done = [replace(d, text=texts[d.path]) if d.path in texts else d for d in drafts]
    return done, list(traced_to_packs(problems, drafts))


def _check(subject: Subject) -> Findings:
    paths = _paths(subject)
    if not paths:
        return Findings(facts={"files": 0}, skipped="the phase touches nothing that is formatted")
    whole = paths == ["."]
    arguments = ["--list-different", "--no-error-on-unmatched-pattern", *paths]
    done = subject.toolchain.tool("oxfmt", arguments, subject.folder)
    found = list(_syntax(done))
    unreadable = {d.place.source for d in found}
    for path in map(str.strip, done.stdout.splitlines()):
        if path not in unreadable and (subject.folder / path).is_file():
            text = "the file is not formatted: formatting it again changes it"
            found.append(Diagnostic(CODE, text, at(path), "run `npm run format`"))
    if done.code != 0 and not found:
        raise crashed("oxfmt", done)
    every = sum(1 for d in subject.drafts if Path(d.path).suffix in SUFFIXES)
    return Findings(found, {"files": every if whole else len(paths), "findings": len(found)})


def _paths(subject: Subject) -> list[str]:
    """Return what the gate looks at; "." is everything."""
    if subject.last or DECISIVE & {*subject.touched}:
        return ["."]
    here = {d.path for d in subject.drafts}
    return [p for p in subject.touched if p in here and Path(p).suffix in SUFFIXES]


def _syntax(done: Finished) -> list[Diagnostic]:
    return [
        Diagnostic(CODE, m["message"], at(m["file"], int(m["line"]), int(m["column"])))
        for m in _SYNTAX.finditer(plain(done.stderr))
    ]


def _rules(drafts: Sequence[Draft]) -> str:
    """Return what besides a file's own text decides how it is formatted."""
    texts = {d.path: d.text for d in drafts if d.path in DECISIVE}
    return "\0".join(f"{path}\0{texts[path]}" for path in sorted(texts))


def _key(draft: Draft, rules: str) -> str:
    # The path counts: what is ignored and how package.json is sorted depend on it.
    return hashlib.sha256(f"{draft.path}\0{draft.text}\0{rules}".encode()).hexdigest()


def _format(
    missing: Sequence[Draft], drafts: Sequence[Draft], toolchain: Toolchain
) -> tuple[dict[str, str], list[Diagnostic]]:
    with tempfile.TemporaryDirectory(prefix="archwright-format-") as name:
        folder = Path(name)
        (folder / "node_modules").symlink_to(toolchain.node_modules())
        wanted = {d.path for d in missing} | DECISIVE
        for draft in drafts:
            if draft.path in wanted and not path_problem(draft.path):
                path = folder / draft.path
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(draft.text, encoding="utf-8", newline="")
        arguments = ["--no-error-on-unmatched-pattern", "."]
        done = toolchain.tool("oxfmt", arguments, folder)
        problems = _syntax(done)
        if done.code != 0 and not problems:
            text = str(crashed("oxfmt", done)).replace(f"{folder}/", "")
            return {}, [Diagnostic(UNFINISHED, text)]
        broken = {problem.place.source for problem in problems}
        good = [d.path for d in missing if d.path not in broken and not path_problem(d.path)]
        return {path: (folder / path).read_text(encoding="utf-8") for path in good}, problems

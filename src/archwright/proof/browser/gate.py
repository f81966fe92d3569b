"""The gate that lets people loose on the whole app in a real browser, once it is whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from archwright.ports import Browsing, SpecEnded, SpecsWanted
from archwright.proof.browser.kept import keep
from archwright.proof.browser.results import parse
from archwright.proof.browser.verdict import diagnostics, figures
from archwright.proof.gate import Evidence, Subject
from archwright.proof.running import Findings, measure

Keep = Callable[[Mapping[str, bytes]], None]
"""Puts the files of a run, by path from the app's folder, in place of those of the run before."""


class BrowserGate:
    """All specs against a platform that is made for them; in the last phase only.

    A spec needs the app around its feature: the same specs phase by phase would prove less, and
    take longer than all other gates together.
    """

    name = "browser"

    def __init__(
        self,
        browsing: Browsing,
        kept: Keep = lambda _: None,
        workers: int = 2,
        told: Callable[[SpecEnded], None] = lambda _: None,
    ) -> None:
        """Take what runs the specs, where their evidence goes, and who hears of each."""
        self._browsing, self._keep = browsing, kept
        self._workers, self._told = workers, told

    def check(self, subject: Subject) -> Evidence:
        """Run the specs; a failure has its file, line, words, and where its trace is kept."""
        return measure(self.name, "playwright", subject, lambda: self._check(subject))

    def _check(self, subject: Subject) -> Findings:
        if not subject.last:
            return Findings(skipped="specs are run when the app is whole")
        files = tuple(sorted(d.path for d in subject.drafts if is_spec(d.path)))
        if not files:
            return Findings(facts={"specs": 0}, skipped="the app has no specs")
        wanted = SpecsWanted((), min(self._workers, len(files)), self._told)
        run = parse(self._browsing.run(subject.folder, wanted), subject.folder)
        kept = keep(run)
        self._keep(kept.files)
        return Findings(diagnostics(run, kept.places), figures(run))


def is_spec(path: str) -> bool:
    """Tell whether a file of an app holds specs."""
    return path.startswith("e2e/") and path.endswith(".spec.ts")

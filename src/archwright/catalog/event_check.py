"""News that is taken back with its row: a row is the only one that says so, and listeners can."""

from __future__ import annotations

from collections.abc import Iterator

from archwright.catalog.manifest import EventSpec, Manifest
from archwright.diagnostics import Diagnostic, Place


def check_events(manifest: Manifest, source: str) -> Iterator[Diagnostic]:
    """Return AW-3019 of one manifest: where a second row could still say what is taken back."""
    for name, spec in sorted(manifest.events.items()):
        wrong = _second_row(spec, manifest) if spec.taken_back else None
        if wrong:
            hint = "Make the row unique for who did what to what, or leave taken_back out."
            yield Diagnostic("AW-3019", wrong, Place(source, ("events", name, "taken_back")), hint)
    for name, fanout in sorted(manifest.fanout.items()):
        function = manifest.functions.get(fanout.take_back or "")
        if fanout.take_back and (function is None or function.kind != "private"):
            text = f"there is no private function {fanout.take_back}"
            yield Diagnostic("AW-3019", text, Place(source, ("fanout", name, "take_back")))


def _second_row(spec: EventSpec, manifest: Manifest) -> str | None:
    """Say why two rows may be behind one piece of news: one that goes would take the other's."""
    table = manifest.tables.get(spec.table)
    if table is None:
        return f"the table {spec.table} is not this pack's: what is unique there is not known"
    to = spec.to or ""
    news = {spec.actor, spec.about, *([] if "." in to else [to])}
    if any(news.issuperset(columns) for columns in (table.key, *table.unique)):
        return None
    told = ", ".join(sorted(c for c in news if c))
    return f"nothing in {spec.table} is unique within {told}"

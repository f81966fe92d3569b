"""The derived file that tells the front end which topics there are, and what is told in each."""

from __future__ import annotations

from archwright.emit.derived import derived, quoted
from archwright.emit.draft import Draft
from archwright.plan.inventory import LIVE_TOPICS
from archwright.plan.restrict import Restricted
from archwright.schema.live_events import PERSON, Topic


def live_topics_file(app: Restricted, topics: tuple[Topic, ...]) -> Draft | None:
    """Return the tables of which changes are told, by topic; None while nobody listens."""
    if not app.has("foundation.live"):
        return None
    own = next((t.tables for t in topics if t.kind == PERSON), ())
    lines = [
        "/** Tables of which a member hears wherever they are in the app. */",
        f"export const personalTables: readonly string[] = {_listed(own)};",
        "",
        "/** Tables of which those hear who look at a row, by the table of that row. */",
        "export const subjectTables = {",
        *(f"  {t.kind}: {_listed(t.tables)}," for t in topics if t.kind != PERSON),
        "} as const;",
    ]
    return derived(LIVE_TOPICS, lines)


def _listed(tables: tuple[str, ...]) -> str:
    return f"[{', '.join(quoted(t) for t in tables)}]"

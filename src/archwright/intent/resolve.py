"""Claims -> the set of features: stated, implied, needed by others; exclusions always hold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from archwright.catalog.manifest import ArchetypeSpec, ImpliedFeature
from archwright.diagnostics import Diagnostic, Place, Severity
from archwright.intent.claims import Status, status_of
from archwright.intent.features import Mention, Mentions
from archwright.intent.lexicon import Lexicon
from archwright.intent.text import Text

IMPLIED = 0.9
NEEDED = 0.95
EXCLUDED = 0.95
_FOUNDATION = "foundation"


@dataclass(frozen=True, slots=True)
class Choice:
    """A feature that is built, left out or only offered, and why."""

    name: str
    status: Status
    confidence: float
    why: str


@dataclass(frozen=True, slots=True)
class Resolution:
    """All features decided on; ``narrowed``: which are not on what another one brings."""

    choices: tuple[Choice, ...]
    diagnostics: tuple[Diagnostic, ...]
    narrowed: tuple[tuple[str, str], ...] = ()

    @property
    def built(self) -> tuple[Choice, ...]:
        """Return what the app will have."""
        return tuple(c for c in self.choices if c.status in {"stated", "implied", "assumed"})


def resolve(
    text: Text, lexicon: Lexicon, archetype: ArchetypeSpec, mentions: Mentions
) -> Resolution:
    """Decide on every feature that is named, implied or needed."""
    found: list[Diagnostic] = []
    wanted = {m.name: m for m in mentions.wanted}
    unwanted = {m.name: m for m in mentions.unwanted}
    implied = {i.use: i for i in archetype.features if lexicon.feature(i.use) is not None}
    found += _not_installed(archetype, implied)
    found += _contradictions(text, lexicon, wanted, unwanted)
    choices: dict[str, Choice] = {}
    for name, item in implied.items():
        choices[name] = _implied(text, item, wanted.get(name), mentions.only)
    for name, mention in wanted.items():
        if name not in choices and lexicon.feature(name) is not None:
            choices[name] = _stated(text, mention)
    _need(lexicon, choices, set(unwanted))
    core = {name for name, item in implied.items() if not item.optional}
    found += _exclude(text, lexicon, choices, unwanted, core)
    ordered = [choices[name] for name in _order(lexicon, implied, choices)]
    return Resolution(tuple(ordered), tuple(found), mentions.narrowed)


def _implied(text: Text, item: ImpliedFeature, mention: Mention | None, only: bool) -> Choice:
    if mention is not None:
        stated = _stated(text, mention)
        if stated.status == "stated":
            return stated
    if only and item.optional and (mention is None or status_of(mention.confidence) != "stated"):
        return Choice(item.use, "suggested", 0.3, f"Usual, but not asked for: {item.why}")
    return Choice(item.use, "implied", IMPLIED, item.why)


def _stated(text: Text, mention: Mention) -> Choice:
    hit = mention.hits[0]
    words = text.quote(text.span(hit.start, hit.end))
    status = status_of(mention.confidence)
    lead = "Asked for" if status == "stated" else "Probably meant by"
    return Choice(mention.name, status, mention.confidence, f"{lead}: {words}")


def _need(lexicon: Lexicon, choices: dict[str, Choice], unwanted: set[str]) -> None:
    """Add what the chosen features require, and what that requires."""
    queue = [name for name, choice in choices.items() if choice.status != "suggested"]
    while queue:
        user = queue.pop(0)
        known = lexicon.feature(user)
        for name in known.requires if known else ():
            missing = name not in choices or choices[name].status == "suggested"
            if name == _FOUNDATION or name in unwanted or not missing:
                continue
            if lexicon.feature(name) is not None:
                choices[name] = Choice(
                    name, "implied", NEEDED, f"Needed for: {lexicon.title(user)}"
                )
                queue.append(name)


def _exclude(
    text: Text,
    lexicon: Lexicon,
    choices: dict[str, Choice],
    unwanted: dict[str, Mention],
    core: set[str],
) -> list[Diagnostic]:
    """Take out what is unwanted and all that cannot be without it."""
    found: list[Diagnostic] = []
    queue: list[str] = []
    for name, mention in unwanted.items():
        hit = mention.hits[0]
        span = text.span(hit.start, hit.end)
        if name in core:
            found.append(_core(lexicon, name, text.place(span)))
        choices[name] = Choice(name, "excluded", EXCLUDED, f"Not wanted: {text.quote(span)}")
        queue.append(name)
    if found:  # all else follows from the core: one message says enough
        return found
    return _exclude_users(lexicon, choices, queue, core)


def _exclude_users(
    lexicon: Lexicon, choices: dict[str, Choice], queue: list[str], core: set[str]
) -> list[Diagnostic]:
    """Take out what cannot be without the features in the queue, and so on."""
    found: list[Diagnostic] = []
    while queue:
        gone = queue.pop(0)
        for name, choice in list(choices.items()):
            known = lexicon.feature(name)
            if choice.status == "excluded" or known is None or gone not in known.requires:
                continue
            found.append(_dependant(lexicon, choice, gone, name in core))
            why = f"Not possible without {lexicon.title(gone)}, which is not wanted"
            choices[name] = Choice(name, "excluded", EXCLUDED, why)
            queue.append(name)
    return found


def _core(lexicon: Lexicon, name: str, place: Place) -> Diagnostic:
    message = f"{lexicon.title(name)}: this kind of platform cannot be built without"
    return Diagnostic("AW-1305", message, place, "leave something else out, or ask for it")


def _dependant(lexicon: Lexicon, choice: Choice, gone: str, core: bool) -> Diagnostic:
    title, other = lexicon.title(choice.name), lexicon.title(gone)
    if choice.status == "stated" or core:
        message = f"{title}: not possible without {other}, which the request leaves out"
        hint = f"allow {other} or leave out {title} as well"
        return Diagnostic("AW-1304", message, Place("request"), hint)
    message = f"left out as well: {title}, not possible without {other}"
    return Diagnostic("AW-1306", message, Place("request"), severity=Severity.NOTE)


def _contradictions(
    text: Text, lexicon: Lexicon, wanted: dict[str, Mention], unwanted: dict[str, Mention]
) -> list[Diagnostic]:
    """Report what is asked for and ruled out; a weak hint gives way to the exclusion."""
    found = []
    for name, mention in unwanted.items():
        other = wanted.get(name)
        if other is None:
            continue
        if status_of(other.confidence) == "stated":
            span = text.span(mention.hits[0].start, mention.hits[0].end)
            message = f"{lexicon.title(name)}: both asked for and ruled out"
            hint = "say it once, one way or the other"
            found.append(Diagnostic("AW-1303", message, text.place(span), hint))
        del wanted[name]
    return found


def _not_installed(archetype: ArchetypeSpec, implied: Iterable[str]) -> list[Diagnostic]:
    have = set(implied)
    missing = [item.use for item in archetype.features if item.use not in have]
    if not missing:
        return []
    message = f"no pack is installed for: {', '.join(missing)}; the app will be without"
    return [Diagnostic("AW-1308", message, Place("request"), severity=Severity.WARNING)]


def _order(lexicon: Lexicon, implied: Iterable[str], choices: Iterable[str]) -> list[str]:
    """Return the archetype's order, then the packs' names."""
    have = set(choices)
    first = [name for name in implied if name in have]
    rest = [known.name for known in lexicon.features if known.name in have]
    return list(dict.fromkeys([*first, *rest]))

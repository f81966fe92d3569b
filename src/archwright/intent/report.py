"""Diagnostics about a request: each names what was understood and what was not."""

from __future__ import annotations

from collections.abc import Iterable

from archwright.diagnostics import Diagnostic, Place, Severity
from archwright.intent.claims import Span
from archwright.intent.evidence import Evidence
from archwright.intent.features import Mention
from archwright.intent.kinds import Kind
from archwright.intent.leftovers import MAX_SHOWN
from archwright.intent.lexicon import Lexicon
from archwright.intent.text import Text, Token
from archwright.intent.vocabulary import words

_REQUEST = Place("request")
_BEGINNING = 25
_MOST_WORDS = 4
_VERBS = frozenset(
    """build create make implement develop design want need write generate program develops new
    simple full complete comprehensive modern web""".split()
)


def repairs(text: Text, repaired: Iterable[tuple[Token, str]]) -> list[Diagnostic]:
    """Say which words were read as others, each once."""
    seen: dict[str, tuple[str, Span]] = {}
    for token, better in repaired:
        seen.setdefault(token.text, (better, token.span))
    return [
        Diagnostic(
            "AW-1008", f'read "{word}" as "{better}"', text.place(span), severity=Severity.NOTE
        )
        for word, (better, span) in list(seen.items())[:MAX_SHOWN]
    ]


def not_english(text: Text, lexicon: Lexicon, evidence: Evidence) -> Diagnostic:
    """Say that only English is understood, and what could be made out."""
    message = "only English is understood so far" + _understood(lexicon, evidence)
    hint = "say it in English, like " + _example(lexicon)
    return Diagnostic("AW-1005", message, _at(text, evidence), hint)


def nothing(text: Text, lexicon: Lexicon, evidence: Evidence) -> Diagnostic:
    """Say that the kind of platform is not understood."""
    message = "what kind of platform to build is not understood"
    if asked := _asked(text):
        message = f'"{asked}" is no kind of platform that is known'
    message += _understood(lexicon, evidence)
    return Diagnostic("AW-1201", message, _at(text, evidence), _offer(lexicon))


def unavailable(text: Text, lexicon: Lexicon, evidence: Evidence) -> Diagnostic:
    """Say that the kind of platform is understood and that no pack has it."""
    kind = max(evidence.kinds, key=lambda k: (not k.broad, k.confidence, -k.hit.start))
    at = text.span(kind.hit.start, kind.hit.end)
    message = f'understood {kind.title} ("{text.quote(at)}"): no pack in this version builds that'
    if evidence.mentions.wanted:
        message += _understood(lexicon, evidence, kinds=False)
    return Diagnostic("AW-1202", message, text.place(at), _offer(lexicon))


def two_kinds(text: Text, first: Kind, second: Kind) -> Diagnostic:
    """Say that two kinds of platforms are asked for at once."""
    at = text.span(first.hit.start, first.hit.end)
    other = text.span(second.hit.start, second.hit.end)
    message = (
        f'two kinds of platforms in one request: {first.title} ("{text.quote(at)}"), which no pack '
        f'in this version builds, and {_a(second.title)} ("{text.quote(other)}")'
    )
    hint = f"ask for {_a(second.title)} alone"
    return Diagnostic("AW-1203", message, text.place(at), hint)


def inferred(text: Text, lexicon: Lexicon, kind: Kind) -> Diagnostic:
    """Warn that the kind of platform was inferred from its features."""
    titles = ", ".join(lexicon.title(name) for name in kind.words.split(", "))
    message = f"taken for {_a(kind.title)}, because its features are named: {titles}"
    place = text.place(text.span(kind.hit.start, kind.hit.end))
    return Diagnostic("AW-1204", message, place, "say what kind it is", Severity.WARNING)


def vague(text: Text, kind: Kind) -> Diagnostic:
    """Warn that the words may mean another kind of platform as well."""
    at = text.span(kind.hit.start, kind.hit.end)
    message = f'taken for {_a(kind.title)}: "{text.quote(at)}" may be another kind as well'
    hint = "say what kind it is"
    return Diagnostic("AW-1204", message, text.place(at), hint, Severity.WARNING)


def another(text: Text, kind: Kind, missing: Iterable[Mention]) -> Diagnostic:
    """Say that a vague kind with so much that no pack has is another kind."""
    at = text.span(kind.hit.start, kind.hit.end)
    lacks = ", ".join(f'{m.name} ("{_quote(text, m)}")' for m in missing)
    message = f'understood "{text.quote(at)}" with {lacks}: no pack in this version builds these'
    hint = f"this version builds: {kind.title}; leave these out, or ask for that kind by its name"
    return Diagnostic("AW-1202", message, text.place(at), hint)


def gaps(text: Text, evidence: Evidence, kind: Kind) -> list[Diagnostic]:
    """Warn of all that was asked for and will not be there."""
    found = [
        _warning("AW-1301", f'{m.name} ("{_quote(text, m)}") is not available yet', text, m)
        for m in evidence.mentions.unavailable
        if m.confidence >= 0.75
    ]
    others = (k for k in evidence.kinds if k.archetype is None and not k.broad)
    for other in others:
        at = text.span(other.hit.start, other.hit.end)
        message = f'{other.title} ("{text.quote(at)}") is not built into {_a(kind.title)}'
        found.append(Diagnostic("AW-1301", message, text.place(at), severity=Severity.WARNING))
    if evidence.unknown:
        shown = ", ".join(f'"{text.quote(span)}"' for span in evidence.unknown[:MAX_SHOWN])
        more = len(evidence.unknown) - MAX_SHOWN
        shown += f" and {more} more" if more > 0 else ""
        place = text.place(evidence.unknown[0])
        hint = "what is built does not depend on these words"
        message = f"not understood and left aside: {shown}"
        found.append(Diagnostic("AW-1302", message, place, hint, Severity.WARNING))
    if evidence.details:
        found.append(_details(text, evidence.details))
    for span in evidence.rules:
        message = f'not built: "{text.quote(span)}"; the feature works as usual'
        hint = 'to leave a whole feature out say "without ..."'
        found.append(Diagnostic("AW-1309", message, text.place(span), hint, Severity.WARNING))
    for span in evidence.theme.unknown:
        message = f'"{text.quote(span)}" is not a colour that is known'
        hint = "use a CSS colour name or a code like #2563eb"
        found.append(Diagnostic("AW-1307", message, text.place(span), hint, Severity.WARNING))
    return found


def _details(text: Text, spans: tuple[Span, ...]) -> Diagnostic:
    """Say which words beside what was understood change nothing."""
    shown = ", ".join(f'"{text.quote(span)}"' for span in spans[:MAX_SHOWN])
    more = len(spans) - MAX_SHOWN
    shown += f" and {more} more" if more > 0 else ""
    message = f"features are built as usual, whatever these words say of them: {shown}"
    return Diagnostic("AW-1310", message, text.place(spans[0]), severity=Severity.NOTE)


def _warning(code: str, message: str, text: Text, mention: Mention) -> Diagnostic:
    hit = mention.hits[0]
    place = text.place(text.span(hit.start, hit.end))
    return Diagnostic(code, message, place, "the app is built without it", Severity.WARNING)


def _quote(text: Text, mention: Mention) -> str:
    hit = mention.hits[0]
    return text.quote(text.span(hit.start, hit.end))


def _understood(lexicon: Lexicon, evidence: Evidence, kinds: bool = True) -> str:
    """Return what was recognised, as the end of a sentence."""
    parts = []
    if kinds and evidence.kinds:
        parts.append(", ".join(dict.fromkeys(k.title for k in evidence.kinds)))
    wanted = [lexicon.title(m.name) for m in evidence.mentions.wanted if m.confidence >= 0.45]
    if wanted:
        parts.append("features " + ", ".join(wanted))
    return f"; recognised: {'; '.join(parts)}" if parts else "; nothing in it was recognised"


def _asked(text: Text) -> str:
    """Return what is to be built in the text's own words: "virtual study group website"."""
    small = words("function") | words("greeting") | _VERBS
    for index, token in enumerate(text.tokens[:_BEGINNING]):
        if token.kind != "word" or token.text not in words("heads"):
            continue
        start = index
        while start and index - start < _MOST_WORDS:
            before = text.tokens[start - 1]
            joined = start > 1 and text.tokens[start - 2].text == "&"  # "Q&A" holds no small "a"
            if before.text != "&" and (
                before.kind != "word" or (before.text in small and not joined)
            ):
                break
            start -= 1
        if start < index:
            return text.quote(text.span(start, index + 1))
    return ""


def _offer(lexicon: Lexicon) -> str:
    titles = ", ".join(title for _, title, _ in lexicon.archetypes)
    return f"this version builds: {titles or 'nothing, no archetype is installed'}" + (
        f"; try {_example(lexicon)}" if titles else ""
    )


def _example(lexicon: Lexicon) -> str:
    for _, _, spec in lexicon.archetypes:
        noun = spec.nouns[0] if spec.nouns else spec.names[0]
        return f'"Build a {noun}"'
    return '"Build a short video app"'


def _at(text: Text, evidence: Evidence) -> Place:
    if evidence.kinds:
        hit = evidence.kinds[0].hit
        return text.place(text.span(hit.start, hit.end))
    return _REQUEST


def _a(title: str) -> str:
    """Return a title inside a sentence: "a short-video platform"."""
    plain = title[0].lower() + title[1:]
    return f"an {plain}" if plain[0] in "aeiou" else f"a {plain}"

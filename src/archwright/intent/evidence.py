"""Everything that the words of a request say, gathered before anything is decided."""

from __future__ import annotations

from dataclasses import dataclass

from archwright.intent import features, kinds
from archwright.intent.claims import Span
from archwright.intent.exclusions import Scope, exclusions, rules
from archwright.intent.features import Mentions
from archwright.intent.kinds import Kind
from archwright.intent.leftovers import details, leftovers
from archwright.intent.lexicon import Lexicon
from archwright.intent.matcher import Hit, Matcher, longest
from archwright.intent.naming import Found, apposed_name, audience, name_in
from archwright.intent.text import Text
from archwright.intent.theme import Wish, theme


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was found; ``understood`` are the tokens that some rule made something of."""

    kinds: tuple[Kind, ...]
    mentions: Mentions
    scopes: tuple[Scope, ...]
    theme: Wish
    name: Found | None
    audience: Found | None
    understood: set[int]
    unknown: tuple[Span, ...]
    rules: tuple[Span, ...]
    details: tuple[Span, ...] = ()


def gather(text: Text, lexicon: Lexicon, matchers: tuple[Matcher, Matcher]) -> Evidence:
    """Run all rules over a text; ``matchers`` are those of ``kinds`` and ``features``."""
    name = name_in(text) or _apposed(text, matchers[0])
    named = _tokens_in(text, name.span) if name is not None else set()
    scopes = exclusions(text)
    kind_hits = longest(_outside(matchers[0].find(text.tokens), named))
    found = kinds.kinds(text, kind_hits, lexicon, scopes)
    hits = _outside(matchers[1].find(text.tokens), named)
    mentions = features.mentions(text, hits, scopes, [kind.hit for kind in found])
    understood = named | _tokens_of(kind_hits) | _tokens_of(hits)
    understood |= {i for s in scopes if _about(s, hits) for i in range(s.cue, s.start)}
    whom = _audience(text, found, understood)
    if whom is not None:
        understood |= set(whom[1])
    wish = theme(text, understood, [(kind.hit.start, kind.hit.end) for kind in found])
    understood |= wish.tokens
    told = _rules(text, hits, mentions)
    return Evidence(
        kinds=tuple(found),
        mentions=mentions,
        scopes=scopes,
        theme=wish,
        name=name,
        audience=whom[0] if whom else None,
        understood=understood,
        unknown=leftovers(text, understood),
        rules=told,
        details=tuple(s for s in details(text, understood) if not any(s.touches(r) for r in told)),
    )


def _audience(text: Text, found: list[Kind], understood: set[int]) -> tuple[Found, range] | None:
    for kind in found:
        if kind.archetype is None:
            continue
        whom = audience(text, kind.hit, understood)
        if whom is not None:
            return Found(whom[0], text.span(whom[1][1], whom[1][-1] + 1)), whom[1]
    return None


def _rules(text: Text, hits: list[Hit], mentions: Mentions) -> tuple[Span, ...]:
    """Return what reads like a rule about a feature: "blocked users cannot comment"."""
    found = [(rule.cue, rule.end) for rule in rules(text)]
    about = [pair for pair in found if any(pair[0] <= hit.start < pair[1] for hit in hits)]
    # "messages only between friends": the feature stands before the rule.
    about += [p for p in found if p not in about and any(hit.end == p[0] for hit in hits)]
    return tuple(text.span(start, end) for start, end in sorted({*about, *mentions.partial}))


def _apposed(text: Text, kinds_matcher: Matcher) -> Found | None:
    """Return the name that the text begins with, unless it is that of a platform."""
    name = apposed_name(text)
    taken = _tokens_in(text, name.span) if name is not None else set()
    clash = any(hit.start in taken for hit in kinds_matcher.find(text.tokens))
    return None if clash else name


def _about(scope: Scope, hits: list[Hit]) -> bool:
    return any(scope.start <= hit.start < scope.end for hit in hits)


def _outside(hits: list[Hit], named: set[int]) -> list[Hit]:
    """Leave out words of the app's own name: an app called "Comments" asks for none."""
    return [hit for hit in hits if named.isdisjoint(range(hit.start, hit.end))]


def _tokens_of(hits: list[Hit]) -> set[int]:
    return {index for hit in hits for index in range(hit.start, hit.end)}


def _tokens_in(text: Text, span: Span) -> set[int]:
    return {index for index, token in enumerate(text.tokens) if token.span.touches(span)}

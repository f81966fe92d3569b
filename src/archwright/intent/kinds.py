"""Which kind of platform is meant: by product names near "clone" or "like", and by nouns."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from archwright.intent.exclusions import Scope
from archwright.intent.lexicon import Lexicon
from archwright.intent.matcher import Entry, Hit, Matcher, split
from archwright.intent.text import Text
from archwright.intent.vocabulary import excluding, kinds_elsewhere, lines, words

VAGUE = 0.7
_NEAR = 3
_CUES = frozenset(
    """clone clones clon like alike alternative alternatives similar copy copycat replica version
    style styled inspired competitor rival lookalike esque resembling imitation equivalent knockoff
    clons app based""".split()
)
# "share to TikTok", "log in with TikTok", "unlike TikTok": the product is not what to build.
_OTHER_USE = frozenset("to on from with via into onto unlike than through using for".split())
_VERBS = frozenset("build create make want need develop implement clone design".split())


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of platform found; ``archetype`` is None where no pack has it."""

    archetype: str | None
    title: str
    words: str
    hit: Hit
    confidence: float
    broad: bool = False


def matcher(lexicon: Lexicon) -> Matcher:
    """Return a matcher of products ("p") and nouns ("n"), ours ("+") and those of no pack ("-")."""
    entries = [
        Entry(split(word), f"{kind}+{name}", 0.95 if kind == "p" else 0.9)
        for name, _, spec in lexicon.archetypes
        for kind, group in (("p", spec.products), ("n", spec.nouns))
        for word in group
    ]
    ours = {entry.words for entry in entries}
    for number, elsewhere in enumerate(kinds_elsewhere()):
        for kind, group in (("p", elsewhere.products), ("n", elsewhere.words)):
            found = (Entry(split(word), f"{kind}-{number}") for word in group)
            entries += [entry for entry in found if entry.words not in ours]
    return Matcher(entries)


def kinds(
    text: Text, hits: Iterable[Hit], lexicon: Lexicon, scopes: tuple[Scope, ...]
) -> list[Kind]:
    """Return the kinds of platforms that the text asks for, by place."""
    titles = {name: title for name, title, _ in lexicon.archetypes}
    elsewhere = kinds_elsewhere()
    found = []
    for hit in hits:
        if any(_unwanted(text, hit, scope) for scope in scopes) or _denied(text, hit):
            continue
        product = hit.entry.value[0] == "p"
        sure = _product(text, hit) if product else _noun(hit)
        if sure == 0:
            continue
        label = " ".join(hit.entry.words)
        if hit.entry.value[1] == "+":
            name = hit.entry.value[2:]
            found.append(Kind(name, titles[name], label, hit, sure))
        else:
            other = elsewhere[int(hit.entry.value[2:])]
            found.append(Kind(None, other.title, label, hit, sure, other.broad))
    return found


def _noun(hit: Hit) -> float:
    """Return how surely a noun says what to build: "video sharing site" may be another kind."""
    vague = " ".join(hit.entry.words[:2]) in lines("vague")
    return VAGUE if vague else hit.entry.weight


def _unwanted(text: Text, hit: Hit, scope: Scope) -> bool:
    """Tell "no TikTok" from "no messages in my TikTok clone"."""
    before = {token.text for token in text.tokens[scope.start : hit.start]}
    return scope.start <= hit.start < scope.end and not before & {"in", "for", "into"}


def _denied(text: Text, hit: Hit) -> bool:
    """Tell "anything but a TikTok clone"; "not a TikTok clone but ..." names what comes after."""
    before = [token.text for token in text.tokens[max(0, hit.start - _NEAR) : hit.start]]
    said = " ".join(word for word in before if word not in {"the", "my"})
    endings = (said, said.removesuffix(" a").removesuffix(" an"))
    return any(
        f" {end}".endswith(f" {phrase}") for end in endings for phrase in excluding("denied")
    )


def _product(text: Text, hit: Hit) -> float:
    """Return how surely a product's name says what to build (0 = not at all)."""
    tokens = text.tokens
    before = [t.text for t in tokens[max(0, hit.start - _NEAR) : hit.start] if t.kind == "word"]
    after = [t.text for t in tokens[hit.end : hit.end + _NEAR] if t.kind == "word"]
    if "unlike" in before:
        return 0
    if _CUES & set(before[-2:]) or _CUES & set(after[:2]):
        return 0.95
    everyday = words("everyday") | words("generic") | words("function")
    if all(word in everyday for word in hit.entry.words):
        return 0
    if before and before[-1] in _OTHER_USE:
        return 0
    if text.is_long() and not _in_title(text, hit):
        return 0
    return 0.9 if _VERBS & set(before) else 0.85


def _in_title(text: Text, hit: Hit) -> bool:
    """Tell whether the product stands in a short first line or sentence."""
    first, last = next(text.sentences())
    return hit.end <= last and last - first <= 8

"""Which features the text names, in which words and how surely."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from archwright.intent.exclusions import Scope
from archwright.intent.lexicon import Lexicon
from archwright.intent.matcher import Entry, Hit, Matcher, longest, split
from archwright.intent.text import Text
from archwright.intent.vocabulary import excluding, features_elsewhere, words

MEDIUM = 0.75
_LONG_TEXT_FACTOR = 0.7
_FRAME_BONUS = 0.2
_LEAD = frozenset("with and has have need needs want include includes but".split())
_LIST = frozenset({",", "and", "or", "&", "+", "/"})
_OF = frozenset("on of for in to under from".split())
# What comes before a list of features; what follows in the sentence counts for more.
_FRAMES = Matcher(
    Entry(split(words), "frame")
    for words in (
        "functionalities", "functionality", "functions", "features", "feature", "features like",
        "should have", "should be able to", "must be able to", "are able to", "users can",
        "people can", "members can", "i can", "i want to", "can also", "including", "such as",
        "with", "supports", "has", "allow users to", "allows users to", "lets users", "let users",
        "where users", "should support", "should include", "must have",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mention:
    """A feature named by one or more hits."""

    name: str
    confidence: float
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Mentions:
    """Features wanted, unwanted, and both kinds of those that no pack has (by title).

    ``narrowed`` holds features that are unwanted on one thing only: likes, on comments; ``partial``
    the spans of tokens that leave out a part of a feature: "no message limits".
    """

    wanted: tuple[Mention, ...]
    unwanted: tuple[Mention, ...]
    unavailable: tuple[Mention, ...]
    unneeded: tuple[Mention, ...]
    narrowed: tuple[tuple[str, str], ...]
    only: bool
    partial: tuple[tuple[int, int], ...] = ()


def matcher(lexicon: Lexicon) -> Matcher:
    """Return a matcher of the features' phrases ("+") and of those that no pack has ("-")."""
    entries = [
        Entry(split(words), f"+{known.name}", phrase.weight, frozenset(phrase.not_near))
        for known in lexicon.features
        for phrase in known.phrases
        for words in phrase.words
    ]
    ours = {entry.words for entry in entries}
    for elsewhere in features_elsewhere():
        found = (Entry(split(words), f"-{elsewhere.title}") for words in elsewhere.words)
        entries += [entry for entry in found if entry.words not in ours]
    return Matcher(entries)


def mentions(
    text: Text, hits: list[Hit], scopes: tuple[Scope, ...], kinds: Iterable[Hit]
) -> Mentions:
    """Sort the hits by feature and by whether they stand under an exclusion."""
    taken = list(kinds)
    hits = [h for h in hits if not any(s.cues(h.start) for s in scopes)]
    theirs = [h for h in hits if h.entry.value[0] == "-"]
    free = [h for h in hits if not _covered(h, taken) and not _shadowed(h, theirs)]
    frames = _FRAMES.find(text.tokens)
    inside = [h for h in free if _scope(h, scopes) is not None]
    outside = [h for h in free if _scope(h, scopes) is None]
    inside = longest(inside)
    parts = [h for h in inside if _is_part(text, h, inside, scopes)]
    unwanted, narrowed = _direct(text, [h for h in inside if h not in parts], scopes)
    return Mentions(
        wanted=_group(text, [h for h in outside if h.entry.value[0] == "+"], frames),
        unwanted=_group(text, [h for h in unwanted if h.entry.value[0] == "+"], frames),
        unavailable=_group(text, [h for h in outside if h.entry.value[0] == "-"], frames),
        unneeded=_group(text, [h for h in unwanted if h.entry.value[0] == "-"], frames),
        narrowed=narrowed,
        only=_only(text, outside),
        partial=tuple((h.start, _phrase_end(text, h, scopes)) for h in parts),
    )


def _covered(hit: Hit, kinds: list[Hit]) -> bool:
    """Leave out words that already name the platform: "video" in "short video app"."""
    return any(kind.start <= hit.start and hit.end <= kind.end for kind in kinds)


def _shadowed(hit: Hit, theirs: list[Hit]) -> bool:
    """Leave out "streaming" in "music streaming" or "comments" in "live comments"."""
    size = hit.end - hit.start
    return any(t.start <= hit.start and hit.end <= t.end and t.end - t.start > size for t in theirs)


def _scope(hit: Hit, scopes: tuple[Scope, ...]) -> Scope | None:
    return next((s for s in scopes if s.start <= hit.start and hit.end <= s.end), None)


def _is_part(text: Text, hit: Hit, hits: list[Hit], scopes: tuple[Scope, ...]) -> bool:
    """Tell "no message limits" from "no messages": the noun behind is what is not wanted."""
    scope = _scope(hit, scopes)
    last = text.tokens[hit.end - 1].text
    if hit.entry.weight < MEDIUM and len(hit.entry.words) > 1 and last in excluding("part"):
        return True
    if scope is None or hit.end >= scope.end or any(h.start == hit.end for h in hits):
        return False
    head = text.tokens[hit.end]
    plain = {*words("function"), *words("generic"), *excluding("whole")}
    return head.kind == "word" and head.text not in plain


def _phrase_end(text: Text, hit: Hit, scopes: tuple[Scope, ...]) -> int:
    """Return where the words end that go with a hit."""
    scope = _scope(hit, scopes)
    end = hit.end
    while scope is not None and end < scope.end and text.tokens[end].kind == "word":
        if text.tokens[end].text in words("function"):
            break
        end += 1
    return end


def _direct(
    text: Text, hits: list[Hit], scopes: tuple[Scope, ...]
) -> tuple[list[Hit], tuple[tuple[str, str], ...]]:
    """Tell "no likes on comments" and "no comment likes" from "no likes, no comments"."""
    kept: list[Hit] = []
    narrowed: list[tuple[str, str]] = []
    for hit in hits:
        last = kept[-1] if kept else None
        if last is None or _scope(hit, scopes) != _scope(last, scopes):
            kept.append(hit)
            continue
        between = [token.text for token in text.tokens[last.end : hit.start]]
        ours = last.entry.value[0] == hit.entry.value[0] == "+"
        if 1 <= len(between) <= 2 and between[0] in _OF:
            kept.pop()
            narrowed += [(last.entry.value[1:], hit.entry.value[1:])] if ours else []
        elif last.end == hit.start:
            kept.pop()
            narrowed += [(hit.entry.value[1:], last.entry.value[1:])] if ours else []
        else:
            kept.append(hit)
    return kept, tuple(narrowed)


def _group(text: Text, hits: list[Hit], frames: list[Hit]) -> tuple[Mention, ...]:
    """Join the hits of one feature; different phrases add to how sure it is."""
    by_name: dict[str, list[Hit]] = {}
    for hit in hits:
        by_name.setdefault(hit.entry.value[1:], []).append(hit)
    return tuple(
        Mention(name, _confidence(text, group, frames), tuple(group))
        for name, group in by_name.items()
    )


def _confidence(text: Text, hits: list[Hit], frames: list[Hit]) -> float:
    best: dict[tuple[str, ...], float] = {}
    for hit in hits:
        weight = hit.entry.weight
        if _framed(text, hit, frames):
            weight = min(0.95, weight + _FRAME_BONUS)
        best[hit.entry.words] = max(weight, best.get(hit.entry.words, 0))
    doubt = 1.0
    for weight in best.values():
        doubt *= 1 - weight
    if text.is_long() and len(best) == 1 and max(best.values()) < MEDIUM:
        doubt = 1 - (1 - doubt) * _LONG_TEXT_FACTOR
    return round(min(0.98, 1 - doubt), 2)


def _framed(text: Text, hit: Hit, frames: list[Hit]) -> bool:
    """Tell whether a frame stands before the hit in its sentence."""
    start = hit.start
    while start > 0 and text.tokens[start - 1].kind != "stop":
        start -= 1
    return any(start <= frame.start < hit.start for frame in frames)


def _only(text: Text, hits: list[Hit]) -> bool:
    """Tell whether the features named are to be the only ones ("with only likes and comments")."""
    plain = [token.text for token in text.tokens]
    if any(plain[i : i + 2] == ["nothing", "else"] for i in range(len(plain))):
        return True
    starts = {hit.start for hit in hits if hit.entry.value[0] == "+"}
    return any(
        word in {"only", "just"}
        and (
            (_leads(text, index) and not starts.isdisjoint({index + 1, index + 2}))
            or _closes(text, index, hits)
        )
        for index, word in enumerate(plain)
    )


def _leads(text: Text, index: int) -> bool:
    """Tell whether "only" stands where a list of features begins."""
    before = text.tokens[index - 1] if index else None
    return before is None or before.kind in {"comma", "stop"} or before.text in _LEAD


def _closes(text: Text, index: int, hits: list[Hit]) -> bool:
    """Tell "with likes and search only" from "with public profiles only"."""
    if index + 1 < len(text.tokens) and text.tokens[index + 1].kind == "word":
        return False
    named = {i for hit in hits if hit.entry.value[0] == "+" for i in range(hit.start, hit.end)}
    start = index
    while start and (start - 1 in named or text.tokens[start - 1].text in _LIST):
        start -= 1
    before = text.tokens[start - 1] if start else None
    begins = before is None or before.kind in {"comma", "stop"} or before.text in _LEAD
    return start < index and begins

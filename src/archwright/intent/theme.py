"""Colours and light or dark, from CSS names, hex codes and the names on paint cards."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from archwright.intent.claims import Span
from archwright.intent.matcher import Entry, Hit, Matcher, split
from archwright.intent.text import Text
from archwright.intent.vocabulary import colours

_BACKGROUND = frozenset(
    "background backgrounds backdrop page pages layout canvas base body outer root".split()
)
_PRIMARY = frozenset(
    """component components element elements accent accents primary button buttons ui blocks detail
    details highlight highlights brand controls widgets parts theme links interface""".split()
)
_CONTEXT = frozenset(
    "colour colours color colors theme palette scheme styling themed background".split()
)
_ENDS = frozenset(", ) . ! ; and with on & + / but without please no called named".split())
_MODES = frozenset("mode theme themed ui background design look".split())
_OFFER = frozenset("toggle switch switcher option support supports optional".split())
_PLACES = frozenset("layout ui blocks interface components elements buttons accents page".split())
_TINTS = {
    "light": ("#ffffff", 0.55), "pale": ("#ffffff", 0.65), "soft": ("#ffffff", 0.5),
    "pastel": ("#ffffff", 0.6), "dark": ("#000000", 0.4), "deep": ("#000000", 0.3),
    "bright": ("#ffffff", 0.1), "dusty": ("#888888", 0.35), "muted": ("#888888", 0.35),
}  # fmt: skip
_HEX = re.compile(r"#(?:[0-9a-f]{6}|[0-9a-f]{3})")
_MOST = 40
DARK_BACKGROUND = "#0f0f14"


@dataclass(frozen=True, slots=True)
class Colour:
    """A colour named at the tokens ``start`` to ``end - 1``."""

    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Wish:
    """The theme asked for, what it is from, the tokens used and colours that nobody knows."""

    background: str | None = None
    primary: str | None = None
    mode: str | None = None
    spans: dict[str, Span] = field(default_factory=dict)
    tokens: frozenset[int] = frozenset()
    unknown: tuple[Span, ...] = ()


def theme(text: Text, taken: set[int], platforms: Iterable[tuple[int, int]] = ()) -> Wish:
    """Return the theme that a text asks for; a colour alone ("red carpet") is no wish.

    ``platforms`` are the tokens that say what to build: "a purple TikTok clone" is a wish.
    """
    spots = tuple(platforms)
    found: dict[str, tuple[str, Span]] = {}
    used: set[int] = set()
    unknown: list[Span] = []
    named = _named(text)
    for first, last in text.sentences():
        plain = {token.text for token in text.tokens[first:last]}
        inside = [c for c in named if first <= c.start and c.end <= last]
        about = bool(plain & _CONTEXT) or (len(inside) > 1 and bool(plain & _PLACES))
        alone = _alone(text, inside, first, last, spots) if not about else []
        if about and not inside and "background" in plain and "music" not in plain:
            strange = _unknown(text, first, last, taken)
            unknown += strange
            used |= set(range(first, last)) if strange else set()
        for colour in inside:
            role = _role(text, colour, first, last, about) or _role_alone(colour, alone)
            if role and role not in found:
                found[role] = (colour.value, text.span(colour.start, colour.end))
                used |= set(range(first, last)) if about else set(range(colour.start, colour.end))
    mode = _mode(text, spots)
    if mode is not None:
        found["mode"] = (mode[0], text.span(mode[1], mode[2]))
        used |= set(range(mode[1], mode[2]))
    return Wish(
        background=_value(found, "background"),
        primary=_value(found, "primary"),
        mode=_value(found, "mode"),
        spans={role: span for role, (_, span) in sorted(found.items())},
        tokens=frozenset(used),
        unknown=tuple(unknown),
    )


def is_dark(colour: str) -> bool:
    """Tell whether text on this colour should be light."""
    red, green, blue = _channels(colour)
    return 0.299 * red + 0.587 * green + 0.114 * blue < 96


def _value(found: dict[str, tuple[str, Span]], role: str) -> str | None:
    return found[role][0] if role in found else None


def _named(text: Text) -> list[Colour]:
    table = colours()
    matcher = Matcher(Entry(split(name), name) for name in table)
    found: list[Colour] = []
    for hit in _leftmost(matcher.find(text.tokens)):
        value, start = table[hit.entry.value], hit.start
        before = text.tokens[start - 1].text if start else ""
        if before in _TINTS and len(hit.entry.words) == 1:
            value, start = _blend(value, *_TINTS[before]), start - 1
        found.append(Colour(value, start, hit.end))
    for index, token in enumerate(text.tokens):
        if _HEX.fullmatch(token.text):
            code = token.text[1:]
            full = code if len(code) == 6 else "".join(char * 2 for char in code)
            found.append(Colour(f"#{full}", index, index + 1))
    return sorted(found, key=lambda c: c.start)[:_MOST]


def _leftmost(hits: Iterable[Hit]) -> list[Hit]:
    """Keep hits that do not overlap: the first, and of two at one place the longer."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda h: (h.start, -h.end)):
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
    return kept


def _role(text: Text, colour: Colour, first: int, last: int, about: bool) -> str:
    """Return what a colour is for: by the nearest word that says so in its sentence."""
    best, role = 99, ""
    for index in range(first, last):
        word = text.tokens[index].text
        kind = "background" if word in _BACKGROUND else "primary" if word in _PRIMARY else ""
        if not kind:
            continue
        after = index >= colour.end
        distance = (index - colour.end if after else colour.start - index - 1) * 2 + (not after)
        between = range(colour.end, index) if after else range(index + 1, colour.start)
        distance += sum(8 for i in between if text.tokens[i].text in {",", "and", "then"})
        if distance < best:
            best, role = distance, kind
    if not role or best > 24:
        return "primary" if about else ""
    strong = {"background", "backdrop", "accent", "accents", "primary", "buttons", "components"}
    near = {t.text for t in text.tokens[max(first, colour.start - 6) : min(last, colour.end + 6)]}
    return role if about or near & strong else ""


def _alone(
    text: Text, colours: list[Colour], first: int, last: int, platforms: tuple[tuple[int, int], ...]
) -> list[Colour]:
    """Return colours that say of themselves what they are for: an item, or next to the platform."""
    found: list[Colour] = []
    for colour in colours:
        before = text.tokens[colour.start - 1].text if colour.start > first else ","
        after = text.tokens[colour.end].text if colour.end < last else ","
        names_it = any(colour.end == start for start, _ in platforms)
        begins = before in {"in", "colored", "coloured", ",", "(", ":"} or (
            bool(found) and before in {"and", "on", "&", "+", "/"}
        )
        if names_it or (begins and after in _ENDS and platforms):
            found.append(colour)
    return found


def _role_alone(colour: Colour, alone: list[Colour]) -> str:
    """Black, white and grey are backgrounds: "in black and red"."""
    if colour not in alone:
        return ""
    return "background" if len(set(_channels(colour.value))) == 1 else "primary"


def _mode(text: Text, platforms: tuple[tuple[int, int], ...]) -> tuple[str, int, int] | None:
    plain = [token.text for token in text.tokens]
    for index, word in enumerate(plain):
        if word not in {"dark", "light"}:
            continue
        after = plain[index + 1] if index + 1 < len(plain) else ","
        if after in _MODES:
            both = {"dark", "light"} <= set(plain[max(0, index - 2) : index + 1])
            offered = bool(_OFFER & set(plain[max(0, index - 3) : index + 4]))
            return "system" if both or offered else word, index, index + 2
        before = plain[index - 1] if index else ","
        if any(index + 1 == start for start, _ in platforms) or (
            platforms and before in {",", ":", "("} and after in {",", ")", ".", "!"}
        ):
            return word, index, index + 1
    return None


def _unknown(text: Text, first: int, last: int, taken: set[int]) -> list[Span]:
    """Return the words at which a colour was expected: "... as background", "background is ..."."""
    plain = [token.text for token in text.tokens[first:last]]
    at = plain.index("background")
    for joint in ("is", "of", "in", "to", "with"):
        if plain[at + 1 : at + 2] == [joint]:
            stop = min(at + 4, len(plain))
            return [text.span(first + at + 2, first + stop)] if stop > at + 2 else []
    start = max(0, at - 3)
    free = at > start and not any(first + i in taken for i in range(start, at))
    return [text.span(first + start, first + at)] if free and plain[at - 1] in {"as", "for"} else []


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _blend(colour: str, other: str, share: float) -> str:
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)

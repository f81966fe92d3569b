"""The app's name and whom it is for. Names are hostile until they match."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from archwright.intent.claims import Span
from archwright.intent.matcher import Hit
from archwright.intent.text import Text, clean
from archwright.intent.vocabulary import words

MAX_NAME = 60
MAX_SLUG = 48
_NAME = re.compile(r"[^\W_](?:[\w &'’!.+-]*[\w!+])?")
_JOINT = "with|and|for|please|in|but|that|which|where|who|on|by|to|or|as|so|without|using|is|app"
_QUOTED = r"""["“'‘`](?P<quoted>[^"”’`\n]{0,300})["”'’`]"""
_CALLED = re.compile(
    rf"""(?i:(?<!so[- ])\b(?:called|named|titled|name\ it|call\ it|(?:app|the|its|whose)\ name\ is
              |with\ the\ name|title(?:\ is|:)?(?=\ ["“'‘`])|app\ name\ ?[:=–-]
              |(?:(?<=\()|^)name\ ?[:=]))
        \s+(?:{_QUOTED}
             |(?P<plain>[^\s)]+(?:(?<![.,;:!?])\ [A-Z0-9][^\s,.;:!?)]*){{0,2}}
                      (?:(?<=[a-z])(?:\ (?!(?:{_JOINT})\b)[a-z]+){{1,2}}(?=\s*(?:[.!?]|\Z)))?))""",
    re.VERBOSE | re.MULTILINE,
)
# At the start: '"Snappy" - a reels app', "Snappy: a reels app", "Build Snappy, a reels app".
_APPOSED = re.compile(
    rf"""\A\s*(?:(?i:please\s+)?(?i:build|create|make|develop)\ (?=[\w ]{{1,60}},))?
        (?:{_QUOTED}|(?P<plain>[A-Z][\w'’]*(?:\ [A-Z0-9][\w'’]*){{0,2}}))
        \s*(?:\s[-–—]|:|,)\s+(?i:an?)\s""",
    re.VERBOSE,
)
# "a page called Inbox" names a page, not the app.
_NOT_THE_APP = re.compile(
    r"(?i)(?:page|button|section|feature|tab|role|table|user|users|people|field|list|screen)\s*$"
)
# Folders and packages of these names would break a build on some machine.
_RESERVED = frozenset(
    """con prn aux nul com1 com2 com3 com4 lpt1 lpt2 lpt3 node-modules react react-dom react-router
    vite vitest typescript zustand zod tailwindcss sonner supabase oxlint playwright archwright
    """.split()
)
_FOR_STOP = frozenset(
    "with that who which where without and but to so in on at by from or as called named".split()
)


@dataclass(frozen=True, slots=True)
class Found:
    """A piece of text that means something, and where it stands."""

    value: str
    span: Span


def name_in(text: Text) -> Found | None:
    """Return what the text calls the app, unchecked."""
    for match in _CALLED.finditer(text.original):
        if not _NOT_THE_APP.search(text.original[: match.start()]):
            return _found(match)
    return None


def apposed_name(text: Text) -> Found | None:
    """Return a name at the very start that the text explains: "Snappy: a TikTok clone"."""
    match = _APPOSED.match(text.original)
    if match is None:
        return None
    plain = words("generic") | words("function") | words("greeting")
    value = match["plain"]
    said = value is not None and any(word.casefold() in plain for word in value.split())
    return None if said else _found(match)


def _found(match: re.Match[str]) -> Found:
    group = "quoted" if match["quoted"] is not None else "plain"
    value = match[group]
    if group == "plain":
        value = value.rstrip(".,;:!?)")
    start = match.start(group)
    return Found(value, Span(start, max(start + len(value), start + 1)))


def name_problem(name: str) -> str:
    """Return why a name cannot be an app's name; empty if it can."""
    if not name.strip():
        return "it is empty"
    if len(name) > MAX_NAME:
        return f"it has {len(name)} characters; at most {MAX_NAME} fit"
    if name != clean(name) or not _NAME.fullmatch(name) or ".." in name:
        return "it may hold letters, digits, spaces and & ' ! . + - only, and begins with a letter"
    if not any(char.isalpha() for char in name):
        return "it has no letter"
    return ""


def slug_of(name: str, fallback: str) -> str:
    """Return the name of the app's folder and package."""
    plain = (
        unicodedata.normalize("NFKD", name.replace("ß", "ss")).encode("ascii", "ignore").decode()
    )
    slug = re.sub(r"[^a-z0-9]+", "-", plain.lower().replace("'", "")).strip("-")
    if not slug or len(slug) < len(name) // 2:
        slug = fallback
    if not slug[0].isalpha():
        slug = f"app-{slug}"
    if slug in _RESERVED:
        slug = f"{slug}-app"
    return slug[:MAX_SLUG].rstrip("-")


def audience(text: Text, kind: Hit, taken: set[int]) -> tuple[str, range] | None:
    """Return for whom the platform is ("for cooks") and the tokens that say so."""
    tokens = text.tokens
    for index in range(kind.end, min(kind.end + 5, len(tokens))):
        if tokens[index].kind != "word":
            return None
        if tokens[index].text == "for":
            return _audience_at(text, index, taken)
    return None


def _audience_at(text: Text, index: int, taken: set[int]) -> tuple[str, range] | None:
    picked: list[str] = []
    end = index + 1
    for token in text.tokens[index + 1 : index + 6]:
        if token.kind != "word" or token.text in _FOR_STOP or end in taken:
            break
        picked.append(token.text)
        end += 1
    empty = words("generic") - {"people", "my", "creators", "friends"}
    if not picked or picked[0].endswith("ing") or all(word in empty for word in picked):
        return None
    if not all(re.fullmatch(r"[^\W\d_][\w'-]*", word) for word in picked):
        return None
    span = text.span(index + 1, end)
    shown = text.quote(span)
    return (shown, range(index, end)) if name_problem(shown) == "" else None

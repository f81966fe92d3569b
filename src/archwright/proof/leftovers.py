"""What must not be left in the text of a draft: example words, notes to oneself, secrets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from archwright.catalog.regions import Kind, language_of, regions
from archwright.catalog.template_markup import left_marks
from archwright.diagnostics import Diagnostic
from archwright.emit.draft import Draft
from archwright.proof.running import at
from archwright.proof.secret_shapes import secret_shapes

CODE = "AW-5101"
_EXAMPLE = frozenset({"thing", "things"})
_IDENTIFIER = re.compile(r"[A-Za-z_$][\w$-]*")
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_MAYBE_EXAMPLE = re.compile(r"thing(?:s\b|S|[^a-z]|\b)|Thing|things|THING")
_PLACEHOLDER = re.compile(r"\{[Tt]hings?\}")
_LINES = (
    (
        re.compile(r"(?://|--|/\*|^[ \t]*\*|#|<!--).*\b(?:TODO|FIXME|XXX)\b.*", re.M),
        "a note of unfinished work",
    ),
    (re.compile(r"@ts-(?:ignore|nocheck)\b"), "a switch that turns the type checker off"),
    (re.compile(r"\blorem ipsum\b", re.I), "filler text"),
)
_ANY = re.compile(
    r"(?:[:<|&,(]|=>|\bas|\bextends|\bkeyof|(?<!=)=)\s*any\b(?!\s*[(.:])|\bany\s*\[\]"
)


def leftovers(draft: Draft, words: frozenset[str]) -> Iterator[Diagnostic]:
    """Yield AW-5101 for each thing that a finished file does not hold.

    ``words`` are those of the Blueprint's own names: an app about things may say so.
    """
    yield from _found_before(draft.path, draft.text, bool(words & _EXAMPLE))


@lru_cache(maxsize=4096)
def _found_before(path: str, text: str, about_things: bool) -> tuple[Diagnostic, ...]:
    """Look at one text once: most files stay as they are from phase to phase."""
    found: list[Diagnostic] = []

    def report(line: int, message: str, hint: str = "") -> None:
        found.append(Diagnostic(CODE, message, at(path, line), hint))

    for line, mark in left_marks(text):
        report(line, f"template syntax is left: {mark}")
    for pattern, what in _LINES:
        for match in pattern.finditer(text):
            report(line_of(text, match.end()), f"{what} is left: {match.group().strip()[:80]}")
    for shape in secret_shapes(text):
        report(shape.line, f"the file holds a {shape.kind}", "secrets live in the environment")
    for position in _anys(path, text):
        report(line_of(text, position), "the type any is used", "name the real type")
    if not about_things:
        for position, word in _examples(path, text):
            report(line_of(text, position), f"the pack's example entity is left: {word}")
    return tuple(found)


def line_of(text: str, position: int) -> int:
    """Return the line, from 1, of a position in a text."""
    return text.count("\n", 0, position) + 1


def _anys(path: str, text: str) -> Iterator[int]:
    language = language_of(path)
    if language not in ("ts", "tsx") or not re.search(r"\bany\b", text):
        return
    for region in regions(text, language):
        if region.kind is Kind.CODE:
            for match in _ANY.finditer(text, region.start, region.end):
                yield match.start()


def _examples(path: str, text: str) -> Iterator[tuple[int, str]]:
    for match in _IDENTIFIER.finditer(path):
        if _words(match.group()) & _EXAMPLE:
            yield 0, path
    language = language_of(path)
    if language is None or language == "prose" or not _MAYBE_EXAMPLE.search(text):
        return
    for match in _PLACEHOLDER.finditer(text):
        yield match.start(), match.group()
    for region in regions(text, language):
        whole = text[region.start : region.end]
        said = region.kind in (Kind.COMMENT, Kind.SHOWN) or path.startswith("src/locales/")
        said |= language == "sql" and region.kind is Kind.LITERAL
        prose = said and re.search(r"\s", whole) is not None
        for match in _IDENTIFIER.finditer(text, region.start, region.end):
            words = _words(match.group())
            # "one thing after another" is English; `thingId` and `Thing` in a comment are not.
            name = len(words) > 1 or match.group() in ("Thing", "Things")
            if words & _EXAMPLE and (name or not prose):
                yield match.start(), match.group()


def _words(identifier: str) -> frozenset[str]:
    return frozenset(word.lower() for word in _WORD.findall(identifier))

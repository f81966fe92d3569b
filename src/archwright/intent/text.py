"""A request as words: folded for matching, each word knowing where it stands in the original."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from archwright.diagnostics import Diagnostic, Place, Severity
from archwright.intent.claims import Span

MAX_REQUEST = 20_000
LONG_TEXT = 40
_SHORT_LINE = 50

# A path or address is one opaque thing: no word in it means anything.
_TOKEN = re.compile(
    r"""(?P<other>(?<!\w)(?:https?://|www\.|[.~\\/]*[\\/])[^\s,;]+|\S+@\S+)
      | (?P<word>\#[0-9a-f]{6}\b|\#[0-9a-f]{3}\b|[^\W_]+(?:'[^\W_]+)*)
      | (?P<stop>[.!?;]+(?=\s|$|["')])|\n\s*\n|\n(?=\s*(?:[-*+>•‣◦▪–]|\#{1,6}\s|\d{1,2}[.)]\s)))
      | (?P<comma>[,:|()\[\]\n/&+]|\s[-–—]+\s)""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word (folded, maybe repaired), a separator of items, an end of a sentence, or a path.

    ``kind`` is one of word, comma, stop and other.
    """

    text: str
    kind: str
    span: Span


@dataclass(frozen=True, slots=True)
class Text:
    """A request that was read: ``clean`` is what a person sees, ``tokens`` what rules work on."""

    original: str
    clean: str
    tokens: tuple[Token, ...]

    @property
    def words(self) -> int:
        """Return the number of words."""
        return sum(token.kind == "word" for token in self.tokens)

    def is_long(self) -> bool:
        """Tell whether one weak hint is too little (design, section 9)."""
        return self.words > LONG_TEXT

    def span(self, first: int, last: int) -> Span:
        """Return the span of the tokens ``first`` to ``last - 1``."""
        return Span(self.tokens[first].span.start, self.tokens[last - 1].span.end)

    def quote(self, span: Span, limit: int = 60) -> str:
        """Return the words of a span for a message: one line, nothing but visible characters."""
        shown = " ".join(clean(self.original[span.start : span.end]).split())
        return shown if len(shown) <= limit else shown[: limit - 1].rstrip() + "…"

    def place(self, span: Span) -> Place:
        """Return where a span stands."""
        before = self.original[: span.start]
        line = before.count("\n") + 1
        return Place("request", (), line, span.start - (before.rfind("\n") + 1) + 1)

    def sentences(self) -> Iterator[tuple[int, int]]:
        """Yield the sentences as ranges of tokens."""
        start = 0
        for index, token in enumerate(self.tokens):
            if token.kind == "stop":
                if index > start:
                    yield start, index
                start = index + 1
        if start < len(self.tokens):
            yield start, len(self.tokens)


def read(request: str) -> tuple[Text | None, list[Diagnostic]]:
    """Read a request; without a result, the diagnostic says why."""
    place = Place("request")
    if len(request) > MAX_REQUEST:
        message = f"the request has {len(request)} characters; at most {MAX_REQUEST} are read"
        return None, [Diagnostic("AW-1002", message, place, "shorten it to what the app should do")]
    strange = sum(_is_strange(char) for char in request)
    if "\x00" in request or (strange > 8 and strange * 20 > len(request)):
        return None, [Diagnostic("AW-1003", "the request is not text", place)]
    shown = clean(request)
    if len(shown) > MAX_REQUEST:  # some characters are two after composition
        return None, [Diagnostic("AW-1002", "the request is too long", place)]
    if not shown.strip():
        hint = 'say what to build, like "Build a TikTok clone"'
        return None, [Diagnostic("AW-1001", "the request is empty", place, hint)]
    found = []
    if strange:
        message = f"{strange} characters that cannot be seen were left out"
        found.append(Diagnostic("AW-1007", message, place, severity=Severity.WARNING))
    return Text(request, shown, _tokens(request)), found


def clean(text: str) -> str:
    """Drop what cannot be seen (controls, direction marks, zero width), keep line breaks."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    kept = (char for char in text if not _is_strange(char) and not _is_invisible(char))
    return unicodedata.normalize("NFC", "".join(kept))


def _is_strange(char: str) -> bool:
    """Tell controls, lone surrogates and marks that reorder a line from text."""
    category = unicodedata.category(char)
    if category in {"Cs", "Co", "Cn", "Zl", "Zp"}:
        return True
    if category == "Cc":
        return char not in "\n\r\t"
    return unicodedata.bidirectional(char) in {"LRE", "RLE", "LRO", "RLO", "PDF"} or (
        "\u2066" <= char <= "\u2069"
    )


def _is_invisible(char: str) -> bool:
    """Tell zero-width characters; the joiner stays, emoji are made of it."""
    return unicodedata.category(char) == "Cf" and char != "\u200d"


def _fold(text: str) -> tuple[str, list[int]]:
    """Return lower-case text without accents, and for each character where it came from."""
    folded: list[str] = []
    origin: list[int] = []
    for index, char in enumerate(text):
        if char in "’‘ʼ`":
            plain = "'"
        elif char == "\t" or (_is_strange(char) and unicodedata.category(char) != "Cf"):
            plain = " "
        elif _is_strange(char) or _is_invisible(char) or char == "\u200d":
            continue
        else:
            plain = unicodedata.normalize("NFKD", char).casefold()
        for part in plain:
            if not unicodedata.combining(part):
                folded.append("\n" if part == "\r" else part)
                origin.append(index)
    return "".join(folded), origin


def _tokens(request: str) -> tuple[Token, ...]:
    folded, origin = _fold(request)
    tokens: list[Token] = []
    for match in _TOKEN.finditer(folded):
        kind = match.lastgroup or "other"
        text = match.group()
        if text == "\n" and kind == "comma" and not _ends_short_line(folded, match.start()):
            continue
        tokens.append(Token(text, kind, Span(origin[match.start()], origin[match.end() - 1] + 1)))
    return tuple(tokens)


def _ends_short_line(folded: str, index: int) -> bool:
    """Tell an item on its own line from prose that wraps."""
    return index - (folded.rfind("\n", 0, index) + 1) < _SHORT_LINE


def forms(word: str) -> tuple[str, ...]:
    """Return a word and what it may be the plural of; phrases are matched by any of these."""
    word = word.removesuffix("'s")
    found = [word]
    if len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        found.append(word[:-1])
        if word.endswith("ies"):
            found.append(word[:-3] + "y")
        elif word.endswith(("ches", "shes", "sses", "xes", "zes")):
            found.append(word[:-2])
    return tuple(found)

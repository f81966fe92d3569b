"""Finds where a text speaks of the example entity, and what style each place asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from archwright.catalog.regions import Kind, Language, Region, regions
from archwright.catalog.spot import Case, Join, Spot

# A letter before means that the word goes on ("nothing"), unless an escape such as \n ends there.
_WORD = re.compile(
    r"""(?:(?<![^\W\d_])|(?<=\\[a-z]))things?(?![^\W\d_A-Z])
      | Things?(?![^\W\d_A-Z])
      | (?:(?<![A-Z])|(?<=\\[A-Z]))THINGS?(?=[A-Z][a-z]|[^A-Za-z]|\Z)""",
    re.X,
)
_ARTICLE = re.compile(r"(?<![\w'’-])[Aa]\s+(?:(?:\*|//|--|\#)\s*)?[`'\"]?\Z")
_MODULE_PATH = re.compile(r"\.{1,2}/|@/|(?:src|supabase|e2e)/\S*\Z")
_FILE_NAME = re.compile(r"(?!/)[^\s?:]*\.(?:[cm]?[jt]sx?|css|json|sql|md|toml)\Z")
_SELECT_LIST = re.compile(
    r"\s*(?:[a-z0-9_*!:.>\-]|[(),]\s*|\s+[()])*[(,](?:[a-z0-9_*!:.>\-]|[(),]\s*|\s+[()])*\s*\Z"
)
_SQL = re.compile(
    r"""\s*(?:select\s|insert\s+into\s|update\s.*\sset\s|delete\s+from\s|with\s.*\sas\s
      |(?:create|alter|drop)\s+(?:table|view|index|policy|function|trigger)|truncate\s
      |(?:grant|revoke)\s.*\son\s|values\s*\(|call\s+\w+\()""",
    re.X | re.S,
)
_TSX = re.compile(r"\s*(?:<[A-Za-z>]|\{|import\s)|.*\sfrom\s+['\"]")
_PLURAL_BRANCH = re.compile(r"(?:zero|one|two|few|many|other|=\d+)\s*\{\Z")
_AROUND_SENTENCES = frozenset("*/#\"'([>-")
_CODE_JOIN = {"ts": Join.CAMEL, "tsx": Join.CAMEL, "css": Join.KEBAB, "prose": Join.CAMEL}
_QUOTES = ("'", '"')


@dataclass(frozen=True, slots=True)
class _Style:
    """What a region asks for: ``alone`` for the word alone, ``code`` for names inside prose."""

    alone: Join
    code: Join
    hyphens: bool = True  # a hyphen binds words
    prose: bool = False
    comment: bool = False
    literal: bool = False


def spots(text: str, language: Language) -> Iterator[tuple[int, int, Spot]]:
    """Yield (start, end, spot) for each word of the example entity, in order."""
    for region in regions(text, language):
        inside = text[region.start : region.end]
        if language == "toml" and region.kind is Kind.LITERAL and _TSX.match(inside):
            for start, end, spot in spots(inside, "tsx"):
                yield region.start + start, region.start + end, spot
            continue
        style: _Style | None = None
        for match in _WORD.finditer(inside):
            style = style or _style(region, inside, language)
            spot = _spot(inside, match.start(), match.end(), style)
            yield region.start + match.start(), region.start + match.end(), spot


def _style(region: Region, inside: str, language: Language) -> _Style:
    code = _CODE_JOIN.get(language, Join.SNAKE)
    if region.kind is Kind.CODE:
        return _Style(code, code, hyphens=False)
    if region.kind is Kind.TAG:
        return _Style(code, code)
    if region.kind is Kind.LITERAL:
        alone = _literal_join(region.literal or inside, language)
        return _Style(alone, code, prose=alone is Join.LABEL, literal=True)
    return _Style(Join.LABEL, code, prose=True, comment=region.kind is Kind.COMMENT)


def _literal_join(whole: str, language: Language) -> Join:
    if _MODULE_PATH.match(whole) or _FILE_NAME.match(whole):
        return Join.KEBAB
    if not re.search(r"\s", whole):
        return Join.URL if "/" in whole else Join.SNAKE
    if _SQL.match(whole) or _SELECT_LIST.match(whole):
        return Join.SNAKE
    # A manifest's short typed strings have spaces, and are code: "uuid -> things cascade".
    return Join.SNAKE if language == "toml" and not whole[:1].isupper() else Join.LABEL


def _spot(text: str, start: int, end: int, style: _Style) -> Spot:
    word = text[start:end]
    plural = word[-1] in "sS"
    case: Case = "lower" if word[0] == "t" else "upper" if word[1] == "H" else "capital"
    join = _bound_join(text, start, end, style)
    if join is None and style.prose:
        join, case = _prose(text, start, end, style, case)
    elif join is None:
        join = Join.CAMEL if case == "capital" else _alone(text, start, style)
    if case == "upper" and join is Join.SNAKE and style.alone is Join.CAMEL:
        join = Join.CAMEL  # a constant: code's own plural
    article = _ARTICLE.search(text[max(0, start - 40) : start]) if style.prose else None
    return Spot(join, case, plural, article.group() if article else "")


def _bound_join(text: str, start: int, end: int, style: _Style) -> Join | None:
    """Return the style of the longer name that the word is part of, None where it stands alone."""
    escaped = start > 1 and text[start - 2] == "\\"
    if (start and text[start - 1].isalpha() and not escaped) or text[end : end + 1].isalpha():
        return Join.CAMEL
    for at, beyond in ((end, end + 1), (start - 1, start - 2)):
        if not 0 <= at < len(text) or text[at] not in "_-":
            continue
        outside = not 0 <= beyond < len(text)
        if not (style.literal if outside else text[beyond].isalnum()):
            continue
        if text[at] == "_":
            return Join.SNAKE
        if style.hyphens:
            return Join.URL if style.prose or style.alone is Join.URL else Join.KEBAB
    return None


def _alone(text: str, start: int, style: _Style) -> Join:
    before = text[start - 1 : start] if start else ""
    if style.alone is Join.URL and before and before in "?&=":
        return Join.SNAKE
    return Join.CAMEL if style.alone is Join.URL and before == ":" else style.alone


def _prose(text: str, start: int, end: int, style: _Style, case: Case) -> tuple[Join, Case]:
    code = _code_in_prose(text, start, end, style)
    if code is not None:
        return (Join.CAMEL if case == "capital" else code), case
    if case == "capital" and not _starts_sentence(text, start):
        return (Join.CAMEL, case) if style.comment else (Join.LABEL, "title")
    if case == "upper" and style.comment:
        return style.code, case
    return Join.LABEL, case


def _starts_sentence(text: str, start: int) -> bool:
    """Tell whether a sentence begins at ``start``, quotes and marks of comments aside."""
    while start and (text[start - 1].isspace() or text[start - 1] in _AROUND_SENTENCES):
        start -= 1
    return start == 0 or text[start - 1] in ".!?:"


def _code_in_prose(text: str, start: int, end: int, style: _Style) -> Join | None:
    """Return the style of a name that prose quotes from code, None for an ordinary word."""
    opener = style.comment and start <= 2
    before = "" if opener or not start else text[start - 1]
    after = text[end : end + 1]
    if before == "{" and after in ("}", ","):
        return None if _PLURAL_BRANCH.search(text[max(0, start - 40) : start]) else Join.CAMEL
    if "/" in (before, after):
        return Join.URL
    if style.comment and before in _QUOTES and after == before:
        return Join.SNAKE
    member = before == "." and re.match(
        r"[\w)\]]", text[start - 2 : start - 1] if start > 1 else ""
    )
    owner = after == "." and re.match(r"[A-Za-z_]", text[end + 1 : end + 2])
    call = after == "(" and not text.startswith("(s)", end)
    quoted = "`" in (before, after) or (before != "" and before in "@$#:")
    return style.code if member or owner or call or quoted else None

"""Finds what the user does not want: the words that stand under "without", "no", "except"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from archwright.intent.text import Text
from archwright.intent.vocabulary import excluding

_EVERYONE = frozenset(
    """users user people members they viewers you we i should must may the in which where and but so
    that""".split()
)
_ENDS = frozenset("with but plus however though although yet including include instead".split())
_MODALS = frozenset("should must can will need needs are is could may shall want wants has".split())
_SUBJECTS = frozenset("i we users user people members it they everyone viewers the".split())
_JOINTS = {"&": "and", "+": "and", "/": "or"}
_ONLY = frozenset({"only", "just"})
_BULLET = re.compile(r"(?:^|\n)[ \t]*(?:[-*+>•‣◦▪–]|\d{1,2}[.)])\s*$")
_MAX_ITEM = 5
_MAX_AROUND = 5


@dataclass(frozen=True, slots=True)
class Scope:
    """The tokens ``start`` to ``end - 1`` stand under the cue at ``cue``."""

    cue: int
    start: int
    end: int

    def cues(self, index: int) -> bool:
        """Tell whether a token is of the cue: the "like" of "I do not like comments"."""
        return self.cue <= index < self.start


def exclusions(text: Text) -> tuple[Scope, ...]:
    """Return the ranges of tokens that the user does not want."""
    scopes: list[Scope] = []
    heading: int | None = None
    for first, last in text.sentences():
        if heading is not None and _is_bullet(text, first):
            scopes.append(Scope(heading, first, last))
            continue
        plain = _plain(text, first, last)
        index = 0
        while index < len(plain):
            found = _cue(plain, index)
            if found is None:
                index += 1
                continue
            start, end = found
            scopes.append(Scope(first + index, first + start, first + end))
            index = max(end, index + 1)
        heading = first if _is_heading(plain) else None
    return tuple(scope for scope in scopes if scope.end > scope.start)


def rules(text: Text) -> tuple[Scope, ...]:
    """Return what only some may do or not do: neither a wish nor an exclusion."""
    found: list[Scope] = []
    left_out = exclusions(text)
    for first, last in text.sentences():
        plain = _plain(text, first, last)
        for index in range(len(plain)):
            if any(s.cue <= first + index < s.end for s in left_out):
                continue
            length = _longest(plain, index, excluding("rule"))
            end = _segment_end(plain, index)
            if _only_some(plain, index, end) or (length and not _general(plain, index, end)):
                found.append(Scope(first + index, first + index, first + end))
    return tuple(found)


def _only_some(plain: list[str], index: int, end: int) -> bool:
    """Tell "only followers can comment" and "messages only between friends"."""
    if plain[index] not in _ONLY:
        return False
    after = plain[index + 1 : min(index + 5, end)]
    return bool(after) and (
        any(word in _MODALS for word in after[1:])
        or (index > 0 and after[0] in {"between", "among", "for", "by", "from", "to"})
    )


def _plain(text: Text, first: int, last: int) -> list[str]:
    """Return a sentence as words; separators are "," or the joint they stand for."""
    plain: list[str] = []
    for index in range(first, last):
        token = text.tokens[index]
        word = token.text if token.kind == "word" else _JOINTS.get(token.text, ",")
        before = text.tokens[index - 1].span.end if index > first else 0
        if word == "free" and text.original[before : token.span.start] in {"-", "‐", "‑"}:
            word = "-free"
        plain.append(word)
    return plain


def _is_bullet(text: Text, index: int) -> bool:
    return _BULLET.search(text.original[: text.tokens[index].span.start]) is not None


def _is_heading(plain: list[str]) -> bool:
    """Tell "Leave out:" and "Out of scope:", above a list."""
    if plain[-1:] != [","] or any(word in _MODALS for word in plain):
        return False
    names = ("list", "item", "imperative", "backward")
    phrases = [phrase.split() for name in names for phrase in excluding(name)]
    return any(plain[-1 - len(words) : -1] == words for words in phrases)


def _segment_end(plain: list[str], index: int) -> int:
    """Return where the clause that holds ``index`` ends."""
    return next((i for i in range(index, len(plain)) if plain[i] in {",", "but"}), len(plain))


def _general(plain: list[str], index: int, end: int) -> bool:
    """Tell whether a ban is on everyone and on everything of its kind."""
    start = _clause_start(plain, index)
    joints = [i for i in range(start, index) if plain[i] in {"which", "where", "that"}]
    subject = plain[joints[-1] if joints else start : index]
    return all(word in _EVERYONE for word in subject) and end - index <= 8


def _cue(plain: list[str], index: int) -> tuple[int, int] | None:
    """Return the range that a cue at ``index`` covers."""
    not_only = plain[index] == "not" and not _ONLY.isdisjoint(plain[index + 1 : index + 2])
    if not_only or _longest(plain, index, excluding("not_a_cue")):
        return None
    if (found := _behind(plain, index) or _wish(plain, index)) is not None:
        return found
    length = _longest(plain, index, excluding("rule"))
    if length and _longest(plain, index, (*excluding("list"), *excluding("item"))) <= length:
        end = _segment_end(plain, index)
        return (index + length, end) if _general(plain, index, end) else None
    for name, joints in (("list", {"or", "nor", "and"}), ("item", {"or", "nor"})):
        length = _longest(plain, index, excluding(name))
        if length:
            return _after(plain, index + length, joints)
    return None


def _behind(plain: list[str], index: int) -> tuple[int, int] | None:
    """Return what stands before "not needed", "-free" or, at the end of its clause, "no"."""
    if plain[index] == "-free" and index > 0:
        return index - 1, index
    if _longest(plain, index, excluding("backward")):
        return _clause_start(plain, index), index
    ends = index + 1 == len(plain) or plain[index + 1] in {",", "and", "but"}
    if plain[index] in excluding("ending") and ends and index > 0:
        colon = plain[index - 1] == ","
        start = _clause_start(plain, index - colon)
        if 0 < index - start <= (2 + colon):
            return start, index
    return None


def _wish(plain: list[str], index: int) -> tuple[int, int] | None:
    """Return what follows "remove" where it is the writer who speaks, not what users can do."""
    start = index
    while start > 0 and plain[start - 1] not in {",", *_ENDS}:
        start -= 1
    if not all(word in excluding("writer") for word in plain[start:index]):
        return None
    for phrase in excluding("around"):
        verb, particle = phrase.split()
        stop = min(index + _MAX_AROUND + 2, _segment_end(plain, index))
        if plain[index] == verb and particle in plain[index + 2 : stop]:
            return index + 1, plain.index(particle, index + 2)
    length = _longest(plain, index, excluding("imperative"))
    return _after(plain, index + length, {"or", "nor", "and"}) if length else None


def _after(plain: list[str], start: int, joints: set[str]) -> tuple[int, int]:
    """Return the range that a cue covers whose own words end at ``start``."""
    if plain[start : start + 1] == [","]:  # "exclude: A, B and C"
        start += 1
        joints = joints | {",", "and"}
    return start, _reach(plain, start, joints)


def _longest(plain: list[str], index: int, phrases: tuple[str, ...]) -> int:
    return max((len(p.split()) for p in phrases if _starts(plain, index, p)), default=0)


def _starts(plain: list[str], index: int, phrase: str) -> bool:
    words = phrase.split()
    return plain[index : index + len(words)] == words


def _clause_start(plain: list[str], index: int) -> int:
    """Go back to where the clause about something unwanted began."""
    start = index
    while start > 0 and plain[start - 1] != "," and plain[start - 1] not in _ENDS:
        start -= 1
    return start


def _reach(plain: list[str], start: int, joints: set[str]) -> int:
    """Return where a forward exclusion ends: at the first item, or over a list of short items."""
    items = _items(plain, start)
    if not items:
        return start
    last = 0
    for number, (joint, _, _) in enumerate(items):
        if joint in joints:
            last = number
    listed = all(joint == "," for joint, _, _ in items[1:])
    if "and" in joints and listed and items[-1][2] == len(plain):
        last = len(items) - 1  # "without A, B, C." and nothing else
    if joints == {"or", "nor"} and any(joint == "and" for joint, _, _ in items[: last + 1]):
        last = 0
    return items[last][2]


def _items(plain: list[str], start: int) -> list[tuple[str, int, int]]:
    """Split what follows into items ``(joint before, start, end)`` up to the next clause."""
    items: list[tuple[str, int, int]] = []
    if plain[start : start + 1] == ["with"]:  # "but not with sounds"
        start += 1
    joint, begin, index = "", start, start
    while index <= len(plain):
        word = plain[index] if index < len(plain) else ""
        if word in {"", ",", "or", "nor", "and"} or word in _ENDS:
            if index > begin:
                if items and (index - begin > _MAX_ITEM or _is_clause(plain, begin)):
                    break
                items.append((joint, begin, index))
                joint = ""
            if word in _ENDS or not word:
                break
            joint = word if word != "," or not joint else joint
            begin = index + 1
        elif word in _MODALS and index > begin:
            if not items:
                items.append((joint, begin, index))
            break
        index += 1
    return items


def _is_clause(plain: list[str], begin: int) -> bool:
    """Tell "comments should be threaded" and "it has likes" from a bare item."""
    head = plain[begin : begin + 4]
    return bool(head) and (
        any(word in _MODALS for word in head) or (head[0] in _SUBJECTS and head[0] != "the")
    )

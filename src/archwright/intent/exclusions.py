"""Finds what the user does not want: the words that stand under "without", "no", "except"."""

from __future__ import annotations

from dataclasses import dataclass

from archwright.intent.text import Text

# A cue and how far it reaches: over a list ("without A, B and C"), or over one item unless the list
# is joined by "or" ("no A, B or C").
_LIST = (
    "without", "except for", "except", "excluding", "exclude", "minus", "leave out", "leaving out",
    "skip", "skipping", "remove", "lacking", "instead of", "rather than", "apart from", "w , o",
    "sans", "do not include", "don't include", "dont include", "not including", "do away with",
    "should not include", "shouldn't include", "must not include",
)  # fmt: skip
_ITEM = (
    "no", "not want", "don't want", "dont want", "not need", "don't need", "dont need", "never",
    "doesn't need", "doesnt need", "do not want", "do not need", "does not need", "not have",
    "don't have", "doesn't have", "shouldn't have", "should not have", "not add", "don't add",
    "don't build", "not support", "not offer", "neither", "nor", "but not", "and not", "just not",
    "drop", "needn't have", "mustn't have", "no need for", "not allow",
)  # fmt: skip
# "Users cannot comment" leaves comments out; "blocked users cannot comment" is a rule about them.
_RULE = ("not be able to", "can't", "cannot", "cant", "may not", "must not", "should not")
_EVERYONE = frozenset(
    """users user people members they viewers you we i should must may the in which where and but so
    that""".split()
)
_BACKWARD = (
    "not needed", "not required", "not wanted", "not necessary", "unnecessary", "not included",
    "aren't needed", "isn't needed", "aren't required", "isn't required", "turned off", "disabled",
    "not allowed", "left out", "excluded", "are out", "out of scope",
)  # fmt: skip
_NOT_A_CUE = (
    "no matter",
    "no problem",
    "no longer",
    "no one",
    "no doubt",
    "no more than",
    "no later",
)
_ENDS = frozenset("with but plus however though although yet including include instead".split())
_MODALS = frozenset("should must can will need needs are is could may shall want wants has".split())
_SUBJECTS = frozenset("i we users user people members it they everyone viewers the".split())
_MAX_ITEM = 5


@dataclass(frozen=True, slots=True)
class Scope:
    """The tokens ``start`` to ``end - 1`` stand under the cue at ``cue``."""

    cue: int
    start: int
    end: int


def exclusions(text: Text) -> tuple[Scope, ...]:
    """Return the ranges of tokens that the user does not want."""
    scopes: list[Scope] = []
    for first, last in text.sentences():
        plain = _plain(text, first, last)
        index = 0
        while index < len(plain):
            found = _cue(plain, index)
            if found is None:
                index += 1
                continue
            scope = Scope(first + index, first + found[0], first + found[1])
            scopes.append(scope)
            index = max(found[1], index + 1)
    return tuple(scope for scope in scopes if scope.end > scope.start)


def rules(text: Text) -> tuple[Scope, ...]:
    """Return what only some may not do: neither a wish nor an exclusion."""
    found: list[Scope] = []
    for first, last in text.sentences():
        plain = _plain(text, first, last)
        for index in range(len(plain)):
            length = _longest(plain, index, _RULE)
            end = _segment_end(plain, index)
            if length and not _general(plain, index, end):
                found.append(Scope(first + index, first + index + length, first + end))
    return tuple(found)


def _plain(text: Text, first: int, last: int) -> list[str]:
    return [t.text if t.kind == "word" else "," for t in text.tokens[first:last]]


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
    if any(_starts(plain, index, phrase) for phrase in _NOT_A_CUE):
        return None
    length = _longest(plain, index, _BACKWARD)
    if length:
        return _clause_start(plain, index), index
    if plain[index] == "not" and index + 1 < len(plain) and plain[index + 1] in {"only", "just"}:
        return None
    length = _longest(plain, index, _RULE)
    if length and _longest(plain, index, (*_LIST, *_ITEM)) <= length:
        end = _segment_end(plain, index)
        return (index + length, end) if _general(plain, index, end) else None
    for phrases, joints in ((_LIST, {"or", "nor", "and"}), (_ITEM, {"or", "nor"})):
        length = _longest(plain, index, phrases)
        if length:
            return index + length, _reach(plain, index + length, joints)
    return None


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

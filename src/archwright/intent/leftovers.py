"""What no rule understood: said to the user, never dropped in silence."""

from __future__ import annotations

from archwright.intent.claims import Span
from archwright.intent.text import Text, Token
from archwright.intent.vocabulary import words

MAX_SHOWN = 12
_JOINTS = frozenset(
    """and or plus with but also then while including without except nor as where when so that which
    should must can could will""".split()
)


def leftovers(text: Text, understood: set[int]) -> tuple[Span, ...]:
    """Return the pieces of the text that say something and that nothing was made of."""
    found: list[Span] = []
    for first, last in text.sentences():
        start = first
        for index in range(first, last + 1):
            if index < last and not _is_joint(text.tokens[index]):
                continue
            piece = _piece(text, start, index, understood)
            if piece is not None:
                found.append(piece)
            start = index + 1
    return tuple(found)


def _is_joint(token: Token) -> bool:
    return token.kind == "comma" or (token.kind == "word" and token.text in _JOINTS)


def _piece(text: Text, start: int, end: int, understood: set[int]) -> Span | None:
    if any(index in understood for index in range(start, end)):
        return None
    content = [index for index in range(start, end) if _has_content(text.tokens[index])]
    return text.span(content[0], content[-1] + 1) if content else None


def _has_content(token: Token) -> bool:
    if token.kind == "other":
        return True
    plain = words("generic") | words("function")
    return token.kind == "word" and not token.text.isdigit() and token.text not in plain

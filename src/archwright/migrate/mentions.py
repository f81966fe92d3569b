"""Which names a piece of SQL mentions: words, and schema-qualified names."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from archwright.schema.model import Function, Ref

Node = TypeVar("Node", bound=Hashable)

_STRINGS_AND_COMMENTS = re.compile(r"'(?:[^']|'')*'|--[^\n]*|/\*.*?\*/", re.DOTALL)
_NAME = re.compile(r'"?([A-Za-z_][\w$]*)"?(?:\s*\.\s*"?([A-Za-z_][\w$]*)"?)?')
_EMPTY_PATH = re.compile(r"set\s+search_path\s*(?:=|\bto\b)\s*''", re.IGNORECASE)
_LANGUAGE = re.compile(r"\blanguage\s+(\w+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mentions:
    """The names in a text: every word, pairs joined by a dot, and whether ``public`` is implied."""

    words: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    bare_is_public: bool = True

    def has(self, ref: Ref) -> bool:
        """Tell whether an object is mentioned, qualified or (in ``public``) bare."""
        if (ref.schema, ref.name) in self.pairs:
            return True
        return self.bare_is_public and ref.schema == "public" and ref.name in self.words

    def among(self, refs: Mapping[tuple[str, str], Iterable[Node]]) -> set[Node]:
        """Return what stands for the mentioned names, by (schema, name); no scan over all."""
        found = {n for pair in self.pairs & refs.keys() for n in refs[pair]}
        if self.bare_is_public:
            bare = (("public", w) for w in self.words)
            found |= {n for key in bare if key in refs for n in refs[key]}
        return found


def mentions(*texts: str | None) -> Mentions:
    """Return what the texts mention outside comments and, for function bodies, strings."""
    words: set[str] = set()
    pairs: set[tuple[str, str]] = set()
    source = "\n".join(t for t in texts if t)
    for match in _NAME.finditer(_STRINGS_AND_COMMENTS.sub(" ", source)):
        first, second = match.groups()
        words.add(first)
        if second is not None:
            words.add(second)
            pairs.add((first, second))
    return Mentions(frozenset(words), frozenset(pairs), _EMPTY_PATH.search(source) is None)


def language(function: Function) -> str:
    """Return the language that a function's statement names."""
    match = _LANGUAGE.search(function.sql)
    return match.group(1).lower() if match else "sql"


def signature_types(function: Function) -> Mentions:
    """Return what arguments and result mention: types that must be there first."""
    return mentions(
        *(a.type for a in function.arguments),
        *(a.type for a in function.returns_table),
        function.returns,
    )

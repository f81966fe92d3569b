"""The forms of an entity's name in every case style, and names that fit and do not collide."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from archwright.blueprint.names import MAX_IDENTIFIER_BYTES
from archwright.catalog.plurals import pluralised

_WORD = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+[0-9]*|[A-Z]+[0-9]*|[0-9]+")
_HASH_LENGTH = 8


@dataclass(frozen=True, slots=True)
class Forms:
    """One entity's name in all its forms.

    ``words`` and ``plural_words`` are lower-case ("video", "comment"); ``pascal`` is the entity's
    name as the Blueprint writes it. ``code_plural_words`` differ from ``words`` even where English
    does not tell one from many ("series" -> "all", "series"), so that a variable, a component and
    a file for one never clash with those for many; tables, URLs and labels keep the plain word.
    """

    pascal: str
    words: tuple[str, ...]
    plural_words: tuple[str, ...]
    label: str
    labels: str

    @classmethod
    def of(
        cls,
        entity_name: str,
        plural: str | None = None,
        label: str | None = None,
        labels: str | None = None,
    ) -> Forms:
        """Derive all forms from a PascalCase name; what is given explicitly wins."""
        parts = _WORD.findall(entity_name)
        words = tuple(part.lower() for part in parts)
        if plural:
            plural_words = tuple(part.lower() for part in _WORD.findall(plural))
        else:
            plural_words = (*words[:-1], pluralised(words[-1]))
        shown = label or _label(parts)
        if not labels:
            labels = " ".join(plural_words) if plural and not label else _plural_label(shown)
        return cls(entity_name, words, plural_words, shown, labels)

    @property
    def code_plural_words(self) -> tuple[str, ...]:
        """The plural's words, made distinct from the singular's."""
        return self.plural_words if self.plural_words != self.words else ("all", *self.words)

    @property
    def snake(self) -> str:
        """Singular for columns: ``video_comment``."""
        return "_".join(self.words)

    @property
    def snakes(self) -> str:
        """Plural for tables: ``video_comments``."""
        return "_".join(self.plural_words)

    @property
    def kebab(self) -> str:
        """Singular for files: ``video-comment``."""
        return "-".join(self.words)

    @property
    def kebabs(self) -> str:
        """Plural for URLs: ``video-comments``."""
        return "-".join(self.plural_words)

    @property
    def camel(self) -> str:
        """Singular for variables: ``videoComment``."""
        return _humps(self.words)

    @property
    def camels(self) -> str:
        """Plural for variables: ``videoComments``."""
        return _humps(self.code_plural_words)

    @property
    def pascals(self) -> str:
        """Plural for types and components: ``VideoComments``."""
        return "".join(word.capitalize() for word in self.code_plural_words)

    @property
    def screaming(self) -> str:
        """Singular for constants: ``VIDEO_COMMENT``."""
        return self.snake.upper()

    @property
    def screamings(self) -> str:
        """Plural for constants: ``VIDEO_COMMENTS``."""
        return "_".join(self.code_plural_words).upper()


def _humps(words: tuple[str, ...]) -> str:
    return words[0] + "".join(word.capitalize() for word in words[1:])


def _label(parts: list[str]) -> str:
    """Return words for people; an acronym keeps its capitals ("API key")."""
    return " ".join(part if len(part) > 1 and part.isupper() else part.lower() for part in parts)


def _plural_label(label: str) -> str:
    head, space, last = label.rpartition(" ")
    lowered = last.lower()
    plural = pluralised(lowered)
    return (
        head
        + space
        + (last + plural.removeprefix(lowered) if plural.startswith(lowered) else plural)
    )


def bounded(name: str, limit: int = MAX_IDENTIFIER_BYTES) -> str:
    """Return ``name`` if it has at most ``limit`` bytes of UTF-8, else a stable shorter name.

    The shorter name is a prefix plus eight hexadecimal digits of a hash of the whole name, so two
    long names that share a prefix stay apart. ``limit`` must leave room for the suffix.
    """
    raw = name.encode()
    if len(raw) <= limit:
        return name
    return _suffixed(name, name, limit)


def _suffixed(name: str, identity: str, limit: int) -> str:
    room = limit - _HASH_LENGTH - 1
    if room < 1:
        raise ValueError(f"a limit of {limit} bytes leaves no room for a name")
    head = name.encode()[:room].decode(errors="ignore").rstrip("_-")
    separator = "-" if "-" in name else "_"
    return f"{head}{separator}{hashlib.sha256(identity.encode()).hexdigest()[:_HASH_LENGTH]}"


def settle(
    names: Mapping[str, str],
    taken: Collection[str] = (),
    limit: int = MAX_IDENTIFIER_BYTES,
) -> dict[str, str]:
    """Give every key a name of its own, within ``limit`` bytes.

    ``names`` maps a stable identity ("likes@Video") to the name it would like, the oldest first:
    the first to ask gets the plain name, a later one gets a suffix hashed from its key, so that
    adding one at the end never renames another. Case does not tell names apart, since neither
    PostgreSQL's unquoted identifiers nor many file systems do.
    """
    used = {name.casefold() for name in taken}
    settled: dict[str, str] = {}
    for key, wanted in names.items():
        name, tries = bounded(wanted, limit), 0
        while name.casefold() in used:
            name = _suffixed(wanted, f"{key}#{tries}", limit)
            tries += 1
        used.add(name.casefold())
        settled[key] = name
    return settled

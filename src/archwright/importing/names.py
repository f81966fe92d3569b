"""Names of elsewhere as names that a Blueprint allows: converted, settled, never lost."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping

from archwright.blueprint.names import RESERVED_ENTITIES, RESERVED_SQL
from archwright.catalog.entity_check import LONGEST_TABLE, SYSTEM_COLUMNS
from archwright.catalog.naming import Forms, bounded, settle
from archwright.catalog.plurals import IRREGULAR_ENDS, UNCHANGED, pluralised

_WORD = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+[0-9]*|[A-Z]+[0-9]*|[0-9]+")
_SPELT = str.maketrans({"ß": "ss", "æ": "ae", "ø": "o", "đ": "d", "ł": "l", "Ø": "O", "Æ": "Ae"})
_IN_IE = frozenset("calories cookies lies movies pies rookies selfies ties zombies".split())
_HISSING = ("ss", "x", "ch", "sh", "zz", "us")
LONGEST_NAME = 40
_LONGEST_ENTITY = 24


def words(name: str) -> list[str]:
    """Return the words of a name in any case style, lower-case and in ASCII letters."""
    plain = unicodedata.normalize("NFKD", name.translate(_SPELT))
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return [word.lower() for word in _WORD.findall(letters)]


def snake(name: str, limit: int = LONGEST_NAME, otherwise: str = "value") -> str:
    """Return a name in snake_case that SQL does not reserve; unreadable ones keep a hash."""
    found = "_".join(words(name))
    if not found:
        found = f"{otherwise}_{hashlib.sha256(name.encode()).hexdigest()[:6]}"
    if found[0].isdigit():
        found = f"{otherwise[0]}{found}"
    found = bounded(found, limit)
    return f"{found}_{otherwise}" if found in RESERVED_SQL | SYSTEM_COLUMNS else found


def singular(word: str) -> str:
    """Return the word of which another is the plural, or the word itself where none is known."""
    guesses = [word[: -len(many)] + one for one, many in IRREGULAR_ENDS if word.endswith(many)]
    if not guesses and (word in UNCHANGED or word in _IN_IE):
        return word[:-1] if word in _IN_IE else word
    guesses += [f"{word[:-3]}y"] if word.endswith("ies") else []
    guesses += [word[:-2]] if word[:-2].endswith(_HISSING) and word.endswith("es") else []
    guesses += [word[:-1]] if word.endswith("s") and not word.endswith("ss") else []
    guesses += [word[:-2]] if word.endswith("es") else []
    return next((g for g in guesses if len(g) > 1 and pluralised(g) == word), word)


def _pascal(name: str) -> str:
    found = words(name) or words(snake(name, otherwise="thing"))
    found = found if found[0][0].isalpha() else ["app", *found]
    found[-1] = singular(found[-1])
    joined = "".join(word.capitalize() for word in found)
    if len(joined) < 2 or joined in RESERVED_ENTITIES or _reserved(joined):
        joined = f"App{joined}"
    return joined if _fits(joined) else _shorter(joined)


def _reserved(name: str) -> bool:
    forms = Forms.of(name)
    return bool({forms.snake, forms.snakes} & RESERVED_SQL)


def _fits(name: str) -> bool:
    return len(name) <= _LONGEST_ENTITY + 8 and len(Forms.of(name).snakes) <= LONGEST_TABLE


def _shorter(name: str) -> str:
    head = name[: _LONGEST_ENTITY - 7]
    while len(Forms.of(head).snakes) > LONGEST_TABLE - 8:
        head = head[:-1]
    return f"{head}X{hashlib.sha256(name.encode()).hexdigest()[:4]}"


def entity_names(tables: Iterable[str], taken: Collection[str]) -> dict[str, str]:
    """Return an entity's name for each table; ``taken`` are the tables that the app has anyway.

    The first to ask gets the plain name; a later one that would make the same table another.
    """
    found: dict[str, str] = {}
    used = set(taken)
    for table in tables:
        name, tries = _pascal(table), 0
        while Forms.of(name).snakes in used or name in found.values():
            digest = hashlib.sha256(f"{table}#{tries}".encode()).hexdigest()[:4]
            plain = _pascal(table)
            name = f"App{plain}" if tries == 0 and _fits(f"App{plain}") else f"{plain}X{digest}"
            tries += 1
        used.add(Forms.of(name).snakes)
        found[table] = name
    return found


def settled(
    wanted: Mapping[str, str], taken: Collection[str], limit: int = LONGEST_NAME
) -> dict[str, str]:
    """Give every key a name of its own, as ``settle`` does."""
    return settle(wanted, taken, limit)


def enum_values(values: Iterable[str]) -> dict[str, str]:
    """Return the Blueprint's word for each value of an enumeration."""
    return settle({v: _value(v) for v in dict.fromkeys(values)}, (), LONGEST_NAME)


def _value(text: str) -> str:
    found = "_".join(words(text.replace("+", " plus ")))
    if not found:
        found = f"value_{hashlib.sha256(text.encode()).hexdigest()[:6]}"
    return bounded(f"v{found}" if found[0].isdigit() else found, LONGEST_NAME)

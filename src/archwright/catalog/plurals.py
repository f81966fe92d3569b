"""English plurals of lower-case words, by a small table: a library takes seconds to import."""

from __future__ import annotations

import re
from functools import lru_cache

# Words with one form for one and many, and words that are plural already.
UNCHANGED = frozenset(
    """advice aircraft analytics baggage bison clothes clothing content data deer earnings economics
    electricity equipment evidence feedback fish furniture gear goods gymnastics hardware
    headquarters homework information jewelry jewellery knowledge logistics luggage mathematics
    means media merchandise metadata money moose music news offspring people physics politics
    premises progress research rice salmon savings scissors series settings sheep shrimp software
    spacecraft species staff stats stuff swine traffic trout weather wildlife""".split()
)

# The end of a word, and what it becomes: "salesperson" and "bookshelf" follow "person" and "shelf".
IRREGULAR_ENDS = (
    ("person", "people"),
    ("child", "children"),
    ("foot", "feet"),
    ("tooth", "teeth"),
    ("goose", "geese"),
    ("mouse", "mice"),
    ("quiz", "quizzes"),
    ("leaf", "leaves"),
    ("knife", "knives"),
    ("midwife", "midwives"),
    ("wife", "wives"),
    ("life", "lives"),
    ("wolf", "wolves"),
    ("half", "halves"),
    ("shelf", "shelves"),
    ("self", "selves"),
    ("calf", "calves"),
    ("loaf", "loaves"),
    ("thief", "thieves"),
    ("scarf", "scarves"),
    ("hero", "heroes"),
    ("potato", "potatoes"),
    ("tomato", "tomatoes"),
    ("echo", "echoes"),
    ("veto", "vetoes"),
    ("torpedo", "torpedoes"),
    ("mosquito", "mosquitoes"),
    ("volcano", "volcanoes"),
    ("tornado", "tornadoes"),
    ("embargo", "embargoes"),
    ("criterion", "criteria"),
    ("phenomenon", "phenomena"),
    ("matrix", "matrices"),
    ("vertex", "vertices"),
    ("appendix", "appendices"),
    ("alumnus", "alumni"),
)
IRREGULAR = {"ox": "oxen", "elf": "elves", "datum": "data", "medium": "media", "axis": "axes"}

# The first rule that matches the end of a word makes its plural.
RULES = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"(?<!hu)(?<!ger)(?<!ro)(?<!nor)(?<!otto)(?<!talis)(?<!sha)(?<!cai)man$", "men"),
        (r"(?<=[a-z]{2})sis$", "ses"),
        (r"((?:stoma|monar|patriar|epo|te|lo)ch)$", r"\1s"),
        (r"(s|x|z|ch|sh)$", r"\1es"),
        (r"([^aeiou]|qu)y$", r"\1ies"),
        (r"$", "s"),
    )
)


@lru_cache(maxsize=4096)
def pluralised(word: str) -> str:
    """Return the plural of a lower-case English word ("category" -> "categories").

    The rules are for nouns in the singular; a word that is plural already and not in the table
    above is taken for a singular, as "lens" and "lenses" cannot be told from "video" and "videos".
    """
    if word in UNCHANGED:
        return word
    if word in IRREGULAR:
        return IRREGULAR[word]
    for end, plural in IRREGULAR_ENDS:
        if word.endswith(end):
            return word[: -len(end)] + plural
    pattern, replacement = next(rule for rule in RULES if rule[0].search(word))
    return pattern.sub(replacement, word, count=1)

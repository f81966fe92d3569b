"""One place in a text where an entity's name goes, and how the name is written there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import Literal

from archwright.catalog.naming import Forms


class Join(Enum):
    """How the words of a name are put together."""

    CAMEL = "camel"
    SNAKE = "snake"
    KEBAB = "kebab"  # files, modules, element ids: the plural that differs from the singular
    URL = "url"  # kebab case with the natural plural
    LABEL = "label"


Case = Literal["lower", "capital", "title", "upper"]

_VOWEL = re.compile(
    r"(?!eu|u(?:ni(?!n|m)|s[aeiu]|ti|bi|ku)|on(?:e|ce)\b)[aeiou]|h(?:our|onest|onou?r|eir)", re.I
)
_ACRONYM = re.compile(r"[A-Z]{2,}(?![a-z])|[A-Z]{2,}(?=[A-Z][a-z])")


@dataclass(frozen=True, slots=True)
class Spot:
    """How a name is written in one place.

    ``article`` is the "a" before it with what stands between ("a ", "A `"), so that "a thing"
    can become "an album".
    """

    join: Join
    case: Case
    plural: bool = False
    article: str = ""

    def text(self, forms: Forms) -> str:
        """Return the name as it is written here, with its article if it has one."""
        name = self._name(forms)
        if self.article and self._sounds_like_vowel(name):
            n = "N" if self.case == "upper" else "n"
            return f"{self.article[0]}{n}{self.article[1:]}{name}"
        return self.article + name

    def _sounds_like_vowel(self, name: str) -> bool:
        if self.case != "upper" and _ACRONYM.match(name):
            return name[0] in "AEFHILMNORSX"  # spelt out: "an SMS", but "a URL"
        return _VOWEL.match(name) is not None

    def _name(self, forms: Forms) -> str:
        if self.join is Join.LABEL:
            return _cased(forms.labels if self.plural else forms.label, self.case)
        if self.join is Join.CAMEL:
            return self._code_name(forms)
        natural = self.join is not Join.KEBAB
        many = forms.plural_words if natural else forms.code_plural_words
        words = many if self.plural else forms.words
        if self.case == "capital":
            words = tuple(word.capitalize() for word in words)
        name = ("_" if self.join is Join.SNAKE else "-").join(words)
        return name.upper() if self.case == "upper" else name

    def _code_name(self, forms: Forms) -> str:
        if self.case == "upper":
            return forms.screamings if self.plural else forms.screaming
        if self.case == "lower":
            return forms.camels if self.plural else forms.camel
        return forms.pascals if self.plural else forms.pascal


def _cased(label: str, case: Case) -> str:
    if case == "capital":
        return label[:1].upper() + label[1:]
    if case == "title":
        return " ".join(word[:1].upper() + word[1:] for word in label.split(" "))
    return label.upper() if case == "upper" else label

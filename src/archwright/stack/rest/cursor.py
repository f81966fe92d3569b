"""A reader over one parameter's text, shared by the parsers."""

from __future__ import annotations

from archwright.stack.rest.errors import RestError, unparsable

DEEPEST = 60
"""How deep brackets may nest; PostgreSQL and we must both be able to recurse that far."""

LONGEST = 500
"""How many steps a path into JSON may have: each is a level of PostgreSQL's own stack."""

_ENDS_NAME = frozenset(',()!:."{}')


class Cursor:
    """Reads names, quoted texts and symbols; refuses with PGRST100 where the text is wrong."""

    def __init__(self, text: str, what: str, before: int = 0) -> None:
        """Start at the beginning; ``what`` names the parameter in refusals.

        ``before`` is how much stands before the text, for the columns that refusals tell.
        """
        self.before = before
        self.text = text
        self.at = 0
        self.depth = 0
        self.what = what

    def done(self) -> bool:
        """Tell whether all text was read."""
        return self.at >= len(self.text)

    def sees(self, symbol: str) -> bool:
        """Tell whether the symbol comes next."""
        return self.text.startswith(symbol, self.at)

    def take(self, symbol: str) -> bool:
        """Read the symbol if it comes next."""
        if not self.sees(symbol):
            return False
        self.at += len(symbol)
        return True

    def need(self, symbol: str) -> None:
        """Read the symbol or refuse."""
        if not self.take(symbol):
            raise self.wrong(f'"{symbol}"')

    def skip(self) -> None:
        """Read over blanks."""
        while not self.done() and self.text[self.at] in " \t":
            self.at += 1

    def open(self) -> None:
        """Read an opening bracket, counting how deep it is."""
        self.need("(")
        self.depth += 1
        if self.depth > DEEPEST:
            raise unparsable(self.what, self.text, self.at, f"nested deeper than {DEEPEST}")
        self.skip()

    def close(self) -> None:
        """Read a closing bracket."""
        self.skip()
        self.need(")")
        self.depth -= 1

    def wrong(self, expected: str = "") -> RestError:
        """Return the refusal for this place."""
        found = f'"{self.text[self.at]}"' if not self.done() else "end of input"
        details = f"unexpected {found}" + (f" expecting {expected}" if expected else "")
        return unparsable(self.what, self.text, self.before + self.at + 1, details)

    def quoted(self) -> str:
        """Read a double-quoted text with backslash escapes."""
        self.need('"')
        out: list[str] = []
        while not self.done():
            char = self.text[self.at]
            self.at += 1
            if char == '"':
                return "".join(out)
            if char == "\\" and not self.done():
                char = self.text[self.at]
                self.at += 1
            out.append(char)
        raise self.wrong('"\\""')

    def name(self) -> str:
        """Read a column or relation name."""
        self.skip()
        if self.sees('"'):
            return self.quoted()
        start = self.at
        while not self.done() and self.text[self.at] not in _ENDS_NAME and not self.sees("->"):
            self.at += 1
        name = self.text[start : self.at].strip()
        if not name:
            raise self.wrong("field name (* or [a..z0..9_$])")
        return name

    def path(self) -> tuple[tuple[str, str], ...]:
        """Read ``->key`` and ``->>key`` steps."""
        steps: list[tuple[str, str]] = []
        while self.sees("->"):
            arrow = "->>" if self.take("->>") else "->"
            if arrow == "->":
                self.need("->")
            steps.append((arrow, self.name()))
            if len(steps) > LONGEST:
                raise unparsable(self.what, self.text, self.at, f"more than {LONGEST} steps")
        return tuple(steps)

    def word(self) -> str:
        """Read letters, digits, blanks, ``_`` and ``$``: the name of a type or a language."""
        start = self.at
        while not self.done() and (self.text[self.at].isalnum() or self.text[self.at] in "_ $"):
            self.at += 1
        word = self.text[start : self.at].strip()
        if not word:
            raise self.wrong("letter or digit")
        return word

"""A reader over one parameter's text, shared by the parsers."""

from __future__ import annotations

from .errors import ApiError

# elsewhere a quote is an ordinary character of an unquoted value
_BEFORE_QUOTE = ("", ".", ",", "(", "{", "[", ":")


class Cursor:
    """Reads names, quoted texts and symbols; refuses with PGRST100 where the text is wrong."""

    def __init__(self, text: str, what: str) -> None:
        self.text = text
        self.at = 0
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
            raise self.wrong()

    def wrong(self) -> ApiError:
        """Return the refusal for this place."""
        found = repr(self.text[self.at]) if not self.done() else "end of input"
        return ApiError(
            400,
            "PGRST100",
            f'"failed to parse {self.what} ({self.text})" (line 1, column {self.at + 1})',
            f"unexpected {found}",
        )

    def quoted(self) -> str:
        """Read a double-quoted text with backslash escapes."""
        self.need('"')
        out = ""
        while not self.done():
            char = self.text[self.at]
            self.at += 1
            if char == '"':
                return out
            if char == "\\" and not self.done():
                char = self.text[self.at]
                self.at += 1
            out += char
        raise self.wrong()

    def name(self) -> str:
        """Read a column or relation name."""
        if self.sees('"'):
            return self.quoted()
        start = self.at
        while not self.done() and self.text[self.at] not in ',()!:."{}' and not self.sees("->"):
            self.at += 1
        name = self.text[start : self.at].strip()
        if not name:
            raise self.wrong()
        return name

    def path(self) -> tuple[tuple[str, str], ...]:
        """Read ``->key`` and ``->>key`` steps."""
        steps: list[tuple[str, str]] = []
        while self.sees("->"):
            arrow = "->>" if self.take("->>") else "->"
            if arrow == "->":
                self.need("->")
            steps.append((arrow, self.name()))
        return tuple(steps)

    def until(self, stops: str) -> str:
        """Read raw text up to a stop character outside quotes and brackets."""
        start, depth = self.at, 0
        while not self.done():
            char = self.text[self.at]
            if char == '"' and self.text[self.at - 1 : self.at] in _BEFORE_QUOTE:
                self.quoted()
                continue
            if depth == 0 and char in stops:
                break
            depth += (char in "({[") - (char in ")}]")
            self.at += 1
        return self.text[start : self.at]

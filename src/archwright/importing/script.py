"""A psql script cut into statements, each with its line; rows of COPY and psql's own commands."""

from __future__ import annotations

import re
from dataclasses import dataclass

from archwright.diagnostics import Diagnostic, Place, Severity
from archwright.importing.reading import DEEPEST, SHALLOWER

_TOKEN = re.compile(
    r"--[^\n]*|/\*|(?<![\w$])[eE]'|'|\"|(?<![\w$])\$(?:[^\W\d]\w*)?\$|;|\\[^\n]*|[()\[\]]"
)
_COPY = re.compile(r"copy\s.*\bfrom\s+stdin\b", re.IGNORECASE | re.DOTALL)
_PLAIN = re.compile(r"[^']*(?:''[^']*)*'")
_ESCAPED = re.compile(r"(?:[^'\\]|\\.|'')*'", re.DOTALL)
_IGNORED = {"restrict", "unrestrict", "echo", "set", "pset", "timing", "encoding", "unset"}
_CONNECT = {"connect", "c"}


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement without its semicolon, and the line on which it begins."""

    line: int
    sql: str


@dataclass(frozen=True, slots=True)
class Script:
    """A script's statements, how many rows it would copy, and what is wrong with it."""

    statements: tuple[Statement, ...]
    rows: int
    problems: tuple[Diagnostic, ...]


class _BrokenError(Exception):
    """The script ends within something, or cannot go on."""

    def __init__(self, code: str, text: str, at: int, hint: str = "") -> None:
        super().__init__(text)
        self.code, self.text, self.at, self.hint = code, text, at, hint


def cut(text: str, name: str) -> Script:
    """Cut a script. Diagnostics: AW-1402 nested too deep, AW-1403 it ends within something,

    AW-1412 a command of psql that is refused (an error), or passed over (a note).
    """
    cutter = _Cutter(text, name)
    try:
        cutter.run()
    except _BrokenError as error:
        place = cutter.place(error.at)
        cutter.problems.append(Diagnostic(error.code, error.text, place, error.hint))
    return Script(tuple(cutter.statements), cutter.rows, tuple(cutter.problems))


class _Cutter:
    def __init__(self, text: str, name: str) -> None:
        self.text = text
        self.name = name
        self.start = 0
        self.rows = 0
        self.statements: list[Statement] = []
        self.problems: list[Diagnostic] = []
        self._counted = (0, 1)

    def place(self, at: int) -> Place:
        """Return the line of an offset; offsets mostly grow, so lines are counted on."""
        offset, line = self._counted if self._counted[0] <= at else (0, 1)
        line += self.text.count("\n", offset, at)
        self._counted = (at, line)
        return Place(self.name, (), line)

    def run(self) -> None:
        at, depth = 0, 0
        while (match := _TOKEN.search(self.text, at)) is not None:
            word, at = match[0], match.end()
            if word == ";":
                at, depth = self._end(match.start(), at), 0
            elif word in "([":
                depth += 1
                if depth > DEEPEST:
                    text = f"brackets are nested deeper than {DEEPEST}"
                    raise _BrokenError("AW-1402", text, match.start(), SHALLOWER)
            elif word in ")]":
                depth -= 1
            elif word.startswith("\\"):
                self._command(word, match.start())
                self.start = at
            else:
                at = self._past(word, match.start(), at)
        self._end(len(self.text), len(self.text))

    def _past(self, word: str, begin: int, at: int) -> int:
        """Return where a comment, string or name ends that has begun."""
        if word.startswith("--"):
            return at
        if word == "/*":
            return self._comment(begin, at)
        if word == '"':
            end = self.text.find('"', at)
            found = end + 1 if end >= 0 else None
        elif word == "'" or word in {"e'", "E'"}:
            match = (_PLAIN if word == "'" else _ESCAPED).match(self.text, at)
            found = match.end() if match else None
        else:
            end = self.text.find(word, at)
            found = end + len(word) if end >= 0 else None
        if found is None:
            text = f"the file ends within what {word} begins here"
            raise _BrokenError("AW-1403", text, begin, "The file may have been cut off.")
        return found

    def _comment(self, begin: int, at: int) -> int:
        depth = 1
        for match in re.compile(r"/\*|\*/").finditer(self.text, at):
            depth += 1 if match[0] == "/*" else -1
            if depth == 0:
                return match.end()
        hint = "The file may have been cut off."
        raise _BrokenError("AW-1403", "the file ends within a comment", begin, hint)

    def _end(self, end: int, at: int) -> int:
        """Note a statement and return where the next one may begin."""
        begin = self._first(self.start, end)
        sql = self.text[begin:end]
        self.start = at
        if not sql.strip():
            return at
        self.statements.append(Statement(self.place(begin).line, sql))
        if _COPY.match(sql):
            at = self._copied(begin, at)
            self.start = at
        return at

    def _first(self, begin: int, end: int) -> int:
        """Return where a statement's first word is, after blanks and comments."""
        blank = re.compile(r"\s*(?:--[^\n]*\n?)?")
        while True:
            match = blank.match(self.text, begin, end)
            if match is None or match.end() == begin:
                if not self.text.startswith("/*", begin, end):
                    return begin
                begin = self._comment(begin, begin + 2)
            else:
                begin = match.end()

    def _copied(self, begin: int, at: int) -> int:
        at = self.text.find("\n", at) + 1
        match = re.compile(r"^\\\.[ \t]*$", re.MULTILINE).search(self.text, at) if at else None
        if match is None:
            text = "the file ends within the rows that are copied here"
            raise _BrokenError("AW-1403", text, begin, "The file may have been cut off.")
        self.rows += self.text.count("\n", at, match.start())
        return match.end()

    def _command(self, line: str, at: int) -> None:
        match = re.match(r"\\(\S*)", line)
        word = match[1] if match else ""
        inside = self.text[self._first(self.start, at) : at].strip()
        if not inside and word in _IGNORED:
            return
        if not inside and word in _CONNECT and not self.statements_of_tables():
            text = f"\\{word} is passed over: the script is read into one database"
            place = self.place(at)
            self.problems.append(Diagnostic("AW-1412", text, place, severity=Severity.NOTE))
            return
        hint = "Make a dump of one database with: pg_dump --schema-only --no-owner"
        raise _BrokenError("AW-1412", f"the psql command \\{word} is refused", at, hint)

    def statements_of_tables(self) -> bool:
        """Tell whether a table has been made by now."""
        return any(re.match(r"create\s+table", s.sql, re.IGNORECASE) for s in self.statements)

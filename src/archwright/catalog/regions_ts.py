"""TypeScript and JSX cut into code, tags, text, literals and comments by a small lexer."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

Cut = tuple[str, int, int, str]

_CODE = re.compile(
    r"""(?P<comment>//[^\n]*|/\*.*?(?:\*/|\Z))
      | (?P<string>'(?:\\.|[^'\\\n])*'?|"(?:\\.|[^"\\\n])*"?)
      | (?P<tick>`)
      | (?P<open>\{)
      | (?P<close>\})
      | (?P<slash>/)
      | (?P<less><)""",
    re.X | re.S,
)
# What no bracket, quote or slash interrupts is one step; only its end matters for what follows.
_RUN = re.compile(r"[^/<{}'\"`]+")
_LAST_WORD = re.compile(r"[\w$]+\Z")
_REGEX = re.compile(r"/((?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\[\n])+)/[dgimsuvy]*(?![\w$])")
_TEMPLATE_TEXT = re.compile(r"(?:\\.|\$(?!\{)|[^`\\$])+", re.S)
_TAG = re.compile(
    r"""(?P<space>\s+)
      | (?P<comment>//[^\n]*|/\*.*?(?:\*/|\Z))
      | (?P<string>'[^']*'?|"[^"]*"?)
      | (?P<open>\{)
      | (?P<void>/>)
      | (?P<more>>)
      | (?P<less><)
      | (?P<name>[^\s"'{/<>]+|.)""",
    re.X | re.S,
)
# A template's own markers may stand in text and may hold any character.
_CHILD_TEXT = re.compile(r"(?:/\*[%=\#].*?(?:\*/|\Z)|[^<{])+", re.S)
_ELEMENT = re.compile(r"<(?:>|[A-Za-z_$][\w$.:-]*)")
_TYPE_PARAMETER = re.compile(r"<[A-Za-z_$][\w$]*\s*(?:,|extends\b|=)")
_SHOWN_ATTRIBUTE = re.compile(r"(?<=\s)(?:aria-label|alt|description|label|placeholder|title)=\Z")
_BARE_ELEMENT = re.compile(r"<([A-Za-z_$][\w$.:-]*)\s*>")

# After these words an expression begins, so that "<" opens an element and "/" a regular expression.
_BEFORE_OPERAND = frozenset(
    """return case default yield await typeof in of do else void delete new throw instanceof
    export""".split()
)

_LONGEST = max(map(len, _BEFORE_OPERAND))

_EXPRESSION = -1  # stands in a template literal's parts for an expression


@dataclass(slots=True)
class _Frame:
    mode: Literal["code", "template", "tag", "children"]
    depth: int = 0
    closing: bool = False
    parts: list[int] = field(default_factory=list)


class _Lexer:
    """Cuts one text; ``stack`` says what is open, ``operand`` whether a value has just ended."""

    def __init__(self, text: str, *, jsx: bool) -> None:
        self.text = text
        self.jsx = jsx
        self.cuts: list[Cut] = []
        self.stack = [_Frame("code")]
        self.operand = False
        self.modes = {
            "code": self._code,
            "template": self._template,
            "tag": self._tag,
            "children": self._children,
        }

    def run(self) -> list[Cut]:
        position = 0
        while position < len(self.text):
            frame = self.stack[-1]
            position = self.modes[frame.mode](frame, position)
        return self.cuts

    def _add(self, kind: str, start: int, end: int, whole: str = "") -> None:
        last = self.cuts[-1] if self.cuts else None
        if last and kind == last[0] in ("code", "tag") and last[2] == start:
            self.cuts[-1] = (kind, last[1], end, "")
        elif start < end:
            self.cuts.append((kind, start, end, whole))

    def _quoted(self, start: int, end: int, kind: str = "literal") -> None:
        closed = end - start > 1 and self.text[end - 1] == self.text[start]
        inner = end - 1 if closed else end
        self._add(kind, start + 1, inner, self.text[start + 1 : inner])

    def _push(self, frame: _Frame) -> None:
        self.stack.append(frame)
        self.operand = False

    def _code(self, frame: _Frame, position: int) -> int:
        run = _RUN.match(self.text, position)
        if run is not None:
            self._add("code", position, run.end())
            self._ended(run.group().rstrip())
            return run.end()
        match = _CODE.match(self.text, position)
        assert match is not None  # a run takes any other character
        kind, end = match.lastgroup, match.end()
        if kind == "comment":
            self._add("comment", position, end)
        elif kind == "string":
            self._quoted(position, end)
            self.operand = True
        elif kind == "slash" and not self.operand and (found := _REGEX.match(self.text, position)):
            self._add("literal", found.start(1), found.end(1), found.group(1))
            end, self.operand = found.end(), True
        elif kind == "less" and self._opens_element(position):
            self._push(_Frame("tag"))
            self._add("tag", position, end)
        else:
            self._add("code", position, end)
            self._token(frame, kind)
        return end

    def _ended(self, code: str) -> None:
        """Tell from the end of a run of code whether a value has just ended."""
        if code:
            # No word that matters is longer; a search in all of a long run would be slow.
            word = _LAST_WORD.search(code[-_LONGEST - 1 :])
            is_value = word is not None and word.group() not in _BEFORE_OPERAND
            self.operand = is_value or code[-1] in ")]"

    def _token(self, frame: _Frame, kind: str | None) -> None:
        """Follow brackets, and whether a value has just ended."""
        if kind == "tick":
            self._push(_Frame("template"))
        elif kind == "open":
            frame.depth += 1
            self.operand = False
        elif kind == "close":
            if frame.depth == 0 and len(self.stack) > 1:
                self.stack.pop()
            frame.depth = max(0, frame.depth - 1)
            self.operand = True
        else:
            self.operand = False

    def _opens_element(self, position: int) -> bool:
        if not self.jsx or self.operand or not _ELEMENT.match(self.text, position):
            return False
        if _TYPE_PARAMETER.match(self.text, position):
            return False
        bare = _BARE_ELEMENT.match(self.text, position)
        return bare is None or self.text.find(f"</{bare.group(1)}", bare.end()) >= 0

    def _template(self, frame: _Frame, position: int) -> int:
        match = _TEMPLATE_TEXT.match(self.text, position)
        if match:
            frame.parts.append(len(self.cuts))
            self.cuts.append(("literal", position, match.end(), ""))
            return match.end()
        if self.text.startswith("${", position):
            frame.parts.append(_EXPRESSION)
            self._add("code", position, position + 2)
            self._push(_Frame("code"))
            return position + 2
        self._add("code", position, position + 1)  # the closing tick, or a lone backslash
        self._name_parts(frame)
        self.stack.pop()
        self.operand = True
        return position + 1

    def _name_parts(self, frame: _Frame) -> None:
        """Tell all parts of a template literal what the whole is."""
        parts = {index: self.cuts[index] for index in frame.parts if index != _EXPRESSION}
        whole = "".join(
            "${}" if index == _EXPRESSION else self.text[parts[index][1] : parts[index][2]]
            for index in frame.parts
        )
        for index, (kind, start, end, _) in parts.items():
            self.cuts[index] = (kind, start, end, whole)

    def _tag(self, frame: _Frame, position: int) -> int:
        match = _TAG.match(self.text, position)
        assert match is not None  # the last alternative takes any character
        kind, end = match.lastgroup, match.end()
        if kind == "comment":
            self._add("comment", position, end)
        elif kind == "string":
            shown = _SHOWN_ATTRIBUTE.search(self.text, max(0, position - 40), position)
            self._quoted(position, end, "shown" if shown else "literal")
        elif kind == "open":
            self._add("code", position, end)
            self._push(_Frame("code"))
        else:
            self._add("tag", position, end)
            self._tag_token(frame, kind)
        return end

    def _tag_token(self, frame: _Frame, kind: str | None) -> None:
        if kind == "less":
            frame.depth += 1
        elif kind == "more" and frame.depth:
            frame.depth -= 1
        elif kind == "void" or (kind == "more" and frame.closing):
            self.stack.pop()
            self.operand = True
        elif kind == "more":
            self.stack[-1] = _Frame("children")

    def _children(self, _frame: _Frame, position: int) -> int:
        match = _CHILD_TEXT.match(self.text, position)
        if match:
            self._add("shown", position, match.end(), match.group())
            return match.end()
        if self.text[position] == "{":
            self._add("code", position, position + 1)
            self._push(_Frame("code"))
            return position + 1
        closing = self.text.startswith("</", position)
        end = position + (2 if closing else 1)
        self._add("tag", position, end)
        if closing:
            self.stack[-1] = _Frame("tag", closing=True)
        elif _ELEMENT.match(self.text, position):
            self._push(_Frame("tag"))
        return end


def cut(text: str, *, jsx: bool) -> list[Cut]:
    """Return (kind, start, end, whole literal) for each region, in order; never fails."""
    return _Lexer(text, jsx=jsx).run()

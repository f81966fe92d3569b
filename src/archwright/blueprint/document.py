"""YAML text -> plain data and the place of every value; refuses what a Blueprint never needs."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from ruamel.yaml.reader import ReaderError

from archwright.diagnostics import Diagnostic, Place

MAX_BYTES = 1_000_000
MAX_DEPTH = 24

Key = str | int
Path = tuple[Key, ...]
Position = tuple[int, int]

_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_BOOLEANS = {word: word.lower() == "true" for word in "true True TRUE false False FALSE".split()}
_INTEGER = re.compile(r"[-+]?[0-9]{1,18}")
_FLOAT = re.compile(r"[-+]?(\.[0-9]{1,40}|[0-9]{1,40}(\.[0-9]{0,40})?)([eE][-+]?[0-9]{1,3})?")


@dataclass(frozen=True, slots=True)
class Document:
    """Plain data, and where each value (``values``) and each key (``keys``) stands, from 1."""

    data: object
    values: dict[Path, Position]
    keys: dict[Path, Position]


class _RefusedError(Exception):
    """Ends reading with one diagnostic; never leaves this module."""

    def __init__(self, code: str, message: str, event: Event, hint: str = "") -> None:
        super().__init__(message)
        self.code, self.message, self.hint = code, message, hint
        self.position = _position(event)


@dataclass(slots=True)
class _Frame:
    """A mapping or sequence that is being read."""

    holder: dict[str, Any] | list[Any]
    path: Path
    key: str | None = None


@dataclass(slots=True)
class _Builder:
    """Takes parser events one by one; no recursion, so depth cannot exhaust the stack."""

    frames: list[_Frame] = field(default_factory=list)
    root: object = None
    values: dict[Path, Position] = field(default_factory=dict)
    keys: dict[Path, Position] = field(default_factory=dict)
    duplicates: list[tuple[Path, Position]] = field(default_factory=list)

    def take(self, event: Event) -> None:
        """Add one event."""
        if isinstance(event, AliasEvent):
            raise _RefusedError("AW-2004", "aliases (*name) are not allowed", event)
        if isinstance(event, (MappingEndEvent, SequenceEndEvent)):
            self.frames.pop()
        elif isinstance(event, (ScalarEvent, MappingStartEvent, SequenceStartEvent)):
            self._node(event)

    def _node(self, event: ScalarEvent | MappingStartEvent | SequenceStartEvent) -> None:
        if getattr(event, "anchor", None):
            raise _RefusedError("AW-2004", "anchors (&name) are not allowed", event)
        if _tagged(event):
            raise _RefusedError("AW-2004", f"the tag {event.tag} is not allowed", event)
        if self._is_key(event):
            return
        path = self._path()
        value: object
        if isinstance(event, ScalarEvent):
            value = _scalar(event)
        else:
            if len(self.frames) >= MAX_DEPTH:
                raise _RefusedError("AW-2004", f"nested deeper than {MAX_DEPTH} levels", event)
            value = {} if isinstance(event, MappingStartEvent) else []
        self.values[path] = _position(event)
        self._place(value)
        if isinstance(value, (dict, list)):
            self.frames.append(_Frame(value, path))

    def _is_key(self, event: ScalarEvent | MappingStartEvent | SequenceStartEvent) -> bool:
        """Read the event as a key if a mapping waits for one."""
        frame = self.frames[-1] if self.frames else None
        if frame is None or not isinstance(frame.holder, dict) or frame.key is not None:
            return False
        if not isinstance(event, ScalarEvent):
            raise _RefusedError("AW-2002", "a key must be a plain word", event)
        frame.key = str(event.value)
        path = (*frame.path, frame.key)
        if frame.key in frame.holder:
            self.duplicates.append((path, _position(event)))
        else:
            self.keys[path] = _position(event)
        return True

    def _path(self) -> Path:
        if not self.frames:
            return ()
        frame = self.frames[-1]
        if isinstance(frame.holder, list):
            return (*frame.path, len(frame.holder))
        return (*frame.path, frame.key or "")

    def _place(self, value: object) -> None:
        if not self.frames:
            self.root = value
            return
        frame = self.frames[-1]
        if isinstance(frame.holder, list):
            frame.holder.append(value)
        else:
            frame.holder[frame.key or ""] = value
            frame.key = None


def read(text: str, source: str) -> tuple[Document | None, list[Diagnostic]]:
    """Read one YAML document; any mistake is a diagnostic, and then there is no document."""
    if len(text) > MAX_BYTES or len(text.encode("utf-8", "replace")) > MAX_BYTES:
        message = f"the file is larger than {MAX_BYTES // 1000} kB"
        return None, [Diagnostic("AW-2006", message, Place(source))]
    builder = _Builder()
    documents = 0
    try:
        for event in YAML(typ="safe", pure=True).parse(text):
            documents += type(event).__name__ == "DocumentStartEvent"
            if documents > 1:
                raise _RefusedError("AW-2002", "more than one document in the file", event)
            builder.take(event)
    except _RefusedError as refused:
        place = Place(source, (), *refused.position)
        return None, [Diagnostic(refused.code, refused.message, place, refused.hint)]
    except (YAMLError, ValueError) as error:
        return None, [_syntax(error, text, source)]
    document = Document(builder.root, builder.values, builder.keys)
    return document, [_duplicate(path, at, source) for path, at in builder.duplicates]


def _duplicate(path: Path, at: Position, source: str) -> Diagnostic:
    place = Place(source, tuple(str(key) for key in path), *at)
    return Diagnostic("AW-2003", f"the key {path[-1]} stands twice", place, "keep one of the two")


def _syntax(error: Exception, text: str, source: str) -> Diagnostic:
    line = column = 0
    message = "not valid YAML"
    if isinstance(error, MarkedYAMLError):
        mark = error.problem_mark or error.context_mark
        if mark is not None:
            line, column = mark.line + 1, mark.column + 1
        message += f": {error.problem or error.context}"
    elif isinstance(error, ReaderError):
        before = text[: error.position]
        line = before.count("\n") + 1
        column = len(before) - (before.rfind("\n") + 1) + 1
        message += ": a character that text may not contain"
    return Diagnostic("AW-2002", message, Place(source, (), line, column))


def _position(event: Event) -> Position:
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark is not None else (0, 0)


def _tagged(event: ScalarEvent | MappingStartEvent | SequenceStartEvent) -> bool:
    return getattr(event, "tag", None) is not None


def _scalar(event: ScalarEvent) -> object:
    """Resolve a plain scalar by the core schema of YAML 1.2; a quoted one is text."""
    text = str(event.value)
    if not event.implicit[0]:
        return text
    if text in _NULL:
        return None
    if text in _BOOLEANS:
        return _BOOLEANS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    return text

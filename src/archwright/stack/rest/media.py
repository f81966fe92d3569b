"""Chooses the answer's media type from ``Accept``."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Literal

from archwright.stack.rest.errors import bad_media
from archwright.stack.rest.model import Handler, Handlers

JSON = "application/json"
CSV = "text/csv"
OPENAPI = "application/openapi+json"
_OBJECT = "application/vnd.pgrst.object"
_ARRAY = "application/vnd.pgrst.array"
_PLAN = "application/vnd.pgrst.plan"
_CHARSET = (JSON, CSV, "text/plain", "text/xml")
_OPTIONS = ("analyze", "verbose", "settings", "buffers", "wal")
_PART = re.compile(r'((?:[^,"]|"[^"]*")+)')
_PARAMETER = re.compile(r';\s*([\w-]+)\s*=\s*("[^"]*"|[^;]*)')


_NONE: Handlers = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Plan:
    """An execution plan instead of the rows: its format, options, the media type it is for."""

    format: Literal["text", "json"]
    options: tuple[str, ...]
    of: str


@dataclass(frozen=True, slots=True)
class Media:
    """How rows are written: ``array``, ``object`` or ``csv``, with or without nulls.

    ``custom`` is what a ``handler`` of the database's own makes of them.
    """

    kind: Literal["array", "object", "csv", "openapi", "custom"]
    content_type: str
    strip: bool = False
    plan: Plan | None = None
    handler: Handler | None = None


def choose_media(accept: str, *, plan: bool, handlers: Handlers = _NONE) -> Media:
    """Take the first media type that can be served; PGRST107 where there is none.

    ``plan`` tells whether execution plans may be shown, ``handlers`` are the database's own.
    """
    wanted = [part.strip() for part in _PART.findall(accept or "*/*") if part.strip()]
    for text in wanted or ["*/*"]:
        media = _media(text, plan, handlers)
        if media is not None:
            return media
    raise bad_media([text.split(";", 1)[0].strip() if ";q=" in text else text for text in wanted])


def accepts_openapi(accept: str) -> bool:
    """Tell whether the root's description may be sent."""
    names = [_split(part)[0] for part in _PART.findall(accept or "*/*")]
    return any(name in (OPENAPI, JSON, "*/*") for name in names)


def _split(text: str) -> tuple[str, dict[str, str]]:
    name = text.split(";", 1)[0].strip().lower()
    parameters = {key.lower(): value.strip(' "') for key, value in _PARAMETER.findall(text)}
    return name, parameters


def _media(text: str, plan: bool, handlers: Handlers) -> Media | None:
    name, parameters = _split(text)
    bare, _, suffix = name.partition("+")
    strip = parameters.get("nulls") == "stripped"
    found: Media | None = None
    vendored = bare in (_PLAN, _OBJECT, _ARRAY)
    own = None if vendored else handlers.get("*/*") or handlers.get(name)
    if own is not None:
        found = _custom(own)
    elif name in ("*/*", "application/*", JSON):
        found = Media("array", f"{JSON}; charset=utf-8")
    elif name in (CSV, "text/*"):
        found = Media("csv", f"{CSV}; charset=utf-8")
    elif bare == _PLAN and plan:
        found = _plan(suffix, parameters, handlers)
    elif bare in (_OBJECT, _ARRAY) and suffix in ("", "json"):
        found = _vendored(bare, strip)
    return found


def _vendored(bare: str, strip: bool) -> Media:
    if bare == _ARRAY and not strip:
        return Media("array", f"{JSON}; charset=utf-8")
    more = ";nulls=stripped" if strip else ""
    kind: Literal["array", "object"] = "object" if bare == _OBJECT else "array"
    return Media(kind, f"{bare}+json{more}; charset=utf-8", strip)


def _custom(handler: Handler) -> Media:
    name = "application/octet-stream" if handler.media == "*/*" else handler.media
    more = "; charset=utf-8" if name in _CHARSET else ""
    return Media("custom", name + more, handler=handler)


def _plan(suffix: str, parameters: dict[str, str], handlers: Handlers) -> Media | None:
    of = parameters.get("for", JSON) or JSON
    inner = _media(of, False, handlers)
    if inner is None or suffix not in ("", "text", "json"):
        return None
    asked = parameters.get("options", "").lower().split("|")
    options = tuple(option for option in _OPTIONS if option in asked)
    form: Literal["text", "json"] = "json" if suffix == "json" else "text"
    more = f"; options={'|'.join(options)}" if options else ""
    content = f'{_PLAN}+{form}; for="{of}"{more}; charset=utf-8'
    return replace(inner, content_type=content, plan=Plan(form, options, of))

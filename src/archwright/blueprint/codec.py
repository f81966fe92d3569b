"""Blueprint <-> ``blueprint.yaml``: places for mistakes, stable bytes, people's comments kept."""

from __future__ import annotations

import difflib
import io
import json
import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, LiteralScalarString

from archwright.blueprint.document import Document, Path, read
from archwright.blueprint.model import Blueprint
from archwright.blueprint.plain_yaml import plain_list
from archwright.diagnostics import Diagnostic, Place, has_errors

HEADER = """\
# The whole application as one document; every other file follows from it.
# Edit it, keep your comments, and build again. Its schema: blueprint.schema.json.
"""
WIDTH = 96
FILE = "blueprint.yaml"
"""What stages call the Blueprint's file in their diagnostics, whatever its name is."""

_EXPECTED = {
    "string_type": "text",
    "string_too_short": "text that is not empty",
    "tuple_type": "a list",
    "dict_type": "a mapping",
    "model_type": "a mapping with keys",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "int_parsing_size": "a whole number that is not so large",
    "float_type": "a number",
    "float_parsing": "a number",
    "finite_number": "a number that is finite",
}
_PATTERNS = {
    "^#[0-9a-fA-F]{6}$": "a colour like '#2563eb'",
    "^[a-z]{2}$": "a language of two letters, like en",
}
_COMMENT = re.compile(r"(?:^|\s)#")
# What tells the items of a list apart, so that an item keeps its comments when the list changes.
_IDENTITY = ("use", "name", "service", "what")


def load(text: str, source: str) -> tuple[Blueprint | None, list[Diagnostic]]:
    """Read a Blueprint; without one the diagnostics say why, each with line and column."""
    document, diagnostics = read(text, source)
    return _validated(document, diagnostics, source)


def _validated(
    document: Document | None, diagnostics: list[Diagnostic], source: str
) -> tuple[Blueprint | None, list[Diagnostic]]:
    if document is None or has_errors(diagnostics):
        return None, diagnostics
    if not isinstance(document.data, dict):
        message = "a Blueprint is a mapping that begins with `app:`"
        return None, [Diagnostic("AW-2005", message, Place(source, (), 1, 1))]
    version = document.data.get("version", 1)
    if isinstance(version, (bool, float)):  # Python takes both for 1
        place = Place(source, ("version",), *document.values.get(("version",), (0, 0)))
        return None, [_unknown_version(version, place)]
    try:
        return Blueprint.model_validate(document.data), diagnostics
    except ValidationError as error:
        return None, [_explain(e, document, source) for e in error.errors(include_url=False)]


def located(text: str, source: str, problems: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return diagnostics with the file's own name, line and column where they point into it.

    ``text`` is the Blueprint's as it was read; later stages know only key paths.
    """
    found = list(problems)
    if not any(_points_inside(item) for item in found):
        return found
    document, _ = read(text, source)
    values = document.values if document is not None else {}
    return [_at_line(item, source, values) if _points_inside(item) else item for item in found]


def _points_inside(item: Diagnostic) -> bool:
    return item.place.source == FILE and not item.place.line


def _at_line(item: Diagnostic, source: str, values: dict[Path, tuple[int, int]]) -> Diagnostic:
    names = item.place.path
    at: Path = tuple(int(name) if name.isdigit() else name for name in names)
    while at and at not in values:
        at = at[:-1]
    line, column = values.get(at, (0, 0)) if at else (0, 0)
    return replace(item, place=Place(source, names, line, column))


def dump(blueprint: Blueprint) -> str:
    """Write a Blueprint; the same Blueprint gives the same bytes, and ``load`` gives it back."""
    data = _data(blueprint)
    return HEADER + "".join(_section(key, json.dumps(data[key])) for key in data)


def update(text: str, blueprint: Blueprint) -> str:
    """Write ``blueprint`` over ``text``, keeping its comments and its order where they still fit.

    Text that cannot be read as YAML is replaced as a whole.
    """
    document, diagnostics = read(text, "")
    current, _ = _validated(document, diagnostics, "")
    wanted = dump(blueprint)
    if current is not None and dump(current) == wanted:  # not ==, to which 1 is True
        return text
    if document is None or diagnostics or not isinstance(document.data, dict):
        return wanted
    try:
        tree = _yaml().load(text)
    except (YAMLError, ValueError):  # text that only looks like a date, for one
        return wanted
    _merge_map(tree, _plain(blueprint))
    merged = _emit(tree)
    again, _ = load(merged, "")
    return merged if again is not None and dump(again) == wanted else wanted


def commented(text: str) -> bool:
    """Tell whether a Blueprint's text holds comments of people's, beside the header."""
    header = HEADER.splitlines()
    return any(_COMMENT.search(line) for line in text.splitlines() if line not in header)


def _yaml() -> YAML:
    yaml = YAML(typ="rt", pure=True)
    yaml.width = WIDTH
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.allow_unicode = True
    yaml.preserve_quotes = True
    return yaml


def _emit(data: Any) -> str:
    stream = io.StringIO()
    _yaml().dump(data, stream)
    return stream.getvalue()


@lru_cache(maxsize=256)
def _section(key: str, value: str) -> str:
    """Write one key of the document from its value as JSON: few keys change from phase to phase."""
    data = json.loads(value)
    if not isinstance(data, list) or not all(isinstance(item, dict) for item in data):
        return _emit({key: _shaped(key, data)})
    # Item by item: the library is asked only about those that need its care.
    return f"{key}:\n" + "".join(_item(key, item) for item in data)


def _item(key: str, item: Any) -> str:
    plain = plain_list([item], WIDTH)
    if plain is not None:
        return plain
    return _emit({key: _shaped(key, [item])}).partition("\n")[2]


def _data(blueprint: Blueprint) -> dict[str, Any]:
    """Return data without what is default anyway; the version always stands first."""
    data = blueprint.model_dump(mode="json", exclude_defaults=True)
    return {"version": blueprint.version, **data}


def _plain(blueprint: Blueprint) -> dict[str, Any]:
    """Return the data in the shape in which it is written."""
    return {key: _shaped(key, value) for key, value in _data(blueprint).items()}


def _shaped(key: str, value: Any) -> Any:
    return _literal(value) if key == "request" else _inline(value)


def _literal(text: str) -> str:
    """Use a block for text of several lines where YAML can give it back exactly."""
    plain = all(line == line.strip() and line.isprintable() for line in text.split("\n"))
    return LiteralScalarString(text) if "\n" in text and plain and text.strip() else _text(text)


def _text(text: str) -> str:
    """Escape what YAML would not give back: other line breaks, and spaces where a line folds."""
    exact = text.isprintable() and "  " not in text
    return text if exact else DoubleQuotedScalarString(text)


def _inline(value: Any) -> Any:
    """Put lists of names on one line: ``on: [Video, VideoComment]``."""
    if isinstance(value, dict):
        return {key: _inline(inner) for key, inner in value.items()}
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, list):
        if value and all(isinstance(item, str) for item in value):
            flow = CommentedSeq(_text(item) for item in value)
            flow.fa.set_flow_style()
            return flow
        return [_inline(item) for item in value]
    return value


def _merge_map(old: CommentedMap, new: dict[str, Any]) -> None:
    for key in [key for key in old if key not in new]:
        del old[key]
    for key, value in new.items():
        old[key] = _merge(old.get(key), value)


def _merge(old: Any, new: Any) -> Any:
    if isinstance(old, CommentedMap) and isinstance(new, dict):
        _merge_map(old, new)
        return old
    if isinstance(old, CommentedSeq) and isinstance(new, list):
        return _merge_list(old, new)
    # An equal scalar keeps its quotes; 1 == True, so the kinds are compared as well.
    same = old == new and isinstance(old, bool) == isinstance(new, bool)
    return old if same else new


def _merge_list(old: CommentedSeq, new: list[Any]) -> Any:
    if not all(isinstance(item, dict) for item in new):
        return old if list(old) == new else new
    known = {_identity(item): item for item in old if isinstance(item, CommentedMap)}
    items = [_merge(known.get(_identity(item)), item) for item in new]
    del old[:]
    old.extend(items)
    return old


def _identity(item: dict[str, Any]) -> str:
    return next((f"{key}={item[key]}" for key in _IDENTITY if key in item), "")


def _explain(error: ErrorDetails, document: Document, source: str) -> Diagnostic:
    """Turn one validation error into a diagnostic at the nearest known place."""
    path: Path = tuple(error["loc"])
    names = tuple(str(key) for key in path)
    kind = error["type"]
    if kind == "extra_forbidden":
        place = Place(source, names, *document.keys.get(path, (0, 0)))
        return Diagnostic("AW-2010", f"unknown key {path[-1]}", place, _did_you_mean(path))
    at = path
    while at and at not in document.values:
        at = at[:-1]
    place = Place(source, names, *document.values.get(at, (0, 0)))
    if kind == "missing":
        return Diagnostic("AW-2011", f"the key {path[-1]} is missing", place)
    if names == ("version",):
        return _unknown_version(error["input"], place)
    return Diagnostic("AW-2012", _expected(error), place, _shown(error["input"]))


def _unknown_version(version: object, place: Place) -> Diagnostic:
    hint = "this version of Archwright reads version 1"
    return Diagnostic("AW-2013", f"version {version!r:.40} is not known", place, hint)


def _expected(error: ErrorDetails) -> str:
    """Return what belongs there, in words of YAML and not of Python."""
    kind, bounds = error["type"], error.get("ctx", {})
    if kind in _EXPECTED:
        return f"expected {_EXPECTED[kind]}"
    if kind == "literal_error":
        return f"expected {bounds['expected']}"
    if kind == "string_pattern_mismatch":
        return f"expected {_PATTERNS.get(bounds['pattern'], bounds['pattern'])}"
    if kind == "too_short":
        return f"expected a list of at least {bounds['min_length']}"
    if kind == "string_too_long":
        return f"expected at most {bounds['max_length']} characters"
    return error["msg"].removeprefix("Value error, ").replace("Input should be", "expected")


def _shown(value: object) -> str:
    return f"found {value!r:.60}" if isinstance(value, (str, int, float, bool)) else ""


def _did_you_mean(path: Path) -> str:
    known = _keys_at(path[:-1])
    close = difflib.get_close_matches(str(path[-1]), known, n=1, cutoff=0.6)
    if close:
        return f"did you mean {close[0]}?"
    return "known keys: " + ", ".join(known) if known else ""


def _keys_at(path: Path) -> list[str]:
    """Return the keys that the model knows at a path."""
    model: type[BaseModel] = Blueprint
    for key in path:
        field = model.model_fields.get(key) if isinstance(key, str) else None
        if field is not None:
            inner = _model_in(field.annotation)
            if inner is None:
                return []
            model = inner
    return list(model.model_fields)


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """Find the model inside ``tuple[Model, ...]``, ``Model | None`` or ``Model``."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for inner in getattr(annotation, "__args__", ()):
        found = _model_in(inner)
        if found is not None:
            return found
    return None

"""Prisma's schema language: models, enumerations, relations said from both sides or from one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from archwright.diagnostics import Diagnostic, Place
from archwright.importing.grammar import Node, line, parse, tokens, trees, twice, unknown
from archwright.importing.source import (
    Column,
    Default,
    Enumeration,
    Key,
    Kind,
    Link,
    OnDelete,
    Reference,
    Source,
    Table,
    Type,
    left_out,
    read_as,
)

_TYPES: dict[str, Kind] = {
    "String": "text",
    "Int": "integer",
    "BigInt": "bigint",
    "Float": "decimal",
    "Decimal": "decimal",
    "Boolean": "boolean",
    "DateTime": "datetime",
    "Json": "json",
    "Bytes": "unknown",
}
_NATIVE: dict[str, Kind] = {"db.Uuid": "uuid", "db.Date": "date", "db.Time": "time"}
_NATIVE |= {"db.Timetz": "time"}
_CALLS = {"autoincrement": "number", "now": "now", "sequence": "number"}
_CALLS |= dict.fromkeys(("uuid", "cuid", "nanoid", "ulid", "auto"), "uuid")
_ACTIONS: dict[str, OnDelete] = {"Cascade": "cascade", "SetNull": "set null"}
_QUIET = {"id", "unique", "default", "relation", "updatedAt", "map"}
_QUIET_OF_MODEL = {"id", "unique", "map", "index", "schema"}


@dataclass(frozen=True, slots=True)
class _Call:
    """An attribute or a function with what it was given, by name or by place."""

    name: str
    given: tuple[tuple[str, Any], ...]
    place: Place

    def get(self, key: str, position: int = -1) -> Any:
        """Return an argument by name, or by its place among those without one."""
        named = dict(self.given)
        if key and key in named:
            return named[key]
        bare = [value for name, value in self.given if not name]
        return bare[position] if 0 <= position < len(bare) else None


@dataclass(frozen=True, slots=True)
class _Field:
    """A field as it is written."""

    name: str
    type: str
    many: bool
    optional: bool
    attributes: tuple[_Call, ...]
    place: Place
    comment: str

    def attribute(self, name: str) -> _Call | None:
        """Return an attribute by name."""
        return next((a for a in self.attributes if a.name == name), None)


def from_prisma(text: str, name: str) -> Source:
    """Return the source of a schema.

    Diagnostics: AW-1404 to AW-1409; raises ``DiagnosticError`` as ``parse`` does.
    """
    return _Reader(name).read(parse("prisma", text, name))


class _Reader:
    def __init__(self, name: str) -> None:
        self.name = name
        self.problems: list[Diagnostic] = []
        self.fields: dict[str, list[_Field]] = {}
        self.models: dict[str, Node] = {}
        self.enums: dict[str, Enumeration] = {}

    def read(self, tree: Node) -> Source:
        comments = _comments(tree)
        for node in trees(tree, "enum"):
            values = tuple(_first(v) for v in trees(node, "enum_value"))
            self.enums[_first(node)] = Enumeration(_first(node), values, self.at(node))
        found = list(trees(tree, "model"))
        said = [*found, *trees(tree, "enum")]
        self.problems += twice([(_first(n), self.at(n)) for n in said], "model")
        for node in found:
            word = str(next(tokens(node, "MODEL")))
            if word == "model":
                self.models[_first(node)] = node
            else:
                text = f"the {word} {_first(node)} is left out"
                self.problems.append(left_out(text, self.at(node)))
        others = {_first(n) for n in found} - set(self.models)
        for name, node in self.models.items():
            self.fields[name] = list(self._fields(node))
            places = [(f.name, f.place) for f in self.fields[name]]
            self.problems += twice(places, f"field of {name}")
        tables = tuple(
            self._model(name, node, others, comments.get(id(node), ""))
            for name, node in self.models.items()
        )
        links = tuple(self._links())
        return Source(self.name, tables, tuple(self.enums.values()), links, tuple(self.problems))

    def at(self, node: Node) -> Place:
        """Return the place of a node."""
        return Place(self.name, (), line(node))

    def _fields(self, node: Node) -> Iterator[_Field]:
        comments = _comments(node)
        for child in trees(node, "field"):
            kind = next(trees(child, "type"))
            yield _Field(
                name=_first(child),
                type=str(next(tokens(kind, "NAME", "UNSUPPORTED"))),
                many=any(tokens(kind, "LIST")),
                optional=any(tokens(kind, "OPTIONAL")),
                attributes=tuple(self._call(a) for a in trees(child, "attribute")),
                place=self.at(child),
                comment=comments.get(id(child), ""),
            )

    def _call(self, node: Node) -> _Call:
        path = next(trees(node, "path"))
        given: list[tuple[str, Any]] = []
        for arguments in trees(node, "arguments"):
            for argument in trees(arguments, "argument"):
                key = next((str(token) for token in tokens(argument, "NAME")), "")
                values = [c for c in trees(argument, "string", "number", "array", "call")]
                given.append((key, self._value(values[0])))
        return _Call(".".join(map(str, tokens(path))), tuple(given), self.at(node))

    def _value(self, node: Node) -> Any:
        match node.data:
            case "string":
                return str(next(tokens(node)))[1:-1].replace('\\"', '"').replace("\\\\", "\\")
            case "number":
                said = str(next(tokens(node)))
                return said if "." in said else int(said)
            case "array":
                items = trees(node, "string", "number", "array", "call")
                return [self._value(item) for item in items]
            case _:
                return self._call(node)

    def _model(self, name: str, node: Node, others: set[str], comment: str) -> Table:
        fields = self.fields[name]
        scalar = [f for f in fields if f.type not in self.models]
        columns = [c for f in scalar if (c := self._column(name, f, others))]
        there = {c.name for c in columns}
        references = tuple(self._references(name, fields, there))
        key = tuple(f.name for f in scalar if f.attribute("id"))
        keys: list[Key] = [Key((c.name,), c.place) for c in columns if c.unique]
        for attribute in map(self._call, trees(node, "block_attribute")):
            named = _names(attribute.get("fields", 0))
            missing = [n for n in named if n not in there]
            if missing and attribute.name in {"id", "unique"}:
                self.problems.append(
                    unknown("AW-1405", "field", missing[0], list(there), attribute.place)
                )
            elif attribute.name == "id":
                key = tuple(named)
            elif attribute.name == "unique":
                keys.append(Key(tuple(named), attribute.place))
            elif attribute.name == "index":
                text = f"{name}: the index ({', '.join(named)}) is not taken over: indexes follow \
from what is asked"
                self.problems.append(read_as(text, attribute.place))
            elif attribute.name not in _QUIET_OF_MODEL:
                text = f"{name}: @@{attribute.name} is left out"
                self.problems.append(left_out(text, attribute.place))
        single = {k.columns[0] for k in keys if len(k.columns) == 1}
        made = tuple(replace(c, unique=True) if c.name in single else c for c in columns)
        several = tuple(k for k in keys if len(k.columns) > 1)
        return Table(name, self.at(node), made, key, several, references, comment)

    def _column(self, model: str, field: _Field, others: set[str]) -> Column | None:
        at = f"{model}.{field.name}"
        kind = self._type(field, others)
        for attribute in field.attributes:
            if attribute.name not in _QUIET and not attribute.name.startswith("db."):
                text = f"{at}: @{attribute.name} is left out"
                self.problems.append(left_out(text, attribute.place))
        return Column(
            name=field.name,
            type=kind,
            place=field.place,
            required=not field.optional,
            unique=field.attribute("unique") is not None,
            default=_default(field),
            comment=field.comment,
        )

    def _type(self, field: _Field, others: set[str]) -> Type:
        said = field.type + ("[]" if field.many else "")
        if field.type in self.enums:
            return Type("enum", said, field.many, enum=field.type)
        if field.type not in _TYPES:
            if field.type not in others and not field.type.startswith("Unsupported"):
                known = [*_TYPES, *self.enums, *self.models]
                self.problems.append(unknown("AW-1404", "type", field.type, known, field.place))
            return Type("unknown", said, field.many)
        kind = _TYPES[field.type]
        native = next((a for a in field.attributes if a.name.startswith("db.")), None)
        if native is None:
            return Type(kind, said, field.many)
        kind = _NATIVE.get(native.name, kind)
        first, second = native.get("", 0), native.get("", 1)
        if kind == "decimal" and isinstance(first, int) and native.name == "db.Decimal":
            scale = second if isinstance(second, int) else 0
            return Type(kind, said, field.many, precision=first, scale=scale)
        length = first if kind == "text" and isinstance(first, int) else None
        return Type(kind, said, field.many, length)

    def _references(self, name: str, fields: list[_Field], there: set[str]) -> Iterator[Reference]:
        for field in fields:
            relation = field.attribute("relation")
            columns = _names(relation.get("fields")) if relation else []
            if field.type not in self.models or not relation or not columns:
                continue
            to = _names(relation.get("references")) or ["id"]
            known = [f.name for f in self.fields[field.type]]
            missing = [c for c in columns if c not in there]
            wrong = [c for c in to if c not in known]
            if missing or wrong:
                names, owner = (list(there), name) if missing else (known, field.type)
                text = f"field of {owner} called"
                self.problems.append(
                    unknown("AW-1405", text, (missing or wrong)[0], names, relation.place)
                )
                continue
            action = relation.get("onDelete")
            said = action.name if isinstance(action, _Call) else ""
            default: OnDelete = "set null" if field.optional else "restrict"
            on_delete = _ACTIONS.get(said, "restrict") if said else default
            if said == "SetDefault":
                text = f"{name}.{field.name}: SetDefault becomes restrict"
                self.problems.append(read_as(text, relation.place))
            yield Reference(
                tuple(columns), field.type, tuple(to), relation.place, on_delete, field.name
            )

    def _links(self) -> Iterator[Link]:
        """Yield the many-to-many relations that have no model of their own, once each."""
        seen: set[tuple[str, ...]] = set()
        for name, fields in self.fields.items():
            for field in fields:
                if field.type not in self.models or not field.many:
                    continue
                label = _label(field)
                back = [
                    f
                    for f in self.fields[field.type]
                    if f.type == name and _label(f) == label and f is not field
                ]
                if not back:
                    text = f"{name}.{field.name} has no field on the other side, in {field.type}"
                    hint = f"Add a field of the type {name} to {field.type}."
                    self.problems.append(Diagnostic("AW-1405", text, field.place, hint))
                elif back[0].many and (key := (*sorted((name, field.type)), label)) not in seen:
                    seen.add(key)
                    yield Link(name, field.name, field.type, field.place)


def _label(field: _Field) -> str:
    relation = field.attribute("relation")
    found = relation.get("name", 0) if relation else None
    return found if isinstance(found, str) else ""


def _first(node: Node) -> str:
    return str(next(tokens(node, "NAME")))


def _names(value: Any) -> list[str]:
    """Return the names of a list of fields, each of which may have arguments of its own."""
    items = value if isinstance(value, list) else []
    return [item.name for item in items if isinstance(item, _Call)]


def _default(field: _Field) -> Default | None:
    if field.attribute("updatedAt"):
        return None
    found = field.attribute("default")
    value = found.get("value", 0) if found else None
    if found is None or value is None:
        return None
    if isinstance(value, list):
        return Default(value="[]") if not value else Default(call="of a list")
    return _called(value) if isinstance(value, _Call) else Default(value=value)


def _called(value: _Call) -> Default:
    if value.name in {"true", "false"}:
        return Default(value=value.name == "true")
    if value.name == "dbgenerated":
        said = str(value.get("value", 0) or "")
        return Default(call="uuid" if "uuid" in said else said or "dbgenerated()")
    if value.name in _CALLS:
        return Default(call=_CALLS[value.name])
    return Default(value=value.name)


def _comments(node: Node) -> dict[int, str]:
    """Return the ``///`` comment of each child: the lines before it, or the end of its line."""
    found: dict[int, str] = {}
    waiting: list[str] = []
    last: Node | None = None
    for child in node.children:
        if getattr(child, "type", "") == "DOC":
            said = str(child)[3:].strip()
            if last is not None and last.meta.end_line == line(child):
                found[id(last)] = f"{found.get(id(last), '')} {said}".strip()
            else:
                waiting.append(said)
        elif not isinstance(child, str):
            found[id(child)] = " ".join(waiting)
            waiting, last = [], child
    return found

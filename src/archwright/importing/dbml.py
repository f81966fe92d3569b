"""DBML: tables, enumerations, and references in a column or on their own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from lark import Token

from archwright.diagnostics import Diagnostic, Place
from archwright.importing.checks import Bound, bounds
from archwright.importing.dbml_types import TYPES, type_words
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
from archwright.importing.sql_value import sql_default

_SERIAL = {"serial", "smallserial", "bigserial", "serial4", "serial8"}
_ACTIONS: dict[str, OnDelete] = {"cascade": "cascade", "set null": "set null"}
_KNOWN = {"pk", "primary key", "null", "not null", "unique", "increment", "note", "default", "ref"}
_KNOWN |= {"check", "headercolor", "delete", "update", "color"}
Settings = dict[str, list["Node | str"]]


@dataclass(frozen=True, slots=True)
class _End:
    """One end of a reference: a table as it is written there, and columns."""

    table: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Ref:
    """A reference between two ends: "<", ">", "-" or "<>"."""

    first: _End
    sign: str
    second: _End
    on_delete: str
    place: Place


def from_dbml(text: str, name: str) -> Source:
    """Return the source of a DBML file.

    Diagnostics: AW-1404 to AW-1409; raises ``DiagnosticError`` as ``parse`` does.
    """
    return _Reader(name).read(parse("dbml", text, name))


class _Reader:
    def __init__(self, name: str) -> None:
        self.name = name
        self.problems: list[Diagnostic] = []
        self.tables: dict[str, Table] = {}
        self.aliases: dict[str, str] = {}
        self.enums: dict[str, Enumeration] = {}
        self.refs: list[_Ref] = []
        self.partials: dict[str, Node] = {}
        self.links: list[Link] = []

    def read(self, tree: Node) -> Source:
        for node in trees(tree, "enum"):
            values = tuple(_names(v)[0] for v in trees(node, "enum_value"))
            self.enums[_path(node)] = Enumeration(_path(node), values, self.at(node))
        found = list(trees(tree, "table"))
        whole = [n for n in found if "partial" not in str(next(tokens(n, "TABLE"))).lower()]
        self.partials = {_path(n): n for n in found if n not in whole}
        self.problems += twice([(_path(n), self.at(n)) for n in whole], "table")
        for node in whole:
            table = self._table(node)
            self.tables[table.name] = table
            for alias in _names(node):
                self.aliases[alias] = table.name
        self.refs += [r for n in trees(tree, "ref") for r in self._refs(n)]
        for ref in self.refs:
            self._refer(ref)
        for node in trees(tree, "skipped"):
            word = str(next(tokens(node, "SKIPPED"))).lower()
            if word not in {"note", "diagramview"}:
                self.problems.append(read_as(f"the {word} is not imported", self.at(node)))
        return Source(
            self.name,
            tuple(self.tables.values()),
            tuple(self.enums.values()),
            tuple(self.links),
            tuple(self.problems),
        )

    def at(self, node: Node) -> Place:
        """Return the place of a node."""
        return Place(self.name, (), line(node))

    def _table(self, node: Node) -> Table:
        name = _path(node)
        columns: list[Column] = []
        keys: list[Key] = []
        key: list[str] = []
        for part in (*self._injected(node), node):
            for child in trees(part, "column"):
                settings = self._settings(child)
                columns.append(self._column(name, child, settings))
                key += [columns[-1].name] if {"pk", "primary key"} & settings.keys() else []
            for child in trees(part, "indexes"):
                for index in trees(child, "index"):
                    found = self._index(name, index)
                    key = list(found.columns) if found and self._is_key(index) else key
                    keys += [found] if found and not self._is_key(index) else []
            columns = self._checked(name, part, columns)
        self.problems += twice([(c.name, c.place) for c in columns], f"column of {name}")
        there = {c.name for c in columns}
        for k in [*keys, Key(tuple(key), self.at(node))]:
            for column in k.columns:
                if column not in there:
                    at = f"column of {name} called"
                    self.problems.append(unknown("AW-1405", at, column, list(there), k.place))
        single = {k.columns[0] for k in keys if len(k.columns) == 1}
        return Table(
            name=name,
            place=self.at(node),
            columns=tuple(replace(c, unique=c.unique or c.name in single) for c in columns),
            key=tuple(key),
            keys=tuple(k for k in keys if len(k.columns) > 1),
            comment=self._note(node),
        )

    def _injected(self, node: Node) -> Iterator[Node]:
        for child in trees(node, "injected"):
            name = _names(child)[0]
            if name in self.partials:
                yield self.partials[name]
            else:
                known = list(self.partials)
                self.problems.append(unknown("AW-1405", "partial", name, known, self.at(child)))

    def _note(self, node: Node) -> str:
        notes = [_text(str(next(tokens(n, "STRING")))) for n in trees(node, "note")]
        notes += [_said(v) for key, v in self._settings(node).items() if key == "note"]
        return " ".join(notes)

    def _settings(self, node: Node) -> Settings:
        """Return settings by name, lower-case, with the value's nodes."""
        found: Settings = {}
        for settings in trees(node, "settings"):
            for setting in trees(settings, "setting"):
                key = " ".join(_names(setting)).lower()
                values: list[Node | str] = list(
                    trees(setting, "setting_value", "reference", "words")
                )
                found.setdefault(key, []).extend(values)
        return found

    def _column(self, table: str, node: Node, settings: Settings) -> Column:
        name, place = _names(node)[0], self.at(node)
        at = f"{table}.{name}"
        kind_node = next(trees(node, "type"))
        kind = self._type(at, kind_node, place)
        for value in settings.get("ref", ()):
            self._inline(table, name, value, place)
        for key in sorted(settings.keys() - _KNOWN):
            self.problems.append(left_out(f"{at}: the setting `{key}` is left out", place))
        default = _default(settings)
        numbered = "increment" in settings or _path(kind_node).lower() in _SERIAL
        column = Column(
            name=name,
            type=kind,
            place=place,
            required="not null" in settings or bool({"pk", "primary key"} & settings.keys()),
            unique="unique" in settings,
            default=Default(call="number") if numbered else default,
            comment=_said(settings.get("note", [])),
        )
        for check in settings.get("check", ()):
            column = self._with_check(table, column, _said([check]))
        return column

    def _inline(self, table: str, column: str, value: Node | str, place: Place) -> None:
        if isinstance(value, str):
            return
        for sign in tokens(value, "RELATION"):
            end = self._end(next(trees(value, "end")))
            self.refs.append(_Ref(_End(table, (column,)), str(sign), end, "", place))

    def _type(self, at: str, node: Node, place: Place) -> Type:
        said = _path(node)
        many = any(tokens(node, "LIST"))
        arguments = [str(t) for a in trees(node, "type_arguments") for t in tokens(a)]
        shown = said + (f"({','.join(arguments)})" if arguments else "") + ("[]" if many else "")
        known = self.enums.get(said) or self.enums.get(f"public.{said}")
        if known is not None:
            return Type("enum", shown, many, enum=known.name)
        word, digits, rest = type_words(said)
        arguments = arguments or digits
        many = many or rest == "[]"
        if word not in TYPES:
            names = [*self.enums, *TYPES]
            self.problems.append(unknown("AW-1404", f"type ({at})", said, names, place))
            return Type("unknown", shown, many)
        kind = TYPES[word]
        numbers = [int(a) for a in arguments if a.isdigit()]
        if kind == "text":
            return Type(kind, shown, many, numbers[0] if numbers else None)
        if kind == "decimal" and numbers and word in {"decimal", "numeric", "number"}:
            return Type(kind, shown, many, precision=numbers[0], scale=(*numbers, 0)[1])
        return Type(kind, shown, many)

    @staticmethod
    def _is_key(node: Node) -> bool:
        settings = (s for x in trees(node, "settings") for s in trees(x, "setting"))
        return bool({"pk", "primary key"} & {" ".join(_names(s)).lower() for s in settings})

    def _index(self, table: str, node: Node) -> Key | None:
        """Return the key of a unique index; of any other it is said that it is not taken over."""
        columns, settings = tuple(_names(node)), self._settings(node)
        unique = bool({"unique", "pk", "primary key"} & settings.keys())
        expressions = [str(token) for token in tokens(node, "EXPRESSION")]
        if unique and not expressions:
            return Key(columns, self.at(node))
        shown = ", ".join((*columns, *expressions))
        if unique:
            text = f"{table}: the unique index ({shown}) is left out: it is of an expression"
            self.problems.append(left_out(text, self.at(node)))
        else:
            text = f"{table}: the index ({shown}) is not taken over: indexes follow from queries"
            self.problems.append(read_as(text, self.at(node)))
        return None

    def _checked(self, table: str, node: Node, columns: list[Column]) -> list[Column]:
        for checks in trees(node, "checks"):
            for token in tokens(checks, "EXPRESSION"):
                place = Place(self.name, (), line(token))
                columns = self._apply(table, columns, str(token)[1:-1], place)
        return columns

    def _with_check(self, table: str, column: Column, text: str) -> Column:
        return self._apply(table, [column], text.strip("`"), column.place)[0]

    def _apply(self, table: str, columns: list[Column], text: str, place: Place) -> list[Column]:
        types = {c.name: c.type.kind for c in columns}
        said = bounds(text, dict(types))
        if said is None or not all(b.column in types and _sayable(b, types) for b in said):
            self.problems.append(left_out(f"{table}: the check {text} is left out", place))
            return columns
        for bound in said:
            columns = [_bounded(c, bound) if c.name == bound.column else c for c in columns]
        return columns

    def _refs(self, node: Node) -> Iterator[_Ref]:
        for link in trees(node, "link"):
            first, second = (self._end(e) for e in trees(link, "end"))
            sign = str(next(tokens(link, "RELATION")))
            action = _said(self._settings(link).get("delete", [])).lower()
            yield _Ref(first, sign, second, action, self.at(link))

    def _end(self, node: Node) -> _End:
        parts = _names(node)
        columns = tuple(n for group in trees(node, "group") for n in _names(group))
        if columns:
            return _End(".".join(parts), columns)
        return _End(".".join(parts[:-1]), (parts[-1],))

    def _found(self, end: _End, place: Place) -> Table | None:
        """Return the table of an end, whose columns are all there."""
        name = self.aliases.get(end.table, end.table)
        name = name.removeprefix("public.") if name not in self.tables else name
        table = self.tables.get(name) or self.tables.get(f"public.{name}")
        if table is None:
            self.problems.append(unknown("AW-1405", "table", end.table, list(self.tables), place))
            return None
        names = [c.name for c in table.columns]
        for column in end.columns:
            if column not in names:
                at = f"column of {table.name} called"
                self.problems.append(unknown("AW-1405", at, column, names, place))
                return None
        return table

    def _refer(self, ref: _Ref) -> None:
        first, second = self._found(ref.first, ref.place), self._found(ref.second, ref.place)
        if first is None or second is None:
            return
        if ref.sign == "<>":
            self.links.append(Link(first.name, "", second.name, ref.place))
            return
        one, to = (first, ref.first), (second, ref.second)
        keyed = ref.first.columns == first.key and ref.second.columns != second.key
        alone = ref.sign == "-" and keyed
        if ref.sign == "<" or alone:
            one, to = to, one
        table, columns = one[0], one[1].columns
        unique = {columns[0]} if ref.sign == "-" and len(columns) == 1 else set()
        action = _ACTIONS.get(ref.on_delete, "restrict")
        made = Reference(columns, to[0].name, to[1].columns, ref.place, action)
        if ref.on_delete == "set default":
            self.problems.append(read_as(f"{table.name}: set default becomes restrict", ref.place))
        self.tables[table.name] = replace(
            table,
            columns=tuple(
                replace(c, unique=True) if c.name in unique and (c.name,) != table.key else c
                for c in table.columns
            ),
            references=(*table.references, made),
        )


def _sayable(bound: Bound, types: dict[str, Kind]) -> bool:
    text = types[bound.column] == "text"
    return text if bound.values else bound.measured == text


def _bounded(column: Column, bound: Bound) -> Column:
    low = bound.low if column.low is None else column.low
    high = bound.high if column.high is None else column.high
    return replace(column, low=low, high=high, values=column.values or bound.values)


def _names(node: Node) -> list[str]:
    return [_text(str(token)) for token in tokens(node, "NAME", "QUOTED")]


def _path(node: Node) -> str:
    parts = _names(next(trees(node, "path")))
    return ".".join(parts[1:] if len(parts) > 1 and parts[0] == "public" else parts)


def _text(said: str) -> str:
    if said.startswith("'''"):
        return said[3:-3]
    if said[:1] in {"'", '"'}:
        return said[1:-1].replace("\\'", "'")
    return said


def _said(values: list[Node | str]) -> str:
    """Return the text of a setting's value."""
    found = [_text(str(t)) for v in values if not isinstance(v, str) for t in tokens(v)]
    return " ".join(found)


def _default(settings: Settings) -> Default | None:
    values = settings.get("default")
    if not values or isinstance(values[0], str):
        return None
    token = next(tokens(values[0]), None)
    return None if token is None else _value(token)


def _value(token: Token) -> Default | None:
    said = _text(str(token))
    match token.type:
        case "NUMBER":
            return Default(value=said if "." in said else int(said))
        case "STRING":
            return Default(value=said)
        case "EXPRESSION":
            return sql_default(said.strip("`"))
    if said.lower() == "null":
        return None
    return Default(value=said.lower() == "true" if said.lower() in {"true", "false"} else said)

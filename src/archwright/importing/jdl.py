"""JHipster's domain language: entities, enumerations and all four kinds of relationship."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from archwright.diagnostics import Diagnostic, Place
from archwright.importing.grammar import Node, line, parse, tokens, trees, twice, unknown
from archwright.importing.source import (
    Column,
    Default,
    Enumeration,
    Key,
    Link,
    Reference,
    Source,
    Table,
    Type,
    left_out,
    read_as,
)

_TYPES = {
    "String": Type("text", "String", length=255),
    "Integer": Type("integer", "Integer"),
    "Long": Type("bigint", "Long"),
    "BigDecimal": Type("decimal", "BigDecimal", precision=21, scale=2),
    "Float": Type("decimal", "Float"),
    "Double": Type("decimal", "Double"),
    "Boolean": Type("boolean", "Boolean"),
    "LocalDate": Type("date", "LocalDate"),
    "LocalTime": Type("time", "LocalTime"),
    "ZonedDateTime": Type("datetime", "ZonedDateTime"),
    "Instant": Type("datetime", "Instant"),
    "Duration": Type("bigint", "Duration"),
    "UUID": Type("uuid", "UUID"),
    "TextBlob": Type("text", "TextBlob"),
    "Blob": Type("unknown", "Blob"),
    "AnyBlob": Type("unknown", "AnyBlob"),
    "ImageBlob": Type("unknown", "ImageBlob"),
    "ByteBuffer": Type("unknown", "ByteBuffer"),
}
MEMBER = "User"
_BUILT_IN = {MEMBER, "Authority"}
_APPLICATION = re.compile(r"^[ \t]*(application|deployment)\s*\{", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class _Side:
    """One end of a relationship: the entity, and what it calls the other."""

    entity: str
    name: str
    shown: str
    required: bool
    place: Place


def from_jdl(text: str, name: str) -> Source:
    """Return the source of a JDL file.

    Diagnostics: AW-1404 to AW-1409; raises ``DiagnosticError`` as ``parse`` does.
    """
    return _Reader(name).read(_without_applications(text), text)


def _without_applications(text: str) -> str:
    """Blank out blocks that say how an application is run; lines stay what they are."""
    while (match := _APPLICATION.search(text)) is not None:
        depth, end = 0, match.end()
        for end in range(match.end() - 1, len(text)):
            depth += {"{": 1, "}": -1}.get(text[end], 0)
            if depth == 0:
                break
        else:
            return text
        block = text[match.start() : end + 1]
        text = text[: match.start()] + re.sub(r"[^\n]", " ", block) + text[end + 1 :]
    return text


class _Reader:
    def __init__(self, name: str) -> None:
        self.name = name
        self.problems: list[Diagnostic] = []
        self.constants: dict[str, str] = {}
        self.tables: dict[str, Table] = {}
        self.links: list[Link] = []

    def read(self, text: str, whole: str) -> Source:
        tree = parse("jdl", text, self.name)
        for constant in trees(tree, "constant"):
            key, value = constant.children
            self.constants[str(key)] = str(value)
        enums = {e.name: e for e in (self._enum(n) for n in trees(tree, "enum"))}
        entities = list(trees(tree, "entity"))
        places = [(self._name(e), self.at(e)) for e in entities]
        self.problems += twice(places, "entity")
        comments = _comments(tree)
        for entity in entities:
            table = self._entity(entity, set(enums), comments.get(id(entity), ""))
            self.tables[table.name] = table
        used = self._relationships(tree)
        for option in tokens(tree, "OPTION"):
            text_ = f"`{option.strip()[:60]}` is left out: it says how JHipster generates code"
            self.problems.append(read_as(text_, self.at_line(line(option))))
        for match in _APPLICATION.finditer(whole):
            at = self.at_line(whole.count("\n", 0, match.start()) + 1)
            self.problems.append(read_as(f"the {match[1]} is left out: the app is another", at))
        member = MEMBER if used else ""
        return Source(
            self.name,
            tuple(self.tables.values()),
            tuple(enums.values()),
            tuple(self.links),
            tuple(self.problems),
            member,
        )

    def at(self, node: Node) -> Place:
        """Return the place of a node."""
        return self.at_line(line(node))

    def at_line(self, number: int) -> Place:
        """Return the place of a line."""
        return Place(self.name, (), number)

    @staticmethod
    def _name(node: Node) -> str:
        return str(next(tokens(node, "NAME")))

    def _enum(self, node: Node) -> Enumeration:
        values = tuple(self._name(v) for v in trees(node, "enum_value"))
        return Enumeration(self._name(node), values, self.at(node))

    def _entity(self, node: Node, enums: set[str], comment: str) -> Table:
        name = self._name(node)
        said = _comments(node)
        columns = [self._field(f, enums, said.get(id(f), "")) for f in trees(node, "field")]
        self.problems += twice([(c.name, c.place) for c in columns], f"field of {name}")
        if all(c.name != "id" for c in columns):
            made = Default(call="uuid")
            columns.insert(0, Column("id", Type("uuid", "id"), self.at(node), True, default=made))
        single = tuple(Key((c.name,), c.place) for c in columns if c.unique)
        return Table(name, self.at(node), tuple(columns), ("id",), single, comment=comment)

    def _field(self, node: Node, enums: set[str], comment: str) -> Column:
        name, kind = (str(token) for token in tokens(node, "NAME"))
        place = self.at(node)
        found = _TYPES.get(kind)
        if found is None and kind in enums:
            found = Type("enum", kind, enum=kind)
        if found is None:
            problem = unknown("AW-1404", "type", kind, [*_TYPES, *enums], place)
            self.problems.append(problem)
            found = Type("unknown", kind)
        if kind == "Duration":
            self.problems.append(read_as(f"{name} is a Duration and is read as bigint", place))
        column = Column(name, found, place, comment=comment)
        for check in trees(node, "validation"):
            column = self._checked(column, check)
        for pattern in trees(node, "pattern"):
            said = next(tokens(pattern))
            text = f"{name}: the pattern {said} is left out"
            self.problems.append(left_out(text, place, "Say it in a migration of your own."))
        return column

    def _checked(self, column: Column, check: Node) -> Column:
        word, *given = (str(token) for token in tokens(check))
        if word == "required":
            return replace(column, required=True)
        if word == "unique":
            return replace(column, unique=True)
        value = self.constants.get(given[0], given[0]) if given else ""
        whole = value.removesuffix(".0")
        if not whole.lstrip("-").isdigit() or word.endswith("bytes"):
            text = f"{column.name}: {word}({value}) is left out"
            self.problems.append(left_out(text, column.place))
            return column
        number = int(whole)
        return (
            replace(column, low=number) if word.startswith("min") else replace(column, high=number)
        )

    def _relationships(self, tree: Node) -> bool:
        """Read all relationships; tell whether one leads to the built-in user."""
        member = False
        for relationship in trees(tree, "relationship"):
            kind = str(next(tokens(relationship, "KIND")))
            for link in trees(relationship, "link"):
                first, second = (self._side(side) for side in trees(link, "side"))
                member |= self._relationship(kind, first, second)
        return member

    def _side(self, node: Node) -> _Side:
        entity, *rest = (str(token) for token in tokens(node, "NAME"))
        name, shown = (*rest, "", "")[:2]
        required = any(tokens(node, "REQUIRED"))
        return _Side(entity, name, shown, required, self.at_line(line(next(tokens(node, "NAME")))))

    def _relationship(self, kind: str, first: _Side, second: _Side) -> bool:
        for side in (first, second):
            there = side.entity in self.tables or side.entity == MEMBER
            if not there:
                known = [*self.tables, MEMBER]
                self.problems.append(unknown("AW-1405", "entity", side.entity, known, side.place))
                return False
            if side.shown:
                text = f"{side.entity}.{side.name}: which field is shown ({side.shown}) is left out"
                self.problems.append(read_as(text, side.place))
        member = any(s.entity == MEMBER and MEMBER not in self.tables for s in (first, second))
        match kind:
            case "ManyToMany":
                self.links.append(Link(first.entity, first.name, second.entity, first.place))
            case "OneToMany":
                self._refer(second, first, unique=False)
            case "ManyToOne":
                self._refer(first, second, unique=False)
            case _:
                self._refer(first, second, unique=True)
        return member

    def _refer(self, one: _Side, to: _Side, *, unique: bool) -> None:
        """Let one end refer to the other."""
        table = self.tables.get(one.entity)
        if table is None:
            text = f"{one.entity} is built in and cannot refer to {to.entity}"
            hint = f"Say it from the side of {to.entity}: relationship ManyToMany or ManyToOne."
            self.problems.append(left_out(text, one.place, hint))
            return
        name = one.name or to.entity[0].lower() + to.entity[1:]
        if any(c.name == name for c in table.columns):
            self.problems += twice([(name, one.place), (name, one.place)], f"field of {table.name}")
            return
        if to.required:
            text = f"{to.entity}.{to.name}: that at least one is there is left out"
            self.problems.append(left_out(text, to.place))
        kind = Type("uuid", to.entity)
        column = Column(name, kind, one.place, required=one.required, unique=unique)
        reference = Reference((name,), to.entity, ("id",), one.place, name=name)
        self.tables[one.entity] = replace(
            table,
            columns=(*table.columns, column),
            references=(*table.references, reference),
        )


def _comments(node: Node) -> dict[int, str]:
    """Return the comment that stands before each child, by the child's identity."""
    found: dict[int, str] = {}
    waiting = ""
    for child in node.children:
        if getattr(child, "type", "") == "DOC":
            waiting = " ".join(re.sub(r"^\s*/?\*+/?|\*/\s*$", " ", str(child), flags=re.M).split())
        else:
            if waiting:
                found[id(child)] = waiting
            waiting = ""
    return found

"""Access expression -> SQL condition, for policies, row functions and the update guard.

Both this and the proof's oracle keep SQL's three-valued truth: what is unknown is not granted.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from hashlib import sha256
from textwrap import indent
from typing import Literal, TypeAlias, assert_never

from archwright.blueprint.access_ast import (
    OWNER,
    And,
    Atom,
    Boolean,
    Column,
    Compare,
    Expr,
    HasRole,
    Integer,
    IsNull,
    Member,
    Nobody,
    Not,
    Now,
    OneOf,
    Or,
    Owner,
    Parent,
    ParentAction,
    Path,
    Predicate,
    Public,
    Related,
    Self,
    Text,
    atoms,
)
from archwright.blueprint.access_scope import ForeignKey, Scope, TableAccess
from archwright.blueprint.names import MAX_IDENTIFIER_BYTES
from archwright.schema.model import Ref
from archwright.schema.policy_roles import ClientRole, parent_condition, parent_rule
from archwright.schema.sql_text import ident, literal, name

CALLER = "(select auth.uid())"
_WIDTH = 76
# How tightly the outermost operator of a text binds.
_OR, _AND, _NOT, _TIGHT = 1, 2, 3, 4


@dataclass(frozen=True, slots=True)
class Context:
    """Where a condition stands: on which table, for which database role, and under which names.

    ``qualifier`` names the row ("" = the policy's own row, bare where that is unambiguous);
    ``old`` names the old row where both are at hand; ``chain`` the tables whose rules are being
    written out, ``aliases`` the names that a subquery must not take.
    """

    scope: Scope
    table: str
    role: ClientRole = "authenticated"
    qualifier: str = ""
    old: str = ""
    chain: frozenset[str] = frozenset()
    aliases: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, order=True)
class RowFunction:
    """A function ``private.<name>(key)``: may the caller do ``action`` to the row of that key?

    With ``relation`` instead: is the caller related to the row's ``member``, and sees the row?
    Needed where a rule leads back to its own table: PostgreSQL refuses policies that contain
    themselves, but a function is only opened when it runs.
    """

    table: str
    column: str
    action: ParentAction
    role: ClientRole
    relation: str = ""
    member: str = ""

    @property
    def name(self) -> str:
        """Return the function's name without schema, at most 63 bytes."""
        prefix = "anon" if self.role == "anon" and self.action != "select" else "may"
        name = f"{prefix}_{self.action}_{self.table}"
        if self.relation:
            name = f"{self.relation}_of_{self.table}_{self.member}"
        return bounded(name if self.column == "id" else f"{name}_by_{self.column}")


def compile_expression(expr: Expr, context: Context) -> str:
    """Return the SQL condition, over several lines where it is long.

    ``expr`` names only what the scope has (see ``for_role``); what it names of old and new rows
    must be at hand. Raises ValueError otherwise: that is a bug of the caller.
    """
    chain = context.chain | {context.table}
    names = {context.qualifier or context.table, context.old}
    return _sql(expr, replace(context, chain=chain, aliases=context.aliases | names))[0]


def bounded(name: str) -> str:
    """Return a name that PostgreSQL keeps whole: a long one ends in a digest of all of it."""
    if len(name) <= MAX_IDENTIFIER_BYTES:
        return name
    digest = sha256(name.encode()).hexdigest()[:8]
    return f"{name[: MAX_IDENTIFIER_BYTES - 9]}_{digest}"


RelationForm: TypeAlias = Literal["ids", "many", "has"]


def relation_function_name(relation: str, form: RelationForm) -> str:
    """Return the name, without schema, of a relation's function (see ``relation_functions``)."""
    return bounded(f"{relation}_{form}")


def related_to(relation: str, member: str) -> str:
    """Return the condition that a member is related to the caller.

    Few members are listed once a statement, and rows compared with them; of who has very many,
    each row is looked up instead: a page must not cost what they all do.
    """

    def call(form: RelationForm, argument: str = "") -> str:
        return f"{name(Ref('private', relation_function_name(relation, form)))}({argument})"

    return (
        f"case\n  when (select {call('many')}) then {call('has', member)}\n"
        f"  else {member} in (select {call('ids')})\nend"
    )


def row_functions_of(expr: Expr, context: Context) -> frozenset[RowFunction]:
    """Return the row functions that the compiled expression calls itself."""
    found: set[RowFunction] = set()
    chain = context.chain | {context.table}
    for atom in atoms(expr):
        if isinstance(atom, Related) and atom.path.hop:
            key = context.scope.tables[context.table].foreign_keys[atom.path.hop]
            if touched(context.scope, key.table, "select") & chain:
                member = _member(atom.path, context.scope.tables[key.table])
                found.add(_row_function(key, "select", context.role, atom.relation, member))
        elif isinstance(atom, Parent):
            key = context.scope.tables[context.table].foreign_keys[atom.column]
            if touched(context.scope, key.table, atom.action) & chain:
                found.add(_row_function(key, atom.action, context.role))
            else:
                inner = replace(context, table=key.table, chain=chain)
                found |= row_functions_of(_parent_condition(key, atom.action, context), inner)
    return frozenset(found)


def touched(scope: Scope, table: str, action: ParentAction) -> frozenset[str]:
    """Return the tables that a query on ``table`` under its rules opens, itself included."""
    return scope.once(("touched", table, action), lambda: _touched(scope, table, action))


def _touched(scope: Scope, table: str, action: ParentAction) -> frozenset[str]:
    seen: set[tuple[str, str]] = set()
    waiting: list[tuple[str, ParentAction]] = [(table, "select"), (table, action)]
    while waiting:
        node = waiting.pop()
        if node in seen:
            continue
        seen.add(node)
        here = scope.tables[node[0]]
        rule = here.select if node[1] == "select" else parent_rule(here, node[1])
        for atom in atoms(rule):
            if isinstance(atom, Parent) and atom.column in here.foreign_keys:
                target = here.foreign_keys[atom.column].table
                waiting += [(target, "select"), (target, atom.action)]
            elif isinstance(atom, Related) and atom.path.hop in here.foreign_keys:
                waiting.append((here.foreign_keys[atom.path.hop].table, "select"))
        waiting = [(t, a) for t, a in waiting if t in scope.tables]
    return frozenset(name for name, _ in seen)


def _sql(expr: Expr, context: Context) -> tuple[str, int]:
    match expr:
        case Or(items):
            return _joined("or", _OR, items, context), _OR
        case And(items):
            return _joined("and", _AND, items, context), _AND
        case Not(item):
            return f"not {_wrapped(_sql(item, context)[0])}", _NOT
        case _:
            return _atom(expr, context)


def _joined(word: str, level: int, items: tuple[Expr, ...], context: Context) -> str:
    parts = []
    for item in items:
        text, inner = _sql(item, context)
        # Several lines under another operator read as one thing only in parentheses.
        loose = inner <= level or ("\n" in text and inner < _NOT)
        parts.append(_wrapped(text) if loose else text)
    line = f" {word} ".join(parts)
    if len(line) <= _WIDTH and "\n" not in line:
        return line
    return f"\n{word} ".join(parts)


def _wrapped(text: str) -> str:
    return f"({text})" if "\n" not in text else f"(\n{indent(text, '  ')}\n)"


def _atom(atom: Atom, context: Context) -> tuple[str, int]:
    match atom:
        case HasRole(names):
            checks = [f"(select private.has_role({literal(n)}))" for n in names]
            return " or ".join(checks), _OR if len(checks) > 1 else _TIGHT
        case Compare():
            return _comparison(atom, context)
        case Public() | Nobody() | Member() | Owner() | Self():
            return _caller(atom, context), _TIGHT
        case Related(relation, path):
            text = _related(relation, path, context)
        case Parent(column_name, action):
            text = _parent(column_name, action, context)
        case Predicate(predicate, arguments):
            called = ", ".join(_reference(a, context) for a in arguments)
            text = f"{name(Ref('private', predicate))}({called})"
            # Without a row in it, it is asked once a statement and not once a row.
            text = text if arguments else f"(select {text})"
        case OneOf(column, values):
            listed = ", ".join(_value(v, "", context) for v in values)
            text = f"{_reference(column, context)} in ({listed})"
        case IsNull(column, negated):
            text = f"{_reference(column, context)} is {'not ' if negated else ''}null"
        case _:
            assert_never(atom)
    return text, _TIGHT


def _caller(atom: Public | Nobody | Member | Owner | Self, context: Context) -> str:
    if isinstance(atom, Public):
        return "true"
    if isinstance(atom, Nobody):
        return "false"
    if isinstance(atom, Member):
        return f"{CALLER} is not null"
    owner = context.scope.tables[context.table].owner
    column = Column(owner) if isinstance(atom, Owner) else atom.column
    return f"{_reference(column, context)} = {CALLER}"


def _comparison(atom: Compare, context: Context) -> tuple[str, int]:
    left = _reference(atom.left, context)
    if isinstance(atom.right, Boolean) and atom.op == "=":
        return (left, _TIGHT) if atom.right.value else (f"not {left}", _NOT)
    kind = context.scope.tables[context.table].columns[atom.left.name]
    operator = "<>" if atom.op == "!=" else atom.op
    return f"{left} {operator} {_value(atom.right, kind, context)}", _TIGHT


def _value(value: Text | Integer | Boolean | Now | Column, kind: str, context: Context) -> str:
    match value:
        case Text(text):
            return literal(text)
        case Integer(number):
            return str(number)
        case Boolean(truth):
            return "true" if truth else "false"
        case Now():
            return "current_date" if kind == "date" else "now()"
        case Column():
            return _reference(value, context)
        case _:
            assert_never(value)


def _related(relation: str, path: Path, context: Context) -> str:
    here = context.scope.tables[context.table]
    if not path.hop:
        member = _member(path, here)
        text = related_to(relation, _reference(Column(member), context))
        # Nobody is related to nobody: unknown would hide the row also from "not related".
        return f"coalesce{_wrapped(text + ', false')}" if member in here.nullable else text
    key = here.foreign_keys[path.hop]
    column = _member(path, context.scope.tables[key.table])

    def condition(alias: str, _inner: Context) -> str:
        return related_to(relation, f"{alias}.{ident(column)}")

    if touched(context.scope, key.table, "select") & context.chain:
        function = _row_function(key, "select", context.role, relation, column)
        return f"private.{ident(function.name)}({_reference(Column(path.hop), context)})"
    return _exists(key, path.hop, condition, context)


def _parent(column: str, action: ParentAction, context: Context) -> str:
    key = context.scope.tables[context.table].foreign_keys[column]
    if touched(context.scope, key.table, action) & context.chain:
        function = _row_function(key, action, context.role)
        return f"private.{ident(function.name)}({_reference(Column(column), context)})"
    rule = _parent_condition(key, action, context)

    def condition(_alias: str, inner: Context) -> str:
        if isinstance(rule, Public):
            return ""
        text, level = _sql(rule, inner)
        return _wrapped(text) if level < _AND else text

    return _exists(key, column, condition, context)


def _parent_condition(key: ForeignKey, action: ParentAction, context: Context) -> Expr:
    return parent_condition(context.scope, key.table, action, context.role)


def _exists(
    key: ForeignKey, column: str, condition: Callable[[str, Context], str], context: Context
) -> str:
    """Return ``exists (...)`` on the row that a foreign key points at, under the caller's rules.

    ``offset 0`` keeps it one look-up by key for each row that is judged. Without it the planner may
    read the whole other table into a hash instead, for a page of twenty rows: it compares costs
    for all rows that the index finds, and knows of no limit (make_subplan, AlternativeSubPlan).
    """
    target = context.scope.tables[key.table]
    alias = _alias(key.table, context.aliases)
    inner = replace(
        context,
        table=key.table,
        qualifier=alias,
        old="",
        chain=context.chain | {key.table},
        aliases=context.aliases | {alias, key.table},
    )
    further = condition(alias, inner)
    own = _reference(Column(column), context, inside=True)
    lines = [
        " ".join(("select 1 from", name(Ref(target.schema, target.name)), alias)),
        f"where {alias}.{ident(key.column)} = {own}",
    ]
    if further:
        lines.append(f"and {further}")
    lines.append("offset 0")
    line = " ".join(lines)
    if len(line) <= _WIDTH and "\n" not in line:
        return f"exists ({line})"
    return "exists " + _wrapped("\n".join(lines))


def _alias(table: str, taken: frozenset[str]) -> str:
    first = table.lstrip("_")[:1] or "t"
    number = 1
    while (alias := first if number == 1 else f"{first}{number}") in taken:
        number += 1
    return alias


def _member(path: Path, table: TableAccess) -> str:
    return table.owner if path.column == OWNER else path.column


def _row_function(
    key: ForeignKey, action: ParentAction, role: ClientRole, relation: str = "", member: str = ""
) -> RowFunction:
    # What select needs is decided by the row's own policies, so one function serves every role.
    of: ClientRole = "authenticated" if action == "select" else role
    return RowFunction(key.table, key.column, action, of, relation, member)


def _reference(column: Column, context: Context, *, inside: bool = False) -> str:
    """Return a column of the row under test; ``inside`` a subquery it is always qualified."""
    if column.version and not context.old:
        raise ValueError(f"{column.version}.{column.name}: only one row is at hand")
    if not column.name or column.name not in context.scope.tables[context.table].columns:
        raise ValueError(f"{context.table} has no column {column.name!r}")
    row = context.old if column.version == "old" else context.qualifier
    if not row and inside:
        row = context.table
    return f"{ident(row)}.{ident(column.name)}" if row else ident(column.name)

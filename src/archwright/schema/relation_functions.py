"""The functions of a relation: who is related to the caller, all at once or row by row."""

from __future__ import annotations

from textwrap import indent

from archwright.blueprint.access_algebra import conjoin, simplify
from archwright.blueprint.access_ast import Column, Expr, IsNull, Self
from archwright.blueprint.access_scope import Relation, Scope
from archwright.schema.model import Argument, Function, Ref
from archwright.schema.policy_sql import (
    Context,
    RelationForm,
    compile_expression,
    relation_function_name,
)
from archwright.schema.sql_text import dollars, ident, name

MANY = 1000
"""Related members that are listed for a statement at most: that takes some milliseconds."""


def relation_functions(relation: Relation, scope: Scope) -> tuple[Function, ...]:
    """Return the three functions in ``private`` that say who is related to the caller.

    ``<relation>_ids()`` lists the members, without nulls; ``_many()`` tells whether there are too
    many to list for each statement, and ``_has(member)`` whether one of them is. Policies call
    them by ``policy_sql.related_to``.
    """
    links = [_Link(relation.me, relation.other, relation, scope)]
    if relation.either:
        links.append(_Link(relation.other, relation.me, relation, scope))
    some = [_wrapped("", f"select\n{link.source}\nlimit {MANY + 1}") for link in links]
    counted = _wrapped("from ", "\nunion all\n".join(some))
    # The argument is $1, so that no column of the table can hide it.
    one = [
        _wrapped("exists ", f"select\n{link.source}\nand link.{link.other} = $1") for link in links
    ]
    listed = [f"select link.{link.other}\n{link.source}" for link in links]
    bodies: dict[RelationForm, str] = {
        "has": "select\n" + indent("\nor ".join(one), "  "),
        "ids": "\nunion\n".join(listed),
        "many": f"select count(*) > {MANY}\n{counted} links",
    }
    return tuple(_function(relation.name, form, body) for form, body in bodies.items())


class _Link:
    """The rows that tie the caller to others in one direction."""

    def __init__(self, me: str, other: str, relation: Relation, scope: Scope) -> None:
        table = scope.tables[relation.table]
        context = Context(scope, relation.table, qualifier="link")
        # A null among the members would turn "not among them" into "unknown".
        parts: list[Expr] = [Self(Column(me)), IsNull(Column(other), negated=True)]
        if relation.where is not None:
            parts.append(simplify(relation.where, scope.known(relation.table)))
        condition = indent(compile_expression(conjoin(*parts), context), "  ")[2:]
        self.other = ident(other)
        self.source = f"from {name(Ref(table.schema, table.name))} link\nwhere {condition}"


def _function(relation: str, form: RelationForm, body: str) -> Function:
    ref = Ref("private", relation_function_name(relation, form))
    arguments = (Argument("member", "uuid"),) if form == "has" else ()
    returns = "uuid" if form == "ids" else "boolean"
    listed = ", ".join(f"{a.name} {a.type}" for a in arguments)
    kind = f"setof {returns}" if form == "ids" else returns
    return Function(
        ref=ref,
        arguments=arguments,
        returns=returns,
        returns_set=form == "ids",
        sql=(
            f"create or replace function {name(ref)}({listed})\nreturns {kind}\nlanguage sql\n"
            "stable\nsecurity definer\nset search_path = ''\nas "
            + dollars(indent(body, "  ") + ";")
        ),
        callers=("authenticated",),
    )


def _wrapped(before: str, text: str) -> str:
    return f"{before}(\n{indent(text, '  ')}\n)"

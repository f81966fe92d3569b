"""What a rename does to SQL text that PostgreSQL keeps as references and we keep as words."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from archwright.migrate.mentions import mentions
from archwright.schema.model import Column, Policy, Ref, Schema, Table, Trigger

_PIECES = re.compile(r"'(?:[^']|'')*'|--[^\n]*|/\*.*?\*/|\"[^\"]*\"|[A-Za-z_][\w$]*", re.DOTALL)

Rewrite = Callable[[str], str]


def word(old: str, new: str) -> Rewrite:
    """Return what replaces a name, quoted or not, outside strings and comments."""

    def rewrite(text: str) -> str:
        def piece(match: re.Match[str]) -> str:
            found = match.group()
            if found == old:
                return new
            return f'"{new}"' if found == f'"{old}"' else found

        return _PIECES.sub(piece, text)

    return rewrite


def string(old: str, new: str) -> Rewrite:
    """Return what replaces a string literal as a whole."""
    before, after = (f"'{v.replace(chr(39), chr(39) * 2)}'" for v in (old, new))

    def rewrite(text: str) -> str:
        return _PIECES.sub(lambda m: after if m.group() == before else m.group(), text)

    return rewrite


def expressions(schema: Schema, concerned: Callable[[Ref, str], bool], rewrite: Rewrite) -> Schema:
    """Rewrite the texts that follow a rename by themselves: not bodies of functions.

    ``concerned`` tells, by the table that a text belongs to and the text, whether it is about what
    is renamed. A text that is changed too much or too little is written anew by the difference.
    """

    def one(table: Ref, text: str) -> str:
        return rewrite(text) if concerned(table, text) else text

    def maybe(table: Ref, text: str | None) -> str | None:
        return None if text is None else one(table, text)

    def column(table: Ref, c: Column) -> Column:
        default, generated = maybe(table, c.default), maybe(table, c.generated)
        return replace(c, default=default, generated=generated)

    def in_table(t: Table) -> Table:
        return replace(
            t,
            columns=tuple(column(t.ref, c) for c in t.columns),
            checks=tuple(replace(c, expression=one(t.ref, c.expression)) for c in t.checks),
            exclusions=tuple(
                replace(
                    e,
                    elements=tuple((one(t.ref, what), how) for what, how in e.elements),
                    where=maybe(t.ref, e.where),
                )
                for e in t.exclusions
            ),
        )

    def policy(p: Policy) -> Policy:
        return replace(p, using=maybe(p.table, p.using), check=maybe(p.table, p.check))

    def trigger(t: Trigger) -> Trigger:
        return replace(t, sql=one(t.table, t.sql))

    return replace(
        schema,
        tables=tuple(in_table(t) for t in schema.tables),
        indexes=tuple(
            replace(
                i,
                columns=tuple(one(i.table, c) for c in i.columns),
                where=maybe(i.table, i.where),
            )
            for i in schema.indexes
        ),
        policies=tuple(policy(p) for p in schema.policies),
        triggers=tuple(trigger(t) for t in schema.triggers),
    )


def types(schema: Schema, rewrite: Rewrite) -> Schema:
    """Rewrite the types of arguments and results, which are references, too."""
    return replace(
        schema,
        functions=tuple(
            replace(
                f,
                arguments=tuple(replace(a, type=rewrite(a.type)) for a in f.arguments),
                returns=rewrite(f.returns),
                returns_table=tuple(replace(a, type=rewrite(a.type)) for a in f.returns_table),
            )
            for f in schema.functions
        ),
    )


def about(ref: Ref) -> Callable[[Ref, str], bool]:
    """Return whether a text belongs to a table, or mentions it."""

    def concerned(table: Ref, text: str) -> bool:
        return table == ref or mentions(text).has(ref)

    return concerned


def calls(function: Ref) -> Callable[[Ref, str], bool]:
    """Return whether a text calls a function."""

    def concerned(_: Ref, text: str) -> bool:
        return mentions(text).has(function)

    return concerned

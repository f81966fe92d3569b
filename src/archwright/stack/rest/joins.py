"""Renders embeddings as lateral joins: a list, one object, or columns spread into the level."""

from __future__ import annotations

from dataclasses import dataclass, replace

from archwright.stack.rest.errors import RestError
from archwright.stack.rest.query import Out, Query, labelled
from archwright.stack.rest.sql import Sql, build, ident, join, raw
from archwright.stack.rest.syntax import Embed, FieldRef, Pick


@dataclass(frozen=True, slots=True)
class Joined:
    """An embedding: its join, its outputs, whether rows were found, sort keys."""

    join: Sql
    outs: tuple[Out, ...]
    present: Sql
    exists: Sql
    inner: bool
    keys: tuple[Sql, ...] | None


def join_many(item: Embed, query: Query, name: str) -> Joined:
    """Join a list of rows."""
    present = build("{} is not null", ident(name, "j"))
    lateral = build(
        "{} join lateral (select json_agg(line) as j from ({}) as line) as {} on {}",
        raw("inner" if item.inner else "left"),
        query.sql(),
        ident(name),
        present if item.inner else raw("true"),
    )
    found = build("coalesce({}, '[]')", ident(name, "j"))
    outs = (Out(item.label, found),) if query.outs else ()
    return Joined(lateral, outs, present, _exists(query), item.inner, None)


def spread_many(item: Embed, query: Query, name: str) -> Joined:
    """Spread a list: each column becomes an array of its values."""
    if any(out.pick and out.pick.aggregate for out in query.outs):
        details = "Aggregates are not implemented for one-to-many or many-to-many spreads."
        raise RestError(400, "PGRST127", "Feature not implemented", details)
    named = tuple(replace(out, label=f"pgrst_c{i}") for i, out in enumerate(query.outs))
    lists = [
        build("coalesce(json_agg({}), '[]') as {}", ident("line", out.label), ident(out.label))
        for out in named
    ]
    present = build("{} > 0", ident(name, "pgrst_rows"))
    lateral = build(
        "{} join lateral (select {} from ({}) as line) as {} on {}",
        raw("inner" if item.inner else "left"),
        join(", ", [*lists, raw("count(*) as pgrst_rows")]),
        replace(query, outs=named).sql(),
        ident(name),
        present if item.inner else raw("true"),
    )
    outs = tuple(
        Out(out.label, ident(name, inner.label))
        for out, inner in zip(query.outs, named, strict=True)
    )
    return Joined(lateral, outs, present, _exists(query), item.inner, None)


def join_one(item: Embed, query: Query, name: str, sort: tuple[Sql, ...]) -> Joined:
    """Join one row: as an object, or its columns spread, and the sort keys that it gives."""
    keys = tuple(build("{} as {}", key, ident(f"pgrst_k{i}")) for i, key in enumerate(sort))
    present = build("{} is distinct from null", ident(name))
    outs: tuple[Out, ...] = ()
    if item.spread:
        named = tuple(replace(out, label=f"pgrst_c{i}") for i, out in enumerate(query.outs))
        plain = tuple(replace(out, pick=None) for out in named)
        inside = replace(query, outs=plain).sql(keys)
        outs = tuple(
            Out(out.label, ident(name, inner.label), _pending(out))
            for out, inner in zip(query.outs, named, strict=True)
        )
    elif keys and query.outs:
        line = build("(select row_to_json(line) from (select {}) as line)", _columns(query))
        inside = replace(query, outs=(Out("j", line),)).sql(keys)
        present = build("{} is not null", ident(name, "j"))
        outs = (Out(item.label, ident(name, "j")),)
    else:
        inside = query.sql(keys)
        if query.outs:
            outs = (Out(item.label, build("row_to_json({}.*)", ident(name))),)
    kind = raw("inner" if item.inner else "left")
    lateral = build("{} join lateral ({}) as {} on true", kind, inside, ident(name))
    sorted_by = tuple(ident(name, f"pgrst_k{i}") for i in range(len(keys)))
    return Joined(lateral, outs, present, _exists(query), item.inner, sorted_by)


def _columns(query: Query) -> Sql:
    return join(", ", [labelled(out) for out in query.outs])


def _pending(out: Out) -> Pick | None:
    """Keep of a spread column what is still to be done to it: its aggregate."""
    if out.pick is None:
        return None
    alias = Pick(FieldRef(out.label), out.label)
    return replace(alias, aggregate=out.pick.aggregate, aggregate_cast=out.pick.aggregate_cast)


def _exists(query: Query) -> Sql:
    return build("exists ({})", query.counted)

"""Renders a tree of select list and conditions as one SELECT with lateral joins."""

from __future__ import annotations

from dataclasses import dataclass, replace

from archwright.stack.rest.conditions import condition, direction
from archwright.stack.rest.errors import RestError, not_embedded
from archwright.stack.rest.lookup import find_relation
from archwright.stack.rest.model import Catalog, Relation
from archwright.stack.rest.source import Source, table_source
from archwright.stack.rest.sql import Sql, build, ident, join, raw, value
from archwright.stack.rest.syntax import Embed, FieldRef, Item, Level, OrderTerm, Pick


@dataclass(frozen=True, slots=True)
class Out:
    """An output column: its key, its value, and an aggregate that is still to be applied."""

    label: str
    value: Sql
    pick: Pick | None = None

    def rendered(self) -> Sql:
        """Return the value with its aggregate and cast."""
        if self.pick is None or self.pick.aggregate is None:
            return self.value
        out = build("{}({})", raw(self.pick.aggregate), self.value)
        return _cast(out, self.pick.aggregate_cast)


@dataclass(frozen=True, slots=True)
class Query:
    """A level as its clauses; ``counted`` selects 1 for each row without paging."""

    outs: tuple[Out, ...]
    body: Sql
    group: Sql
    order: Sql
    paging: Sql
    counted: Sql

    def sql(self, more: tuple[Sql, ...] = ()) -> Sql:
        """Return the whole SELECT, with further columns after its own."""
        columns = [_labelled(out) for out in self.outs]
        columns.extend(more)
        start = build("select {} {}", join(", ", columns), self.body)
        return build("{}{}{}{}", start, self.group, self.order, self.paging)


@dataclass(frozen=True, slots=True)
class Joined:
    """An embedding: its join, its outputs, whether rows were found, sort keys."""

    join: Sql
    outs: tuple[Out, ...]
    present: Sql
    exists: Sql
    inner: bool
    keys: tuple[Sql, ...] | None


class Renderer:
    """Renders one request in one schema; ``most`` bounds the rows of each list."""

    def __init__(self, catalog: Catalog, schema: str, *, most: int | None, aggregates: bool):
        """Take the configuration."""
        self._catalog = catalog
        self._schema = schema
        self._most = most
        self._aggregates = aggregates
        self._count = 0

    def root(self, source: Source, items: tuple[Item, ...], level: Level) -> Query:
        """Render the outermost level; its paging is the caller's to bound."""
        return self._level(source, items, level, (), 0)

    def _level(
        self,
        source: Source,
        items: tuple[Item, ...],
        level: Level,
        where: tuple[Sql, ...],
        depth: int,
        *,
        listed: bool = False,
        spread: bool = False,
    ) -> Query:
        """Render a level; ``spread`` leaves its aggregates to the level that it is spread into,
        ``listed`` names its columns one by one."""
        embeds = [item for item in items if isinstance(item, Embed)]
        check_children(embeds, level)
        joined = [
            self._embed(source, item, _child(level, item), _keys_of(level, item), depth + 1)
            for item in embeds
        ]
        expand = listed or spread or _aggregated(items) or any(item.spread for item in embeds)
        outs = _outs(self._allowed(source, items, expand), joined)
        by_name = {key: i for i, item in enumerate(embeds) for key in (item.name, item.label)}

        def tests(*, counting: bool) -> list[Sql]:
            def present(name: str) -> Sql | None:
                if name not in by_name:
                    return None
                found = joined[by_name[name]]
                return found.exists if counting else found.present

            return [*where, *(condition(source, item, present) for item in level.conditions)]

        start = build("from {}", source.from_sql)
        body = start
        for part in joined:
            body = build("{} {}", body, part.join)
        # aggregates of a spread level are applied further out
        grouped = not spread and any(out.pick and out.pick.aggregate for out in outs)
        if grouped:
            outs = [_comparable(out) for out in outs]
        needed = [part.exists for part in joined if part.inner]
        return Query(
            outs=tuple(outs),
            body=_where(body, tests(counting=False)),
            group=_group(outs) if grouped else raw(""),
            order=_order(source, items, level, embeds, joined),
            paging=paging(level),
            counted=build("select 1 {}", _where(start, [*tests(counting=True), *needed])),
        )

    def _allowed(self, source: Source, items: tuple[Item, ...], expand: bool) -> list[Out | Embed]:
        found: list[Out | Embed] = []
        for item in items:
            if isinstance(item, Embed):
                found.append(item)
                continue
            if item.aggregate and not self._aggregates:
                message = "Use of aggregate functions is not allowed"
                raise RestError(400, "PGRST123", message)
            if item.star and expand and source.columns:
                names = (Pick(FieldRef(name)) for name in source.columns)
                found.extend(Out(pick.label, source.field(pick.ref), pick) for pick in names)
                continue
            counted = item.aggregate == "count" and item.ref.name == "*"
            what = raw("1") if counted else source.field(item.ref)
            found.append(Out(item.label, _cast(what, item.cast), item))
        return found

    def _embed(
        self,
        source: Source,
        item: Embed,
        level: Level,
        keys: tuple[OrderTerm, ...],
        depth: int,
    ) -> Joined:
        relation = find_relation(self._catalog, self._schema, source.table, item.name, item.hint)
        child, where = self._target(source, relation, depth)
        if relation.many and self._most is not None:
            most = self._most if level.limit is None else min(level.limit, self._most)
            level = replace(level, limit=most)
        one = item.spread and not relation.many
        query = self._level(child, item.items, level, where, depth, listed=item.spread, spread=one)
        self._count += 1
        name = f"pgrst_{self._count}"
        if relation.many:
            return _spread_many(item, query, name) if item.spread else _many(item, query, name)
        return _one(item, query, name, tuple(child.field(key.ref) for key in keys))

    def _target(
        self, source: Source, relation: Relation, depth: int
    ) -> tuple[Source, tuple[Sql, ...]]:
        alias = f"{relation.target[1]}_{depth}"
        if alias == source.alias:
            alias += "_"
        child = table_source(self._catalog, relation.target, alias)
        if relation.function is not None:
            name = ident(*relation.function)
            call = build("{}({}) as {}", name, source.row(), ident(alias))
            return replace(child, from_sql=call), ()
        if relation.junction is None:
            return child, _equal(source.alias, alias, relation.pairs)
        self._count += 1
        through = f"pgrst_{self._count}"
        both = build("{}, {} as {}", child.from_sql, ident(*relation.junction), ident(through))
        where = (
            *_equal(source.alias, through, relation.pairs),
            *_equal(through, alias, relation.far),
        )
        return replace(child, from_sql=both), where


def check_children(embeds: list[Embed], level: Level) -> None:
    """Refuse conditions and sort keys on what is not embedded (PGRST108)."""
    known = {item.label for item in embeds} | {item.name for item in embeds}
    wanted = [*level.children, *(term.relation for term in level.order if term.relation)]
    for name in wanted:
        if name not in known:
            raise not_embedded(name)


def paging(level: Level) -> Sql:
    """Render limit and offset."""
    limit = build(" limit {}", value(str(level.limit))) if level.limit is not None else raw("")
    offset = build(" offset {}", value(str(level.offset))) if level.offset else raw("")
    return build("{}{}", limit, offset)


def _labelled(out: Out) -> Sql:
    if out.pick is not None and out.pick.star:
        return out.value
    return build("{} as {}", out.rendered(), ident(out.label))


def _cast(what: Sql, as_type: str | None) -> Sql:
    # the parser lets only words through; quoting would hide names like "double precision"
    return build("cast({} as {})", what, raw(as_type)) if as_type else what


def _where(body: Sql, tests: list[Sql]) -> Sql:
    return build("{} where {}", body, join(" and ", tests)) if tests else body


def _equal(left: str, right: str, pairs: tuple[tuple[str, str], ...]) -> tuple[Sql, ...]:
    return tuple(build("{} = {}", ident(left, a), ident(right, b)) for a, b in pairs)


def _child(level: Level, item: Embed) -> Level:
    return level.children.get(item.label) or level.children.get(item.name) or Level()


def _keys_of(level: Level, item: Embed) -> tuple[OrderTerm, ...]:
    return tuple(term for term in level.order if term.relation in (item.label, item.name))


def _aggregated(items: tuple[Item, ...]) -> bool:
    """Tell whether a level or what is spread into it has an aggregate."""
    return any(
        (item.aggregate is not None)
        if isinstance(item, Pick)
        else item.spread and _aggregated(item.items)
        for item in items
    )


def _outs(found: list[Out | Embed], joined: list[Joined]) -> list[Out]:
    outs: list[Out] = []
    following = iter(joined)
    for item in found:
        if isinstance(item, Out):
            outs.append(item)
        else:
            outs.extend(next(following).outs)
    return outs


def _comparable(out: Out) -> Out:
    """Make an embedded value one that can be grouped by."""
    return out if out.pick else replace(out, value=build("{}::jsonb", out.value))


def _group(outs: list[Out]) -> Sql:
    """Group by all that is no aggregate, by position: names would mean the table's columns."""
    places = [str(i) for i, out in enumerate(outs, 1) if not (out.pick and out.pick.aggregate)]
    return raw(f" group by {', '.join(places)}" if places else "")


def _order(
    source: Source,
    items: tuple[Item, ...],
    level: Level,
    embeds: list[Embed],
    joined: list[Joined],
) -> Sql:
    aliases = {item.alias for item in items if isinstance(item, Pick) and item.alias}
    terms: list[Sql] = []
    used = [0] * len(embeds)
    for term in level.order:
        if term.relation is None:
            own = term.ref.path or term.ref.name in source.columns or term.ref.name not in aliases
            key = source.field(term.ref) if own else ident(term.ref.name)
            terms.append(build("{}{}", key, direction(term)))
            continue
        at = next(i for i, item in enumerate(embeds) if term.relation in (item.name, item.label))
        keys = joined[at].keys
        if keys is None:
            raise RestError(
                400,
                "PGRST118",
                f"A related order on '{term.relation}' is not possible",
                f"'{source.table[1]}' and '{term.relation}' do not form a many-to-one or"
                " one-to-one relationship",
            )
        terms.append(build("{}{}", keys[used[at]], direction(term)))
        used[at] += 1
    return build(" order by {}", join(", ", terms)) if terms else raw("")


def _many(item: Embed, query: Query, name: str) -> Joined:
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


def _spread_many(item: Embed, query: Query, name: str) -> Joined:
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


def _one(item: Embed, query: Query, name: str, sort: tuple[Sql, ...]) -> Joined:
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
    return join(", ", [_labelled(out) for out in query.outs])


def _pending(out: Out) -> Pick | None:
    """Keep of a spread column what is still to be done to it: its aggregate."""
    if out.pick is None:
        return None
    alias = Pick(FieldRef(out.label), out.label)
    return replace(alias, aggregate=out.pick.aggregate, aggregate_cast=out.pick.aggregate_cast)


def _exists(query: Query) -> Sql:
    return build("exists ({})", query.counted)

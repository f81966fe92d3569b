"""Renders a tree of select list and conditions as one SELECT with lateral joins."""

from __future__ import annotations

from dataclasses import replace

from archwright.stack.rest.conditions import condition, direction
from archwright.stack.rest.errors import RestError, not_embedded
from archwright.stack.rest.joins import Joined, join_many, join_one, spread_many
from archwright.stack.rest.lookup import find_relation
from archwright.stack.rest.model import Catalog, Relation
from archwright.stack.rest.query import Out, Query, cast_to, comparable, grouping, paging
from archwright.stack.rest.source import Source, table_source
from archwright.stack.rest.sql import Sql, build, ident, join, raw
from archwright.stack.rest.syntax import Embed, FieldRef, Item, Level, OrderTerm, Pick


class Renderer:
    """Renders one request in one schema; ``most`` bounds the rows of each list.

    ``form`` is what domains with a form of their own are presented in: ``json`` or ``text``.
    """

    def __init__(
        self,
        catalog: Catalog,
        schema: str,
        *,
        most: int | None,
        aggregates: bool,
        form: str = "json",
    ):
        """Take the configuration."""
        self._catalog = catalog
        self._schema = schema
        self._most = most
        self._aggregates = aggregates
        self._form = form
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
        expand = expand or source.represented
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
            outs = [comparable(out) for out in outs]
        needed = [part.exists for part in joined if part.inner]
        return Query(
            outs=tuple(outs),
            body=_where(body, tests(counting=False)),
            group=grouping(outs) if grouped else raw(""),
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
                found.extend(
                    Out(pick.label, source.shown(pick.ref, self._form), pick) for pick in names
                )
                continue
            counted = item.aggregate == "count" and item.ref.name == "*"
            what = raw("1") if counted else source.shown(item.ref, self._form)
            found.append(Out(item.label, cast_to(what, item.cast), item))
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
            return spread_many(item, query, name) if item.spread else join_many(item, query, name)
        return join_one(item, query, name, tuple(child.field(key.ref) for key in keys))

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

"""Renders a tree of select list and conditions as one SELECT with lateral joins."""

from __future__ import annotations

from dataclasses import dataclass, replace

from .conditions import condition, direction
from .errors import ApiError, unsupported
from .model import Catalog
from .relations import Relation, find
from .source import Source, need_table, table_source
from .sql import Sql, build, ident, join, raw
from .syntax import Embed, Item, Level, OrderTerm, Pick, Star


@dataclass(frozen=True, slots=True)
class Query:
    """A level as its clauses; ``labels`` are the names of its output columns."""

    columns: Sql
    body: Sql
    order: Sql
    paging: Sql
    labels: tuple[str, ...]

    def sql(self) -> Sql:
        """The whole SELECT."""
        return build("select {} {}{}{}", self.columns, self.body, self.order, self.paging)

    def count(self) -> Sql:
        """Count the rows without paging."""
        return build("select count(*) from (select 1 {}) as counted", self.body)


@dataclass(frozen=True, slots=True)
class _Joined:
    """An embedding: its join, its output columns, what is null without a match, sort keys."""

    join: Sql
    columns: tuple[tuple[str, Sql], ...]
    present: Sql | None
    keys: tuple[Sql, ...] = ()


class Renderer:
    """Renders one request; numbers the aliases."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self._count = 0

    def _alias(self, name: str) -> str:
        self._count += 1
        return f"{name[:50]}_{self._count}"

    def level(
        self,
        source: Source,
        items: tuple[Item, ...],
        level: Level,
        where: tuple[Sql, ...] = (),
    ) -> Query:
        """Render a level: columns, joins of embeddings, conditions, order and paging."""
        embeds = {item.label: item for item in items if isinstance(item, Embed)}
        check_children(embeds, level)
        joined = {
            label: self._embed(source, item, _child(level, item), _keys_of(level, item))
            for label, item in embeds.items()
        }
        columns, labels = _columns(source, items, joined)

        def embedded(name: str) -> Sql | None:
            return joined[name].present if name in joined else None

        tests = [*where, *(condition(source, item, embedded) for item in level.conditions)]
        body = build("from {}", source.from_sql)
        for part in joined.values():
            body = build("{} {}", body, part.join)
        if tests:
            body = build("{} where {}", body, join(" and ", tests))
        return Query(
            columns=join(", ", columns) if columns else raw("1"),
            body=body,
            order=_order(source, level, embeds, joined),
            paging=_paging(level),
            labels=labels,
        )

    def _embed(
        self, source: Source, item: Embed, level: Level, keys: tuple[OrderTerm, ...]
    ) -> _Joined:
        relation = find(self.catalog, need_table(source).name, item.name, item.hint)
        if item.spread and relation.many:
            raise unsupported(f"spreading the to-many embedding '{item.name}'")
        if relation.kind == "computed" and not source.stored:
            raise unsupported(f"the computed relationship '{item.name}' on returned rows")
        child = self._target(source, relation)
        where = self._where(source, relation, child)
        query = self.level(child, item.items, level, where)
        name = self._alias("embed")
        kind = raw("inner" if item.inner else "left")
        if relation.many:
            return self._many(query, item, name, kind)
        return self._one(query, item, name, kind, child, keys)

    def _target(self, source: Source, relation: Relation) -> Source:
        child = table_source(self.catalog, relation.target, self._alias(relation.target))
        if relation.kind != "computed":
            return child
        call = build("{}({})", ident(self.catalog.schema, relation.name), ident(source.alias))
        return replace(child, from_sql=build("{} as {}", call, ident(child.alias)))

    def _where(self, source: Source, relation: Relation, child: Source) -> tuple[Sql, ...]:
        if relation.junction is None:
            return _equal(source.alias, child.alias, relation.pairs)
        through = self._alias(relation.junction)
        inner = [
            *_equal(source.alias, through, relation.pairs),
            *_equal(through, child.alias, relation.far),
        ]
        table = build("{} as {}", ident(self.catalog.schema, relation.junction), ident(through))
        return (build("exists (select 1 from {} where {})", table, join(" and ", inner)),)

    def _many(self, query: Query, item: Embed, name: str, kind: Sql) -> _Joined:
        rows = build(
            "{} join lateral (select json_agg(line)::jsonb as j from ({}) as line) as {} on {}",
            kind,
            query.sql(),
            ident(name),
            build("{} is not null", ident(name, "j")) if item.inner else raw("true"),
        )
        value = build("coalesce({}, '[]'::jsonb)", ident(name, "j"))
        columns = ((item.label, value),) if item.items else ()
        return _Joined(rows, columns, ident(name, "j"))

    def _one(
        self,
        query: Query,
        item: Embed,
        name: str,
        kind: Sql,
        child: Source,
        keys: tuple[OrderTerm, ...],
    ) -> _Joined:
        if any(isinstance(part, Pick) and part.ref.name == "count" for part in item.items):
            raise unsupported(f"counting the to-one embedding '{item.name}'")
        sort = [
            build("{} as {}", child.field(key.ref), ident(f"k{i}")) for i, key in enumerate(keys)
        ]
        values = [query.columns]
        if not item.spread:
            values = [
                build("(select row_to_json(line) from (select {}) as line) as j", query.columns)
            ]
        line = build(
            "{} join lateral (select {} {}{}{}) as {} on true",
            kind,
            join(", ", [*values, *sort]),
            query.body,
            query.order,
            query.paging,
            ident(name),
        )
        sorted_by = tuple(ident(name, f"k{i}") for i in range(len(keys)))
        if item.spread:
            columns = tuple((label, ident(name, label)) for label in query.labels)
            return _Joined(line, columns, None, sorted_by)
        columns = ((item.label, ident(name, "j")),) if item.items else ()
        return _Joined(line, columns, ident(name, "j"), sorted_by)


def _equal(left: str, right: str, pairs: tuple[tuple[str, str], ...]) -> tuple[Sql, ...]:
    return tuple(build("{} = {}", ident(left, a), ident(right, b)) for a, b in pairs)


def _child(level: Level, item: Embed) -> Level:
    return level.children.get(item.label) or level.children.get(item.name) or Level()


def _keys_of(level: Level, item: Embed) -> tuple[OrderTerm, ...]:
    return tuple(term for term in level.order if term.relation in (item.label, item.name))


def check_children(embeds: dict[str, Embed], level: Level) -> None:
    """Refuse conditions and sort keys on what is not embedded (PGRST108)."""
    known = set(embeds) | {item.name for item in embeds.values()}
    wanted = [*level.children, *(term.relation for term in level.order if term.relation)]
    for name in wanted:
        if name not in known:
            raise ApiError(
                400,
                "PGRST108",
                f"'{name}' is not an embedded resource in this request",
                None,
                f"Verify that '{name}' is included in the 'select' query parameter.",
            )


def _columns(
    source: Source, items: tuple[Item, ...], joined: dict[str, _Joined]
) -> tuple[list[Sql], tuple[str, ...]]:
    columns: list[Sql] = []
    labels: list[str] = []
    for item in items:
        if isinstance(item, Star):
            columns.append(source.star())
            labels.extend(source.columns)
        elif isinstance(item, Pick):
            picked = source.field(item.ref)
            if item.cast:
                picked = build("cast({} as {})", picked, _type(item.cast))
            columns.append(build("{} as {}", picked, ident(item.label)))
            labels.append(item.label)
        else:
            for label, value in joined[item.label].columns:
                columns.append(build("{} as {}", value, ident(label)))
                labels.append(label)
    return columns, tuple(labels)


def _type(name: str) -> Sql:
    if not name.replace("_", "").replace(" ", "").isalnum():
        raise unsupported(f"a cast to '{name}'")
    # quoting would make a type of the name "double precision" unknown, so words are checked
    return raw(name)


def _order(
    source: Source, level: Level, embeds: dict[str, Embed], joined: dict[str, _Joined]
) -> Sql:
    terms: list[Sql] = []
    used: dict[str, int] = {}
    for term in level.order:
        if term.relation is None:
            terms.append(build("{}{}", source.field(term.ref), direction(term)))
            continue
        label = next(key for key, item in embeds.items() if term.relation in (key, item.name))
        if not joined[label].keys:
            raise ApiError(
                400,
                "PGRST118",
                f"A related order on '{term.relation}' is not possible",
                f"'{source.label}' and '{term.relation}' do not form a many-to-one or one-to-one"
                " relationship",
            )
        key = joined[label].keys[used.get(label, 0)]
        used[label] = used.get(label, 0) + 1
        terms.append(build("{}{}", key, direction(term)))
    return build(" order by {}", join(", ", terms)) if terms else raw("")


def _paging(level: Level) -> Sql:
    limit = f" limit {level.limit}" if level.limit is not None else ""
    return raw(limit + (f" offset {level.offset}" if level.offset else ""))

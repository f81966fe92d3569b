"""Reads the schema cache from PostgreSQL's catalog."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, Literal

import psycopg

from .model import Argument, Catalog, Column, ComputedRelation, ForeignKey, Function, Table

_COLUMNS = """
select c.relname, c.relkind in ('v', 'm'), a.attname, format_type(a.atttypid, a.atttypmod),
       case when a.attidentity <> ''
            then format('nextval(%%L::regclass)',
                        pg_get_serial_sequence(format('%%I.%%I', n.nspname, c.relname), a.attname))
            when a.attgenerated = '' then pg_get_expr(d.adbin, d.adrelid) end,
       coalesce(a.attnum = any (p.indkey), false)
from pg_class c
join pg_namespace n on n.oid = c.relnamespace
join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
left join pg_index p on p.indrelid = c.oid and p.indisprimary
where n.nspname = %s and c.relkind in ('r', 'p', 'v', 'm', 'f') and not c.relispartition
order by c.relname, a.attnum
"""

_KEYS = """
select k.conname, s.relname, f.relname,
       (select array_agg(a.attname::text order by u.i) from unnest(k.conkey) with ordinality u(n, i)
        join pg_attribute a on a.attrelid = s.oid and a.attnum = u.n),
       (select array_agg(a.attname::text order by u.i)
        from unnest(k.confkey) with ordinality u(n, i)
        join pg_attribute a on a.attrelid = f.oid and a.attnum = u.n),
       exists (select 1 from pg_constraint q where q.conrelid = s.oid and q.contype in ('p', 'u')
               and q.conkey @> k.conkey and q.conkey <@ k.conkey)
from pg_constraint k
join pg_class s on s.oid = k.conrelid
join pg_class f on f.oid = k.confrelid
where k.contype = 'f' and k.conparentid = 0
  and s.relnamespace = %(schema)s::regnamespace and f.relnamespace = %(schema)s::regnamespace
order by s.relname, k.conname
"""

_FUNCTIONS = """
select p.oid, p.proname, p.proretset, p.provariadic <> 0, p.provolatile = 'v', p.pronargdefaults,
       t.typname, t.typtype::text, p.prorows,
       (select c.relname from pg_class c
        where c.oid = t.typrelid and c.relkind in ('r', 'p', 'v', 'm', 'f')
          and c.relnamespace = p.pronamespace),
       (select array_agg(format_type(x.t, null) order by x.i)
        from unnest(p.proargtypes::oid[]) with ordinality x(t, i)),
       p.proargnames::text[], p.proargmodes::text[],
       (select array_agg(format_type(x.t, null) order by x.i)
        from unnest(p.proallargtypes) with ordinality x(t, i)),
       (select jsonb_object_agg(a.attname, format_type(a.atttypid, a.atttypmod))
        from pg_attribute a
        where a.attrelid = t.typrelid and a.attnum > 0 and not a.attisdropped),
       (select c.relname from pg_type x join pg_class c on c.oid = x.typrelid
        where x.oid = p.proargtypes[0] and c.relkind in ('r', 'p', 'v', 'm', 'f')
          and c.relnamespace = p.pronamespace)
from pg_proc p join pg_type t on t.oid = p.prorettype
where p.pronamespace = %s::regnamespace and p.prokind = 'f' and t.typname <> 'trigger'
order by p.proname, p.oid
"""


def load(connection: psycopg.Connection[Any], schema: str = "public") -> Catalog:
    """Read the catalog of one schema; the caller decides about the transaction."""
    tables = _tables(connection.execute(_COLUMNS, (schema,)).fetchall())
    keys = tuple(
        ForeignKey(name, table, tuple(columns), target, tuple(target_columns), unique)
        for name, table, target, columns, target_columns, unique in connection.execute(
            _KEYS, {"schema": schema}
        )
        if table in tables and target in tables
    )
    functions: dict[str, list[Function]] = defaultdict(list)
    computed: dict[str, set[str]] = defaultdict(set)
    relations: list[ComputedRelation] = []
    for row in connection.execute(_FUNCTIONS, (schema,)):
        function = _function(row)
        functions[function.name].append(function)
        source, single = row[15], len(function.arguments) == 1
        if source in tables and single and function.table in tables:
            many = function.many and row[8] != 1
            relations.append(ComputedRelation(function.name, source, function.table, many))
        elif source in tables and single and not function.many:
            computed[source].add(function.name)
    return Catalog(
        schema=schema,
        tables=tables,
        keys=keys,
        functions={name: tuple(group) for name, group in functions.items()},
        computed={name: frozenset(group) for name, group in computed.items()},
        relations=tuple(relations),
    )


def _tables(rows: list[tuple[Any, ...]]) -> dict[str, Table]:
    columns: dict[str, dict[str, Column]] = defaultdict(dict)
    keys: dict[str, list[str]] = defaultdict(list)
    views: dict[str, bool] = {}
    for table, view, name, type_name, default, in_key in rows:
        views[table] = view
        columns[table][name] = Column(name, type_name, default)
        if in_key:
            keys[table].append(name)
    return {
        name: Table(name, view, columns[name], tuple(keys[name])) for name, view in views.items()
    }


def _function(row: tuple[Any, ...]) -> Function:
    _, name, many, variadic, volatile, defaults, type_name, kind, _, table = row[:10]
    types, names, modes, all_types, attributes = row[10:15]
    types, names = types or [], names or []
    modes = modes or ["i"] * len(types)
    inputs = [names[i] if i < len(names) else "" for i, mode in enumerate(modes) if mode in "ibv"]
    arguments = tuple(
        Argument(argument, type_of, i < len(types) - defaults)
        for i, (argument, type_of) in enumerate(zip(inputs, types, strict=True))
    )
    outputs = {
        names[i]: Column(names[i], all_types[i]) for i, mode in enumerate(modes) if mode in "otb"
    }
    columns = outputs or {key: Column(key, of) for key, of in (attributes or {}).items()}
    returns: Literal["void", "scalar", "rows", "record"] = "scalar"
    if type_name == "void":
        returns = "void"
    elif kind == "c" or len(outputs) > 1 or (outputs and "t" in modes):
        returns = "rows"
    elif type_name == "record":
        returns = "record"
    return Function(
        name=name,
        arguments=arguments,
        returns=returns,
        many=many,
        columns=columns if returns == "rows" else {},
        table=table,
        volatile=volatile,
        variadic=variadic,
    )

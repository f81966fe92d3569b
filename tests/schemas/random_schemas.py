"""Random small schemas over few names, so that two of them share and contradict each other."""

from __future__ import annotations

from hypothesis import strategies as st

from archwright.schema.model import (
    Argument,
    Bucket,
    Check,
    Column,
    Enum,
    ForeignKey,
    Function,
    Grant,
    Index,
    Policy,
    Ref,
    Schema,
    Table,
    Trigger,
    Unique,
)

NAMES = ("alpha", "beta", "gamma")
VALUES = ("draft", "ready", "gone")
IS_OK = Ref("private", "is_ok")
OK = "private.is_ok"


def _columns(enums: tuple[Enum, ...], has_ok: bool) -> st.SearchStrategy[tuple[Column, ...]]:
    flag = st.booleans()
    title = st.builds(
        lambda n, d, c: Column(
            "title", "text", n, "''" if d else None, comment="It's" if c else ""
        ),
        flag,
        flag,
        flag,
    )
    count = st.builds(
        lambda kind, n: Column("count", kind, n, "0"),
        st.sampled_from(("integer", "bigint", "text", "numeric(10,2)")),
        flag,
    )
    defaults = [None, "now()", *(["private.stamp()"] if has_ok else [])]
    at = st.builds(
        lambda n, d: Column("at", "timestamp with time zone", n, d), flag, st.sampled_from(defaults)
    )
    kinds = [Column("state", "text", default="'draft'"), Column("state", "uuid", not_null=False)]
    if enums:
        first = enums[0].values[0]
        kinds += [
            Column("state", "state", enum="state", default=f"'{first}'::public.state"),
            Column("state", "state[]", enum="state", default="'{}'"),
        ]
    search = st.sampled_from(
        (
            Column("search", "text", not_null=False, generated="upper(caption)"),
            Column("search", "text", not_null=False, generated="lower(caption)"),
            Column("search", "text", not_null=False),
        )
    )
    pick = st.tuples(title, count, at, st.sampled_from(kinds), search)
    which = st.lists(st.booleans(), min_size=5, max_size=5)
    return st.builds(
        lambda columns, keep: tuple(c for c, k in zip(columns, keep, strict=True) if k), pick, which
    )


@st.composite
def _table(
    draw: st.DrawFn, name: str, others: list[str], enums: tuple[Enum, ...], ok: bool
) -> Table:
    ref = Ref("public", name)
    columns = [Column("id", "uuid", default="gen_random_uuid()"), Column("caption", "text", False)]
    columns += draw(_columns(enums, ok))
    keys: list[ForeignKey] = []
    for other in others:
        if draw(st.booleans()):
            columns.append(Column(f"{other}_id", "uuid", draw(st.booleans())))
            how = draw(st.sampled_from(("cascade", "set null", "no action")))
            keys.append(
                ForeignKey(
                    f"{name}_{other}_id_fkey",
                    (f"{other}_id",),
                    Ref("public", other),
                    ("id",),
                    how,
                    deferred=draw(st.booleans()),
                )
            )
    checks = [Check(f"{name}_caption_check", f"char_length(caption) <= {draw(_small)}")]
    if ok:
        checks.append(Check(f"{name}_ok_check", f"{OK}(caption)"))
    has = {c.name for c in columns}
    uniques = []
    if "count" in has and draw(st.booleans()):
        nulls_equal = draw(st.booleans())
        uniques.append(Unique(f"{name}_count_key", draw(_unique_columns), nulls_equal))
    primary = draw(st.sampled_from((("id",), ("id", "caption")))) if not others else ("id",)
    columns[1] = Column("caption", "text", "caption" in primary)
    alone = Unique(f"{name}_id_key", ("id",))
    return Table(
        ref,
        tuple(draw(st.permutations(columns))),
        primary,
        tuple(c for c in checks if draw(st.booleans())),
        tuple([*uniques, *([alone] if primary != ("id",) else [])]),
        tuple(keys),
        comment=draw(st.sampled_from(("", "A thing"))),
    )


_small = st.integers(1, 3)
_unique_columns = st.sampled_from((("count",), ("count", "id")))


def _ok(draw: st.DrawFn) -> tuple[Function, ...]:
    default = draw(st.booleans())
    name = draw(st.sampled_from(("p_text", "p_value")))
    body = draw(st.sampled_from(("select true", f"select {name} is not null")))
    given = f"{name} text" + (" default null" if default else "")
    head = "language sql immutable set search_path = ''"
    stamp = (
        "create or replace function private.stamp() returns timestamp with time zone\n"
        "language sql stable set search_path = '' as $$ select now() $$"
    )
    return (
        Function(
            IS_OK,
            (Argument(name, "text", default),),
            "boolean",
            False,
            f"create or replace function {OK}({given}) returns boolean\n{head} as $$ {body} $$",
            draw(_callers),
            comment=draw(st.sampled_from(("", "Checks"))),
        ),
        Function(Ref("private", "stamp"), (), "timestamp with time zone", False, stamp),
    )


_callers = st.sampled_from(((), ("authenticated",), ("anon", "authenticated")))


def _table_functions(draw: st.DrawFn, table: Table) -> tuple[Function, ...]:
    name = table.ref.name
    kind, body = draw(st.sampled_from((("boolean", "$1.id is not null"), ("text", "$1.caption"))))
    flag = (
        f"create or replace function public.flag(public.{name}) returns {kind}\n"
        f"language sql stable set search_path = '' as $$ select {body} $$"
    )
    every = (
        f"create or replace function public.all_{name}() returns setof public.{name}\n"
        f"language sql stable set search_path = '' as $$ select * from public.{name} $$"
    )
    ref = str(table.ref)
    return (
        Function(Ref("public", "flag"), (Argument("", ref),), kind, False, flag, draw(_callers)),
        Function(Ref("public", f"all_{name}"), (), ref, True, every, draw(_callers)),
    )


def _ring(draw: st.DrawFn) -> tuple[Function, ...]:
    """Two functions that call each other: neither can be checked before the other is there."""
    n = draw(_small)
    return tuple(
        Function(
            Ref("public", me),
            (Argument("n", "integer"),),
            "integer",
            False,
            f"create or replace function public.{me}(n integer) returns integer\n"
            f"language sql stable set search_path = '' as $$\n"
            f"  select case when n < {n} then 0 else public.{other}(n - 1) end\n$$",
        )
        for me, other in (("even_steps", "odd_steps"), ("odd_steps", "even_steps"))
    )


_TOUCH = Function(
    Ref("public", "touch"),
    (),
    "trigger",
    False,
    "create or replace function public.touch() returns trigger\n"
    "language plpgsql set search_path = '' as $$ begin return new; end $$",
)


def _trigger(draw: st.DrawFn, table: Table) -> Trigger:
    column = draw(st.sampled_from([c.name for c in table.columns if c.generated is None]))
    name = table.ref.name
    return Trigger(
        f"{name}_touch",
        table.ref,
        f"create trigger {name}_touch before update of {column} on public.{name}\n"
        "  for each row execute function public.touch()",
    )


def _policies(draw: st.DrawFn, table: Table, ok: bool) -> tuple[Policy, ...]:
    columns = [c.name for c in table.columns]
    conditions = [f"{draw(st.sampled_from(columns))} is not null", "true"]
    conditions += [f"{OK}(caption)"] if ok else []
    who = draw(st.sampled_from((("authenticated",), ("anon", "authenticated"))))
    condition = draw(st.sampled_from(conditions))
    command = draw(st.sampled_from(("select", "update", "all")))
    check = condition if command == "update" and draw(st.booleans()) else None
    return (Policy("may see", table.ref, command, who, condition, check),)


def _grants(draw: st.DrawFn, table: Table) -> tuple[Grant, ...]:
    columns = [c.name for c in table.columns]
    some = draw(st.lists(st.sampled_from(columns), unique=True, max_size=3))
    return (
        Grant(table.ref, "authenticated", "select", tuple(sorted(some))),
        Grant(table.ref, draw(st.sampled_from(("anon", "service_role"))), "insert"),
    )


def _indexes(draw: st.DrawFn, table: Table) -> tuple[Index, ...]:
    column = draw(st.sampled_from([c.name for c in table.columns]))
    where = draw(st.sampled_from((None, f"{column} is not null")))
    name = f"{table.ref.name}_idx"
    more = ("id",) if draw(st.booleans()) and column != "id" else ()
    columns = (f"{column} desc", *more)
    return (Index(name, table.ref, columns, unique=draw(st.booleans()), where=where),)


@st.composite
def schemas(draw: st.DrawFn) -> Schema:
    """Return a consistent schema of up to three tables."""
    values = draw(st.lists(st.sampled_from(VALUES), unique=True, max_size=3))
    enums = (Enum("state", tuple(values)),) if values else ()
    ok = draw(st.booleans())
    names = sorted(draw(st.sets(st.sampled_from(NAMES))))
    tables = [draw(_table(n, names if draw(st.booleans()) else [], enums, ok)) for n in names]
    functions = list(_ok(draw)) if ok else []
    functions += _ring(draw) if draw(st.booleans()) else ()
    triggers: list[Trigger] = []
    policies: list[Policy] = []
    grants: list[Grant] = []
    indexes: list[Index] = []
    for table in tables:
        functions += _table_functions(draw, table) if draw(st.booleans()) else ()
        triggers += [_trigger(draw, table)] if draw(st.booleans()) else []
        policies += _policies(draw, table, ok) if draw(st.booleans()) else ()
        grants += _grants(draw, table) if draw(st.booleans()) else ()
        indexes += _indexes(draw, table) if draw(st.booleans()) else ()
    if triggers:
        functions.append(_TOUCH)
    buckets = (Bucket("media", draw(st.booleans()), draw(_small), ("image/png",)),)
    return Schema(
        (),
        enums,
        tuple(tables),
        tuple(indexes),
        tuple(functions),
        tuple(triggers),
        tuple(policies),
        tuple(grants),
        buckets if draw(st.booleans()) else (),
    )

"""Partitions by time: made ahead and dropped by a job, so that no date stands in a migration."""

from __future__ import annotations

from archwright.catalog.manifest import PartitionSpec
from archwright.schema.model import Argument, Function, Job, Ref, Table
from archwright.schema.sql_text import literal, name

_BODY = """
create or replace function private.keep_partitions(
  parent regclass, every text, keep interval default null, ahead int default 3
) returns void
language plpgsql security definer
set search_path = '' set timezone = 'UTC' set lock_timeout = '10s' as $$
declare
  title text;
  column_name text;
  columns text;
  step interval := ('1 ' || every)::interval;
  oldest timestamptz := date_trunc(every, now()) - keep;
  goal timestamptz := date_trunc(every, now()) + step * (ahead + 1);
  low timestamptz;
  high timestamptz;
  rest text;
  made text;
  stray boolean;
  held boolean;
begin
  perform pg_advisory_xact_lock(hashtextextended('partitions of ' || parent::text, 0));
  select c.relname, a.attname into title, column_name
  from pg_class c
  join pg_partitioned_table p on p.partrelid = c.oid
  join pg_attribute a on a.attrelid = c.oid and a.attnum = p.partattrs[0]
  where c.oid = parent;
  select string_agg(quote_ident(a.attname), ', ' order by a.attnum) into columns
  from pg_attribute a
  where a.attrelid = parent and a.attnum > 0 and not a.attisdropped and a.attgenerated = '';
  rest := title || '_default';
  if to_regclass('private.' || quote_ident(rest)) is null then
    execute format('create table private.%I partition of %s default', rest, parent);
    perform private.close_partition(rest);
  end if;

  -- The first moment that has no partition yet. Of what is to be dropped none is made.
  select max(private.partition_end(i.inhrelid)) into low
  from pg_inherits i where i.inhparent = parent;
  low := greatest(coalesce(low, date_trunc(every, now())), oldest);

  -- Rows whose time had no partition lie in the default one: while it is on its own, no trigger
  -- takes their move for something that happened.
  execute format(
    'select exists (select from private.%I where %I >= $1 and %I < $2 or %I < $3)',
    rest, column_name, column_name, column_name
  ) into stray using low, goal, oldest;
  if stray then
    execute format('alter table %s detach partition private.%I', parent, rest);
    execute format('delete from private.%I where %I < $1', rest, column_name) using oldest;
  end if;
  while low < goal loop
    high := date_trunc(every, low) + step;
    made := title || to_char(low, '_YYYYMMDD');
    held := false;
    if stray then
      execute format(
        'select exists (select from private.%I where %I >= $1 and %I < $2)',
        rest, column_name, column_name
      ) into held using low, high;
    end if;
    if held then
      execute format('create table private.%I (like %s including all)', made, parent);
      execute format(
        'with gone as (delete from private.%I where %I >= $1 and %I < $2 returning %s)'
        ' insert into private.%I (%s) select %s from gone',
        rest, column_name, column_name, columns, made, columns, columns
      ) using low, high;
      execute format(
        'alter table %s attach partition private.%I for values from (%L) to (%L)',
        parent, made, low, high
      );
    else
      execute format(
        'create table private.%I partition of %s for values from (%L) to (%L)',
        made, parent, low, high
      );
    end if;
    perform private.close_partition(made);
    low := high;
  end loop;
  if stray then
    execute format('alter table %s attach partition private.%I default', parent, rest);
  end if;

  for made in
    select c.relname
    from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = parent and private.partition_end(c.oid) <= oldest
  loop
    execute format('drop table private.%I', made);
  end loop;
end;
$$
"""
_CLOSE = """
create or replace function private.close_partition(title text) returns void
language plpgsql security definer set search_path = '' as $$
begin
  execute format('alter table private.%I enable row level security', title);
  execute format(
    'revoke all on private.%I from public, anon, authenticated, service_role', title
  );
end;
$$
"""
_END = r"""
create or replace function private.partition_end(part oid) returns timestamptz
language sql stable set search_path = '' as $$
  select (regexp_match(pg_get_expr(c.relpartbound, c.oid), 'TO \(''([^'']+)''\)'))[1]::timestamptz
  from pg_class c where c.oid = part
$$
"""


def functions() -> tuple[Function, ...]:
    """Return the functions that keep the partitions of any table."""
    keep = Function(
        Ref("private", "keep_partitions"),
        (
            Argument("parent", "regclass"),
            Argument("every", "text"),
            Argument("keep", "interval", has_default=True),
            Argument("ahead", "integer", has_default=True),
        ),
        "void",
        False,
        _BODY.strip(),
        comment=(
            "Makes the partitions of the days to come and drops those that ended longer ago than"
            " they are kept. Rows without a partition lie in the default one until they have one."
        ),
    )
    close = Function(
        Ref("private", "close_partition"),
        (Argument("title", "text"),),
        "void",
        False,
        _CLOSE.strip(),
        comment="Closes a partition: its rows are reached by the whole table, and its rules.",
    )
    end = Function(
        Ref("private", "partition_end"),
        (Argument("part", "oid"),),
        "timestamp with time zone",
        False,
        _END.strip(),
        comment="When a partition's time ends; null for the default one.",
    )
    return end, close, keep


def partition_job(spec: PartitionSpec, table: Table) -> Job:
    """Return the job that keeps a table's partitions: each night, and when the table is made."""
    given = [literal(name(table.ref)), literal(spec.every)]
    given += [literal(spec.keep)] if spec.keep else []
    command = f"select private.keep_partitions({', '.join(given)})"
    return Job(f"partitions_of_{table.ref.name}", "17 3 * * *", command, at_once=True)

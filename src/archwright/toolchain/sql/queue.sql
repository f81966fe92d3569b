-- Schema pgmq: message queues in tables, with the functions of the extension of that name.
create schema pgmq authorization postgres;
set role postgres;

create table pgmq.meta (
  queue_name varchar not null unique,
  is_partitioned boolean not null,
  is_unlogged boolean not null,
  created_at timestamptz not null default now()
);
create type pgmq.message_record as (
  msg_id bigint, read_ct integer, enqueued_at timestamptz, vt timestamptz, message jsonb,
  headers jsonb
);
create type pgmq.queue_record as (
  queue_name varchar, is_partitioned boolean, is_unlogged boolean, created_at timestamptz
);
create type pgmq.metrics_result as (
  queue_name text, queue_length bigint, newest_msg_age_sec integer, oldest_msg_age_sec integer,
  total_messages bigint, scrape_time timestamptz, queue_visible_length bigint
);

-- The table of a queue ("q") or of its archive ("a"); a name that is none is refused.
create function pgmq.format_table_name(queue_name text, prefix text)
returns text language plpgsql immutable set search_path = '' as $$
begin
  if queue_name is null or queue_name !~ '^[A-Za-z0-9_]{1,47}$' then
    raise exception 'queue name contains invalid characters or is too long: %',
      left(queue_name, 60) using errcode = '22023';
  end if;
  return lower(prefix || '_' || queue_name);
end
$$;

create function pgmq._make(queue_name text, kind text)
returns void language plpgsql set search_path = '' as $$
declare
  queue text := pgmq.format_table_name(queue_name, 'q');
  kept text := pgmq.format_table_name(queue_name, 'a');
begin
  perform pg_advisory_xact_lock(hashtextextended('pgmq.' || queue, 0));
  if to_regclass(format('pgmq.%I', queue)) is not null then
    return;
  end if;
  execute format(
    'create %s table pgmq.%I (msg_id bigint primary key generated always as identity,'
    ' read_ct integer not null default 0, enqueued_at timestamptz not null default now(),'
    ' vt timestamptz not null, message jsonb, headers jsonb)', kind, queue);
  execute format('create index %I on pgmq.%I (vt)', queue || '_vt_idx', queue);
  execute format(
    'create table pgmq.%I (msg_id bigint primary key, read_ct integer not null default 0,'
    ' enqueued_at timestamptz not null default now(), archived_at timestamptz not null'
    ' default now(), vt timestamptz not null, message jsonb, headers jsonb)', kept);
  execute format('create index %I on pgmq.%I (archived_at)', 'archived_at_idx_' || queue_name, kept);
  insert into pgmq.meta (queue_name, is_partitioned, is_unlogged)
  values (_make.queue_name, false, kind <> '') on conflict do nothing;
end
$$;

create function pgmq."create"(queue_name text)
returns void language sql set search_path = '' as $$ select pgmq._make($1, '') $$;

create function pgmq.create_non_partitioned(queue_name text)
returns void language sql set search_path = '' as $$ select pgmq._make($1, '') $$;

create function pgmq.create_unlogged(queue_name text)
returns void language sql set search_path = '' as $$ select pgmq._make($1, 'unlogged') $$;

create function pgmq.drop_queue(queue_name text)
returns boolean language plpgsql set search_path = '' as $$
begin
  execute format('drop table if exists pgmq.%I', pgmq.format_table_name(queue_name, 'q'));
  execute format('drop table if exists pgmq.%I', pgmq.format_table_name(queue_name, 'a'));
  delete from pgmq.meta where meta.queue_name = drop_queue.queue_name;
  return found;
end
$$;

create function pgmq.list_queues()
returns setof pgmq.queue_record language sql stable set search_path = '' as $$
  select queue_name, is_partitioned, is_unlogged, created_at from pgmq.meta order by queue_name
$$;

create function pgmq.send_batch(
  queue_name text, msgs jsonb[], headers jsonb[], delay timestamptz
) returns setof bigint language plpgsql set search_path = '' as $$
begin
  if headers is not null and cardinality(headers) <> cardinality(msgs) then
    raise exception 'messages and headers differ in number' using errcode = '22023';
  end if;
  return query execute format(
    'insert into pgmq.%I (vt, message, headers) select $2, m.message, m.headers'
    ' from unnest($1, $3) with ordinality as m (message, headers, place) order by m.place'
    ' returning msg_id', pgmq.format_table_name(queue_name, 'q')
  ) using msgs, delay, coalesce(headers, array_fill(null::jsonb, array[cardinality(msgs)]));
end
$$;

create function pgmq.send_batch(
  queue_name text, msgs jsonb[], headers jsonb[], delay integer default 0
) returns setof bigint language sql set search_path = '' as $$
  select pgmq.send_batch($1, $2, $3, clock_timestamp() + make_interval(secs => $4))
$$;

create function pgmq.send_batch(queue_name text, msgs jsonb[], delay integer default 0)
returns setof bigint language sql set search_path = '' as $$
  select pgmq.send_batch($1, $2, null, clock_timestamp() + make_interval(secs => $3))
$$;

create function pgmq.send_batch(queue_name text, msgs jsonb[], delay timestamptz)
returns setof bigint language sql set search_path = '' as $$
  select pgmq.send_batch($1, $2, null, $3)
$$;

create function pgmq.send(queue_name text, msg jsonb, headers jsonb, delay timestamptz)
returns setof bigint language sql set search_path = '' as $$
  select pgmq.send_batch($1, array[$2], array[$3], $4)
$$;

create function pgmq.send(queue_name text, msg jsonb, headers jsonb, delay integer default 0)
returns setof bigint language sql set search_path = '' as $$
  select pgmq.send_batch($1, array[$2], array[$3], $4)
$$;

create function pgmq.send(queue_name text, msg jsonb, delay integer default 0)
returns setof bigint language sql set search_path = '' as $$
  select pgmq.send_batch($1, array[$2], $3)
$$;

create function pgmq.send(queue_name text, msg jsonb, delay timestamptz)
returns setof bigint language sql set search_path = '' as $$
  select pgmq.send_batch($1, array[$2], $3)
$$;

-- Messages that nobody has now; they come again after "vt" seconds unless they are deleted.
create function pgmq.read(
  queue_name text, vt integer, qty integer, conditional jsonb default '{}'
) returns setof pgmq.message_record language plpgsql set search_path = '' as $$
begin
  return query execute format(
    'with next as (select msg_id from pgmq.%1$I where vt <= clock_timestamp()'
    ' and case when $3 = ''{}'' then true else message @> $3 end'
    ' order by msg_id limit $1 for update skip locked)'
    ' update pgmq.%1$I m set vt = clock_timestamp() + make_interval(secs => $2),'
    ' read_ct = read_ct + 1 from next where m.msg_id = next.msg_id'
    ' returning m.msg_id, m.read_ct, m.enqueued_at, m.vt, m.message, m.headers',
    pgmq.format_table_name(queue_name, 'q')
  ) using qty, vt, conditional;
end
$$;

create function pgmq.read_with_poll(
  queue_name text, vt integer, qty integer, max_poll_seconds integer default 5,
  poll_interval_ms integer default 100, conditional jsonb default '{}'
) returns setof pgmq.message_record language plpgsql set search_path = '' as $$
declare
  until timestamptz := clock_timestamp() + make_interval(secs => max_poll_seconds);
begin
  loop
    return query select * from pgmq.read(queue_name, vt, qty, conditional);
    if found or clock_timestamp() >= until then
      return;
    end if;
    perform pg_sleep(greatest(poll_interval_ms, 1) / 1000.0);
  end loop;
end
$$;

create function pgmq.pop(queue_name text, qty integer default 1)
returns setof pgmq.message_record language plpgsql set search_path = '' as $$
begin
  return query execute format(
    'with next as (select msg_id from pgmq.%1$I where vt <= clock_timestamp()'
    ' order by msg_id limit $1 for update skip locked)'
    ' delete from pgmq.%1$I m using next where m.msg_id = next.msg_id'
    ' returning m.msg_id, m.read_ct, m.enqueued_at, m.vt, m.message, m.headers',
    pgmq.format_table_name(queue_name, 'q')
  ) using qty;
end
$$;

create function pgmq.delete(queue_name text, msg_ids bigint[])
returns setof bigint language plpgsql set search_path = '' as $$
begin
  return query execute format('delete from pgmq.%I where msg_id = any ($1) returning msg_id',
    pgmq.format_table_name(queue_name, 'q')) using msg_ids;
end
$$;

create function pgmq.delete(queue_name text, msg_id bigint)
returns boolean language sql set search_path = '' as $$
  select count(*) > 0 from pgmq.delete($1, array[$2])
$$;

create function pgmq.archive(queue_name text, msg_ids bigint[])
returns setof bigint language plpgsql set search_path = '' as $$
begin
  return query execute format(
    'with gone as (delete from pgmq.%I where msg_id = any ($1)'
    ' returning msg_id, vt, read_ct, enqueued_at, message, headers)'
    ' insert into pgmq.%I (msg_id, vt, read_ct, enqueued_at, message, headers)'
    ' select * from gone returning msg_id',
    pgmq.format_table_name(queue_name, 'q'), pgmq.format_table_name(queue_name, 'a')
  ) using msg_ids;
end
$$;

create function pgmq.archive(queue_name text, msg_id bigint)
returns boolean language sql set search_path = '' as $$
  select count(*) > 0 from pgmq.archive($1, array[$2])
$$;

create function pgmq.set_vt(queue_name text, msg_id bigint, vt integer)
returns setof pgmq.message_record language plpgsql set search_path = '' as $$
begin
  return query execute format(
    'update pgmq.%I set vt = clock_timestamp() + make_interval(secs => $2) where msg_id = $1'
    ' returning msg_id, read_ct, enqueued_at, vt, message, headers',
    pgmq.format_table_name(queue_name, 'q')) using msg_id, vt;
end
$$;

create function pgmq.purge_queue(queue_name text)
returns bigint language plpgsql set search_path = '' as $$
declare
  gone bigint;
begin
  execute format('delete from pgmq.%I', pgmq.format_table_name(queue_name, 'q'));
  get diagnostics gone = row_count;
  return gone;
end
$$;

create function pgmq.metrics(queue_name text)
returns pgmq.metrics_result language plpgsql set search_path = '' as $$
declare
  queue text := pgmq.format_table_name(queue_name, 'q');
  told pgmq.metrics_result;
begin
  execute format(
    'select $1, count(*), extract(epoch from clock_timestamp() - max(enqueued_at))::integer,'
    ' extract(epoch from clock_timestamp() - min(enqueued_at))::integer,'
    ' coalesce((select last_value from pg_sequences where schemaname = ''pgmq'''
    ' and sequencename = $2), 0), clock_timestamp(),'
    ' count(*) filter (where vt <= clock_timestamp()) from pgmq.%I', queue
  ) into told using queue_name, queue || '_msg_id_seq';
  return told;
end
$$;

create function pgmq.metrics_all()
returns setof pgmq.metrics_result language sql set search_path = '' as $$
  select m.* from pgmq.meta, lateral pgmq.metrics(meta.queue_name) m order by meta.queue_name
$$;

reset role;

-- Schema realtime: messages sent from the database and who may receive them.
create schema realtime authorization supabase_realtime_admin;
grant usage on schema realtime to postgres, anon, authenticated, service_role;

create table realtime.messages (
  topic text not null,
  extension text not null,
  payload jsonb,
  event text,
  private boolean default false,
  updated_at timestamp not null default now(),
  inserted_at timestamp not null default now(),
  id uuid not null default gen_random_uuid(),
  primary key (id, inserted_at)
) partition by range (inserted_at);
-- The platform cuts a partition per day; here one holds them all.
create table realtime.messages_all partition of realtime.messages default;

create function realtime.topic() returns text language sql stable as $$
  select nullif(current_setting('realtime.topic', true), '')
$$;

-- Not security definer, as on the platform: a caller without the right to insert only gets a
-- warning, so trigger functions that broadcast have to be security definer themselves.
create function realtime.send(payload jsonb, event text, topic text, private boolean default true)
returns void language plpgsql as $$
declare
  message_id uuid := gen_random_uuid();
  content jsonb := payload;
  asked_topic text := coalesce(current_setting('realtime.topic', true), '');
begin
  -- receivers tell messages apart by it, and a payload of their own making may have one
  if jsonb_typeof(content) = 'object' and not content ? 'id' then
    content := content || jsonb_build_object('id', message_id);
  end if;
  -- for policies on realtime.messages that look at the topic
  perform set_config('realtime.topic', send.topic, true);
  insert into realtime.messages (id, payload, event, topic, private, extension)
  values (message_id, content, send.event, send.topic, send.private, 'broadcast');
  perform set_config('realtime.topic', asked_topic, true);
exception when others then
  raise warning 'ErrorSendingBroadcastMessage: %', sqlerrm;
end
$$;

create function realtime.broadcast_changes(
  topic_name text,
  event_name text,
  operation text,
  table_name text,
  table_schema text,
  new record,
  old record,
  level text default 'ROW'
) returns void language plpgsql as $$
begin
  if level = 'STATEMENT' then
    raise exception 'function can only be triggered for each row, not for each statement';
  end if;
  if operation not in ('INSERT', 'UPDATE', 'DELETE') then
    raise exception 'Unexpected operation %', operation;
  end if;
  perform realtime.send(
    jsonb_build_object(
      'operation', operation,
      'schema', table_schema,
      'table', table_name,
      'record', to_jsonb(new),
      'old_record', to_jsonb(old)
    ),
    event_name,
    topic_name
  );
end
$$;

alter table realtime.messages owner to supabase_realtime_admin;
alter table realtime.messages_all owner to supabase_realtime_admin;
alter function realtime.topic() owner to supabase_realtime_admin;
alter function realtime.send(jsonb, text, text, boolean) owner to supabase_realtime_admin;
alter function realtime.broadcast_changes(text, text, text, text, text, record, record, text)
  owner to supabase_realtime_admin;

alter table realtime.messages enable row level security;
alter table realtime.messages_all enable row level security;
grant select, insert, update on realtime.messages to postgres, anon, authenticated, service_role;

-- What the service follows to deliver messages; the app's own publication is supabase_realtime.
create publication supabase_realtime_messages_publication for table realtime.messages
  with (publish = 'insert', publish_via_partition_root = true);

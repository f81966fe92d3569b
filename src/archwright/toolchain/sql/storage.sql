-- Schema storage: buckets, objects and the path functions that policies are written with.
create schema storage authorization supabase_storage_admin;
grant usage on schema storage to postgres, anon, authenticated, service_role;

create type storage.buckettype as enum ('STANDARD', 'ANALYTICS', 'VECTOR');

create table storage.buckets (
  id text primary key,
  name text not null,
  owner uuid,
  created_at timestamptz default now(),
  updated_at timestamptz default now(),
  public boolean default false,
  avif_autodetection boolean default false,
  file_size_limit bigint,
  allowed_mime_types text[],
  owner_id text,
  type storage.buckettype not null default 'STANDARD'
);
create unique index bname on storage.buckets (name);

create table storage.objects (
  id uuid primary key default gen_random_uuid(),
  bucket_id text references storage.buckets (id),
  name text,
  owner uuid,
  created_at timestamptz default now(),
  updated_at timestamptz default now(),
  last_accessed_at timestamptz default now(),
  metadata jsonb,
  path_tokens text[] generated always as (string_to_array(name, '/')) stored,
  version text,
  owner_id text,
  user_metadata jsonb
);
create unique index bucketid_objname on storage.objects (bucket_id, name);
create index name_prefix_search on storage.objects (name text_pattern_ops);

create function storage.foldername(name text) returns text[] language sql immutable as $$
  select parts[1:cardinality(parts) - 1] from (select string_to_array(name, '/') as parts) as split
$$;

create function storage.filename(name text) returns text language sql immutable as $$
  select split_part(name, '/', -1)
$$;

create function storage.extension(name text) returns text language sql immutable as $$
  select split_part(split_part(name, '/', -1), '.', -1)
$$;

-- Which call of the Storage API a statement belongs to, for policies: "storage.object.upload".
create function storage.operation() returns text language sql stable as $$
  select coalesce(current_setting('storage.operation', true), '')
$$;

create function storage.get_size_by_bucket() returns table (size bigint, bucket_id text)
language sql stable as $$
  select coalesce(sum((o.metadata ->> 'size')::bigint), 0)::bigint, o.bucket_id
  from storage.objects o group by o.bucket_id
$$;

-- Tries an upload as the caller; a policy's refusal comes out as its error.
create function storage.can_insert_object(bucketid text, name text, owner uuid, metadata jsonb)
returns void language plpgsql as $$
begin
  insert into storage.objects (bucket_id, name, owner, metadata)
  values (bucketid, name, owner, metadata);
  raise sqlstate 'PT200' using message = 'ROLLBACK', detail = 'rollback successful insert';
end
$$;

-- One folder: its folders by name, then its files. "levels" counts the path's parts down to
-- what is listed; prefix and search do not tell upper from lower case.
create function storage.search(
  prefix text, bucketname text, limits integer default 100, levels integer default 1,
  offsets integer default 0, search text default '', sortcolumn text default 'name',
  sortorder text default 'asc'
) returns table (
  name text, id uuid, updated_at timestamptz, created_at timestamptz,
  last_accessed_at timestamptz, metadata jsonb
) language plpgsql stable as $$
#variable_conflict use_column
declare
  direction text := case when sortorder = 'desc' then 'desc' else 'asc' end;
  sorted text := case
    when sortcolumn in ('updated_at', 'created_at', 'last_accessed_at') then sortcolumn
    else 'name'
  end;
begin
  return query execute format(
    $query$
      with found as (
        select o.path_tokens[$3] as name, cardinality(o.path_tokens) > $3 as folder, o.id,
          o.updated_at, o.created_at, o.last_accessed_at, o.metadata
        from storage.objects o
        where o.bucket_id = $2 and starts_with(lower(o.name), lower($1))
          and cardinality(o.path_tokens) >= $3
      ), listed as (
        select distinct f.name, true as folder, null::uuid as id, null::timestamptz as updated_at,
          null::timestamptz as created_at, null::timestamptz as last_accessed_at,
          null::jsonb as metadata
        from found f where f.folder
        union all
        select f.name, false, f.id, f.updated_at, f.created_at, f.last_accessed_at, f.metadata
        from found f where not f.folder
      )
      select l.name, l.id, l.updated_at, l.created_at, l.last_accessed_at, l.metadata
      from listed l
      order by l.folder desc, l.%1$I %2$s, l.name %2$s
      limit $4 offset $5
    $query$, sorted, direction
  ) using prefix || coalesce(search, ''), bucketname, levels, limits, offsets;
end
$$;

-- One page of a bucket, all levels. A page starts after a name, or after a time and a name.
create function storage.list_objects(
  prefix text, bucket_name text, limits integer default 100, start_after text default '',
  sort_order text default 'asc', sort_column text default 'name',
  sort_column_after text default ''
) returns table (
  key text, name text, id uuid, updated_at timestamptz, created_at timestamptz,
  last_accessed_at timestamptz, metadata jsonb
) language plpgsql stable as $$
#variable_conflict use_column
declare
  down boolean := sort_order = 'desc';
  sorted text := case when sort_column in ('updated_at', 'created_at') then sort_column end;
  place text := case when sorted is null then 'o.name collate "C"'
    else format('row(o.%I, o.name collate "C")', sorted) end;
  after_it text := case when sorted is null then '$4' else 'row($5, $4)' end;
begin
  return query execute format(
    $query$
      select o.name, o.name, o.id, o.updated_at, o.created_at, o.last_accessed_at, o.metadata
      from storage.objects o
      where o.bucket_id = $2 and starts_with(o.name, $1) and ($4 = '' or %1$s %2$s %3$s)
      order by %4$s o.name collate "C" %5$s
      limit $3
    $query$,
    place, case when down then '<' else '>' end, after_it,
    case when sorted is null then '' else format('o.%I %s,', sorted,
      case when down then 'desc' else 'asc' end) end,
    case when down then 'desc' else 'asc' end
  ) using prefix, bucket_name, limits, start_after, nullif(sort_column_after, '')::timestamptz;
end
$$;

-- The same for one level: a folder stands for all that lies in it, with the earliest of its
-- times, its name ends with a slash and its id is null.
create function storage.search_v2(
  prefix text, bucket_name text, limits integer default 100, levels integer default 1,
  start_after text default '', sort_order text default 'asc', sort_column text default 'name',
  sort_column_after text default ''
) returns table (
  key text, name text, id uuid, updated_at timestamptz, created_at timestamptz,
  last_accessed_at timestamptz, metadata jsonb
) language plpgsql stable as $$
#variable_conflict use_column
declare
  down boolean := sort_order = 'desc';
  sorted text := case when sort_column in ('updated_at', 'created_at') then sort_column end;
  place text := case when sorted is null then 'l.name collate "C"'
    else format('row(l.%I, l.name collate "C")', sorted) end;
  after_it text := case when sorted is null then '$4' else 'row($5, $4)' end;
begin
  return query execute format(
    $query$
      with found as (
        select o.*, cardinality(o.path_tokens) > $6 as folder
        from storage.objects o
        where o.bucket_id = $2 and starts_with(o.name, $1)
          and cardinality(o.path_tokens) >= $6
      ), listed as (
        select f.path_tokens[$6] as key, array_to_string(f.path_tokens[:$6], '/') || '/' as name,
          null::uuid as id, min(f.updated_at) as updated_at, min(f.created_at) as created_at,
          min(f.last_accessed_at) as last_accessed_at, null::jsonb as metadata
        from found f where f.folder
        group by 1, 2
        union all
        select f.path_tokens[$6], f.name, f.id, f.updated_at, f.created_at, f.last_accessed_at,
          f.metadata
        from found f where not f.folder
      )
      select l.key, l.name, l.id, l.updated_at, l.created_at, l.last_accessed_at, l.metadata
      from listed l
      where $4 = '' or %1$s %2$s %3$s
      order by %4$s l.name collate "C" %5$s
      limit $3
    $query$,
    place, case when down then '<' else '>' end, after_it,
    case when sorted is null then '' else format('l.%I %s,', sorted,
      case when down then 'desc' else 'asc' end) end,
    case when down then 'desc' else 'asc' end
  ) using prefix, bucket_name, limits, start_after, nullif(sort_column_after, '')::timestamptz,
    levels;
end
$$;

create function storage.update_updated_at_column() returns trigger language plpgsql as $$
begin
  new.updated_at = now();
  return new;
end
$$;
create trigger update_objects_updated_at before update on storage.objects
  for each row execute function storage.update_updated_at_column();

-- A row deleted by SQL would leave its file behind, so the platform refuses it.
create function storage.protect_delete() returns trigger language plpgsql as $$
begin
  if coalesce(current_setting('storage.allow_delete_query', true), 'false') <> 'true' then
    raise exception 'Direct deletion from storage tables is not allowed. Use the Storage API instead.'
      using errcode = '42501';
  end if;
  return null;
end
$$;
create trigger protect_buckets_delete before delete on storage.buckets
  for each statement execute function storage.protect_delete();
create trigger protect_objects_delete before delete on storage.objects
  for each statement execute function storage.protect_delete();

alter table storage.buckets owner to supabase_storage_admin;
alter table storage.objects owner to supabase_storage_admin;
alter function storage.foldername(text) owner to supabase_storage_admin;
alter function storage.filename(text) owner to supabase_storage_admin;
alter function storage.extension(text) owner to supabase_storage_admin;
alter type storage.buckettype owner to supabase_storage_admin;
alter function storage.operation() owner to supabase_storage_admin;
alter function storage.get_size_by_bucket() owner to supabase_storage_admin;
alter function storage.can_insert_object(text, text, uuid, jsonb) owner to supabase_storage_admin;
alter function storage.search(text, text, integer, integer, integer, text, text, text)
  owner to supabase_storage_admin;
alter function storage.list_objects(text, text, integer, text, text, text, text)
  owner to supabase_storage_admin;
alter function storage.search_v2(text, text, integer, integer, text, text, text, text)
  owner to supabase_storage_admin;
alter function storage.update_updated_at_column() owner to supabase_storage_admin;
alter function storage.protect_delete() owner to supabase_storage_admin;

-- The API roles may touch the tables; which rows, the app's policies say.
alter table storage.buckets enable row level security;
alter table storage.objects enable row level security;
grant all on storage.buckets, storage.objects to postgres, anon, authenticated, service_role;

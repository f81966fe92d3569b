-- The whole app

-- Extensions and schemas

create schema if not exists private;

-- Types

create type public.clip_status as enum ('draft', 'ready');

-- Tables

create table public.profiles (
  id            uuid                      not null,
  handle        extensions.citext         not null,
  display_name  text                      not null,
  created_at    timestamp with time zone  not null default now(),
  updated_at    timestamp with time zone  not null default now(),
  primary key (id),
  constraint profiles_handle_key unique (handle),
  constraint profiles_display_name_check check (char_length(display_name) between 1 and 60),
  constraint profiles_handle_check check (char_length(handle) between 3 and 30),
  constraint profiles_id_fkey foreign key (id) references auth.users (id) on delete cascade
);
comment on table public.profiles is 'What others see of a member';

alter table public.profiles enable row level security;
revoke all on public.profiles from public, anon, authenticated, service_role;

create table public.clips (
  id             uuid                      not null default gen_random_uuid(),
  author_id      uuid                      not null default auth.uid(),
  caption        text                      not null default '',
  tags           text[]                    not null default '{}',
  seconds        integer                   not null,
  status         public.clip_status        not null default 'draft',
  search         tsvector                  generated always as (to_tsvector('english', caption)) stored,
  created_at     timestamp with time zone  not null default now(),
  updated_at     timestamp with time zone  not null default now(),
  like_count     bigint                    not null default 0,
  comment_count  bigint                    not null default 0,
  primary key (id),
  constraint clips_caption_check check (char_length(caption) between 0 and 150),
  constraint clips_caption_trimmed check (caption = btrim(caption)),
  constraint clips_comment_count_check check (comment_count >= 0),
  constraint clips_like_count_check check (like_count >= 0),
  constraint clips_seconds_check check (seconds between 1 and 600),
  constraint clips_tags_check check (cardinality(tags) between 0 and 5),
  constraint clips_author_id_fkey foreign key (author_id)
    references public.profiles (id) on delete cascade
);
comment on table public.clips is 'A clip of a member';

alter table public.clips enable row level security;
revoke all on public.clips from public, anon, authenticated, service_role;

create table public.clip_comments (
  id          uuid                      not null default gen_random_uuid(),
  clip_id     uuid                      not null,
  author_id   uuid                      not null default auth.uid(),
  parent_id   uuid,
  body        text                      not null,
  deleted_at  timestamp with time zone,
  created_at  timestamp with time zone  not null default now(),
  like_count  bigint                    not null default 0,
  primary key (id),
  constraint clip_comments_id_clip_id_key unique (id, clip_id),
  constraint clip_comments_body_check check (char_length(body) between 1 and 500),
  constraint clip_comments_like_count_check check (like_count >= 0),
  constraint clip_comments_author_id_fkey foreign key (author_id)
    references public.profiles (id) on delete cascade,
  constraint clip_comments_clip_id_fkey foreign key (clip_id)
    references public.clips (id) on delete cascade,
  constraint clip_comments_parent_id_clip_id_fkey foreign key (parent_id, clip_id)
    references public.clip_comments (id, clip_id) on delete cascade
);
comment on table public.clip_comments is 'A comment on a clip';

alter table public.clip_comments enable row level security;
revoke all on public.clip_comments from public, anon, authenticated, service_role;

create table public.clip_comment_likes (
  clip_comment_id  uuid                      not null,
  user_id          uuid                      not null default auth.uid(),
  created_at       timestamp with time zone  not null default now(),
  primary key (user_id, clip_comment_id),
  constraint clip_comment_likes_clip_comment_id_fkey foreign key (clip_comment_id)
    references public.clip_comments (id) on delete cascade,
  constraint clip_comment_likes_user_id_fkey foreign key (user_id)
    references public.profiles (id) on delete cascade
);
comment on table public.clip_comment_likes is 'Which member likes which comment';

alter table public.clip_comment_likes enable row level security;
revoke all on public.clip_comment_likes from public, anon, authenticated, service_role;

create table public.clip_likes (
  clip_id     uuid                      not null,
  user_id     uuid                      not null default auth.uid(),
  created_at  timestamp with time zone  not null default now(),
  primary key (user_id, clip_id),
  constraint clip_likes_clip_id_fkey foreign key (clip_id)
    references public.clips (id) on delete cascade,
  constraint clip_likes_user_id_fkey foreign key (user_id)
    references public.profiles (id) on delete cascade
);
comment on table public.clip_likes is 'Which member likes which clip';

alter table public.clip_likes enable row level security;
revoke all on public.clip_likes from public, anon, authenticated, service_role;

create table public.notices (
  id            uuid                      not null default gen_random_uuid(),
  recipient_id  uuid                      not null,
  actor_id      uuid                      not null,
  kind          text                      not null,
  group_key     text                      not null,
  created_at    timestamp with time zone  not null default now(),
  primary key (id),
  constraint notices_group_key_check check (char_length(group_key) between 1 and 120),
  constraint notices_kind_check check (char_length(kind) between 1 and 60),
  constraint notices_actor_id_fkey foreign key (actor_id)
    references public.profiles (id) on delete cascade,
  constraint notices_recipient_id_fkey foreign key (recipient_id)
    references public.profiles (id) on delete cascade
);
comment on table public.notices is 'What a member is told';

alter table public.notices enable row level security;
revoke all on public.notices from public, anon, authenticated, service_role;

create table public.reports (
  id               uuid                      not null default gen_random_uuid(),
  reporter_id      uuid                      not null default auth.uid(),
  reason           text                      not null,
  created_at       timestamp with time zone  not null default now(),
  clip_id          uuid,
  profile_id       uuid,
  clip_comment_id  uuid,
  primary key (id),
  constraint reports_one_subject check (num_nonnulls(clip_id, clip_comment_id, profile_id) = 1),
  constraint reports_reason_check check (char_length(reason) between 1 and 300),
  constraint reports_clip_comment_id_fkey foreign key (clip_comment_id)
    references public.clip_comments (id) on delete cascade,
  constraint reports_clip_id_fkey foreign key (clip_id)
    references public.clips (id) on delete cascade,
  constraint reports_profile_id_fkey foreign key (profile_id)
    references public.profiles (id) on delete cascade,
  constraint reports_reporter_id_fkey foreign key (reporter_id)
    references public.profiles (id) on delete cascade
);
comment on table public.reports is 'What a member reported';

alter table public.reports enable row level security;
revoke all on public.reports from public, anon, authenticated, service_role;

create table public.series (
  id             uuid                      not null default gen_random_uuid(),
  owner_id       uuid                      not null default auth.uid(),
  title          text                      not null,
  created_at     timestamp with time zone  not null default now(),
  updated_at     timestamp with time zone  not null default now(),
  comment_count  bigint                    not null default 0,
  primary key (id),
  constraint series_comment_count_check check (comment_count >= 0),
  constraint series_title_check check (char_length(title) between 1 and 2000),
  constraint series_owner_id_fkey foreign key (owner_id)
    references public.profiles (id) on delete cascade
);
comment on table public.series is 'A series of the platform';

alter table public.series enable row level security;
revoke all on public.series from public, anon, authenticated, service_role;

create table public.series_comments (
  id          uuid                      not null default gen_random_uuid(),
  series_id   uuid                      not null,
  author_id   uuid                      not null default auth.uid(),
  parent_id   uuid,
  body        text                      not null,
  deleted_at  timestamp with time zone,
  created_at  timestamp with time zone  not null default now(),
  like_count  bigint                    not null default 0,
  primary key (id),
  constraint series_comments_id_series_id_key unique (id, series_id),
  constraint series_comments_body_check check (char_length(body) between 1 and 500),
  constraint series_comments_like_count_check check (like_count >= 0),
  constraint series_comments_author_id_fkey foreign key (author_id)
    references public.profiles (id) on delete cascade,
  constraint series_comments_parent_id_series_id_fkey foreign key (parent_id, series_id)
    references public.series_comments (id, series_id) on delete cascade,
  constraint series_comments_series_id_fkey foreign key (series_id)
    references public.series (id) on delete cascade
);
comment on table public.series_comments is 'A comment on a series';

alter table public.series_comments enable row level security;
revoke all on public.series_comments from public, anon, authenticated, service_role;

create table public.series_comment_likes (
  series_comment_id  uuid                      not null,
  user_id            uuid                      not null default auth.uid(),
  created_at         timestamp with time zone  not null default now(),
  primary key (user_id, series_comment_id),
  constraint series_comment_likes_series_comment_id_fkey foreign key (series_comment_id)
    references public.series_comments (id) on delete cascade,
  constraint series_comment_likes_user_id_fkey foreign key (user_id)
    references public.profiles (id) on delete cascade
);
comment on table public.series_comment_likes is 'Which member likes which comment';

alter table public.series_comment_likes enable row level security;
revoke all on public.series_comment_likes from public, anon, authenticated, service_role;

-- Functions

create or replace function private.clips_status_states() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if (old.status = 'draft' and new.status = 'ready' and (old.author_id = (select auth.uid())))
    or (old.status = 'ready' and new.status = 'draft' and ((select private.has_role('moderator')))) then
    return new;
  end if;
  raise exception 'cannot go from % to %', old.status, new.status
    using errcode = 'check_violation', constraint = 'clip_states';
end;
$$;
revoke execute on function private.clips_status_states() from public, anon, authenticated, service_role;

create or replace function private.count_clip_comment_likes_as_like_count() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  ids uuid[];
  changes bigint[];
begin
  if tg_op = 'INSERT' then
    select array_agg(c.id), array_agg(c.more) into ids, changes from (
      select s.id, sum(s.more)::bigint as more from (
        select r.clip_comment_id as id, 1 as more
        from rows_after r
        where r.clip_comment_id is not null
      ) s
      group by s.id having sum(s.more) <> 0
    ) c;
  elsif tg_op = 'DELETE' then
    select array_agg(c.id), array_agg(c.more) into ids, changes from (
      select s.id, sum(s.more)::bigint as more from (
        select r.clip_comment_id as id, -1 as more
        from rows_before r
        where r.clip_comment_id is not null
      ) s
      group by s.id having sum(s.more) <> 0
    ) c;
  else
    select array_agg(c.id), array_agg(c.more) into ids, changes from (
      select s.id, sum(s.more)::bigint as more from (
        select r.clip_comment_id as id, -1 as more
        from rows_before r
        where r.clip_comment_id is not null
        union all
        select r.clip_comment_id as id, 1 as more
        from rows_after r
        where r.clip_comment_id is not null
      ) s
      group by s.id having sum(s.more) <> 0
    ) c;
  end if;
  if cardinality(ids) > 1 then
    perform 1 from public.clip_comments t where t.id = any (ids)
    order by t.id for no key update;
  end if;
  if cardinality(ids) > 0 then
    update public.clip_comments t set like_count = t.like_count + c.more
    from unnest(ids, changes) as c (id, more) where t.id = c.id;
  end if;
  return null;
end;
$$;
revoke execute on function private.count_clip_comment_likes_as_like_count() from public, anon, authenticated, service_role;

create or replace function private.count_clip_comments_as_comment_count() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  ids uuid[];
  changes bigint[];
begin
  if tg_op = 'INSERT' then
    select array_agg(c.id), array_agg(c.more) into ids, changes from (
      select s.id, sum(s.more)::bigint as more from (
        select r.clip_id as id, 1 as more
        from rows_after r
        where r.clip_id is not null and r.deleted_at is null
      ) s
      group by s.id having sum(s.more) <> 0
    ) c;
  elsif tg_op = 'DELETE' then
    select array_agg(c.id), array_agg(c.more) into ids, changes from (
      select s.id, sum(s.more)::bigint as more from (
        select r.clip_id as id, -1 as more
        from rows_before r
        where r.clip_id is not null and r.deleted_at is null
      ) s
      group by s.id having sum(s.more) <> 0
    ) c;
  else
    select array_agg(c.id), array_agg(c.more) into ids, changes from (
      select s.id, sum(s.more)::bigint as more from (
        select r.clip_id as id, -1 as more
        from rows_before r
        where r.clip_id is not null and r.deleted_at is null
        union all
        select r.clip_id as id, 1 as more
        from rows_after r
        where r.clip_id is not null and r.deleted_at is null
      ) s
      group by s.id having sum(s.more) <> 0
    ) c;
  end if;
  if cardinality(ids) > 1 then
    perform 1 from public.clips t where t.id = any (ids)
    order by t.id for no key update;
  end if;
  if cardinality(ids) > 0 then
    update public.clips t set comment_count = t.comment_count + c.more
    from unnest(ids, changes) as c (id, more) where t.id = c.id;
  end if;
  return null;
end;
$$;
revoke execute on function private.count_clip_comments_as_comment_count() from public, anon, authenticated, service_role;

create or replace function private.count_clip_likes_as_like_count() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  ids uuid[];
  changes bigint[];
begin
  if tg_op = 'INSERT' then
    select array_agg(c.id), array_agg(c.more) into ids, changes from (
      select s.id, sum(s.more)::bigint as more from (
        select r.clip_id as id, 1 as more
        from rows_after r
        where r.clip_id is not null
      ) s
      group by s.id having sum(s.more) <> 0
    ) c;
  elsif tg_op = 'DELETE' then
    select array_agg(c.id), array_agg(c.more) into ids, changes from (
      select s.id, sum(s.more)::bigint as more from (
        select r.clip_id as id, -1 as more
        from rows_before r
        where r.clip_id is not null
      ) s
      group by s.id having sum(s.more) <> 0
    ) c;
  else
    select array_agg(c.id), array_agg(c.more) into ids, changes from (
      select s.id, sum(s.more)::bigint as more from (
        select r.clip_id as id, -1 as more
        from rows_before r
        where r.clip_id is not null
        union all
        select r.clip_id as id, 1 as more
        from rows_after r
        where r.clip_id is not null
      ) s
      group by s.id having sum(s.more) <> 0
    ) c;
  end if;
  if cardinality(ids) > 1 then
    perform 1 from public.clips t where t.id = any (ids)
    order by t.id for no key update;
  end if;
  if cardinality(ids) > 0 then
    update public.clips t set like_count = t.like_count + c.more
    from unnest(ids, changes) as c (id, more) where t.id = c.id;
  end if;
  return null;
end;
$$;
revoke execute on function private.count_clip_likes_as_like_count() from public, anon, authenticated, service_role;

create or replace function private.count_series_comment_likes_as_like_count() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  ids uuid[];
  changes bigint[];
begin
  if tg_op = 'INSERT' then
    select array_agg(c.id), array_agg(c.more) into ids, changes from (
      select s.id, sum(s.more)::bigint as more from (
        select r.series_comment_id as id, 1 as more
        from rows_after r
        where r.series_comment_id is not null
      ) s
      group by s.id having sum(s.more) <> 0
    ) c;
  elsif tg_op = 'DELETE' then
    select array_agg(c.id), array_agg(c.more) into ids, changes from (
      select s.id, sum(s.more)::bigint as more from (
        select r.series_comment_id as id, -1 as more
        from rows_before r
        where r.series_comment_id is not null
      ) s
      group by s.id having sum(s.more) <> 0
    ) c;
  else
    select array_agg(c.id), array_agg(c.more) into ids, changes from (
      select s.id, sum(s.more)::bigint as more from (
        select r.series_comment_id as id, -1 as more
        from rows_before r
        where r.series_comment_id is not null
        union all
        select r.series_comment_id as id, 1 as more
        from rows_after r
        where r.series_comment_id is not null
      ) s
      group by s.id having sum(s.more) <> 0
    ) c;
  end if;
  if cardinality(ids) > 1 then
    perform 1 from public.series_comments t where t.id = any (ids)
    order by t.id for no key update;
  end if;
  if cardinality(ids) > 0 then
    update public.series_comments t set like_count = t.like_count + c.more
    from unnest(ids, changes) as c (id, more) where t.id = c.id;
  end if;
  return null;
end;
$$;
revoke execute on function private.count_series_comment_likes_as_like_count() from public, anon, authenticated, service_role;

create or replace function private.count_series_comments_as_comment_count() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  ids uuid[];
  changes bigint[];
begin
  if tg_op = 'INSERT' then
    select array_agg(c.id), array_agg(c.more) into ids, changes from (
      select s.id, sum(s.more)::bigint as more from (
        select r.series_id as id, 1 as more
        from rows_after r
        where r.series_id is not null and r.deleted_at is null
      ) s
      group by s.id having sum(s.more) <> 0
    ) c;
  elsif tg_op = 'DELETE' then
    select array_agg(c.id), array_agg(c.more) into ids, changes from (
      select s.id, sum(s.more)::bigint as more from (
        select r.series_id as id, -1 as more
        from rows_before r
        where r.series_id is not null and r.deleted_at is null
      ) s
      group by s.id having sum(s.more) <> 0
    ) c;
  else
    select array_agg(c.id), array_agg(c.more) into ids, changes from (
      select s.id, sum(s.more)::bigint as more from (
        select r.series_id as id, -1 as more
        from rows_before r
        where r.series_id is not null and r.deleted_at is null
        union all
        select r.series_id as id, 1 as more
        from rows_after r
        where r.series_id is not null and r.deleted_at is null
      ) s
      group by s.id having sum(s.more) <> 0
    ) c;
  end if;
  if cardinality(ids) > 1 then
    perform 1 from public.series t where t.id = any (ids)
    order by t.id for no key update;
  end if;
  if cardinality(ids) > 0 then
    update public.series t set comment_count = t.comment_count + c.more
    from unnest(ids, changes) as c (id, more) where t.id = c.id;
  end if;
  return null;
end;
$$;
revoke execute on function private.count_series_comments_as_comment_count() from public, anon, authenticated, service_role;

-- Gives each new account its profile
create or replace function private.create_profile() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  insert into public.profiles (id, handle, display_name)
  values (new.id, 'member_' || left(new.id::text, 8), 'New member');
  return null;
end;
$$;
comment on function private.create_profile() is 'Gives each new account its profile';
revoke execute on function private.create_profile() from public, anon, authenticated, service_role;

create or replace function private.notify_clip_comment_liked() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  insert into public.notices (recipient_id, actor_id, kind, group_key)
  select about.author_id, new.user_id, 'clip_comment_liked', 'clip_comment_liked' || ':' || new.clip_comment_id::text
  from public.profiles told
  join public.clip_comments about on about.id = new.clip_comment_id
  where told.id = about.author_id
    and about.author_id <> new.user_id
    and private.wants_notice(about.author_id, new.user_id, 'clip_comment_liked');
  return null;
end;
$$;
revoke execute on function private.notify_clip_comment_liked() from public, anon, authenticated, service_role;

create or replace function private.notify_clip_liked() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  insert into public.notices (recipient_id, actor_id, kind, group_key)
  select about.author_id, new.user_id, 'clip_liked', 'clip_liked' || ':' || new.clip_id::text
  from public.profiles told
  join public.clips about on about.id = new.clip_id
  where told.id = about.author_id
    and about.author_id <> new.user_id
    and private.wants_notice(about.author_id, new.user_id, 'clip_liked');
  return null;
end;
$$;
revoke execute on function private.notify_clip_liked() from public, anon, authenticated, service_role;

create or replace function private.notify_series_comment_liked() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  insert into public.notices (recipient_id, actor_id, kind, group_key)
  select about.author_id, new.user_id, 'series_comment_liked', 'series_comment_liked' || ':' || new.series_comment_id::text
  from public.profiles told
  join public.series_comments about on about.id = new.series_comment_id
  where told.id = about.author_id
    and about.author_id <> new.user_id
    and private.wants_notice(about.author_id, new.user_id, 'series_comment_liked');
  return null;
end;
$$;
revoke execute on function private.notify_series_comment_liked() from public, anon, authenticated, service_role;

create or replace function private.touch_updated_at() returns trigger
language plpgsql set search_path = '' as $$
begin
  new.updated_at := now();
  return new;
end;
$$;
revoke execute on function private.touch_updated_at() from public, anon, authenticated, service_role;

-- Tells whether a member wants to hear of this
create or replace function private.wants_notice(recipient uuid, actor uuid, kind text)
returns boolean
language sql stable set search_path = '' as $$
  select recipient <> actor and kind <> ''
$$;
comment on function private.wants_notice(uuid, uuid, text) is 'Tells whether a member wants to hear of this';
revoke execute on function private.wants_notice(uuid, uuid, text) from public, anon, authenticated, service_role;

-- The newest clips that are ready
create or replace function public.clips_of_day(p_before timestamptz default 'infinity')
returns setof public.clips
language sql stable set search_path = '' as $$
  select * from public.clips where created_at < p_before order by created_at desc limit 20
$$;
comment on function public.clips_of_day(timestamp with time zone) is 'The newest clips that are ready';
revoke execute on function public.clips_of_day(timestamp with time zone) from public, anon, authenticated, service_role;
grant execute on function public.clips_of_day(timestamp with time zone) to anon, authenticated;

-- Takes a comment on a clip away
create or replace function public.delete_clip_comment(p_comment_id uuid)
returns void
language sql set search_path = '' as $$
  update public.clip_comments set deleted_at = now() where id = p_comment_id
$$;
comment on function public.delete_clip_comment(uuid) is 'Takes a comment on a clip away';
revoke execute on function public.delete_clip_comment(uuid) from public, anon, authenticated, service_role;
grant execute on function public.delete_clip_comment(uuid) to authenticated;

-- Takes a comment on a series away
create or replace function public.delete_series_comment(p_comment_id uuid)
returns void
language sql set search_path = '' as $$
  update public.series_comments set deleted_at = now() where id = p_comment_id
$$;
comment on function public.delete_series_comment(uuid) is 'Takes a comment on a series away';
revoke execute on function public.delete_series_comment(uuid) from public, anon, authenticated, service_role;
grant execute on function public.delete_series_comment(uuid) to authenticated;

create or replace function public.viewer_liked(public.clip_comments) returns boolean
language plpgsql stable set search_path = '' as $$
begin
  if (select auth.uid()) is null then
    return false;
  end if;
  return exists (
    select 1 from public.clip_comment_likes x
    where x.clip_comment_id = $1.id and x.user_id = (select auth.uid())
  );
end;
$$;
revoke execute on function public.viewer_liked(public.clip_comments) from public, anon, authenticated, service_role;
grant execute on function public.viewer_liked(public.clip_comments) to anon, authenticated, service_role;

create or replace function public.viewer_liked(public.clips) returns boolean
language plpgsql stable set search_path = '' as $$
begin
  if (select auth.uid()) is null then
    return false;
  end if;
  return exists (
    select 1 from public.clip_likes x
    where x.clip_id = $1.id and x.user_id = (select auth.uid())
  );
end;
$$;
revoke execute on function public.viewer_liked(public.clips) from public, anon, authenticated, service_role;
grant execute on function public.viewer_liked(public.clips) to anon, authenticated, service_role;

create or replace function public.viewer_liked(public.series_comments) returns boolean
language plpgsql stable set search_path = '' as $$
begin
  if (select auth.uid()) is null then
    return false;
  end if;
  return exists (
    select 1 from public.series_comment_likes x
    where x.series_comment_id = $1.id and x.user_id = (select auth.uid())
  );
end;
$$;
revoke execute on function public.viewer_liked(public.series_comments) from public, anon, authenticated, service_role;
grant execute on function public.viewer_liked(public.series_comments) to anon, authenticated, service_role;

-- Indexes

create index clip_comment_likes_clip_comment_id_idx on public.clip_comment_likes (clip_comment_id);

create index clip_comments_author_id_idx on public.clip_comments (author_id);

create index clip_comments_clip_id_idx on public.clip_comments (clip_id);

create index clip_comments_parent_id_clip_id_idx on public.clip_comments (parent_id, clip_id);

create index clip_likes_clip_id_idx on public.clip_likes (clip_id);

create index clips_author_id_created_at_id_idx on public.clips (author_id, created_at desc, id desc);

create index clips_newest_idx
  on public.clips (created_at desc, id desc)
  where status = 'ready';

create unique index clips_one_draft_idx
  on public.clips (author_id)
  where status = 'draft';

create index clips_search_idx on public.clips using gin (search);

create index notices_actor_id_idx on public.notices (actor_id);

create index notices_recipient_id_idx on public.notices (recipient_id);

create index reports_clip_comment_id_clip_comment_id_is_not_null_idx
  on public.reports (clip_comment_id)
  where clip_comment_id is not null;

create index reports_clip_id_clip_id_is_not_null_idx
  on public.reports (clip_id)
  where clip_id is not null;

create index reports_profile_id_profile_id_is_not_null_idx
  on public.reports (profile_id)
  where profile_id is not null;

create index reports_reporter_id_idx on public.reports (reporter_id);

create index series_comment_likes_series_comment_id_idx
  on public.series_comment_likes (series_comment_id);

create index series_comments_author_id_idx on public.series_comments (author_id);

create index series_comments_parent_id_series_id_idx
  on public.series_comments (parent_id, series_id);

create index series_comments_series_id_idx on public.series_comments (series_id);

create index series_created_at_id_idx on public.series (created_at desc, id desc);

create index series_owner_id_created_at_id_idx on public.series (owner_id, created_at desc, id desc);

-- Triggers

create trigger create_profile after insert on auth.users
  for each row execute function private.create_profile();

create trigger count_clip_comment_likes_as_like_count_delete after delete on public.clip_comment_likes
  referencing old table as rows_before
  for each statement execute function private.count_clip_comment_likes_as_like_count();

create trigger count_clip_comment_likes_as_like_count_insert after insert on public.clip_comment_likes
  referencing new table as rows_after
  for each statement execute function private.count_clip_comment_likes_as_like_count();

create trigger count_clip_comment_likes_as_like_count_update after update on public.clip_comment_likes
  referencing old table as rows_before new table as rows_after
  for each statement execute function private.count_clip_comment_likes_as_like_count();

create trigger notify_clip_comment_liked after insert on public.clip_comment_likes
  for each row execute function private.notify_clip_comment_liked();

create trigger count_clip_comments_as_comment_count_delete after delete on public.clip_comments
  referencing old table as rows_before
  for each statement execute function private.count_clip_comments_as_comment_count();

create trigger count_clip_comments_as_comment_count_insert after insert on public.clip_comments
  referencing new table as rows_after
  for each statement execute function private.count_clip_comments_as_comment_count();

create trigger count_clip_comments_as_comment_count_update after update on public.clip_comments
  referencing old table as rows_before new table as rows_after
  for each statement execute function private.count_clip_comments_as_comment_count();

create trigger count_clip_likes_as_like_count_delete after delete on public.clip_likes
  referencing old table as rows_before
  for each statement execute function private.count_clip_likes_as_like_count();

create trigger count_clip_likes_as_like_count_insert after insert on public.clip_likes
  referencing new table as rows_after
  for each statement execute function private.count_clip_likes_as_like_count();

create trigger count_clip_likes_as_like_count_update after update on public.clip_likes
  referencing old table as rows_before new table as rows_after
  for each statement execute function private.count_clip_likes_as_like_count();

create trigger notify_clip_liked after insert on public.clip_likes
  for each row execute function private.notify_clip_liked();

create trigger clip_states before update of status on public.clips
  for each row
  when (old.status is distinct from new.status) execute function private.clips_status_states();

create trigger clips_touch before update of caption, status, tags on public.clips
  for each row execute function private.touch_updated_at();

create trigger profiles_touch before update of display_name, handle on public.profiles
  for each row execute function private.touch_updated_at();

create trigger series_touch before update of title on public.series
  for each row execute function private.touch_updated_at();

create trigger count_series_comment_likes_as_like_count_delete after delete on public.series_comment_likes
  referencing old table as rows_before
  for each statement execute function private.count_series_comment_likes_as_like_count();

create trigger count_series_comment_likes_as_like_count_insert after insert on public.series_comment_likes
  referencing new table as rows_after
  for each statement execute function private.count_series_comment_likes_as_like_count();

create trigger count_series_comment_likes_as_like_count_update after update on public.series_comment_likes
  referencing old table as rows_before new table as rows_after
  for each statement execute function private.count_series_comment_likes_as_like_count();

create trigger notify_series_comment_liked after insert on public.series_comment_likes
  for each row execute function private.notify_series_comment_liked();

create trigger count_series_comments_as_comment_count_delete after delete on public.series_comments
  referencing old table as rows_before
  for each statement execute function private.count_series_comments_as_comment_count();

create trigger count_series_comments_as_comment_count_insert after insert on public.series_comments
  referencing new table as rows_after
  for each statement execute function private.count_series_comments_as_comment_count();

create trigger count_series_comments_as_comment_count_update after update on public.series_comments
  referencing old table as rows_before new table as rows_after
  for each statement execute function private.count_series_comments_as_comment_count();

-- Row-level security

create policy "members may delete" on public.clip_comment_likes
  for delete
  to authenticated
  using (user_id = (select auth.uid()));

create policy "members may insert" on public.clip_comment_likes
  for insert
  to authenticated
  with check (
    user_id = (select auth.uid())
    and exists (
      select 1 from public.clip_comments c
      where c.id = clip_comment_likes.clip_comment_id
      offset 0
    )
  );

create policy "members may select" on public.clip_comment_likes
  for select
  to authenticated
  using (user_id = (select auth.uid()));

create policy "guests may select" on public.clip_comments
  for select
  to anon
  using (
    exists (select 1 from public.clips c where c.id = clip_comments.clip_id offset 0)
    and deleted_at is null
  );

create policy "members may insert" on public.clip_comments
  for insert
  to authenticated
  with check (
    author_id = (select auth.uid())
    and exists (select 1 from public.clips c where c.id = clip_comments.clip_id offset 0)
  );

create policy "members may select" on public.clip_comments
  for select
  to authenticated
  using (
    exists (select 1 from public.clips c where c.id = clip_comments.clip_id offset 0)
    and (deleted_at is null or author_id = (select auth.uid()))
  );

create policy "members may delete" on public.clip_likes
  for delete
  to authenticated
  using (user_id = (select auth.uid()));

create policy "members may insert" on public.clip_likes
  for insert
  to authenticated
  with check (
    user_id = (select auth.uid())
    and exists (select 1 from public.clips c where c.id = clip_likes.clip_id offset 0)
  );

create policy "members may select" on public.clip_likes
  for select
  to authenticated
  using (user_id = (select auth.uid()));

create policy "guests may select" on public.clips
  for select
  to anon
  using (status = 'ready');

create policy "members may delete" on public.clips
  for delete
  to authenticated
  using (author_id = (select auth.uid()) or (select private.has_role('moderator')));

create policy "members may insert" on public.clips
  for insert
  to authenticated
  with check (author_id = (select auth.uid()));

create policy "members may select" on public.clips
  for select
  to authenticated
  using (status = 'ready' or author_id = (select auth.uid()));

create policy "members may update" on public.clips
  for update
  to authenticated
  using (author_id = (select auth.uid()))
  with check (author_id = (select auth.uid()));

create policy "members may select" on public.notices
  for select
  to authenticated
  using (recipient_id = (select auth.uid()));

create policy "anyone may select" on public.profiles
  for select
  to anon, authenticated
  using (true);

create policy "members may update" on public.profiles
  for update
  to authenticated
  using (id = (select auth.uid()))
  with check (id = (select auth.uid()));

create policy "members may insert" on public.reports
  for insert
  to authenticated
  with check (reporter_id = (select auth.uid()));

create policy "members may select" on public.reports
  for select
  to authenticated
  using (reporter_id = (select auth.uid()) or (select private.has_role('moderator')));

create policy "anyone may select" on public.series
  for select
  to anon, authenticated
  using (true);

create policy "members may delete" on public.series
  for delete
  to authenticated
  using (owner_id = (select auth.uid()));

create policy "members may insert" on public.series
  for insert
  to authenticated
  with check (owner_id = (select auth.uid()));

create policy "members may update" on public.series
  for update
  to authenticated
  using (owner_id = (select auth.uid()))
  with check (owner_id = (select auth.uid()));

create policy "members may delete" on public.series_comment_likes
  for delete
  to authenticated
  using (user_id = (select auth.uid()));

create policy "members may insert" on public.series_comment_likes
  for insert
  to authenticated
  with check (
    user_id = (select auth.uid())
    and exists (
      select 1 from public.series_comments s
      where s.id = series_comment_likes.series_comment_id
      offset 0
    )
  );

create policy "members may select" on public.series_comment_likes
  for select
  to authenticated
  using (user_id = (select auth.uid()));

create policy "guests may select" on public.series_comments
  for select
  to anon
  using (
    exists (
      select 1 from public.series s
      where s.id = series_comments.series_id
      offset 0
    )
    and deleted_at is null
  );

create policy "members may insert" on public.series_comments
  for insert
  to authenticated
  with check (
    author_id = (select auth.uid())
    and exists (
      select 1 from public.series s
      where s.id = series_comments.series_id
      offset 0
    )
  );

create policy "members may select" on public.series_comments
  for select
  to authenticated
  using (
    exists (
      select 1 from public.series s
      where s.id = series_comments.series_id
      offset 0
    )
    and (deleted_at is null or author_id = (select auth.uid()))
  );

create policy clips_delete on storage.objects
  for delete
  to authenticated
  using (
    bucket_id = 'clips' and (storage.foldername(name))[1] = (select auth.uid())::text
  );

create policy clips_insert on storage.objects
  for insert
  to authenticated
  with check (
    bucket_id = 'clips' and (storage.foldername(name))[1] = (select auth.uid())::text and (select private.has_account())
  );

create policy clips_select on storage.objects
  for select
  to anon, authenticated
  using (bucket_id = 'clips');

-- Grants

grant select, delete on public.clip_comment_likes to authenticated;
grant insert (clip_comment_id) on public.clip_comment_likes to authenticated;

grant select, insert, update, delete on public.clip_comment_likes to service_role;

grant select on public.clip_comments to anon;

grant select on public.clip_comments to authenticated;
grant insert (body, clip_id, parent_id) on public.clip_comments to authenticated;

grant select, insert, update, delete on public.clip_comments to service_role;

grant select, delete on public.clip_likes to authenticated;
grant insert (clip_id) on public.clip_likes to authenticated;

grant select, insert, update, delete on public.clip_likes to service_role;

grant select on public.clips to anon;

grant select, delete on public.clips to authenticated;
grant insert (caption, seconds, tags) on public.clips to authenticated;
grant update (caption, status, tags) on public.clips to authenticated;

grant select, insert, update, delete on public.clips to service_role;

grant select on public.notices to authenticated;

grant select, insert, update, delete on public.notices to service_role;

grant select on public.profiles to anon;

grant select on public.profiles to authenticated;
grant update (display_name, handle) on public.profiles to authenticated;

grant select, insert, update, delete on public.profiles to service_role;

grant select on public.reports to authenticated;
grant insert (clip_comment_id, clip_id, profile_id, reason) on public.reports to authenticated;

grant select, insert, update, delete on public.reports to service_role;

grant select on public.series to anon;

grant select, delete on public.series to authenticated;
grant insert (title) on public.series to authenticated;
grant update (title) on public.series to authenticated;

grant select, insert, update, delete on public.series to service_role;

grant select, delete on public.series_comment_likes to authenticated;
grant insert (series_comment_id) on public.series_comment_likes to authenticated;

grant select, insert, update, delete on public.series_comment_likes to service_role;

grant select on public.series_comments to anon;

grant select on public.series_comments to authenticated;
grant insert (body, parent_id, series_id) on public.series_comments to authenticated;

grant select, insert, update, delete on public.series_comments to service_role;

-- Storage

insert into storage.buckets (id, name, public, file_size_limit, allowed_mime_types)
values ('clips', 'clips', false, 50000000, array['video/mp4'])
on conflict (id) do update set
  public = excluded.public,
  file_size_limit = excluded.file_size_limit,
  allowed_mime_types = excluded.allowed_mime_types;

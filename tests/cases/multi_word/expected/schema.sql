-- The whole app

-- Extensions and schemas

create schema if not exists private;

-- Types

create type public.repair_job_priority as enum ('low', 'high');

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

create table public.repair_jobs (
  id          uuid                        not null default gen_random_uuid(),
  owner_id    uuid                        not null default auth.uid(),
  title       text                        not null,
  priority    public.repair_job_priority  not null default 'low',
  created_at  timestamp with time zone    not null default now(),
  updated_at  timestamp with time zone    not null default now(),
  like_count  bigint                      not null default 0,
  primary key (id),
  constraint repair_jobs_like_count_check check (like_count >= 0),
  constraint repair_jobs_title_check check (char_length(title) between 1 and 80),
  constraint repair_jobs_owner_id_fkey foreign key (owner_id)
    references public.profiles (id) on delete cascade
);
comment on table public.repair_jobs is 'A repair job of the platform';

alter table public.repair_jobs enable row level security;
revoke all on public.repair_jobs from public, anon, authenticated, service_role;

create table public.repair_job_likes (
  repair_job_id  uuid                      not null,
  user_id        uuid                      not null default auth.uid(),
  created_at     timestamp with time zone  not null default now(),
  primary key (user_id, repair_job_id),
  constraint repair_job_likes_repair_job_id_fkey foreign key (repair_job_id)
    references public.repair_jobs (id) on delete cascade,
  constraint repair_job_likes_user_id_fkey foreign key (user_id)
    references public.profiles (id) on delete cascade
);
comment on table public.repair_job_likes is 'Which member likes which repair job';

alter table public.repair_job_likes enable row level security;
revoke all on public.repair_job_likes from public, anon, authenticated, service_role;

create table public.reports (
  id             uuid                      not null default gen_random_uuid(),
  reporter_id    uuid                      not null default auth.uid(),
  reason         text                      not null,
  created_at     timestamp with time zone  not null default now(),
  repair_job_id  uuid,
  primary key (id),
  constraint reports_one_subject check (num_nonnulls(repair_job_id) = 1),
  constraint reports_reason_check check (char_length(reason) between 1 and 300),
  constraint reports_repair_job_id_fkey foreign key (repair_job_id)
    references public.repair_jobs (id) on delete cascade,
  constraint reports_reporter_id_fkey foreign key (reporter_id)
    references public.profiles (id) on delete cascade
);
comment on table public.reports is 'What a member reported';

alter table public.reports enable row level security;
revoke all on public.reports from public, anon, authenticated, service_role;

-- Functions

create or replace function private.count_repair_job_likes_as_like_count() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  ids uuid[];
  changes bigint[];
begin
  if tg_op = 'INSERT' then
    select array_agg(c.id), array_agg(c.more) into ids, changes from (
      select s.id, sum(s.more)::bigint as more from (
        select r.repair_job_id as id, 1 as more
        from rows_after r
        where r.repair_job_id is not null
      ) s
      group by s.id having sum(s.more) <> 0
    ) c;
  elsif tg_op = 'DELETE' then
    select array_agg(c.id), array_agg(c.more) into ids, changes from (
      select s.id, sum(s.more)::bigint as more from (
        select r.repair_job_id as id, -1 as more
        from rows_before r
        where r.repair_job_id is not null
      ) s
      group by s.id having sum(s.more) <> 0
    ) c;
  else
    select array_agg(c.id), array_agg(c.more) into ids, changes from (
      select s.id, sum(s.more)::bigint as more from (
        select r.repair_job_id as id, -1 as more
        from rows_before r
        where r.repair_job_id is not null
        union all
        select r.repair_job_id as id, 1 as more
        from rows_after r
        where r.repair_job_id is not null
      ) s
      group by s.id having sum(s.more) <> 0
    ) c;
  end if;
  if cardinality(ids) > 1 then
    perform 1 from public.repair_jobs t where t.id = any (ids)
    order by t.id for no key update;
  end if;
  if cardinality(ids) > 0 then
    update public.repair_jobs t set like_count = t.like_count + c.more
    from unnest(ids, changes) as c (id, more) where t.id = c.id;
  end if;
  return null;
end;
$$;
revoke execute on function private.count_repair_job_likes_as_like_count() from public, anon, authenticated, service_role;

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

create or replace function private.touch_updated_at() returns trigger
language plpgsql set search_path = '' as $$
begin
  new.updated_at := now();
  return new;
end;
$$;
revoke execute on function private.touch_updated_at() from public, anon, authenticated, service_role;

create or replace function public.viewer_liked(public.repair_jobs) returns boolean
language plpgsql stable set search_path = '' as $$
begin
  if (select auth.uid()) is null then
    return false;
  end if;
  return exists (
    select 1 from public.repair_job_likes x
    where x.repair_job_id = $1.id and x.user_id = (select auth.uid())
  );
end;
$$;
revoke execute on function public.viewer_liked(public.repair_jobs) from public, anon, authenticated, service_role;
grant execute on function public.viewer_liked(public.repair_jobs) to anon, authenticated, service_role;

-- Indexes

create index repair_job_likes_repair_job_id_idx on public.repair_job_likes (repair_job_id);

create index repair_jobs_created_at_id_idx on public.repair_jobs (created_at desc, id desc);

create index repair_jobs_owner_id_created_at_id_idx
  on public.repair_jobs (owner_id, created_at desc, id desc);

create index reports_repair_job_id_repair_job_id_is_not_null_idx
  on public.reports (repair_job_id)
  where repair_job_id is not null;

create index reports_reporter_id_idx on public.reports (reporter_id);

-- Triggers

create trigger create_profile after insert on auth.users
  for each row execute function private.create_profile();

create trigger profiles_touch before update of display_name, handle on public.profiles
  for each row execute function private.touch_updated_at();

create trigger count_repair_job_likes_as_like_count_delete after delete on public.repair_job_likes
  referencing old table as rows_before
  for each statement execute function private.count_repair_job_likes_as_like_count();

create trigger count_repair_job_likes_as_like_count_insert after insert on public.repair_job_likes
  referencing new table as rows_after
  for each statement execute function private.count_repair_job_likes_as_like_count();

create trigger count_repair_job_likes_as_like_count_update after update on public.repair_job_likes
  referencing old table as rows_before new table as rows_after
  for each statement execute function private.count_repair_job_likes_as_like_count();

create trigger repair_jobs_touch before update of priority, title on public.repair_jobs
  for each row execute function private.touch_updated_at();

-- Row-level security

create policy "anyone may select" on public.profiles
  for select
  to anon, authenticated
  using (true);

create policy "members may update" on public.profiles
  for update
  to authenticated
  using (id = (select auth.uid()))
  with check (id = (select auth.uid()));

create policy "members may delete" on public.repair_job_likes
  for delete
  to authenticated
  using (user_id = (select auth.uid()));

create policy "members may insert" on public.repair_job_likes
  for insert
  to authenticated
  with check (
    user_id = (select auth.uid())
    and exists (
      select 1 from public.repair_jobs r
      where r.id = repair_job_likes.repair_job_id
      offset 0
    )
  );

create policy "members may select" on public.repair_job_likes
  for select
  to authenticated
  using (user_id = (select auth.uid()));

create policy "anyone may select" on public.repair_jobs
  for select
  to anon, authenticated
  using (true);

create policy "members may delete" on public.repair_jobs
  for delete
  to authenticated
  using (owner_id = (select auth.uid()));

create policy "members may insert" on public.repair_jobs
  for insert
  to authenticated
  with check (owner_id = (select auth.uid()));

create policy "members may update" on public.repair_jobs
  for update
  to authenticated
  using (owner_id = (select auth.uid()))
  with check (owner_id = (select auth.uid()));

create policy "members may insert" on public.reports
  for insert
  to authenticated
  with check (reporter_id = (select auth.uid()));

create policy "members may select" on public.reports
  for select
  to authenticated
  using (reporter_id = (select auth.uid()) or (select private.has_role('moderator')));

-- Grants

grant select on public.profiles to anon;

grant select on public.profiles to authenticated;
grant update (display_name, handle) on public.profiles to authenticated;

grant select, insert, update, delete on public.profiles to service_role;

grant select, delete on public.repair_job_likes to authenticated;
grant insert (repair_job_id) on public.repair_job_likes to authenticated;

grant select, insert, update, delete on public.repair_job_likes to service_role;

grant select on public.repair_jobs to anon;

grant select, delete on public.repair_jobs to authenticated;
grant insert (priority, title) on public.repair_jobs to authenticated;
grant update (priority, title) on public.repair_jobs to authenticated;

grant select, insert, update, delete on public.repair_jobs to service_role;

grant select on public.reports to authenticated;
grant insert (reason, repair_job_id) on public.reports to authenticated;

grant select, insert, update, delete on public.reports to service_role;

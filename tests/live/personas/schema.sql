-- A small short-video schema with row-level security.
create table public.profiles (
  id uuid primary key references auth.users (id) on delete cascade,
  handle extensions.citext not null unique,
  bio text,
  settings jsonb not null default '{"lang": "en", "size": {"w": 9}}',
  secret_note text
);
create table public.profile_themes (
  profile_id uuid primary key references public.profiles (id) on delete cascade,
  theme text not null
);
create table public.videos (
  id uuid primary key default gen_random_uuid(),
  author_id uuid not null references public.profiles (id) on delete cascade,
  co_author_id uuid references public.profiles (id),
  caption text not null check (caption <> ''),
  hidden boolean not null default false,
  tags text[] not null default '{}',
  span int4range,
  rating numeric(4, 2),
  likes integer not null default 0,
  made_at timestamptz not null default now(),
  words tsvector generated always as (to_tsvector('english', caption)) stored
);
create table public.comments (
  id bigint generated always as identity primary key,
  video_id uuid not null references public.videos (id) on delete cascade,
  author_id uuid not null references public.profiles (id) on delete cascade,
  parent_id bigint references public.comments (id) on delete cascade,
  body text not null,
  pinned boolean not null default false
);
create table public.likes (
  user_id uuid references public.profiles (id) on delete cascade,
  video_id uuid references public.videos (id) on delete cascade,
  made_at timestamptz not null default now(),
  primary key (user_id, video_id)
);
create table public.follows (
  follower_id uuid references public.profiles (id) on delete cascade,
  followee_id uuid references public.profiles (id) on delete cascade,
  primary key (follower_id, followee_id)
);
create view public.open_videos with (security_invoker) as
  select id, caption, author_id from public.videos where not hidden;

alter table public.profiles enable row level security;
alter table public.profile_themes enable row level security;
alter table public.videos enable row level security;
alter table public.comments enable row level security;
alter table public.likes enable row level security;
alter table public.follows enable row level security;

create policy profiles_read on public.profiles for select using (true);
create policy profiles_edit on public.profiles for update to authenticated
  using (id = (select auth.uid())) with check (id = (select auth.uid()));
create policy themes_own on public.profile_themes for all to authenticated
  using (profile_id = (select auth.uid())) with check (profile_id = (select auth.uid()));
create policy videos_read on public.videos for select
  using (not hidden or author_id = (select auth.uid()));
create policy videos_write on public.videos for all to authenticated
  using (author_id = (select auth.uid())) with check (author_id = (select auth.uid()));
create policy comments_read on public.comments for select using (true);
create policy comments_write on public.comments for insert to authenticated
  with check (author_id = (select auth.uid()));
create policy comments_delete on public.comments for delete to authenticated
  using (author_id = (select auth.uid()));
create policy likes_read on public.likes for select using (true);
create policy likes_own on public.likes for all to authenticated
  using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
create policy follows_read on public.follows for select using (true);
create policy follows_own on public.follows for all to authenticated
  using (follower_id = (select auth.uid())) with check (follower_id = (select auth.uid()));

grant select (id, handle, bio, settings) on public.profiles to anon, authenticated;
grant update (bio, settings) on public.profiles to authenticated;
grant select, insert, update, delete on public.profile_themes to authenticated;
grant select on public.videos, public.open_videos to anon, authenticated;
grant insert, delete on public.videos to authenticated;
grant update (caption, hidden, tags) on public.videos to authenticated;
grant select on public.comments, public.likes, public.follows to anon, authenticated;
grant insert (video_id, author_id, parent_id, body), delete on public.comments to authenticated;
grant insert, update, delete on public.likes to authenticated;
grant insert, delete on public.follows to authenticated;
grant all on all tables in schema public to service_role;

create function public.handle_new_user() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  insert into public.profiles (id, handle)
  values (new.id, coalesce(new.raw_user_meta_data ->> 'handle', split_part(new.email, '@', 1)));
  return new;
end
$$;
create trigger on_user after insert on auth.users
  for each row execute function public.handle_new_user();

create function public.count_like() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  update public.videos set likes = likes + 1 where id = new.video_id;
  return new;
end
$$;
create trigger on_like after insert on public.likes
  for each row execute function public.count_like();

create function public.liked_by_me(video public.videos) returns boolean
language sql stable security invoker as $$
  select exists (select 1 from public.likes l
                 where l.video_id = video.id and l.user_id = (select auth.uid()))
$$;
create function public.headline(video public.videos) returns text
language sql stable as $$ select upper(video.caption) $$;
create function public.headline(comment public.comments) returns text
language sql stable as $$ select upper(comment.body) $$;
create function public.first_comment(video public.videos) returns setof public.comments
rows 1 language sql stable as $$
  select * from public.comments c where c.video_id = video.id order by c.id limit 1
$$;
create function public.feed(p_limit integer, p_before timestamptz default 'infinity')
returns setof public.videos language sql stable as $$
  select * from public.videos v where v.made_at < p_before order by v.made_at desc limit p_limit
$$;
create function public.newest() returns public.videos language sql stable as $$
  select * from public.videos v order by v.made_at desc limit 1
$$;
create function public.add_up(a integer, b integer default 1) returns integer
language sql immutable as $$ select a + b $$;
create function public.my_tags() returns setof text language sql stable as $$
  select distinct unnest(tags) as tag from public.videos order by tag
$$;
create function public.per_author() returns table (author uuid, videos bigint)
language sql stable as $$
  select v.author_id, count(*) from public.videos v group by v.author_id
$$;
create function public.who() returns jsonb language sql stable as $$
  select jsonb_build_object('user', auth.uid(), 'role', current_user,
                            'readonly', current_setting('transaction_read_only'))
$$;
create function public.nothing() returns void language sql volatile as $$ select $$;
create function public.touch_all() returns integer language sql volatile as $$
  update public.videos set hidden = hidden where true;
  select 1
$$;
create function public.complain(p_how text) returns void language plpgsql as $$
begin
  if p_how = 'plain' then raise exception 'That slot is taken' using hint = 'Pick another';
  elsif p_how = 'teapot' then raise sqlstate 'PT418' using message = 'short and stout';
  else
    raise sqlstate 'PGRST' using
      message = '{"code": "app.late", "message": "Too late", "details": null, "hint": null}',
      detail = '{"status": 410, "headers": {}}';
  end if;
end
$$;
create function public.slow() returns void language sql volatile as $$ select pg_sleep(30) $$;
create function public.members_only() returns text language sql stable as $$ select 'hello' $$;
revoke execute on function public.members_only() from public;
grant execute on function public.members_only() to authenticated;

insert into storage.buckets (id, name, public, file_size_limit, allowed_mime_types) values
  ('avatars', 'avatars', true, 64, array['image/png']),
  ('drafts', 'drafts', false, null, null);
create policy own_folder on storage.objects for all to authenticated
  using ((storage.foldername(name))[1] = (select auth.uid())::text)
  with check ((storage.foldername(name))[1] = (select auth.uid())::text);

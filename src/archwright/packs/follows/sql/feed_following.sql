-- The newest videos of those whom the caller follows/*% if has('blocks') %*/ and has not muted/*% endif %*/; row-level security says which of them.
--
-- A page can only hold videos of those whose newest one (before the cursor) is among the newest of all: one look into
-- the index for each person followed finds these people, and only their pages are read and merged.
create function public.feed_following(
  p_before timestamptz default 'infinity',
  p_before_id uuid default 'ffffffff-ffff-ffff-ffff-ffffffffffff',
  p_limit int default 10
) returns setof public.videos
language sql stable set search_path = '' as $$
  with latest as (
    select f.followee_id
    from public.follows f
    cross join lateral (
      select v.published_at, v.id
      from public.videos v
      where v.author_id = f.followee_id
        and v.status = 'ready'
        and (v.published_at, v.id) < (p_before, p_before_id)
      order by v.published_at desc, v.id desc
      limit 1
    ) newest
    where f.follower_id = (select auth.uid()) and f.status = 'accepted'
/*% if has('blocks') %*/
      and not exists (
        select 1 from public.mutes m where m.muter_id = f.follower_id and m.muted_id = f.followee_id
      )
/*% endif %*/
    order by newest.published_at desc, newest.id desc
    limit least(greatest(p_limit, 1), 50)
  )
  select page.*
  from latest l
  cross join lateral (
    select v.*
    from public.videos v
    where v.author_id = l.followee_id
      and v.status = 'ready'
      and (v.published_at, v.id) < (p_before, p_before_id)
    order by v.published_at desc, v.id desc
    limit least(greatest(p_limit, 1), 50)
  ) page
  order by page.published_at desc, page.id desc
  limit least(greatest(p_limit, 1), 50)
$$;

-- The newest videos of those whom the caller follows; row-level security says which of them.
create function public.feed_following(
  p_before timestamptz default 'infinity',
  p_before_id uuid default 'ffffffff-ffff-ffff-ffff-ffffffffffff',
  p_limit int default 10
) returns setof public.videos
language sql stable set search_path = '' as $$
  select newest.*
  from public.follows f
  -- from each person no more than a page holds, by the index
  cross join lateral (
    select v.*
    from public.videos v
    where v.author_id = f.followee_id
      and v.status = 'ready'
      and (v.published_at, v.id) < (p_before, p_before_id)
    order by v.published_at desc, v.id desc
    limit least(greatest(p_limit, 1), 50)
  ) newest
  where f.follower_id = (select auth.uid()) and f.status = 'accepted'
  order by newest.published_at desc, newest.id desc
  limit least(greatest(p_limit, 1), 50)
$$;

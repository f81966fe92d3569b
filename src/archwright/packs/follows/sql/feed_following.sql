-- The newest videos of those whom the caller follows/*% if has('blocks') %*/ and has not muted/*% endif %*/; row-level security says which of them.
--
-- Who follows few: a page can only hold videos of those whose newest one (before the cursor) is among
-- the newest of all; one look into the index for each person followed finds these people, and only
-- their pages are read and merged. Who follows very many: the newest videos of everyone are walked
-- until enough are by somebody followed, which is soon. So neither grows with the table.
create function public.feed_following(
  p_before timestamptz default 'infinity',
  p_before_id uuid default 'ffffffff-ffff-ffff-ffff-ffffffffffff',
  p_limit int default 10
) returns setof public.videos
language sql stable set search_path = '' as $$
  with followed as (
    select count(*) > 1000 as very_many
    from (
      select from public.follows f
      where f.follower_id = (select auth.uid()) and f.status = 'accepted'
      limit 1001
    ) counted
  ), latest as (
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
    where not (select very_many from followed)
      and f.follower_id = (select auth.uid()) and f.status = 'accepted'
/*% if has('blocks') %*/
      and not exists (
        select 1 from public.mutes m where m.muter_id = f.follower_id and m.muted_id = f.followee_id
      )
/*% endif %*/
    order by newest.published_at desc, newest.id desc
    limit least(greatest(p_limit, 1), 50)
  ), of_few as (
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
  ), of_many as (
    select v.*
    from public.videos v
    cross join lateral (
      select from public.follows f
      where f.follower_id = (select auth.uid())
        and f.followee_id = v.author_id
        and f.status = 'accepted'
/*% if has('blocks') %*/
        and not exists (
          select 1 from public.mutes m where m.muter_id = f.follower_id and m.muted_id = f.followee_id
        )
/*% endif %*/
      limit 1
    ) is_followed
    where (select very_many from followed)
      and v.status = 'ready'
      and (v.published_at, v.id) < (p_before, p_before_id)
    order by v.published_at desc, v.id desc
    limit least(greatest(p_limit, 1), 50)
  )
  select * from of_few union all select * from of_many
  order by published_at desc, id desc
$$;

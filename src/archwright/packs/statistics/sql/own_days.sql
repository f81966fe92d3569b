-- Definer: likes and views are seen by those who gave them only, and here just counted. Days are UTC's.
create function private.own_days(p_days integer) returns table (
  day date, videos bigint, views bigint, likes bigint, comments bigint, followers bigint
)
language sql stable security definer set search_path = '' as $$
  with span as materialized (
    select
      (now() at time zone 'UTC')::date - (2 * p_days - 1) as first_day,
      (now() at time zone 'UTC')::date as last_day
  ),
  own as materialized (
    select v.id, v.published_at from public.videos v where v.author_id = (select auth.uid())
  ),
  happened as (
    select (o.published_at at time zone 'UTC')::date as day, 'videos' as kind
    from own o
    where o.published_at is not null
/*% if has('views@Video') %*/
    union all
    select v.viewed_on, 'views'
    from own o
    join public.video_views v on v.video_id = o.id
    where v.viewed_on >= (select first_day from span)
/*% endif %*/
/*% if has('likes@Video') %*/
    union all
    select (l.created_at at time zone 'UTC')::date, 'likes'
    from own o
    join public.video_likes l on l.video_id = o.id
    where l.created_at >= (select first_day from span)::timestamp at time zone 'UTC'
/*% endif %*/
/*% if has('comments@Video') %*/
    union all
    select (c.created_at at time zone 'UTC')::date, 'comments'
    from own o
    join public.video_comments c on c.video_id = o.id
    where c.deleted_at is null
      and not c.thread_removed
/*% if has('reports@VideoComment') %*/
      and c.removed_at is null
/*% endif %*/
      and c.created_at >= (select first_day from span)::timestamp at time zone 'UTC'
/*% endif %*/
/*% if has('follows') %*/
    union all
    select (f.created_at at time zone 'UTC')::date, 'followers'
    from public.follows f
    where f.followee_id = (select auth.uid())
      and f.status = 'accepted'
      and f.created_at >= (select first_day from span)::timestamp at time zone 'UTC'
/*% endif %*/
  )
  select
    d.day::date,
    count(*) filter (where h.kind = 'videos'),
    count(*) filter (where h.kind = 'views'),
    count(*) filter (where h.kind = 'likes'),
    count(*) filter (where h.kind = 'comments'),
    count(*) filter (where h.kind = 'followers')
  from span
  cross join generate_series(span.first_day, span.last_day, interval '1 day') as d (day)
  left join happened h on h.day = d.day::date
  group by d.day
  order by d.day
$$;

-- Definer, as own_days. A comment weighs more than a like, and a like more than a view.
create function private.own_top_videos(p_days integer, p_limit integer) returns table (
  id uuid, caption text, thumbnail_path text, views bigint, likes bigint, comments bigint
)
language sql stable security definer set search_path = '' as $$
  with span as materialized (
    select (now() at time zone 'UTC')::date - (p_days - 1) as first_day
  ),
  own as (
    select
      v.id, v.caption, v.thumbnail_path, v.published_at,
/*% if has('views@Video') %*/
      (
        select count(*) from public.video_views w
        where w.video_id = v.id and w.viewed_on >= (select first_day from span)
      ) as views,
/*% else %*/
      0::bigint as views,
/*% endif %*/
/*% if has('likes@Video') %*/
      (
        select count(*) from public.video_likes l
        where l.video_id = v.id
          and l.created_at >= (select first_day from span)::timestamp at time zone 'UTC'
      ) as likes,
/*% else %*/
      0::bigint as likes,
/*% endif %*/
/*% if has('comments@Video') %*/
      (
        select count(*) from public.video_comments c
        where c.video_id = v.id and c.deleted_at is null
          and not c.thread_removed
/*% if has('reports@VideoComment') %*/
          and c.removed_at is null
/*% endif %*/
          and c.created_at >= (select first_day from span)::timestamp at time zone 'UTC'
      ) as comments
/*% else %*/
      0::bigint as comments
/*% endif %*/
    from public.videos v
    where v.author_id = (select auth.uid()) and v.published_at is not null
  )
  select o.id, o.caption, o.thumbnail_path, o.views, o.likes, o.comments
  from own o
  order by o.views + 3 * o.likes + 5 * o.comments desc, o.published_at desc, o.id desc
  limit p_limit
$$;

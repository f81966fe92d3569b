-- The For You ranking: a page of the newest public videos by score, best first; stable for one snapshot.
--
--   candidates  the 500 newest public videos from before the snapshot that the caller may see, less muted authors
--   popularity  1 + ln(1 + 2 x likes + 3 x comments + 0.2 x views)
--   freshness   halves every 36 hours
--   affinity    1 + what the caller has to do with the author (0 to 1.5, see private.feed_authors)
--   repetition  a quarter for what the caller has watched before the snapshot, a quarter for the caller's own
--   score       popularity x freshness x affinity x repetition; equal scores are ordered by id
--
-- Counts go on changing while people scroll, so a page is not "what scores below x": it is the best of the rest,
-- where p_shown is what the caller has got already. Nothing comes twice, and nothing is left out.
create function public.feed_for_you(
  p_snapshot timestamptz default now(),
  p_shown uuid[] default '{}',
  p_limit int default 10
) returns setof public.videos
language sql stable set search_path = '' as $$
  with candidates as materialized (
    select v as video, v.id, v.author_id, v.published_at
/*% if has('likes@Video') %*/
      , v.like_count
/*% endif %*/
/*% if has('comments@Video') %*/
      , v.comment_count
/*% endif %*/
/*% if has('views@Video') %*/
      , v.view_count
/*% endif %*/
    from public.videos v
    where v.status = 'ready' and v.visibility = 'public' and v.published_at <= p_snapshot
    order by v.published_at desc, v.id desc
    limit 500
  ),
  scored as (
    select
      c.video,
      c.id,
      (
        1 + ln(
          1
/*% if has('likes@Video') %*/
          + 2 * c.like_count
/*% endif %*/
/*% if has('comments@Video') %*/
          + 3 * c.comment_count
/*% endif %*/
/*% if has('views@Video') %*/
          + 0.2 * c.view_count
/*% endif %*/
        )
      )::double precision
      * power(0.5::double precision, extract(epoch from p_snapshot - c.published_at)::double precision / 129600)
      * (1 + coalesce(a.affinity, 0))
      * case when s.video_id is null then 1 else 0.25 end
      * case when c.author_id = (select auth.uid()) then 0.25 else 1 end as score
    from candidates c
    left join private.feed_authors(p_snapshot, array(select l.author_id from candidates l)) a on a.author_id = c.author_id
    left join private.feed_seen(p_snapshot) s on s.video_id = c.id
    where a.muted is not true and c.id <> all (p_shown)
  )
  select (s.video).*
  from scored s
  order by s.score desc, s.id desc
  limit least(greatest(p_limit, 1), 50)
$$;

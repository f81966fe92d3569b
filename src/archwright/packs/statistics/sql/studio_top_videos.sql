-- The caller's videos that did best in a period.
create function public.studio_top_videos(
  p_days integer default 28,
  p_limit integer default 10
) returns table (
  id uuid, caption text, thumbnail_path text, views bigint, likes bigint, comments bigint
)
language sql stable set search_path = '' as $$
  select t.id, t.caption, t.thumbnail_path, t.views, t.likes, t.comments
  from private.own_top_videos(least(greatest(p_days, 1), 90), least(greatest(p_limit, 1), 50)) t
$$;

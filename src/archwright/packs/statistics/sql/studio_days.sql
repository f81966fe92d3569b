-- The caller's numbers for each day of a period and of the one before it, the earliest day first.
create function public.studio_days(p_days integer default 28) returns table (
  day date, videos bigint, views bigint, likes bigint, comments bigint, followers bigint
)
language sql stable set search_path = '' as $$
  select d.day, d.videos, d.views, d.likes, d.comments, d.followers
  from private.own_days(least(greatest(p_days, 1), 90)) d
$$;

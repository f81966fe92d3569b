-- The hashtags named most among the latest 500 uses that the caller may see; a hashtag of one use trends nowhere.
create function public.trending_hashtags(p_limit int default 10) returns setof public.hashtags
language sql stable set search_path = '' as $$
  select h.*
  from (
    select latest.hashtag_id, count(*) as uses
    from (
      select x.hashtag_id
      from public.thing_hashtags x
      order by x.created_at desc, x.id desc
      limit 500
    ) latest
    group by latest.hashtag_id
  ) recent
  join public.hashtags h on h.id = recent.hashtag_id
  where recent.uses > 1
  order by recent.uses desc, h.tag
  limit least(greatest(p_limit, 1), 50)
$$;

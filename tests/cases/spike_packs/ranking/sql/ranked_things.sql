-- One page of the newest 500 things by rating and age, both as of the moment the reading began.
create function public.ranked_things(
  p_as_of timestamptz default now(),
  p_before_score double precision default 'infinity',
  p_before_id uuid default 'ffffffff-ffff-ffff-ffff-ffffffffffff',
  p_limit integer default 20
) returns setof public.things
language sql stable security invoker set search_path = '' as $$
  select (c.thing).*
  from (
    select
      candidate as thing,
      candidate.id,
      (candidate.rating + 1)
        / power(extract(epoch from p_as_of - candidate.created_at) / 3600 + 2, 1.5) as score
    from (
      select t.* from public.things t
      where t.is_listed and t.created_at <= p_as_of
      order by t.created_at desc, t.id desc
      limit 500
    ) as candidate
  ) as c
  where (c.score, c.id) < (p_before_score, p_before_id)
  order by c.score desc, c.id desc
  limit least(p_limit, 100)
$$;

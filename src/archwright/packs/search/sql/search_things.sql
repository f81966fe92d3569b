-- One page of the things that match and that the caller may see, the best first.
create function public.search_things(
  p_query text,
  p_after_rank double precision default 'infinity',
  p_after_id uuid default 'ffffffff-ffff-ffff-ffff-ffffffffffff',
  p_limit integer default 20
) returns table (id uuid, rank double precision)
language sql stable set search_path = '' as $$
  select found.id, found.rank
  from private.things_found(p_query) found
  -- Each by its key: a join could read the whole table instead.
  cross join lateral (select 1 from public.things t where t.id = found.id limit 1) visible
  where (found.rank, found.id) < (p_after_rank, p_after_id)
  order by found.rank desc, found.id desc
  limit least(greatest(p_limit, 1), 100)
$$;

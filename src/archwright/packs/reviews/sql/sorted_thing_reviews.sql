-- One page of the reviews of a thing: the newest first, or by stars ('highest', 'lowest') and the newest first among
-- equals; of some numbers of stars alone where that is asked. Each number of stars is a short walk along an index.
create function public.sorted_thing_reviews(
  p_thing_id uuid,
  p_sort text default 'newest',
  p_lowest_stars integer default 1,
  p_highest_stars integer default 5,
  p_from_stars integer default null,
  p_before timestamptz default 'infinity',
  p_before_id uuid default 'ffffffff-ffff-ffff-ffff-ffffffffffff',
  p_limit integer default 20
) returns setof public.thing_reviews
language sql stable set search_path = '' as $$
  select found.*
  from generate_series(
    case when p_sort = 'lowest' then coalesce(p_from_stars, p_lowest_stars) else p_lowest_stars end,
    case when p_sort = 'highest' then coalesce(p_from_stars, p_highest_stars) else p_highest_stars end
  ) as level (stars)
  -- The page before ended among those of `p_from_stars`; of a number of stars not reached yet all are to come.
  cross join lateral (select p_sort in ('highest', 'lowest') and level.stars is distinct from p_from_stars as whole) rest
  cross join lateral (
    select r.*
    from public.thing_reviews r
    where r.thing_id = p_thing_id
      and r.stars = level.stars::smallint
      and (r.created_at, r.id) < (
        case when rest.whole then 'infinity' else p_before end,
        case when rest.whole then 'ffffffff-ffff-ffff-ffff-ffffffffffff' else p_before_id end
      )
    order by r.created_at desc, r.id desc
    limit least(greatest(p_limit, 1), 100)
  ) found
  order by
    case p_sort when 'highest' then -found.stars when 'lowest' then found.stars else 0 end,
    found.created_at desc,
    found.id desc
  limit least(greatest(p_limit, 1), 100)
$$;

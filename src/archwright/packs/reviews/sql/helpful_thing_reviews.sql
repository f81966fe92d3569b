-- One page of the reviews of a thing, those first that most people found helpful and the newest first among equals.
-- Each number of stars is a short walk along an index, so that one index does for all of them and for those of some.
create function public.helpful_thing_reviews(
  p_thing_id uuid,
  p_lowest_stars integer default 1,
  p_highest_stars integer default 5,
  p_helpful bigint default 9223372036854775807,
  p_before timestamptz default 'infinity',
  p_before_id uuid default 'ffffffff-ffff-ffff-ffff-ffffffffffff',
  p_limit integer default 20
) returns setof public.thing_reviews
language sql stable set search_path = '' as $$
  select found.*
  from generate_series(p_lowest_stars, p_highest_stars) as level (stars)
  cross join lateral (
    select r.*
    from public.thing_reviews r
    where r.thing_id = p_thing_id
      and r.stars = level.stars::smallint
      and (r.helpful_count, r.created_at, r.id) < (p_helpful, p_before, p_before_id)
    order by r.helpful_count desc, r.created_at desc, r.id desc
    limit least(greatest(p_limit, 1), 100)
  ) found
  order by found.helpful_count desc, found.created_at desc, found.id desc
  limit least(greatest(p_limit, 1), 100)
$$;

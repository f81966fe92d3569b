-- One page of the products of a category, or that match words, or both; in the order asked for, the tie by id.
create function public.search_products(
  p_category uuid default null,
  p_query text default '',
  p_filter jsonb default '{}',
  p_sort text default 'relevance',
  p_after double precision default 'infinity',
  p_after_id uuid default 'ffffffff-ffff-ffff-ffff-ffffffffffff',
  p_limit integer default 20
) returns table (id uuid, place double precision)
language sql stable set search_path = '' as $$
  select ordered.id, ordered.place
  from (
    select
      found.id,
      case
        when p_sort = 'price_up' then coalesce(- found.amount::double precision, '-infinity')
        when p_sort = 'price_down' then coalesce(found.amount::double precision, '-infinity')
        when p_sort = 'newest' or btrim(p_query) = '' then extract(epoch from found.published_at)::double precision
        else found.rank
      end as place
    from private.products_found(p_category, p_query, p_filter) found
    where found.failed = '{}'
  ) ordered
  where (ordered.place, ordered.id) < (p_after, p_after_id)
  order by ordered.place desc, ordered.id desc
  limit least(greatest(p_limit, 1), 100)
$$;

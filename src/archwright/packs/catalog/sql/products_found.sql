-- Definer: row-level security would keep the indexes from being used. Gives what is public only: candidates, and which of
-- the filters each of them fails, so that a filter's own choices can be counted as if it were not set.
create function private.products_found(p_category uuid, p_query text, p_filter jsonb)
returns table (
  id uuid,
  rank double precision,
  published_at timestamptz,
  brand_id uuid,
  amount bigint,
  failed text[]
)
language sql stable security definer set search_path = '' rows 1000 as $$
  select
    c.id, c.rank, c.published_at, p.brand_id, offered.amount,
    array_remove(
      array[
        case
          when jsonb_array_length(asked.brands) > 0 and not coalesce(asked.brands ? p.brand_id::text, false)
            then 'brand'
        end,
        case
          when (asked.low is not null and not coalesce(offered.amount >= asked.low, false))
            or (asked.high is not null and not coalesce(offered.amount <= asked.high, false))
            then 'price'
        end
      ],
      null
    ) || array(
      select wanted.key
      from jsonb_each(asked.attributes) as wanted
      where not exists (
        select 1 from public.attribute_values v
        where v.product_id = c.id
          and v.attribute_id::text = wanted.key
          and case jsonb_typeof(wanted.value)
            when 'array' then
              wanted.value = '[]' or wanted.value ? coalesce(v.choice_id::text, v.boolean_value::text, v.text_value, '')
            when 'object' then
              v.number_value >= coalesce((wanted.value ->> 'min')::numeric, '-Infinity')
              and v.number_value <= coalesce((wanted.value ->> 'max')::numeric, 'Infinity')
            else false
          end
      )
    )
  from (
    select
      case when jsonb_typeof(p_filter -> 'brands') = 'array' then p_filter -> 'brands' else '[]' end as brands,
      case when jsonb_typeof(p_filter -> 'attributes') = 'object' then p_filter -> 'attributes' else '{}' end as attributes,
      (p_filter ->> 'min')::bigint as low,
      (p_filter ->> 'max')::bigint as high
  ) asked
  cross join private.product_candidates(p_category, p_query) c
  cross join lateral (select x.* from public.products x where x.id = c.id limit 1) p
/*% if has('prices') %*/
  cross join lateral (
    select min(x.amount) as amount
    from public.variants v
    join public.prices x on x.variant_id = v.id and x.minimum_quantity = 1 and x.during @> now()
    join public.price_lists l on l.id = x.price_list_id and l.active and l.currency = p_filter ->> 'currency'
    where v.product_id = c.id and v.active
  ) offered
/*% else %*/
  cross join (select null::bigint as amount) offered
/*% endif %*/
$$;

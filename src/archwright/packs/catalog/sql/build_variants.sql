-- Definer, as it counts what others may be changing. What lacks a value of an option is no longer on sale.
create function private.build_variants(p_product uuid) returns integer
language plpgsql security definer set search_path = '' as $$
declare
  v_product public.products;
  v_combinations jsonb := '[[]]';
  v_option record;
  v_position integer;
  v_made integer;
begin
  select p.* into v_product from public.products p where p.id = p_product for no key update;
  if not found or not private.store_can_catalog(v_product.store_id) then
    raise exception 'product_not_allowed' using errcode = '42501';
  end if;
  for v_option in
    select jsonb_agg(v.id order by v.position, v.id) as ids
    from public.options o
    join public.option_values v on v.option_id = o.id
    where o.product_id = p_product
    group by o.id, o.position
    order by o.position, o.id
  loop
    if jsonb_array_length(v_combinations) * jsonb_array_length(v_option.ids) > 100 then
      raise exception 'product_too_many_variants' using errcode = 'check_violation';
    end if;
    select jsonb_agg(chosen.ids || jsonb_build_array(added.id) order by chosen.place, added.place) into v_combinations
    from jsonb_array_elements(v_combinations) with ordinality as chosen (ids, place)
    cross join jsonb_array_elements(v_option.ids) with ordinality as added (id, place);
  end loop;
  update public.variants v
  set active = false
  where v.product_id = p_product and v.active
    and cardinality(v.combination) <> jsonb_array_length(v_combinations -> 0);
  select coalesce(max(v.position) + 1, 0) into v_position from public.variants v where v.product_id = p_product;
  insert into public.variants (product_id, store_id, sku, combination, position)
  select
    p_product,
    v_product.store_id,
    upper(left(md5(p_product::text), 6)) || '-' || lpad((v_position + fresh.place)::text, 3, '0'),
    fresh.combination,
    v_position + fresh.place
  from (
    select wanted.combination, row_number() over (order by listed.place) as place
    from jsonb_array_elements(v_combinations) with ordinality as listed (ids, place)
    cross join lateral (
      select coalesce(array_agg(value::uuid order by value::uuid), '{}') as combination
      from jsonb_array_elements_text(listed.ids)
    ) wanted
    where not exists (
      select 1 from public.variants v
      where v.product_id = p_product and v.combination = wanted.combination
    )
  ) fresh;
  get diagnostics v_made = row_count;
  return v_made;
end;
$$;

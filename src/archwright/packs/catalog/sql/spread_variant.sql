-- A row for each value of the combination; the keys refuse two values of an option, and this one values of other products.
create function private.spread_variant() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  insert into public.variant_options (variant_id, product_id, option_id, option_value_id)
  select new.id, new.product_id, v.option_id, v.id
  from public.option_values v
  where v.id = any (new.combination) and v.product_id = new.product_id
  order by v.id;
  if cardinality(new.combination) <> (
    select count(*) from public.variant_options o where o.variant_id = new.id
  ) then
    raise exception 'variant_combination_foreign' using errcode = 'check_violation';
  end if;
  return null;
end;
$$;

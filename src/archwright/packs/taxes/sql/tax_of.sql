-- The rate of a tax class at a place and on a day, as a share of one: 0.19 is 19 percent.
-- A region's own rate counts before its country's; no class means the standard one; where no rate is, nothing is due.
create function private.tax_of(p_class uuid, p_country text, p_region text, p_at date) returns numeric
language sql stable security definer set search_path = '' as $$
  select coalesce(
    (
      select r.rate
      from public.tax_rates r
      where r.tax_class_id = coalesce(p_class, (select c.id from public.tax_classes c where c.standard))
        and r.country = p_country
        and (r.region is null or lower(r.region) = lower(p_region))
        and r.during @> p_at
      order by r.region nulls last
      limit 1
    ),
    0
  )
$$;

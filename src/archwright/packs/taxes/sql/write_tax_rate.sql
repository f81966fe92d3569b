-- Definer: rates are written by commands only. The class is locked first, so that two who set a rate come one after
-- the other; a second call with the same values finds the rate there and changes nothing.
create function private.write_tax_rate(
  p_class uuid,
  p_country text,
  p_region text,
  p_rate numeric,
  p_from date
) returns uuid
language plpgsql security definer set search_path = '' as $$
declare
  v_open public.tax_rates;
  v_made uuid;
begin
  if not private.has_role('admin') then
    raise exception 'tax_not_allowed' using errcode = '42501';
  end if;
  perform 1 from public.tax_classes c where c.id = p_class for no key update;
  if not found then
    raise exception 'there is no such tax class' using errcode = 'P0002';
  end if;
  select r.* into v_open
  from public.tax_rates r
  where r.tax_class_id = p_class
    and r.country = p_country
    and coalesce(r.region, '') = coalesce(p_region, '')
    and r.during @> p_from;
  if found then
    if lower(v_open.during) = p_from and v_open.rate = p_rate then
      return v_open.id;
    end if;
    if lower(v_open.during) >= p_from then
      raise exception 'tax_rate_before' using errcode = 'check_violation';
    end if;
    update public.tax_rates set during = daterange(lower(v_open.during), p_from) where id = v_open.id;
  end if;
  insert into public.tax_rates (tax_class_id, country, region, rate, during)
  values (p_class, p_country, p_region, p_rate, daterange(p_from, upper(v_open.during)))
  returning id into v_made;
  return v_made;
end;
$$;

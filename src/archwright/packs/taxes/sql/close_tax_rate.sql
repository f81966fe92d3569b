-- Definer: rates are written by commands only.
create function private.close_tax_rate(p_rate uuid, p_until date) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_rate public.tax_rates;
begin
  if not private.has_role('admin') then
    raise exception 'tax_not_allowed' using errcode = '42501';
  end if;
  select r.* into v_rate from public.tax_rates r where r.id = p_rate for update;
  if not found then
    return;
  end if;
  -- What orders were taxed by stays: only what has not begun can go altogether.
  if p_until <= lower(v_rate.during) then
    if lower(v_rate.during) <= current_date then
      raise exception 'tax_rate_before' using errcode = 'check_violation';
    end if;
    delete from public.tax_rates where id = p_rate;
  elsif upper_inf(v_rate.during) or upper(v_rate.during) > p_until then
    update public.tax_rates set during = daterange(lower(v_rate.during), p_until) where id = p_rate;
  end if;
end;
$$;

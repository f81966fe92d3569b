-- The tax on one line, in minor units, rounded half away from zero once: of an amount that holds it already
-- (p_inclusive) the part that is tax, otherwise what comes on top.
create function private.tax_on(p_amount bigint, p_rate numeric, p_inclusive boolean) returns bigint
language sql immutable parallel safe set search_path = '' as $$
  select round(
    case when p_inclusive then p_amount * p_rate / (1 + p_rate) else p_amount * p_rate end
  )::bigint
$$;

-- A combination is written in one way only: sorted, each value once. Then its key keeps two variants apart.
create function private.combine_variant() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  new.combination := array(select distinct v from unnest(new.combination) as v order by v);
  new.title := coalesce(
    (
      select string_agg(v.label, ' / ' order by o.position, o.id)
      from public.option_values v
      join public.options o on o.id = v.option_id
      where v.id = any (new.combination)
    ),
    ''
  );
  return new;
end;
$$;

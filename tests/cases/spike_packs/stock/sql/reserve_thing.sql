-- Reserves a quantity of a thing that the caller may see.
create function public.reserve_thing(p_thing uuid, p_quantity integer, p_key uuid) returns uuid
language plpgsql security invoker set search_path = '' as $$
begin
  if not exists (select 1 from public.things t where t.id = p_thing) then
    raise exception 'there is no such thing' using errcode = 'P0002';
  end if;
  return private.hold_thing(p_thing, p_quantity, p_key);
end;
$$;

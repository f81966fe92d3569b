-- Takes a quantity out of what is free, or says that there is not enough; definer, because no
-- client may write what is reserved. The same key gives the same reservation.
create function private.hold_thing(p_thing uuid, p_quantity integer, p_key uuid) returns uuid
language plpgsql security definer set search_path = '' as $$
declare
  v_member uuid := (select auth.uid());
  v_found uuid;
begin
  if v_member is null then
    raise exception 'sign in first' using errcode = '42501';
  end if;
  insert into public.thing_reservations (thing_id, user_id, quantity, request_key, expires_at)
  values (p_thing, v_member, p_quantity, p_key, now() + interval '15 minutes')
  on conflict (user_id, request_key) do nothing
  returning id into v_found;
  if v_found is null then
    select r.id into v_found from public.thing_reservations r
    where r.user_id = v_member and r.request_key = p_key;
    return v_found;
  end if;
  update public.thing_stock s set reserved = s.reserved + p_quantity where s.thing_id = p_thing;
  if not found then
    raise exception 'there is no stock of this' using errcode = 'P0002';
  end if;
  return v_found;
end;
$$;

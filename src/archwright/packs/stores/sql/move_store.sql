-- Definer: no client writes the status. An owner cannot lift what an administrator decided.
create function private.move_store(p_store uuid, p_status public.store_status) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_status public.store_status;
begin
  select s.status into v_status from public.stores s where s.id = p_store for no key update;
  if not found then
    raise exception 'store_not_allowed' using errcode = '42501';
  end if;
  if not (
    (private.has_role('admin') and 'closed' not in (v_status, p_status))
    or (private.store_owner(p_store) and v_status <> 'suspended' and p_status <> 'suspended')
  ) then
    raise exception 'store_not_allowed' using errcode = '42501';
  end if;
  update public.stores set status = p_status where id = p_store and status <> p_status;
end;
$$;

-- A store keeps an owner, also when two leave at once: both lock the store first, and the second then sees the first's change.
create function private.keep_store_owner() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if tg_op = 'UPDATE' and new.role = 'owner' then
    return new;
  end if;
  perform 1 from public.stores s where s.id = old.store_id for no key update;
  -- The store itself goes: so do its people.
  if not found then
    return old;
  end if;
  if exists (
    select 1 from public.store_members m
    where m.store_id = old.store_id and m.role = 'owner' and m.member_id <> old.member_id
  ) then
    return case when tg_op = 'DELETE' then old else new end;
  end if;
  -- An account may always go; what nobody owns any more is closed.
  if tg_op = 'DELETE' and not exists (select 1 from public.profiles p where p.id = old.member_id) then
    update public.stores set status = 'closed' where id = old.store_id and status <> 'closed';
    return old;
  end if;
  raise exception 'store_last_owner' using errcode = 'check_violation';
end;
$$;

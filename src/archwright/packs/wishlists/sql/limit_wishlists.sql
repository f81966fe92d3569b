-- Keeps the lists of a member few enough for a menu; the member's own row makes two at once wait for each other.
create function private.limit_wishlists() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  perform 1 from public.profiles p where p.id = new.member_id for no key update;
  if (select count(*) from public.wishlists w where w.member_id = new.member_id) >= 50 then
    raise exception 'wishlists_too_many' using errcode = 'check_violation';
  end if;
  return new;
end;
$$;

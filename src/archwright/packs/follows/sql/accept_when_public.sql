-- A profile that everyone may see has nobody waiting for consent.
create function private.accept_when_public() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  update public.follows f set status = 'accepted'
  where f.followee_id = new.id and f.status = 'pending';
  return null;
end;
$$;

-- Gives each new account its profile
create function private.create_profile() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  insert into public.profiles (id, handle, display_name)
  values (new.id, 'member_' || left(new.id::text, 8), 'New member');
  return null;
end;
$$;

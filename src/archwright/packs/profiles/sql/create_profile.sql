-- Gives each new account a profile; its handle is a digest of the id, so that it is free, until the member chooses one.
create function private.create_profile() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  insert into public.profiles (id, handle, display_name)
  values (
    new.id,
    'user_' || substr(md5(new.id::text), 1, 16),
    coalesce(nullif(btrim(left(btrim(new.raw_user_meta_data ->> 'display_name'), 50)), ''), 'New member')
  );
  return new;
end;
$$;

-- A product that is published, withdrawn or put elsewhere is shown accordingly.
create function private.list_changed_product() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  perform private.list_product(new.id);
  return null;
end;
$$;

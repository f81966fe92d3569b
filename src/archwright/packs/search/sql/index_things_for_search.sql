-- Reads the words of things that were there before the search was: the service runs it once.
create function private.index_things_for_search() returns void
language sql set search_path = '' as $$
  update public.things
  set search_document = ''
  where search_document = ''
$$;

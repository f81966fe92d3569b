-- The version of the terms that members have to accept.
create function private.current_terms_version() returns text
language sql immutable set search_path = '' as $$
  select /*= options.terms_version|sql =*/::text
$$;

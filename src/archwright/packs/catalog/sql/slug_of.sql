-- What a name is in an address: lower-case letters, digits, single hyphens; a digest where none of these is left.
create function private.slug_of(p_name text) returns text
language sql immutable parallel safe set search_path = '' as $$
  select coalesce(
    nullif(btrim(left(replace(private.catalog_text(p_name), ' ', '-'), 60), '-'), ''),
    left(md5(p_name), 12)
  )
$$;

-- Text without case, accents and punctuation, so that "Café-Tisch" and "cafe tisch" are the same words.
create function private.catalog_text(p_text text) returns text
language sql immutable parallel safe set search_path = '' as $$
  select btrim(regexp_replace(
    lower(extensions.unaccent('extensions.unaccent'::regdictionary, p_text)),
    '[^a-z0-9]+', ' ', 'g'
  ))
$$;

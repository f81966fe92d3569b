-- Text without case, accents and punctuation, so that "Inês", "INES" and "#ines" are one word.
create function private.plain_text(p_text text) returns text
language sql immutable parallel safe set search_path = '' as $$
  select btrim(regexp_replace(
    lower(extensions.unaccent('extensions.unaccent'::regdictionary, p_text)),
    '[^[:alnum:]]+', ' ', 'g'
  ))
$$;

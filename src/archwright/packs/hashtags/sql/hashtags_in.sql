-- The hashtags that a text names: lower case, each once, the first 30. A # inside a word or an address starts none.
create function private.hashtags_in(p_text text) returns text[]
language sql immutable parallel safe set search_path = '' as $$
  select coalesce(array_agg(found.tag order by found.tag), '{}')
  from (
    select lower(r.parts[1]) as tag
    from regexp_matches(
      coalesce(p_text, ''), '(?<![[:alnum:]_@#./&])#([[:alnum:]_]{1,50})(?![[:alnum:]_])', 'g'
    ) with ordinality as r(parts, place)
    where r.parts[1] ~ '[[:alpha:]]'
    group by lower(r.parts[1])
    order by min(r.place)
    limit 30
  ) found
$$;

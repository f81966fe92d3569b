-- The names that a text calls with @: lower case, each once, the first 20. An @ inside a word or an address calls nobody.
create function private.handles_in(p_text text) returns text[]
language sql immutable parallel safe set search_path = '' as $$
  select coalesce(array_agg(found.handle order by found.handle), '{}')
  from (
    select lower(r.parts[1]) as handle
    from regexp_matches(
      coalesce(p_text, ''), '(?<![[:alnum:]_@#./&])@([a-zA-Z0-9_]+(?:\.[a-zA-Z0-9_]+)*)', 'g'
    ) with ordinality as r(parts, place)
    where char_length(r.parts[1]) between 3 and 24
    group by lower(r.parts[1])
    order by min(r.place)
    limit 20
  ) found
$$;

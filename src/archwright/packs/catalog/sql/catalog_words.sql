-- What a shopper typed as a query that cannot fail: all words, each also as a beginning, or all their stems.
create function private.catalog_words(p_query text) returns tsquery
language sql immutable parallel safe set search_path = '' as $$
  with words as (
    select word, place
    from regexp_split_to_table(private.catalog_text(left(p_query, 200)), ' ')
      with ordinality as parts (word, place)
    where word <> ''
    order by place
    limit 8
  )
  -- Words are letters and digits only: there is no operator left to be misread.
  select to_tsquery('pg_catalog.simple', coalesce(string_agg(word || ':*', ' & ' order by place), ''))
    || plainto_tsquery('pg_catalog.english', coalesce(string_agg(word, ' ' order by place), ''))
  from words
$$;

-- Definer: row-level security would keep the indexes from being used. Gives ids and ranks only, and few of them.
create function private.things_found(p_query text) returns table (id uuid, rank double precision)
language sql stable security definer set search_path = '' rows 200 as $$
  with asked as materialized (
    select private.search_words(p_query) as words, private.plain_text(left(p_query, 100)) as name
  ),
  candidates as (
    (
      select t.id, t.search_document, t.search_name from public.things t
      where t.search_document @@ (select words from asked)
      limit 1000
    )
    union all
    (
      select t.id, t.search_document, t.search_name from public.things t
      where (select name from asked) operator(extensions.<%) t.search_name
        and (select length(name) from asked) > 2
      limit 200
    )
  )
  select
    c.id,
    max(round((
      ts_rank(c.search_document, asked.words, 1)
      + extensions.word_similarity(asked.name, c.search_name)
      + case when c.search_name = asked.name then 1 else 0 end
    )::numeric, 6)::double precision) as rank
  from candidates c
  cross join asked
  group by c.id
  order by rank desc, c.id desc
  limit 200
$$;

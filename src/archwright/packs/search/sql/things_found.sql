-- Definer: row-level security would keep the indexes from being used. Gives ids and ranks only, and few of them.
create function private.things_found(p_query text) returns table (id uuid, rank double precision)
language sql stable security definer set search_path = '' as $$
  with asked as materialized (
    select private.search_words(p_query) as words, private.plain_text(left(p_query, 100)) as name
  ),
  candidates as (
    (
      select t.id from public.things t
      where t.search_document @@ (select words from asked)
      limit 2000
    )
    union
    (
      select t.id from public.things t
      where (select name from asked) operator(extensions.<%) t.search_name
        and (select length(name) from asked) > 2
      limit 500
    )
  )
  select
    t.id,
    round((
      ts_rank(t.search_document, asked.words, 1)
      + extensions.word_similarity(asked.name, t.search_name)
      + case when t.search_name = asked.name then 1 else 0 end
    )::numeric, 6)::double precision as rank
  from candidates c
  join public.things t on t.id = c.id
  cross join asked
  order by rank desc, t.id desc
  limit 500
$$;

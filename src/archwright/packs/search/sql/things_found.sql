-- Definer: row-level security would keep the indexes from being used. Gives ids and ranks only, and few of them.
create function private.things_found(p_query text) returns table (id uuid, rank double precision)
language plpgsql stable security definer set search_path = '' rows 200 as $$
declare
  v_words tsquery := private.search_words(p_query);
  v_name text := private.plain_text(left(p_query, 100));
  v_candidates public.things[];
  v_similar public.things[];
begin
  -- Ranked are the newest 1,000 that match. Up to so many the index finds in any order; of more, it cannot say which
  -- are the newest, and a plan made for these very words reads either them all or the newest rows, whichever are fewer.
  v_candidates := array(
    select t from public.things t where t.search_document @@ v_words limit 1001
  );
  if cardinality(v_candidates) > 1000 then
    execute $q$
      select array(
        select t from public.things t
        where t.search_document @@ $1
        order by t.created_at desc, t.id desc
        limit 1000
      )
    $q$ into v_candidates using v_words;
  end if;
  -- Where the words as they are written find little they may be misspelt: then also what is called alike.
  if cardinality(v_candidates) < 200 and length(v_name) > 2 then
    v_similar := array(
      select t from public.things t
      where v_name operator(extensions.<%) t.search_name and not t.search_document @@ v_words
      limit 201
    );
    if cardinality(v_similar) > 200 then
      execute $q$
        select array(
          select t from public.things t
          where $1 operator(extensions.<%) t.search_name and not t.search_document @@ $2
          order by t.created_at desc, t.id desc
          limit 200
        )
      $q$ into v_similar using v_name, v_words;
    end if;
  end if;
  return query
  select
    c.id,
    round((
      ts_rank(c.search_document, v_words, 1)
      + extensions.word_similarity(v_name, c.search_name)
      + case when c.search_name = v_name then 1 else 0 end
    )::numeric, 6)::double precision as worth
  from unnest(v_candidates || v_similar) as c
  order by worth desc, c.id desc
  limit 200;
end;
$$;

-- The newest 1,000 products that are shown in a category (null: anywhere) and match the words, with how well they do.
create function private.product_candidates(p_category uuid, p_query text)
returns table (id uuid, rank double precision, published_at timestamptz)
language plpgsql stable security definer set search_path = '' rows 1000 as $$
declare
  v_words tsquery := private.catalog_words(p_query);
  v_name text := private.catalog_text(left(p_query, 100));
  v_found public.products[];
  v_similar public.products[];
begin
  if v_name = '' then
    if p_category is null then
      return query
      select p.id, 0::double precision, p.published_at
      from public.products p
      where p.status = 'active'
        and (select s.status = 'active' from public.stores s where s.id = p.store_id)
      order by p.published_at desc, p.id desc
      limit 1000;
    else
      return query
      select l.product_id, 0::double precision, l.published_at
      from public.product_listings l
      where l.category_id = p_category
      order by l.published_at desc, l.product_id desc
      limit 1000;
    end if;
    return;
  end if;
  -- Up to so many the index finds in any order; of more, it cannot say which are the newest, and a plan made for these
  -- very words reads either them all or the newest products, whichever are fewer.
  v_found := array(
    select p from public.products p
    where p.search_document @@ v_words and private.product_is_listed(p, p_category)
    limit 1001
  );
  if cardinality(v_found) > 1000 then
    execute $q$
      select array(
        select p from public.products p
        where p.search_document @@ $1 and p.status = 'active' and private.product_is_listed(p, $2)
        order by p.published_at desc, p.id desc
        limit 1000
      )
    $q$ into v_found using v_words, p_category;
  end if;
  -- Where the words as they are written find little they may be misspelt: then also what is called alike.
  if cardinality(v_found) < 20 and length(v_name) > 2 then
    v_similar := array(
      select p from public.products p
      where v_name operator(extensions.<%) p.search_name
        and not p.search_document @@ v_words
        and private.product_is_listed(p, p_category)
      limit 200
    );
  end if;
  return query
  select
    c.id,
    round((
      ts_rank(c.search_document, v_words, 1)
      + extensions.word_similarity(v_name, c.search_name)
      + case when c.search_name = v_name then 1 else 0 end
    )::numeric, 6)::double precision,
    c.published_at
  from unnest(v_found || v_similar) as c;
end;
$$;

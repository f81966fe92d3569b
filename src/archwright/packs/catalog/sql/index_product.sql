-- Gives a product its slug once, and keeps the words by which it is found: title, brand, description.
create function private.index_product() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  v_brand text := coalesce((select b.name from public.brands b where b.id = new.brand_id), '');
  v_name text := private.catalog_text(v_brand || ' ' || new.title);
begin
  if tg_op = 'INSERT' then
    new.slug := left(private.slug_of(new.title), 60) || '-' || left(md5(new.id::text), 8);
  end if;
  new.search_name := left(v_name, 200);
  new.search_document := setweight(to_tsvector('pg_catalog.simple', v_name), 'A')
    || setweight(to_tsvector('pg_catalog.english', v_name), 'A')
    || setweight(to_tsvector('pg_catalog.english', private.catalog_text(new.description)), 'C');
  return new;
end;
$$;

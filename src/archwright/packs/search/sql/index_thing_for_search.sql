-- Keeps the words of a thing for the search; texts that stay what they were cost no new index entry.
create function private.index_thing_for_search() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  v_row jsonb := to_jsonb(new) - array['search_name', 'search_document'];
  v_name text := private.search_name(v_row);
  v_document tsvector := private.search_document(v_row);
begin
  if tg_op = 'INSERT' or (new.search_name, new.search_document) <> (v_name, v_document) then
    new.search_name := v_name;
    new.search_document := v_document;
  end if;
  return new;
end;
$$;

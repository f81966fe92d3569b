-- Keeps the words of a thing for the search; a change of nothing but its counts costs no new index entry.
create function private.index_thing_for_search() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  v_ignored text[] := array['search_name', 'search_document'];
begin
  if tg_op = 'UPDATE' and old.search_document <> '' then
    if private.search_document(to_jsonb(new) - v_ignored) = old.search_document
      and private.search_name(to_jsonb(new) - v_ignored) = old.search_name then
      return new;
    end if;
  end if;
  new.search_name := private.search_name(to_jsonb(new) - v_ignored);
  new.search_document := private.search_document(to_jsonb(new) - v_ignored);
  return new;
end;
$$;

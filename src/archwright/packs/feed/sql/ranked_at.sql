-- A computed column: the moment of a ranking that is asked for now, by the database's clock; its next pages are of it.
create function public.ranked_at(public.videos) returns timestamptz
language sql stable set search_path = '' as $$
  select now()
$$;

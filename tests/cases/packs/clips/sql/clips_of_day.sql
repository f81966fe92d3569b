-- The newest clips that are ready
create function public.clips_of_day(p_before timestamptz default 'infinity')
returns setof public.clips
language sql stable set search_path = '' as $$
  select * from public.clips where created_at < p_before order by created_at desc limit 20
$$;

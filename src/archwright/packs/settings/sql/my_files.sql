-- The files that the caller has uploaded: they lie below the caller's id.
create function public.my_files() returns table (bucket text, path text)
language sql stable set search_path = '' as $$
  select o.bucket_id, o.name
  from storage.objects o
  where o.name like (select auth.uid())::text || '/%'
  order by o.bucket_id, o.name
$$;

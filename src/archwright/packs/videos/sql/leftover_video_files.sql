-- The caller's files that no video names: what uploads and deletions left behind that were cut short.
create function public.leftover_video_files() returns table (bucket text, path text)
language sql stable set search_path = '' as $$
  select f.bucket, f.path from private.unnamed_video_files() f
$$;

-- Definer: row-level security would read all of storage. Files of the last day may belong to an upload that is under way.
create function private.unnamed_video_files() returns table (bucket text, path text)
language sql stable security definer set search_path = '' as $$
  select o.bucket_id, o.name
  from storage.objects o
  where o.bucket_id in ('videos', 'thumbnails')
    -- all that begins with the caller's id and a slash, as an index of the platform has it
    and o.name ~>=~ ((select auth.uid())::text || '/')
    and o.name ~<~ ((select auth.uid())::text || '0')
    and o.created_at < now() - interval '1 day'
    and not exists (select 1 from public.videos v where v.video_path = o.name)
    and not exists (select 1 from public.videos v where v.thumbnail_path = o.name)
  order by o.bucket_id, o.name
  limit 100
$$;

-- Whether the caller may read a stored file: whoever sees the video that names it. As the caller: the rules of videos decide.
create function private.can_read_video_file(p_path text) returns boolean
language sql stable set search_path = '' as $$
  select exists (select 1 from public.videos v where v.video_path = p_path or v.thumbnail_path = p_path)
$$;

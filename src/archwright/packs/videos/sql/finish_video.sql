-- Points a video of the caller at its uploaded files and makes it ready, or failed where the file is not a video.
create function private.finish_video(
  p_video_id uuid,
  p_video_path text,
  p_thumbnail_path text,
  p_duration_ms int,
  p_width int,
  p_height int
) returns public.video_status
language plpgsql security definer set search_path = '' as $$
declare
  v_folder text := (select auth.uid())::text;
  v_status public.video_status;
  v_file jsonb;
begin
  select v.status into v_status
  from public.videos v
  where v.id = p_video_id and v.author_id = (select auth.uid())
  for update;
  if not found then
    raise exception 'video_not_found' using errcode = 'P0002';
  end if;
  if v_status in ('processing', 'ready') then
    return v_status; -- a second call after a lost answer
  end if;
/*% if has('reports') %*/
  if private.suspended() then
    raise exception 'member_suspended' using errcode = '42501';
  end if;
/*% endif %*/

  select o.metadata into v_file
  from storage.objects o
  where o.bucket_id = 'videos' and o.name = p_video_path and (storage.foldername(o.name))[1] = v_folder;
  if not found then
    raise exception 'video_file_missing' using errcode = 'P0002';
  end if;
  if p_thumbnail_path is not null and not exists (
    select 1
    from storage.objects o
    where o.bucket_id = 'thumbnails' and o.name = p_thumbnail_path and (storage.foldername(o.name))[1] = v_folder
  ) then
    raise exception 'video_file_missing' using errcode = 'P0002';
  end if;

  -- The platform writes size and type when the upload is through; what is empty or no video cannot be played.
  v_status := case
    when coalesce((v_file ->> 'size')::bigint, 0) > 0 and v_file ->> 'mimetype' like 'video/%' then 'ready'
    else 'failed'
  end;
  update public.videos v
  set video_path = p_video_path,
      thumbnail_path = p_thumbnail_path,
      duration_ms = p_duration_ms,
      width = p_width,
      height = p_height,
      status = v_status,
      published_at = case when v_status = 'ready' then now() end
  where v.id = p_video_id;
  return v_status;
end;
$$;

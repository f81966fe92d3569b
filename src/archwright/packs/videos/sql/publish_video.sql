-- Publishes a video of the caller once its files are in storage; says what state it is in now. Calling it again changes nothing.
create function public.publish_video(
  p_video_id uuid,
  p_video_path text,
  p_thumbnail_path text default null,
  p_duration_ms int default null,
  p_width int default null,
  p_height int default null
) returns public.video_status
language sql set search_path = '' as $$
  select private.finish_video(p_video_id, p_video_path, p_thumbnail_path, p_duration_ms, p_width, p_height)
$$;

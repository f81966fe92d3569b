-- Takes a comment on a thing away
create function public.delete_thing_comment(p_comment_id uuid)
returns void
language sql set search_path = '' as $$
  update public.thing_comments set deleted_at = now() where id = p_comment_id
$$;

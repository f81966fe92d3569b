-- Deletes a comment for its author, or for the owner of the thing that it is on; its replies stay.
create function public.delete_thing_comment(p_comment_id uuid) returns void
language plpgsql set search_path = '' as $$
begin
  perform private.erase_thing_comment(p_comment_id);
end;
$$;

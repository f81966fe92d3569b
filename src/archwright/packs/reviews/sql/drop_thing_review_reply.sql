-- Deletes the sellers' reply to a review, for those who may write one.
create function private.drop_thing_review_reply(p_review_id uuid) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform 1
  from public.thing_reviews r
  where r.id = p_review_id and private.speaks_for_reviewed_thing(r.thing_id);
  if not found then
    raise exception 'thing_review_reply_not_allowed' using errcode = 'insufficient_privilege';
  end if;
  delete from public.thing_review_replies x where x.review_id = p_review_id;
end;
$$;

-- Writes the one reply to a review, or changes it; definer, because clients write no replies themselves.
create function private.put_thing_review_reply(p_review_id uuid, p_body text) returns void
language plpgsql security definer set search_path = '' as $$
begin
  -- Who may not reply learns nothing of which reviews there are.
  perform 1
  from public.thing_reviews r
  where r.id = p_review_id and private.speaks_for_reviewed_thing(r.thing_id)
  for key share of r;
  if not found then
    raise exception 'thing_review_reply_not_allowed' using errcode = 'insufficient_privilege';
  end if;
  insert into public.thing_review_replies as x (review_id, author_id, body)
  values (p_review_id, (select auth.uid()), p_body)
  on conflict (review_id) do update
  set body = excluded.body, author_id = excluded.author_id, edited_at = now()
  where x.body is distinct from excluded.body;
end;
$$;

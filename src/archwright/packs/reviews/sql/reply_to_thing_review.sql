-- Replies to a review for those who sell the thing, or changes their reply. A second call changes nothing.
create function public.reply_to_thing_review(p_review_id uuid, p_body text) returns void
language sql set search_path = '' as $$
  select private.put_thing_review_reply(p_review_id, btrim(p_body))
$$;

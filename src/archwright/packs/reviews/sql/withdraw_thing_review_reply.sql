-- Takes the sellers' reply to a review back. A second call changes nothing.
create function public.withdraw_thing_review_reply(p_review_id uuid) returns void
language sql set search_path = '' as $$
  select private.drop_thing_review_reply(p_review_id)
$$;

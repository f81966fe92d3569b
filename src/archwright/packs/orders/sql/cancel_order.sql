-- Cancels an order of which nothing was sent yet: whoever bought it, or support. A second call changes nothing.
create function public.cancel_order(p_order uuid, p_note text default '') returns void
language sql set search_path = '' as $$
  select private.write_cancellation(p_order, p_note)
$$;

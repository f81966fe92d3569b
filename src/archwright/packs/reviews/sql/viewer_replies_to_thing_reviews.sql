-- A computed column: whether the caller may reply to what is said about this thing.
create function public.viewer_replies_to_thing_reviews(public.things) returns boolean
language sql stable set search_path = '' as $$
  select (select auth.uid()) is not null and private.speaks_for_reviewed_thing($1.id)
$$;

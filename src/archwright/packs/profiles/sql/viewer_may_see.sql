-- A computed column: whether the caller may see what the member of this profile shows.
create function public.viewer_may_see(public.profiles) returns boolean
language sql stable set search_path = '' as $$
  select private.profile_open($1.id)
$$;

-- Accepts the version of the terms that the member has read.
create function public.accept_terms(p_version text) returns void
language sql volatile set search_path = '' as $$
  select private.accept_terms_as_caller(p_version)
$$;

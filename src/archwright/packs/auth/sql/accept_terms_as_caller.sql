-- Lets members accept the terms for themselves and for nobody else.
create function private.accept_terms_as_caller(p_version text) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform private.record_terms_acceptance((select auth.uid()), p_version);
end;
$$;

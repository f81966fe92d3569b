-- Records that an account accepts the terms; refuses every version but the current one.
create function private.record_terms_acceptance(p_user uuid, p_version text) returns void
language plpgsql security definer set search_path = '' as $$
begin
  if p_version is distinct from private.current_terms_version() then
    raise exception 'terms_not_current' using errcode = 'check_violation';
  end if;
  insert into public.terms_acceptances (user_id, version)
  values (p_user, p_version)
  on conflict do nothing;
end;
$$;

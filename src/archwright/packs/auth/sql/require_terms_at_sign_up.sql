-- No account without the current terms; those whom staff invited are asked on their first visit.
create function private.require_terms_at_sign_up() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if new.invited_at is null then
    perform private.record_terms_acceptance(new.id, new.raw_user_meta_data ->> 'terms_version');
  end if;
  return new;
end;
$$;

-- Definer: applications are written here only.
create function private.submit_store_application(
  p_name text,
  p_slug text,
  p_country text,
  p_currency text,
  p_about text
) returns uuid
language plpgsql security definer set search_path = '' as $$
declare
  v_me uuid := (select auth.uid());
  v_application uuid;
begin
  -- Who sends twice at once waits here.
  perform 1 from public.profiles p where p.id = v_me for no key update;
  if not found then
    raise exception 'store_not_allowed' using errcode = '42501';
  end if;
/*% if has('reports') %*/
  if private.suspended() then
    raise exception 'member_suspended' using errcode = '42501';
  end if;
/*% endif %*/
  select a.id into v_application
  from public.store_applications a
  where a.applicant_id = v_me and a.status = 'submitted'
    and (a.store_name, a.slug, a.country, a.currency, a.about) = (p_name, p_slug, p_country, p_currency, p_about);
  if found then
    return v_application;
  end if;
  if exists (select 1 from public.stores s where s.slug = p_slug) then
    raise exception 'stores_slug_key' using errcode = 'unique_violation';
  end if;
  perform private.ensure_currency(p_currency);
  insert into public.store_applications (applicant_id, store_name, slug, country, currency, about)
  values (v_me, p_name, p_slug, p_country, p_currency, p_about)
  returning id into v_application;
  return v_application;
end;
$$;

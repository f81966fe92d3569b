-- Definer: stores are made here only. Of two who decide at once the second waits, and then finds it decided.
create function private.close_store_application(
  p_application uuid,
  p_approve boolean,
  p_reason text
) returns uuid
language plpgsql security definer set search_path = '' as $$
declare
  v_application public.store_applications;
  v_wanted public.application_status := case when p_approve then 'approved' else 'refused' end;
  v_store uuid;
begin
  if not private.has_role('admin') then
    raise exception 'store_not_allowed' using errcode = '42501';
  end if;
  select a.* into v_application
  from public.store_applications a
  where a.id = p_application
  for no key update;
  if not found then
    raise exception 'store_application_decided' using errcode = 'P0002';
  end if;
  if v_application.status = v_wanted then
    return v_application.store_id;
  end if;
  if v_application.status <> 'submitted' then
    raise exception 'store_application_decided' using errcode = 'check_violation';
  end if;
  if p_approve then
    insert into public.stores (slug, name, country, currency)
    values (v_application.slug, v_application.store_name, v_application.country, v_application.currency)
    returning id into v_store;
    insert into public.store_members (store_id, member_id, role)
    values (v_store, v_application.applicant_id, 'owner');
  end if;
  update public.store_applications
  set
    status = v_wanted,
    store_id = v_store,
    decided_by = (select auth.uid()),
    decided_at = now(),
    reason = p_reason
  where id = p_application;
  return v_store;
end;
$$;

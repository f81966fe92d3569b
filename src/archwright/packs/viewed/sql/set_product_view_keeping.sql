-- Writes down whether a member wants to be remembered, under the same lock as what is remembered.
create function private.set_product_view_keeping(p_keep boolean) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_member uuid := (select auth.uid());
begin
  perform 1 from public.profiles p where p.id = v_member for no key update;
  insert into public.product_view_settings as s (member_id, keep)
  values (v_member, p_keep)
  on conflict (member_id) do update set keep = excluded.keep where s.keep is distinct from excluded.keep;
  if not p_keep then
    delete from public.product_views v where v.member_id = v_member;
  end if;
end;
$$;

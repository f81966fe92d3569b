-- Puts a product on top of what the caller looked at; of more than fifty the oldest goes.
create function private.note_product_view(p_product_id uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_member uuid := (select auth.uid());
begin
  -- Two tabs at once, and a switch that is turned off meanwhile, wait for each other.
  perform 1 from public.profiles p where p.id = v_member for no key update;
  if not found or exists (
    select 1 from public.product_view_settings s where s.member_id = v_member and not s.keep
  ) then
    return;
  end if;
  insert into public.product_views as v (member_id, product_id, viewed_at)
  values (v_member, p_product_id, clock_timestamp())
  on conflict (member_id, product_id) do update set viewed_at = excluded.viewed_at;
  delete from public.product_views v
  where v.member_id = v_member
    and (v.viewed_at, v.product_id) < (
      select kept.viewed_at, kept.product_id
      from public.product_views kept
      where kept.member_id = v_member
      order by kept.viewed_at desc, kept.product_id desc
      offset 49 limit 1
    );
end;
$$;

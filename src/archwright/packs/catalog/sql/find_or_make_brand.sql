-- Definer: brands are the administrators'. Names that differ in case or accents only are one brand.
create function private.find_or_make_brand(p_name text) returns uuid
language plpgsql security definer set search_path = '' as $$
declare
  v_brand uuid;
begin
  if not private.has_role('admin') and not exists (
    select 1 from public.store_members m
    where m.member_id = (select auth.uid()) and m.role in ('owner', 'manager', 'catalog')
  ) then
    raise exception 'product_not_allowed' using errcode = '42501';
  end if;
  if private.catalog_text(p_name) = '' then
    raise exception 'brand_without_name' using errcode = 'check_violation';
  end if;
  insert into public.brands (name, slug)
  values (btrim(p_name), private.slug_of(p_name))
  on conflict (slug) do nothing
  returning id into v_brand;
  if v_brand is null then
    select b.id into strict v_brand from public.brands b where b.slug = private.slug_of(p_name);
  end if;
  return v_brand;
end;
$$;

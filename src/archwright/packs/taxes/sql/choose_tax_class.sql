-- Definer: there is one standard class, so another must cease to be it first. All classes are locked in one order, whichever
-- are concerned: which one is the standard may change while this waits.
create function private.choose_tax_class(p_class uuid) returns void
language plpgsql security definer set search_path = '' as $$
begin
  if not private.has_role('admin') then
    raise exception 'tax_not_allowed' using errcode = '42501';
  end if;
  perform 1 from public.tax_classes c order by c.id for no key update;
  if not exists (select 1 from public.tax_classes c where c.id = p_class) then
    raise exception 'there is no such tax class' using errcode = 'P0002';
  end if;
  update public.tax_classes set standard = false where standard and id <> p_class;
  update public.tax_classes set standard = true where id = p_class and not standard;
end;
$$;

-- Keeps category_paths. Changes of the tree wait for one another, so that two cannot make a circle together.
create function private.place_category() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if tg_op = 'UPDATE' and new.parent_id is not distinct from old.parent_id then
    return null;
  end if;
  lock table public.category_paths in share row exclusive mode;
  if tg_op = 'INSERT' then
    insert into public.category_paths (ancestor_id, descendant_id, depth)
    select p.ancestor_id, new.id, p.depth + 1
    from public.category_paths p
    where p.descendant_id = new.parent_id
    union all
    select new.id, new.id, 0;
    return null;
  end if;
  if exists (
    select 1 from public.category_paths p
    where p.ancestor_id = new.id and p.descendant_id = new.parent_id
  ) then
    raise exception 'category_cycle' using errcode = 'check_violation';
  end if;
  delete from public.category_paths p
  using public.category_paths below, public.category_paths above
  where below.ancestor_id = new.id
    and above.descendant_id = new.id and above.depth > 0
    and p.descendant_id = below.descendant_id and p.ancestor_id = above.ancestor_id;
  insert into public.category_paths (ancestor_id, descendant_id, depth)
  select above.ancestor_id, below.descendant_id, above.depth + below.depth + 1
  from public.category_paths above
  cross join public.category_paths below
  where above.descendant_id = new.parent_id and below.ancestor_id = new.id;
  perform private.list_product(p.id)
  from public.category_paths below
  join public.products p on p.category_id = below.descendant_id
  where below.ancestor_id = new.id
  order by p.id;
  perform private.list_product(x.product_id)
  from public.category_paths below
  join public.product_categories x on x.category_id = below.descendant_id
  where below.ancestor_id = new.id
  order by x.product_id;
  return null;
end;
$$;

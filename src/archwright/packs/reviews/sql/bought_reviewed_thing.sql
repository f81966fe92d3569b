-- Whether a member has bought a thing. Orders know; without them nobody has.
create function private.bought_reviewed_thing(p_thing_id uuid, p_member_id uuid) returns boolean
language sql stable security definer set search_path = '' as $$
/*% if has('orders') and target.table == 'products' %*/
  select coalesce(private.bought_product(p_thing_id, p_member_id), false)
/*% else %*/
  select p_thing_id is null and p_member_id is null
/*% endif %*/
$$;

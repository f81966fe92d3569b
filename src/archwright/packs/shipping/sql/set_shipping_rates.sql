-- The steps of a method are these and no others: [{"at_least": 0, "amount": 490}, ...] in grams or minor units.
create function public.set_shipping_rates(p_method uuid, p_rates jsonb) returns void
language plpgsql set search_path = '' as $$
declare
  v_store uuid;
begin
  select m.store_id into v_store from public.shipping_methods m where m.id = p_method for update;
  if not found then
    raise exception 'there is no such method of yours' using errcode = 'P0002';
  end if;
  delete from public.shipping_rates r where r.method_id = p_method;
  insert into public.shipping_rates (method_id, store_id, at_least, amount)
  select p_method, v_store, step.at_least, step.amount
  from jsonb_to_recordset(p_rates) as step (at_least bigint, amount bigint)
  order by step.at_least;
end;
$$;

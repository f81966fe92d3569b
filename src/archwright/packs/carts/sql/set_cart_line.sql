-- So many of a variant are in the caller's cart; none of it with 0. A second call changes nothing.
create function public.set_cart_line(p_variant uuid, p_quantity integer) returns void
language plpgsql set search_path = '' as $$
begin
  if p_quantity > 0 and not exists (
    select 1 from public.priced_lines(jsonb_build_array(jsonb_build_object('variant_id', p_variant, 'quantity', 1))) line
    where line.amount is not null
  ) then
    raise exception 'cart_variant_gone' using errcode = 'P0002';
  end if;
  perform private.write_cart_line(p_variant, p_quantity);
end;
$$;

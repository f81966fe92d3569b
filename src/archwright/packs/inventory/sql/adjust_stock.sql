-- Records what came (a receipt) or that the number was wrong (an adjustment, with a reason); the same key again is the same movement.
create function public.adjust_stock(
  p_location uuid,
  p_variant uuid,
  p_quantity integer,
  p_kind public.movement_kind,
  p_reason text,
  p_key uuid
) returns uuid
language sql set search_path = '' as $$
  select private.write_movement(p_location, p_variant, p_quantity, p_kind, p_reason, p_key)
$$;

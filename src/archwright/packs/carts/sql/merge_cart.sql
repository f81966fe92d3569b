-- Takes what a guest had chosen, [{"variant_id": ..., "quantity": ...}, ...], into the caller's cart. Of what is in it already
-- the larger number stays, so that merging the same lines again adds nothing. What is not shown any more is left out.
create function public.merge_cart(p_lines jsonb) returns void
language sql set search_path = '' as $$
  select private.put_cart_lines(
    coalesce(
      (
        select jsonb_agg(jsonb_build_object('variant_id', line.variant_id, 'quantity', line.quantity))
        from public.priced_lines(p_lines) line
        where line.title is not null
      ),
      '[]'
    )
  )
$$;

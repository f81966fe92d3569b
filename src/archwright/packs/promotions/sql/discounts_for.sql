-- What is given off of a cart's lines at one store, [{"variant_id", "product_id", "quantity", "amount"}, ...] with the price of
-- one in minor units of p_currency: a row for each promotion and line (variant_id), and for free shipping a row without
-- line and amount. Nothing is written: `use_promotions` counts what an order really had.
-- Minimums count the lines that a promotion is for; several rules of categories and products mean any of them. A percentage is
-- rounded half away from zero once a line; an amount is spread over the lines so that its parts are its sum.
-- Stackable promotions add up, each reckoned from the price, and no line goes below zero; one that is not stackable stands
-- alone. What saves more is taken, and of the same the one with the lower id. Free shipping comes with either.
create function private.discounts_for(
  p_lines jsonb,
  p_store uuid,
  p_currency text,
  p_member uuid,
  p_codes text[] default '{}',
  p_first_order boolean default false,
  p_at timestamptz default now()
) returns table (
  promotion_id uuid,
  coupon_id uuid,
  name text,
  kind public.promotion_kind,
  variant_id uuid,
  amount bigint
)
language sql stable security definer set search_path = '' as $$
  with lines as (
    select x.variant_id, x.product_id, x.quantity, x.quantity * x.amount as total
    from jsonb_to_recordset(p_lines) as x (variant_id uuid, product_id uuid, quantity integer, amount bigint)
  ),
  offered as (
    select p.*, opened.id as by_coupon
    from public.promotions p
    left join lateral (
      select c.id
      from public.coupons c
      where c.promotion_id = p.id
        and c.active
        and lower(c.code::text) in (select lower(btrim(typed)) from unnest(p_codes) typed)
        and (c.uses_most is null or c.uses < c.uses_most)
        and (c.uses_each is null or c.uses_each > (
          select count(*) from public.promotion_uses u where u.coupon_id = c.id and u.member_id = p_member
        ))
      order by c.id
      limit 1
    ) opened on p.needs_coupon
    where p.store_id = p_store
      and p.active
      and p.starts_at <= p_at
      and (p.ends_at is null or p.ends_at > p_at)
      and (p.uses_most is null or p.uses < p.uses_most)
      and (p.currency is null or p.currency = p_currency)
      and (not p.needs_coupon or opened.id is not null)
  ),
  meant as (
    select o.id, l.variant_id, l.quantity, l.total
    from offered o
    cross join lines l
    where not exists (
      select 1 from public.promotion_rules r
      where r.promotion_id = o.id and num_nonnulls(r.product_id, r.category_id) > 0
    )
    or exists (
      select 1 from public.promotion_rules r where r.promotion_id = o.id and r.product_id = l.product_id
    )
    or exists (
      select 1
      from public.promotion_rules r
      join public.category_paths path on path.ancestor_id = r.category_id
      join public.products p on p.id = l.product_id
      where r.promotion_id = o.id
        and (
          path.descendant_id = p.category_id
          or exists (
            select 1 from public.product_categories also
            where also.product_id = p.id and also.category_id = path.descendant_id
          )
        )
    )
  ),
  counted as (
    select o.*, m.lines_total
    from offered o
    cross join lateral (
      select coalesce(sum(x.total), 0) as lines_total, coalesce(sum(x.quantity), 0) as quantity
      from meant x
      where x.id = o.id
    ) m
    where m.quantity > 0
      and not exists (
        select 1 from public.promotion_rules r
        where r.promotion_id = o.id
          and (r.minimum_amount > m.lines_total or r.minimum_quantity > m.quantity or (r.first_order and not p_first_order))
      )
  ),
  reckoned as (
    select
      c.id, c.stackable, m.variant_id, m.total,
      case c.kind
        when 'percentage' then round(m.total * c.percent / 100)
        else
          round(least(c.amount, c.lines_total)::numeric * sum(m.total) over up_to / greatest(c.lines_total, 1))
          - round(least(c.amount, c.lines_total)::numeric * (sum(m.total) over up_to - m.total) / greatest(c.lines_total, 1))
      end as off
    from counted c
    join meant m on m.id = c.id
    where c.kind <> 'free_shipping'
    window up_to as (partition by c.id order by m.variant_id)
  ),
  capped as (
    select
      r.id, r.stackable, r.variant_id,
      case
        when r.stackable then
          least(sum(r.off) over stack, r.total) - least(sum(r.off) over stack - r.off, r.total)
        else r.off
      end as off
    from reckoned r
    window stack as (partition by r.variant_id, r.stackable order by r.id)
  ),
  chosen as (
    select c.stackable, case when not c.stackable then c.id end as alone
    from capped c
    group by 1, 2
    order by sum(c.off) desc, 1 desc, 2
    limit 1
  )
  select o.id, o.by_coupon, o.name, o.kind, c.variant_id, c.off::bigint
  from chosen
  join capped c on c.stackable = chosen.stackable and (chosen.alone is null or c.id = chosen.alone)
  join offered o on o.id = c.id
  where c.off > 0
  union all
  select c.id, c.by_coupon, c.name, c.kind, null::uuid, 0::bigint
  from counted c
  where c.kind = 'free_shipping'
  order by 1, 5
$$;

-- What the sample products cost: in euro, some of them in dollars too, some cheaper in numbers or for a while.
insert into public.price_lists (store_id, name, currency, is_default)
select s.id, 'USD', 'USD', true
from public.stores s
where s.slug in ('north-light-audio', 'papier-und-stift');

insert into public.prices (price_list_id, variant_id, store_id, amount, compare_at, during, created_at)
select
  l.id, v.id, v.store_id, priced.amount,
  case when cost.n % 7 = 3 then round(priced.amount * 1.25, -2)::bigint - 1 end,
  tstzrange(v.created_at - interval '1 day', null), v.created_at
from (
  values
    (1, 14900, 1000), (2, 11900, 500), (3, 7990, 0), (4, 12900, 0), (5, 34900, 2000), (6, 89900, 0), (7, 27900, 1000),
    (8, 39900, 0), (9, 1490, 1400), (10, 3990, 0), (11, 6990, 0), (12, 1290, 500), (13, 249, 690), (14, 299, 800),
    (15, 279, 750), (16, 3900, 1000), (17, 8900, 2000), (18, 9900, 900), (19, 5490, 0), (20, 1890, 0), (21, 4290, 1700),
    (22, 3490, 0), (23, 990, 800), (24, 11900, 0), (25, 15900, 0), (26, 42900, 0), (27, 69900, 0), (28, 6900, 0),
    (29, 17900, 0), (30, 9900, 0), (31, 24900, 0), (32, 8900, 0), (33, 6900, 0), (34, 2290, 400), (35, 3990, 0),
    (36, 5990, 0), (37, 1290, 0), (38, 2490, 0), (39, 1690, 900), (40, 6900, 0), (41, 3900, 0), (42, 790, 400),
    (43, 990, 0), (44, 1490, 0), (45, 1990, 0), (46, 990, 0)
) as cost (n, base, step)
join public.variants v on v.product_id = ('00000000-0000-4000-8000-00000000d' || lpad(cost.n::text, 3, '0'))::uuid
join public.price_lists l on l.store_id = v.store_id
cross join lateral (
  select (
    (cost.base + cost.step * (v.position - 1)) * case when l.currency = 'USD' then 1.1 else 1 end
  )::bigint as amount
) priced;

-- Flour by the box, notebooks by the class.
insert into public.prices (price_list_id, variant_id, store_id, amount, minimum_quantity, during, created_at)
select x.price_list_id, x.variant_id, x.store_id, (x.amount * 0.9)::bigint, 10, x.during, x.created_at
from public.prices x
join public.variants v on v.id = x.variant_id
where v.product_id in (
  '00000000-0000-4000-8000-00000000d013', '00000000-0000-4000-8000-00000000d014', '00000000-0000-4000-8000-00000000d037'
);

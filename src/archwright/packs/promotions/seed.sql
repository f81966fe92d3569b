-- Each store gives something off; one of them by a code.
insert into public.promotions (id, store_id, name, kind, percent, amount, currency, stackable, needs_coupon, starts_at, created_at)
select
  md5('promotion ' || s.slug)::uuid, s.id, offer.name, offer.kind::public.promotion_kind, offer.percent, offer.amount,
  case when offer.amount is not null then s.currency end, offer.stackable, offer.code is not null,
  now() - interval '5 days', now() - interval '5 days'
from public.stores s
join (
  values
    ('north-light-audio', 'Two and more: 10% off', 'percentage', 10.0, null::bigint, false, null),
    ('casa-forno', 'Ten euros for new bakers', 'fixed', null, 1000, false, 'FORNO10'),
    ('fjell-outdoor', 'Free shipping', 'free_shipping', null, null, true, null),
    ('papier-und-stift', 'Back to school', 'percentage', 15.0, null, false, null)
) as offer (slug, name, kind, percent, amount, stackable, code) on offer.slug = s.slug
on conflict do nothing;

insert into public.promotion_rules (promotion_id, store_id, minimum_quantity)
select md5('promotion ' || s.slug)::uuid, s.id, 2 from public.stores s where s.slug = 'north-light-audio';

insert into public.promotion_rules (promotion_id, store_id, minimum_amount)
select md5('promotion ' || s.slug)::uuid, s.id, 5000 from public.stores s where s.slug in ('casa-forno', 'fjell-outdoor');

insert into public.coupons (promotion_id, store_id, code, uses_each)
select md5('promotion ' || s.slug)::uuid, s.id, 'FORNO10', 1 from public.stores s where s.slug = 'casa-forno'
on conflict do nothing;

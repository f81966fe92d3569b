-- Five stores of different kinds, one of them suspended, and an application that waits.
select private.ensure_currency(code) from (values ('EUR'), ('GBP'), ('USD')) as wanted (code);

insert into public.stores (id, slug, name, description, status, country, currency, created_at)
select
  ('00000000-0000-4000-8000-00000000b00' || store.n)::uuid, store.slug, store.name, store.description,
  store.status::public.store_status, store.country, 'EUR', now() - store.age
from (
  values
    (1, 'north-light-audio', 'North Light Audio', 'Headphones, speakers and turntables, tested by people who listen.' || E'\n' || 'Two years of repair on everything we sell.', 'active', 'DE', interval '380 days'),
    (2, 'casa-forno', 'Casa Forno', 'Everything for bread, pizza and pasta: from the bakers of Bologna to your kitchen.', 'active', 'IT', interval '340 days'),
    (3, 'fjell-outdoor', 'Fjell Outdoor', 'Tents, packs and warm layers for weather that does not ask.', 'active', 'NO', interval '290 days'),
    (4, 'papier-und-stift', 'Papier & Stift', 'Notebooks, inks and pens for those who still write by hand.', 'active', 'AT', interval '120 days'),
    (5, 'bargain-cave', 'Bargain Cave', 'Everything must go.', 'suspended', 'NL', interval '20 days')
) as store (n, slug, name, description, status, country, age);

insert into public.store_members (store_id, member_id, role, added_by, created_at)
select
  ('00000000-0000-4000-8000-00000000b00' || job.store)::uuid,
  ('00000000-0000-4000-8000-' || lpad(job.person::text, 12, '0'))::uuid,
  job.role::public.store_role,
  case when job.boss is not null then ('00000000-0000-4000-8000-' || lpad(job.boss::text, 12, '0'))::uuid end,
  now() - job.age
from (
  values
    (1, 4, 'owner', null::integer, interval '380 days'),
    (1, 14, 'manager', 4, interval '200 days'),
    (1, 16, 'catalog', 4, interval '90 days'),
    (1, 19, 'support', 14, interval '40 days'),
    (2, 2, 'owner', null, interval '340 days'),
    (2, 13, 'catalog', 2, interval '150 days'),
    (2, 9, 'fulfilment', 2, interval '140 days'),
    (3, 7, 'owner', null, interval '58 days'),
    (3, 12, 'fulfilment', 7, interval '50 days'),
    (4, 5, 'owner', null, interval '120 days'),
    (4, 17, 'manager', 5, interval '90 days'),
    (5, 20, 'owner', null, interval '1 day')
) as job (store, person, role, boss, age);

insert into public.store_applications (applicant_id, store_name, slug, country, currency, about, created_at)
values (
  '00000000-0000-4000-8000-000000000011', 'Aiko Ceramics', 'aiko-ceramics', 'DE', 'EUR',
  'I throw cups and bowls by hand, about thirty a week, and send them myself.', now() - interval '2 days'
);

insert into public.store_applications (
  applicant_id, store_name, slug, country, currency, about, status, decided_by, decided_at, reason, created_at
)
values (
  '00000000-0000-4000-8000-000000000018', 'Cat Things', 'cat-things', 'US', 'USD', 'Things for cats.', 'refused',
  '00000000-0000-4000-8000-000000000001', now() - interval '10 days',
  'Please tell us where your goods come from, and apply again.', now() - interval '12 days'
);

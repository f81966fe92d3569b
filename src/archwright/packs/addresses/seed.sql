-- Where the sample people live: everyone has one address, every third a second one at work.
insert into public.addresses (
  id, member_id, name, line1, line2, city, region, postal_code, country, phone, default_shipping, default_billing, created_at
)
select
  md5('address ' || place.line1 || p.id)::uuid, p.id, p.display_name, place.line1, place.line2, place.city, place.region,
  place.postal_code, place.country, place.phone, true, true, p.created_at
from (
  select p.*, row_number() over (order by p.id) as n from public.profiles p where p.id::text like '00000000-0000-4000-8000-%'
) p
join (
  values
    (0, '14 Birchwood Lane', null, 'Portland', 'Oregon', '97205', 'US', '+1 503 555 0114'),
    (1, 'Via Mascarella 27', 'Scala B', 'Bologna', null, '40126', 'IT', null),
    (2, 'Rua da Bica 8', '3.º Esq.', 'Lisboa', null, '1200-054', 'PT', '+351 21 555 0132'),
    (3, 'Lindenstraße 41', null, 'Berlin', null, '10969', 'DE', null),
    (4, '221 Harbour Street', 'Flat 4', 'Bristol', null, 'BS1 4QA', 'GB', '+44 117 496 0155'),
    (5, 'Sveavägen 112', null, 'Stockholm', null, '113 50', 'SE', null)
) as place (n, line1, line2, city, region, postal_code, country, phone) on place.n = mod(p.n, 6)
on conflict do nothing;

insert into public.addresses (id, member_id, name, line1, line2, city, region, postal_code, country, created_at)
select
  md5('work ' || p.id)::uuid, p.id, p.display_name, '500 Alder Avenue', 'c/o Fern Studio, 2nd floor', 'Seattle', 'Washington',
  '98104', 'US', p.created_at + interval '1 day'
from (
  select p.*, row_number() over (order by p.id) as n from public.profiles p where p.id::text like '00000000-0000-4000-8000-%'
) p
where mod(p.n, 3) = 2
on conflict do nothing;

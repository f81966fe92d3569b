-- Rates as they are in some countries, and in one American state.
insert into public.tax_classes (id, name, standard)
values
  ('00000000-0000-4000-8000-0000000a0001', 'Standard', true),
  ('00000000-0000-4000-8000-0000000a0002', 'Books', false),
  ('00000000-0000-4000-8000-0000000a0003', 'Food', false)
on conflict do nothing;

insert into public.tax_countries (country, inclusive)
values ('DE', true), ('FR', true), ('GB', true), ('IT', true), ('PT', true), ('SE', true), ('US', false), ('CA', false)
on conflict do nothing;

insert into public.tax_rates (tax_class_id, country, region, rate, during)
select
  ('00000000-0000-4000-8000-0000000a000' || r.class)::uuid, r.country, r.region, r.rate,
  daterange(r.since, null)
from (
  values
    (1, 'DE', null, 0.19, date '2024-01-01'), (2, 'DE', null, 0.07, date '2024-01-01'), (3, 'DE', null, 0.07, date '2024-01-01'),
    (1, 'FR', null, 0.20, date '2024-01-01'), (2, 'FR', null, 0.055, date '2024-01-01'), (3, 'FR', null, 0.055, date '2024-01-01'),
    (1, 'GB', null, 0.20, date '2024-01-01'), (2, 'GB', null, 0, date '2024-01-01'), (3, 'GB', null, 0, date '2024-01-01'),
    (1, 'IT', null, 0.22, date '2024-01-01'), (2, 'IT', null, 0.04, date '2024-01-01'), (3, 'IT', null, 0.10, date '2024-01-01'),
    (1, 'PT', null, 0.23, date '2024-01-01'), (2, 'PT', null, 0.06, date '2024-01-01'), (3, 'PT', null, 0.06, date '2024-01-01'),
    (1, 'SE', null, 0.25, date '2024-01-01'), (2, 'SE', null, 0.06, date '2024-01-01'), (3, 'SE', null, 0.12, date '2024-01-01'),
    (1, 'US', 'California', 0.0725, date '2024-01-01'), (1, 'US', 'Washington', 0.065, date '2024-01-01'),
    (1, 'US', 'Oregon', 0, date '2024-01-01'), (1, 'CA', null, 0.05, date '2024-01-01')
) as r (class, country, region, rate, since)
on conflict do nothing;

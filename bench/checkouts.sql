-- A shop, and shoppers who all have its last item in the cart; bench.shoppers and bench.items say how many.
insert into public.currencies (code, exponent, name)
values ('EUR', 2, 'Euro') on conflict do nothing;
insert into public.stores (id, slug, name, country, currency)
values (md5('s')::uuid, 'shop', 'Shop', 'DE', 'EUR');
insert into public.categories (id, name, slug)
values (md5('c')::uuid, 'Cups', 'cups');
insert into public.products (id, store_id, category_id, title, slug, status, published_at)
values (md5('p')::uuid, md5('s')::uuid, md5('c')::uuid, 'Cup', 'cup', 'active', now());
insert into public.variants (id, product_id, store_id, sku)
values (md5('v')::uuid, md5('p')::uuid, md5('s')::uuid, 'CUP');
insert into public.stock_locations (id, store_id, name, country)
values (md5('l')::uuid, md5('s')::uuid, 'Depot', 'DE');
insert into public.prices (price_list_id, variant_id, store_id, amount, during)
select id, md5('v')::uuid, md5('s')::uuid, 999, tstzrange('2020-01-01', null) from public.price_lists;
insert into public.zones (id, store_id, name)
values (md5('z')::uuid, md5('s')::uuid, 'Zone');
insert into public.zone_countries (store_id, country, zone_id)
values (md5('s')::uuid, 'DE', md5('z')::uuid);
insert into public.shipping_methods (id, store_id, zone_id, name, currency, basis, min_days, max_days)
values (md5('m')::uuid, md5('s')::uuid, md5('z')::uuid, 'Post', 'EUR', 'weight', 1, 2);
insert into public.shipping_rates (method_id, store_id, at_least, amount)
values (md5('m')::uuid, md5('s')::uuid, 0, 490);
insert into public.payment_methods (code, kind)
values ('invoice', 'manual') on conflict do nothing;
insert into auth.users (id, email, invited_at)
select md5('u' || i)::uuid, 'u' || i || '@example.com', now() from generate_series(1, current_setting('bench.shoppers')::integer) i;
insert into public.addresses (member_id, name, line1, city, country, default_shipping, default_billing)
select md5('u' || i)::uuid, 'X', 'Y', 'Z', 'DE', true, true from generate_series(1, current_setting('bench.shoppers')::integer) i;
insert into public.carts (id, member_id, currency)
select md5('k' || i)::uuid, md5('u' || i)::uuid, 'EUR' from generate_series(1, current_setting('bench.shoppers')::integer) i;
insert into public.cart_lines (cart_id, variant_id, quantity)
select md5('k' || i)::uuid, md5('v')::uuid, 1 from generate_series(1, current_setting('bench.shoppers')::integer) i;
insert into public.checkouts (id, member_id, currency, shipping_address_id, billing_address_id)
select md5('o' || i)::uuid, a.member_id, 'EUR', a.id, a.id
from generate_series(1, current_setting('bench.shoppers')::integer) i join public.addresses a on a.member_id = md5('u' || i)::uuid;
insert into public.stock_movements (store_id, location_id, variant_id, quantity, kind)
values (md5('s')::uuid, md5('l')::uuid, md5('v')::uuid, current_setting('bench.items')::integer, 'receipt');

-- Categories, brands and what the stores sell: 46 products, two of them of a store that is suspended.
create function pg_temp.market_id(p_kind text, p_number integer) returns uuid
language sql immutable as $$
  select ('00000000-0000-4000-8000-00000000' || p_kind || lpad(p_number::text, 3, '0'))::uuid
$$;

insert into public.categories (id, parent_id, name, slug, position)
select pg_temp.market_id('c', c.n), pg_temp.market_id('c', c.parent), c.name, c.slug, c.n
from (
  values
    (1, null::integer, 'Audio', 'audio'),
    (2, null, 'Kitchen', 'kitchen'),
    (3, null, 'Outdoor', 'outdoor'),
    (4, null, 'Stationery', 'stationery'),
    (11, 1, 'Headphones', 'headphones'),
    (12, 1, 'Speakers', 'speakers'),
    (13, 1, 'Turntables', 'turntables'),
    (14, 1, 'Cables', 'cables'),
    (15, 11, 'Over-ear', 'over-ear'),
    (16, 11, 'In-ear', 'in-ear'),
    (21, 2, 'Flour & grains', 'flour'),
    (22, 2, 'Cookware', 'cookware'),
    (23, 2, 'Baking tools', 'baking-tools'),
    (24, 2, 'Oils & pantry', 'pantry'),
    (31, 3, 'Tents', 'tents'),
    (32, 3, 'Backpacks', 'backpacks'),
    (33, 3, 'Jackets', 'jackets'),
    (34, 3, 'Camp kitchen & light', 'camp'),
    (41, 4, 'Notebooks', 'notebooks'),
    (42, 4, 'Pens', 'pens'),
    (43, 4, 'Ink', 'ink')
) as c (n, parent, name, slug)
order by c.n;

insert into public.brands (id, name, slug)
select pg_temp.market_id('f', b.n), b.name, private.slug_of(b.name)
from (
  values
    (1, 'Auralis'), (2, 'Holm & Sohn'), (3, 'Tonwerk'), (4, 'Molino Bianchi'), (5, 'Ferro'), (6, 'Casa Forno'),
    (7, 'Fjell'), (8, 'Nordvik'), (9, 'Kante'), (10, 'Feder & Co')
) as b (n, name);

insert into public.product_types (id, name)
select pg_temp.market_id('1', t.n), t.name
from (values (1, 'Headphones'), (2, 'Tent'), (3, 'Jacket'), (4, 'Notebook'), (5, 'Speaker')) as t (n, name);

insert into public.attributes (id, product_type_id, name, kind, unit, position)
select pg_temp.market_id('2', a.n), pg_temp.market_id('1', a.type), a.name, a.kind::public.attribute_kind, a.unit, a.n
from (
  values
    (1, 1, 'Connection', 'choice', null), (2, 1, 'Noise cancelling', 'boolean', null), (3, 1, 'Battery life', 'number', 'h'),
    (4, 2, 'Sleeps', 'number', 'people'), (5, 2, 'Seasons', 'choice', null),
    (6, 3, 'Material', 'choice', null), (7, 3, 'Waterproof', 'boolean', null),
    (8, 4, 'Paper', 'choice', null), (9, 4, 'Pages', 'number', null),
    (10, 5, 'Power', 'number', 'W'), (11, 5, 'Connection', 'choice', null)
) as a (n, type, name, kind, unit);

insert into public.attribute_choices (id, attribute_id, label, position)
select pg_temp.market_id('3', c.n), pg_temp.market_id('2', c.attribute), c.label, c.n
from (
  values
    (1, 1, 'Wireless'), (2, 1, 'Wired'), (3, 5, 'Three seasons'), (4, 5, 'Four seasons'), (5, 6, 'Merino wool'),
    (6, 6, 'Recycled nylon'), (7, 6, 'Fleece'), (8, 8, 'Dotted'), (9, 8, 'Lined'), (10, 8, 'Blank'), (11, 11, 'Wireless'),
    (12, 11, 'Wired')
) as c (n, attribute, label);

create temporary table goods as
select * from (
  values
    (1, 1, 15, 1, 1, 'Drift wireless headphones', 'Forty hours of music, and a fold that fits a coat pocket.' || E'\n' || 'Ear pads can be changed without a tool.', 'Colour:Midnight,Sand,Moss', 'Size:Regular,Large'),
    (2, 1, 15, 2, 1, 'Studio S2 headphones', 'Closed headphones for recording: nothing gets out, nothing gets in.', 'Cable:1.5 m,3 m', ''),
    (3, 1, 16, 1, 1, 'Pebble earbuds', 'Small enough to forget, loud enough not to.', 'Colour:Pine,Chalk', ''),
    (4, 1, 16, 3, 1, 'Kompakt in-ear monitors', 'Two drivers each, a cable that does not tangle.', '', ''),
    (5, 1, 12, 2, 5, 'Walnut bookshelf speaker', 'A pair in real walnut, tuned in a living room and not in a laboratory.', 'Finish:Walnut,Oak,Black ash', ''),
    (6, 1, 12, 3, 5, 'Tower T1 floor speaker', 'Three ways, one metre tall, made for a room of thirty square metres.', '', ''),
    (7, 1, 13, 2, null, 'Platine 33 turntable', 'Belt drive, a carbon arm, and a cover that closes softly.', 'Finish:Walnut,White', ''),
    (8, 1, 13, 3, null, 'Direktlauf DJ turntable', 'Direct drive with the torque to start on the beat.', '', ''),
    (9, 1, 14, 3, null, 'Copper speaker cable', 'Oxygen-free copper in a cotton sleeve.', 'Length:2 m,5 m,10 m', ''),
    (10, 1, 15, 1, 1, 'Drift Kids headphones', 'Never louder than 85 decibels, and hard to break.', 'Colour:Fern,Berry', ''),
    (11, 1, 12, 1, 5, 'Murmel portable speaker', 'Rain does not matter to it, and it plays for a day.', 'Colour:Berry,Ink,Sun', ''),
    (12, 1, 14, 1, null, 'Braided USB-C cable', 'Charges at 100 watts and survives a cat.', 'Length:1 m,2 m', ''),
    (13, 2, 21, 4, null, 'Tipo 00 flour', 'Milled slowly for pizza and fresh pasta.', 'Weight:1 kg,5 kg,25 kg', ''),
    (14, 2, 21, 4, null, 'Whole rye flour', 'Dark, strong, made for sourdough.', 'Weight:1 kg,5 kg', ''),
    (15, 2, 21, 4, null, 'Durum semolina', 'For orecchiette, and so that nothing sticks to the peel.', 'Weight:1 kg,5 kg', ''),
    (16, 2, 22, 5, null, 'Carbon steel pan', 'Gets better every time, for longer than you do.', 'Size:20 cm,24 cm,28 cm', ''),
    (17, 2, 22, 5, null, 'Copper sauté pan', 'Answers to the flame within a second.', 'Size:20 cm,24 cm', ''),
    (18, 2, 22, 5, null, 'Cast iron pot', 'For bread with a crust and stews with patience.', 'Colour:Cherry,Sea,Slate', 'Volume:3 l,5 l'),
    (19, 2, 22, 6, null, 'Pasta pot with sieve', 'Six litres, and a sieve that hangs on the rim.', '', ''),
    (20, 2, 23, 6, null, 'Beech rolling pin', 'Turned from one piece, oiled, no handles to come loose.', '', ''),
    (21, 2, 23, 6, null, 'Kneading board', 'Edge on both sides: one holds the table, one the flour.', 'Size:50 cm,70 cm', ''),
    (22, 2, 23, 6, null, 'Proofing board', 'Linen and ash wood for baguettes in their last hour.', '', ''),
    (23, 2, 24, 4, null, 'Olive oil, first pressing', 'From November, from one grove, in a tin that light cannot enter.', 'Volume:0.5 l,1 l,5 l', ''),
    (24, 2, 22, 5, null, 'Polenta cauldron', 'Copper, with a long wooden spoon and no hurry.', '', ''),
    (25, 3, 31, 7, 2, 'Two-season dome tent', 'Pitched in four minutes by one person, in five by two.', 'Colour:Amber,Pine', ''),
    (26, 3, 31, 7, 2, 'Ridge tunnel tent', 'Holds in wind that lets nobody sleep.', '', ''),
    (27, 3, 31, 8, 2, 'Family lodge tent', 'Three rooms, standing height, a window to the lake.', '', ''),
    (28, 3, 32, 7, null, 'Day pack 22', 'Light, with a back that breathes.', 'Colour:Rowan,Slate', ''),
    (29, 3, 32, 7, null, 'Trek pack 55', 'Carries fifteen kilos as if they were ten.', 'Size:S,M,L', 'Colour:Slate,Moss'),
    (30, 3, 32, 8, null, 'Commuter roll-top', 'Dry inside whatever happens outside.', '', ''),
    (31, 3, 33, 7, 3, 'Shell rain jacket', 'Three layers, taped seams, a hood that turns with the head.', 'Size:XS,S,M,L,XL', 'Colour:Rust,Night'),
    (32, 3, 33, 8, 3, 'Merino mid layer', 'Warm when wet, fresh after a week.', 'Size:S,M,L,XL', ''),
    (33, 3, 33, 8, 3, 'Fleece jacket', 'The one that everybody in the family borrows.', 'Size:S,M,L', 'Colour:Sage,Ash'),
    (34, 3, 34, 7, null, 'Steel bottle', 'Cold for a day, warm for half of one.', 'Volume:0.5 l,0.75 l,1 l', ''),
    (35, 3, 34, 8, null, 'Storm lantern', 'Eighty hours on low, and a hook for the tent.', '', ''),
    (36, 3, 34, 8, null, 'Titanium camp pot', 'A hundred grams, and it whistles.', '', ''),
    (37, 4, 41, 9, 4, 'Softcover notebook A5', 'Lies flat from the first page on.', 'Colour:Oxblood,Pine,Navy', 'Ruling:Dotted,Lined,Blank'),
    (38, 4, 41, 9, 4, 'Travel journal', 'Thread-bound, with a pocket for tickets.', '', ''),
    (39, 4, 41, 10, 4, 'Sketchbook, heavy paper', 'Takes ink and water without a wave.', 'Size:A5,A4', ''),
    (40, 4, 42, 10, null, 'Brass fountain pen', 'Grows a patina that is yours alone.', 'Nib:Extra fine,Fine,Medium', ''),
    (41, 4, 42, 10, null, 'Wooden rollerball', 'Pear wood from Styria, refills from anywhere.', '', ''),
    (42, 4, 43, 9, null, 'Ink, Danube blue', 'Flows well, dries within ten seconds, washes out of most things.', 'Volume:30 ml,50 ml', ''),
    (43, 4, 43, 9, null, 'Ink, elderberry', 'Red by day, violet by lamplight.', '', ''),
    (44, 4, 43, 10, null, 'Archive ink, forest', 'Stays for two hundred years, so mind what you write.', '', ''),
    (45, 5, 12, null, 5, 'Mega bass speaker', 'Loud.', '', ''),
    (46, 5, 16, null, 1, 'True sound buds', 'Like the famous ones.', '', '')
) as g (n, store, category, brand, type, title, description, first_option, second_option);

insert into public.products (
  id, store_id, category_id, brand_id, product_type_id, title, description, status, published_at, created_at
)
select
  pg_temp.market_id('d', g.n), pg_temp.market_id('b', g.store), pg_temp.market_id('c', g.category),
  pg_temp.market_id('f', g.brand), pg_temp.market_id('1', g.type), g.title, g.description,
  (case when g.n in (24, 36) then 'draft' when g.n = 12 then 'archived' else 'active' end)::public.product_status,
  case when g.n not in (24, 36) then now() - g.n * interval '31 hours' end,
  now() - (g.n * interval '31 hours' + interval '1 day')
from goods g
order by g.n;

-- What is also shown elsewhere.
insert into public.product_categories (product_id, category_id)
values
  (pg_temp.market_id('d', 11), pg_temp.market_id('c', 34)),
  (pg_temp.market_id('d', 34), pg_temp.market_id('c', 24)),
  (pg_temp.market_id('d', 18), pg_temp.market_id('c', 23));

insert into public.product_media (product_id, path, alt, position)
select
  pg_temp.market_id('d', picture.product), m.member_id || '/product-' || lpad(picture.n::text, 2, '0') || '.webp',
  g.title, picture.place
from (
  select g.n as product, g.n, 0 as place from goods g
  union all
  values (1, 2, 1), (1, 10, 2), (5, 6, 1), (31, 32, 1), (31, 33, 2), (37, 38, 1)
) as picture (product, n, place)
join goods g on g.n = picture.product
join public.store_members m on m.store_id = pg_temp.market_id('b', g.store) and m.role = 'owner';

insert into public.options (id, product_id, name, position)
select
  md5(format('option/%s/%s', g.n, o.place))::uuid, pg_temp.market_id('d', g.n), split_part(o.said, ':', 1), o.place
from goods g
cross join lateral (values (0, g.first_option), (1, g.second_option)) as o (place, said)
where o.said <> '';

insert into public.option_values (id, option_id, product_id, label, position)
select
  md5(format('value/%s/%s/%s', g.n, o.place, v.label))::uuid, md5(format('option/%s/%s', g.n, o.place))::uuid,
  pg_temp.market_id('d', g.n), v.label, v.place
from goods g
cross join lateral (values (0, g.first_option), (1, g.second_option)) as o (place, said)
cross join lateral string_to_table(split_part(o.said, ':', 2), ',') with ordinality as v (label, place)
where o.said <> '';

insert into public.variants (id, product_id, store_id, sku, combination, position, weight_g, active)
select
  md5(format('variant/%s/%s', g.n, made.place))::uuid, pg_temp.market_id('d', g.n), pg_temp.market_id('b', g.store),
  format('%s-%s-%s', upper(left(replace(b.slug, '-', ''), 3)), 100 + g.n, made.place), made.combination, made.place,
  150 + (g.n * 137) % 2400,
  -- Not everything goes with everything: then a choice is disabled.
  not (g.n = 1 and made.place in (4, 6)) and not (g.n = 31 and made.place = 10) and not (g.n = 37 and made.place = 9)
from goods g
left join public.brands b on b.id = pg_temp.market_id('f', g.brand)
cross join lateral (
  select
    row_number() over (order by one.position, two.position) as place,
    array_remove(array[one.id, two.id], null) as combination
  from (select 1) as always
  left join public.option_values one on one.option_id = md5(format('option/%s/0', g.n))::uuid
  left join public.option_values two on two.option_id = md5(format('option/%s/1', g.n))::uuid
) made;

insert into public.attribute_values (
  product_id, attribute_id, product_type_id, number_value, boolean_value, choice_id
)
select
  pg_temp.market_id('d', v.product), pg_temp.market_id('2', v.attribute), a.product_type_id, v.number, v.answer,
  pg_temp.market_id('3', v.choice)
from (
  values
    (1, 1, null::numeric, null::boolean, 1), (1, 2, null, true, null), (1, 3, 40, null, null),
    (2, 1, null, null, 2), (2, 2, null, false, null),
    (3, 1, null, null, 1), (3, 2, null, true, null), (3, 3, 8, null, null),
    (4, 1, null, null, 2), (4, 2, null, false, null),
    (5, 10, 80, null, null), (5, 11, null, null, 12), (6, 10, 180, null, null), (6, 11, null, null, 12),
    (10, 1, null, null, 1), (10, 2, null, false, null), (10, 3, 25, null, null),
    (11, 10, 20, null, null), (11, 11, null, null, 11),
    (25, 4, 2, null, null), (25, 5, null, null, 3), (26, 4, 3, null, null), (26, 5, null, null, 4),
    (27, 4, 6, null, null), (27, 5, null, null, 3),
    (31, 6, null, null, 6), (31, 7, null, true, null), (32, 6, null, null, 5), (32, 7, null, false, null),
    (33, 6, null, null, 7), (33, 7, null, false, null),
    (37, 9, 160, null, null), (38, 8, null, null, 9), (38, 9, 240, null, null), (39, 8, null, null, 10), (39, 9, 96, null, null)
) as v (product, attribute, number, answer, choice)
join public.attributes a on a.id = pg_temp.market_id('2', v.attribute);

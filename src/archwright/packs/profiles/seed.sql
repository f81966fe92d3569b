-- Twenty people. Each signs in as <handle>@example.com with the password "sample-password".
insert into auth.users (
  instance_id, id, aud, role, email, encrypted_password, email_confirmed_at, raw_app_meta_data, raw_user_meta_data,
  created_at, updated_at, confirmation_token, recovery_token, email_change_token_new, email_change
)
select
  '00000000-0000-0000-0000-000000000000',
  ('00000000-0000-4000-8000-' || lpad(person.n::text, 12, '0'))::uuid,
  'authenticated',
  'authenticated',
  person.handle || '@example.com',
  extensions.crypt('sample-password', extensions.gen_salt('bf')),
  now() - person.age,
  '{"provider": "email", "providers": ["email"]}',
  jsonb_build_object('display_name', person.name, 'terms_version', private.current_terms_version()),
  now() - person.age,
  now() - person.age,
  '', '', '', ''
from (
  values
    (1, 'mara', 'Mara Lindqvist', interval '420 days'),
    (2, 'teo.bakes', 'Teo Marchetti', interval '390 days'),
    (3, 'ines', 'Inês Duarte', interval '300 days'),
    (4, 'kofi_builds', 'Kofi Mensah', interval '251 days'),
    (5, 'yuki', 'Yuki Tanaka', interval '180 days'),
    (6, 'runa', 'Runa Sharma', interval '122 days'),
    (7, 'oscar.w', 'Oscar Whitfield', interval '60 days'),
    (8, 'lena', 'Lena Hofmann', interval '9 days'),
    (9, 'noor', 'Noor Haddad', interval '210 days'),
    (10, 'bram_vd', 'Bram van Dijk', interval '201 days'),
    (11, 'aiko.h', 'Aiko Hayashi', interval '187 days'),
    (12, 'tomasz', 'Tomasz Wrona', interval '171 days'),
    (13, 'priya_k', 'Priya Kapoor', interval '160 days'),
    (14, 'sam.okoro', 'Sam Okoro', interval '144 days'),
    (15, 'elif', 'Elif Demir', interval '133 days'),
    (16, 'jonas', 'Jonas Falk', interval '110 days'),
    (17, 'carmen.rz', 'Carmen Ruiz', interval '97 days'),
    (18, 'wes', 'Wesley Park', interval '75 days'),
    (19, 'hanna_l', 'Hanna Laine', interval '41 days'),
    (20, 'follow.boost', 'Follow Boost', interval '2 days')
) as person (n, handle, name, age);

insert into auth.identities (provider_id, user_id, identity_data, provider, last_sign_in_at, created_at, updated_at)
select
  u.id::text, u.id, jsonb_build_object('sub', u.id::text, 'email', u.email, 'email_verified', true), 'email',
  u.created_at, u.created_at, u.created_at
from auth.users u
where u.id::text like '00000000-0000-4000-8000-0000000000__';

-- Eight of them have a picture.
update public.profiles p
set
  handle = split_part(u.email, '@', 1),
  created_at = u.created_at,
  is_private = about.n = 6,
  avatar_path = case when about.n <= 8 then p.id || '/portrait.webp' end,
  bio = about.bio
from auth.users u
join (
  values
    (1, 'Swims in cold lakes, films what is above and below.'),
    (2, 'Bread, focaccia, failures included. Bologna.'),
    (3, 'Tiles, trams and the light in Lisbon.'),
    (4, 'Furniture from pallets. Measure twice.'),
    (5, 'Drawing something small every day.'),
    (6, 'Mostly for friends.'),
    (7, 'Guitar teacher. Three chords are enough.'),
    (8, 'New here. Came for the bread, stayed for the cat.'),
    (9, 'Cycles to work, whatever the weather.'),
    (10, 'Father of two, cook of one dish.'),
    (11, 'Ceramics, slowly.'),
    (12, 'Trains, maps, timetables.'),
    (13, 'Baking my way through the winter.'),
    (14, 'Plays bass, listens to everything.'),
    (15, 'Plants on every windowsill.'),
    (16, ''),
    (17, 'Sketchbook number 41.'),
    (18, 'Mostly here for the cats.'),
    (19, 'Winter swimmer since 1998.'),
    (20, 'More followers in a day. Ask me how.')
) as about (n, bio) on ('00000000-0000-4000-8000-' || lpad(about.n::text, 12, '0'))::uuid = u.id
where p.id = u.id;

-- Mara runs the place.
insert into public.user_roles (user_id, role)
values ('00000000-0000-4000-8000-000000000001', 'admin');

-- What a member may see of a table, asked as that member, once: nobody likes or answers what is hidden from them.
create temporary table seen (member uuid, of_table regclass, ids uuid[], primary key (member, of_table));

create function pg_temp.seen_by(p_member uuid, p_table regclass) returns setof uuid
language plpgsql as $$
declare
  v_role text := current_setting('role');
  v_ids uuid[];
begin
  select s.ids into v_ids from pg_temp.seen s where s.member = p_member and s.of_table = p_table;
  if not found then
    perform set_config('request.jwt.claims', jsonb_build_object('sub', p_member, 'role', 'authenticated')::text, true);
    perform set_config('role', 'authenticated', true);
    execute format('select array_agg(id) from %s', p_table) into v_ids;
    perform set_config('role', v_role, true), set_config('request.jwt.claims', '', true);
    insert into pg_temp.seen (member, of_table, ids) values (p_member, p_table, v_ids);
  end if;
  return query select unnest(v_ids);
end;
$$;

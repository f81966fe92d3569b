-- Eight people. Each signs in as <handle>@example.com with the password "sample-password".
insert into auth.users (
  instance_id, id, aud, role, email, encrypted_password, email_confirmed_at, raw_app_meta_data, raw_user_meta_data,
  created_at, updated_at, confirmation_token, recovery_token, email_change_token_new, email_change
)
select
  '00000000-0000-0000-0000-000000000000',
  person.id,
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
    ('00000000-0000-4000-8000-000000000001'::uuid, 'mara', 'Mara Lindqvist', interval '420 days'),
    ('00000000-0000-4000-8000-000000000002', 'teo.bakes', 'Teo Marchetti', interval '390 days'),
    ('00000000-0000-4000-8000-000000000003', 'ines', 'Inês Duarte', interval '300 days'),
    ('00000000-0000-4000-8000-000000000004', 'kofi_builds', 'Kofi Mensah', interval '251 days'),
    ('00000000-0000-4000-8000-000000000005', 'yuki', 'Yuki Tanaka', interval '180 days'),
    ('00000000-0000-4000-8000-000000000006', 'runa', 'Runa Sharma', interval '122 days'),
    ('00000000-0000-4000-8000-000000000007', 'oscar.w', 'Oscar Whitfield', interval '60 days'),
    ('00000000-0000-4000-8000-000000000008', 'lena', 'Lena Hofmann', interval '9 days')
) as person (id, handle, name, age);

insert into auth.identities (provider_id, user_id, identity_data, provider, last_sign_in_at, created_at, updated_at)
select
  u.id::text, u.id, jsonb_build_object('sub', u.id::text, 'email', u.email, 'email_verified', true), 'email',
  u.created_at, u.created_at, u.created_at
from auth.users u
where u.id::text like '00000000-0000-4000-8000-00000000000_';

update public.profiles p
set
  handle = split_part(u.email, '@', 1),
  created_at = u.created_at,
  is_private = about.is_private,
  bio = about.bio
from auth.users u
join (
  values
    ('00000000-0000-4000-8000-000000000001'::uuid, false, 'Swims in cold lakes, films what is above and below.'),
    ('00000000-0000-4000-8000-000000000002', false, 'Bread, focaccia, failures included. Bologna.'),
    ('00000000-0000-4000-8000-000000000003', false, 'Tiles, trams and the light in Lisbon.'),
    ('00000000-0000-4000-8000-000000000004', false, 'Furniture from pallets. Measure twice.'),
    ('00000000-0000-4000-8000-000000000005', false, 'Drawing something small every day.'),
    ('00000000-0000-4000-8000-000000000006', true, 'Mostly for friends.'),
    ('00000000-0000-4000-8000-000000000007', false, 'Guitar teacher. Three chords are enough.'),
    ('00000000-0000-4000-8000-000000000008', false, '')
) as about (id, is_private, bio) on about.id = u.id
where p.id = u.id;

-- Mara runs the place.
insert into public.user_roles (user_id, role)
values ('00000000-0000-4000-8000-000000000001', 'admin');

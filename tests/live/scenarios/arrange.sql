-- What scenarios need many of, and cannot bring about themselves. Members sign in with "correct horse".

-- Twenty-five members, of whom every five signed up in the same moment.
insert into auth.users (
  instance_id, id, aud, role, email, encrypted_password, email_confirmed_at, raw_app_meta_data, raw_user_meta_data,
  created_at, updated_at, confirmation_token, recovery_token, email_change_token_new, email_change
)
select
  '00000000-0000-0000-0000-000000000000',
  ('c0000000-0000-4000-8000-0000000000' || lpad(n::text, 2, '0'))::uuid,
  'authenticated',
  'authenticated',
  'crowd' || lpad(n::text, 2, '0') || '@example.com',
  extensions.crypt('correct horse', extensions.gen_salt('bf', 4)),
  now(),
  '{"provider": "email", "providers": ["email"]}',
  jsonb_build_object('display_name', 'Crowd ' || n, 'terms_version', private.current_terms_version()),
  now() - make_interval(days => n / 5),
  now(),
  '', '', '', ''
from generate_series(1, 25) as n;

update public.profiles p
set handle = split_part(u.email, '@', 1)
from auth.users u
where u.id = p.id and u.email like 'crowd%';

-- Twenty-five videos of the first of them, old enough to rank low; every five came in the same moment.
insert into public.videos (
  id, author_id, caption, video_path, thumbnail_path, duration_ms, width, height, status, published_at, created_at
)
select
  ('d0000000-0000-4000-8000-0000000000' || lpad(n::text, 2, '0'))::uuid,
  crowd.id,
  'Marathon part ' || n || ' #marathon',
  crowd.id || '/part-' || n || '.mp4',
  crowd.id || '/part-' || n || '.webp',
  20000, 720, 1280, 'ready',
  now() - make_interval(days => 100 + n / 5),
  now() - make_interval(days => 100 + n / 5)
from generate_series(1, 25) as n
cross join public.profiles crowd
where crowd.handle = 'crowd01';

-- The second and the third of them moderate.
insert into public.user_roles (user_id, role)
select p.id, 'moderator'::public.app_role from public.profiles p where p.handle in ('crowd02', 'crowd03');

-- Somebody whom staff invited, and who was not asked about the terms.
insert into auth.users (
  instance_id, id, aud, role, email, encrypted_password, email_confirmed_at, invited_at, raw_app_meta_data,
  raw_user_meta_data, created_at, updated_at, confirmation_token, recovery_token, email_change_token_new, email_change
)
values (
  '00000000-0000-0000-0000-000000000000', 'e0000000-0000-4000-8000-000000000001', 'authenticated', 'authenticated',
  'invited@example.com', extensions.crypt('correct horse', extensions.gen_salt('bf', 4)), now(), now(),
  '{"provider": "email", "providers": ["email"]}', '{}', now(), now(), '', '', '', ''
);

-- They all follow the first of them, who follows them all; every five began in the same moment.
insert into public.follows (follower_id, followee_id, status, created_at)
select follower.id, followee.id, 'accepted', now() - make_interval(days => 1 + right(other.handle, 2)::int / 5)
from public.profiles other
cross join lateral (
  values ('crowd01', other.handle), (other.handle, 'crowd01')
) as link (follower, followee)
join public.profiles follower on follower.handle = link.follower
join public.profiles followee on followee.handle = link.followee
where other.handle like 'crowd%' and other.handle <> 'crowd01';

-- Two files of the fourth of them that no video names: one of an upload that broke off long ago, one of a moment ago.
insert into storage.objects (bucket_id, name, owner_id, metadata, created_at)
select 'videos', crowd.id || left_by.path, crowd.id::text, '{"size": 4, "mimetype": "video/mp4"}', now() - left_by.age
from public.profiles crowd
cross join (
  values ('/broken-off.mp4', interval '3 days'), ('/under-way.mp4', interval '1 minute')
) as left_by (path, age)
where crowd.handle = 'crowd04';

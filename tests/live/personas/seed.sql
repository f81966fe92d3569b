insert into public.videos (id, author_id, co_author_id, caption, hidden, tags, span, rating, made_at)
values
  ('00000000-0000-0000-0000-000000000001', %(ann)s, %(bob)s, 'Sunny runs', false, '{sun,run}', '[1,5)', 4.5, '2030-01-01T10:00Z'),
  ('00000000-0000-0000-0000-000000000002', %(bob)s, null, 'Rainy, "day"', false, '{rain}', '[4,9)', null, '2030-01-02T10:00Z'),
  ('00000000-0000-0000-0000-000000000003', %(ann)s, null, 'Secret draft', true, '{}', null, 1, '2030-01-03T10:00Z');
insert into public.comments (video_id, author_id, parent_id, body) values
  ('00000000-0000-0000-0000-000000000001', %(bob)s, null, 'first'),
  ('00000000-0000-0000-0000-000000000001', %(ann)s, 1, 'thanks'),
  ('00000000-0000-0000-0000-000000000001', %(bob)s, 1, 'welcome'),
  ('00000000-0000-0000-0000-000000000002', %(ann)s, null, 'wet');
insert into public.likes (user_id, video_id) values
  (%(bob)s, '00000000-0000-0000-0000-000000000001');
insert into public.follows values (%(bob)s, %(ann)s);
insert into public.profile_themes values (%(ann)s, 'dark');

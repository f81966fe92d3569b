-- A dozen videos of the sample people. `archwright dev` puts their clips at these paths; elsewhere, put some there to watch them.
insert into public.videos (
  id, author_id, caption, video_path, thumbnail_path, duration_ms, width, height, status, visibility, published_at, created_at
)
select
  ('00000000-0000-4000-8000-00000000a0' || lpad(clip.n::text, 2, '0'))::uuid,
  author.id,
  clip.caption,
  author.id || '/clip-' || lpad(clip.n::text, 2, '0') || '.mp4',
  author.id || '/clip-' || lpad(clip.n::text, 2, '0') || '.webp',
  clip.seconds * 1000,
  360,
  640,
  'ready',
  clip.visibility::public.video_visibility,
  now() - clip.age,
  now() - clip.age
from (
  values
    (1, 1, 'First ice on the lake. Four degrees, two minutes. #coldwater #winter', 6, 'public', interval '3 hours'),
    (2, 2, 'Focaccia, day two: wet hands, no fear. #bread #baking', 6, 'public', interval '7 hours'),
    (3, 3, 'Tram 28 at seven in the morning #lisbon', 6, 'public', interval '11 hours'),
    (4, 4, 'A bench from two pallets, no power tools. Thanks for the saw, @oscar.w #woodwork', 6, 'public', interval '20 hours'),
    (5, 5, 'One line, one cat. #drawing', 7, 'public', interval '28 hours'),
    (6, 7, 'Three chords you know already, one song you do not #guitar #music', 6, 'public', interval '2 days'),
    (7, 2, 'This loaf did not rise. I ate it anyway. #bread #fail', 6, 'public', interval '3 days'),
    (8, 1, 'What the lake sounds like under water #coldwater', 6, 'public', interval '4 days'),
    (9, 3, 'Every blue tile between my door and the river #lisbon #tiles', 6, 'public', interval '6 days'),
    (10, 6, 'For friends: the garden in June', 6, 'public', interval '8 days'),
    (11, 4, 'Sharpening a chisel, start to end #woodwork', 5, 'public', interval '12 days'),
    (12, 5, 'Test, not for anyone yet', 4, 'private', interval '1 day')
) as clip (n, person, caption, seconds, visibility, age)
join public.profiles author on author.id = ('00000000-0000-4000-8000-00000000000' || clip.person)::uuid
on conflict (id) do nothing;

-- Two sounds got names and were taken up by others; sounds that nothing uses any more are not needed.
with chosen as (
  select t.sound_id, row_number() over (order by t.id) as n
  from public.things t
  where t.sound_id is not null
  order by t.id
  limit 2
)
update public.sounds s
set title = (array['Under the ice', 'Sunday morning'])[c.n]
from chosen c
where c.sound_id = s.id;

update public.things t
set sound_id = s.id
from public.sounds s
where s.title = case mod(('x' || substr(md5('sound' || t.id), 1, 6))::bit(24)::int, 3)
    when 0 then 'Under the ice'
    when 1 then 'Sunday morning'
  end
  and t.status = 'ready' and t.visibility = 'public';

delete from public.sounds s
where not exists (select 1 from public.things t where t.sound_id = s.id);

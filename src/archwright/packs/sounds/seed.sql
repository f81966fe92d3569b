-- Two sounds got names and were taken up by others; sounds that nothing uses any more are not needed.
with chosen as (
  select s.id, row_number() over (order by s.id) - 1 as n, count(*) over () as total
  from public.sounds s
)
update public.sounds s
set title = (array['Under the ice', 'Sunday morning'])[1 + c.n]
from chosen c
where c.id = s.id and c.n < 2;

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

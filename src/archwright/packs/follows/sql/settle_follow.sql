-- Decides whether a new follow waits for the other's consent, and takes the rows that it counts in.
create function private.settle_follow() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  changed public.follows := case when tg_op = 'DELETE' then old else new end;
begin
  -- two people who follow each other in the same moment would else wait for one another
  perform 1 from public.profiles p
  where p.id in (changed.follower_id, changed.followee_id)
  order by p.id
  for no key update;
  if tg_op = 'INSERT' and changed.status = 'pending' then
    select 'accepted' into changed.status
    from public.profiles p
    where p.id = changed.followee_id and not p.is_private;
    changed.status := coalesce(changed.status, 'pending');
  end if;
  return changed;
end;
$$;

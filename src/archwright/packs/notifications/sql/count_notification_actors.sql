-- Keeps of an entry of news how many are behind it, who is the latest and when; it goes with the last of them.
create function private.count_notification_actors() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  v_left bigint;
begin
  if tg_op <> 'DELETE' then
    update public.notifications n
    set actor_count = n.actor_count + case tg_op when 'INSERT' then 1 else 0 end,
      actor_id = case when new.created_at < n.created_at then n.actor_id else new.actor_id end,
      created_at = greatest(n.created_at, new.created_at),
      read_at = null
    where n.id = new.notification_id;
    return null;
  end if;
  -- Nothing is found where the entry itself is what goes.
  update public.notifications n
  set actor_count = n.actor_count - 1
  where n.id = old.notification_id
  returning n.actor_count into v_left;
  if v_left = 0 then
    delete from public.notifications n where n.id = old.notification_id;
  elsif v_left > 0 then
    update public.notifications n
    set actor_id = latest.actor_id, created_at = least(n.created_at, latest.created_at)
    from (
      select a.actor_id, a.created_at
      from public.notification_actors a
      where a.notification_id = old.notification_id
      order by a.created_at desc, a.actor_id desc
      limit 1
    ) latest
    where n.id = old.notification_id and (n.actor_id is null or n.actor_id = old.actor_id);
  end if;
  return null;
end;
$$;

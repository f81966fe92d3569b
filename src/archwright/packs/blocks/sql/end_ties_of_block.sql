-- A block ends what there is between the two: follows both ways, and what they were told of each other.
create function private.end_ties_of_block() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
/*% if has('follows') %*/
  -- the order in which follows take them: two who block each other at once wait instead of failing
  perform 1 from public.profiles p
  where p.id in (new.blocker_id, new.blocked_id)
  order by p.id
  for no key update;
  delete from public.follows
  where follower_id = new.blocker_id and followee_id = new.blocked_id;
  delete from public.follows
  where follower_id = new.blocked_id and followee_id = new.blocker_id;
/*% endif %*/
/*% if has('notifications') %*/
  perform private.take_back_notifications(new.blocker_id, new.blocked_id);
  perform private.take_back_notifications(new.blocked_id, new.blocker_id);
/*% endif %*/
  return null;
end;
$$;

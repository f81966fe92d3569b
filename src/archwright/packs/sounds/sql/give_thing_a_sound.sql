-- What is published for everyone without a sound brings one of its own, which others may then use.
create function private.give_thing_a_sound() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  insert into public.sounds (creator_id) values (new./*= target.owner =*/)
  returning id into new.sound_id;
  return new;
end;
$$;

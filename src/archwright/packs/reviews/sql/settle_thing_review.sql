-- Says of a review whether its author has bought the thing, and when it was changed; nobody else writes these.
create function private.settle_thing_review() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  new.verified := private.bought_reviewed_thing(new.thing_id, new.author_id);
  if tg_op = 'UPDATE'
    and (new.stars, new.title, new.body) is distinct from (old.stars, old.title, old.body)
  then
    new.edited_at := now();
  end if;
  return new;
end;
$$;

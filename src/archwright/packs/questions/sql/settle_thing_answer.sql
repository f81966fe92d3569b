-- Marks the answers of those who speak for the thing, and when one was changed; nobody else writes these.
create function private.settle_thing_answer() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if tg_op = 'INSERT' then
    new.from_seller := private.speaks_for_asked_thing(
      (select q.thing_id from public.thing_questions q where q.id = new.question_id)
    );
  elsif new.body is distinct from old.body then
    new.edited_at := now();
  end if;
  return new;
end;
$$;

-- Writes the caller's review of a thing, or changes it. Row-level security decides; a second call changes nothing.
create function public.save_thing_review(
  p_thing_id uuid,
  p_stars integer,
  p_title text default '',
  p_body text default ''
) returns uuid
language plpgsql set search_path = '' as $$
declare
  v_id uuid;
begin
  insert into public.thing_reviews as r (thing_id, stars, title, body)
  values (p_thing_id, p_stars, btrim(p_title), btrim(p_body))
  on conflict (author_id, thing_id) do update
  set stars = excluded.stars, title = excluded.title, body = excluded.body
  where (r.stars, r.title, r.body) is distinct from (excluded.stars, excluded.title, excluded.body)
  returning r.id into v_id;
  if v_id is null then
    select r.id into v_id
    from public.thing_reviews r
    where r.thing_id = p_thing_id and r.author_id = (select auth.uid());
  end if;
  return v_id;
end;
$$;

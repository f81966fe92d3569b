-- Writes the caller's answer to a question, or changes it. Row-level security decides; a second call changes nothing.
create function public.answer_thing_question(p_question_id uuid, p_body text) returns void
language sql set search_path = '' as $$
  insert into public.thing_answers as a (question_id, body)
  values (p_question_id, btrim(p_body))
  on conflict (author_id, question_id) do update
  set body = excluded.body
  where a.body is distinct from excluded.body
$$;

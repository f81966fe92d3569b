-- One page of the answers to a question, those first that most people found useful and the newest first among equals.
create function public.best_thing_answers(
  p_question_id uuid,
  p_votes bigint default 9223372036854775807,
  p_before timestamptz default 'infinity',
  p_before_id uuid default 'ffffffff-ffff-ffff-ffff-ffffffffffff',
  p_limit integer default 20
) returns setof public.thing_answers
language sql stable set search_path = '' as $$
  select a.*
  from public.thing_answers a
  where a.question_id = p_question_id
    and (a.vote_count, a.created_at, a.id) < (p_votes, p_before, p_before_id)
  order by a.vote_count desc, a.created_at desc, a.id desc
  limit least(greatest(p_limit, 1), 100)
$$;

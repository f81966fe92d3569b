-- One page of what moderators decided about the caller and what is the caller's, latest first.
create function public.decisions_about_me(
  p_before timestamptz default 'infinity',
  p_before_id uuid default 'ffffffff-ffff-ffff-ffff-ffffffffffff',
  p_limit integer default 20
) returns table (
  id uuid,
  action public.moderation_action,
  subject_kind text,
  subject_id uuid,
  reason public.report_reason,
  suspended_until timestamptz,
  created_at timestamptz
)
language sql stable set search_path = '' as $$
  select d.id, d.action, d.subject_kind, d.subject_id, d.reason, d.suspended_until, d.created_at
  from private.own_decisions(p_before, p_before_id, p_limit) d
$$;

-- Definer: the log names moderators and their notes, which are not for whom a decision is about.
create function private.own_decisions(
  p_before timestamptz,
  p_before_id uuid,
  p_limit integer
) returns table (
  id uuid,
  action public.moderation_action,
  subject_kind text,
  subject_id uuid,
  reason public.report_reason,
  suspended_until timestamptz,
  created_at timestamptz
)
language sql stable security definer set search_path = '' as $$
  select a.id, a.action, a.subject_kind, a.subject_id, a.reason, a.suspended_until, a.created_at
  from public.moderation_actions a
  where a.owner_id = (select auth.uid())
    -- That something was reported in vain is not for its owner.
    and a.action in ('remove', 'restore', 'suspend', 'lift')
    and (a.created_at, a.id) < (p_before, p_before_id)
  order by a.created_at desc, a.id desc
  limit least(greatest(p_limit, 1), 100)
$$;

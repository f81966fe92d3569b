-- A moderator's decision about a subject: what happens to it, to its owner, and to the reports of it.
create function public.moderate_subject(
  p_kind text,
  p_subject uuid,
  p_action public.moderation_action,
  p_note text default '',
  p_days integer default 7,
  p_reason public.report_reason default null
) returns void
language sql set search_path = '' as $$
  select private.apply_moderation(p_kind, p_subject, p_action, p_note, p_days, p_reason)
$$;

-- A computed column: whether a removal or a suspension still holds, and so can be undone.
create function public.in_force(public.moderation_actions) returns boolean
language sql stable set search_path = '' as $$
  select case $1.action
    when 'remove' then not exists (
      select 1 from public.moderation_actions later
      where later.subject_id = $1.subject_id
        and later.action in ('remove', 'restore')
        and (later.created_at, later.id) > ($1.created_at, $1.id)
    )
    when 'suspend' then $1.suspended_until > now() and not exists (
      select 1 from public.moderation_actions later
      where later.owner_id = $1.owner_id
        and later.action in ('suspend', 'lift')
        and (later.created_at, later.id) > ($1.created_at, $1.id)
    )
    else false
  end
$$;

-- Definer: clients write neither removals nor suspensions. Deciding the same again changes and records nothing.
create function private.apply_moderation(
  p_kind text,
  p_subject uuid,
  p_action public.moderation_action,
  p_note text,
  p_days integer,
  p_reason public.report_reason
) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_me uuid := (select auth.uid());
  v_owner uuid;
  v_found boolean := false;
  v_until timestamptz;
  v_changed boolean := false;
  v_reason public.report_reason;
begin
  if private.suspended() then
    raise exception 'member_suspended' using errcode = '42501';
  end if;
  if not private.has_role('moderator') then
    raise exception 'only moderators decide' using errcode = '42501';
  end if;
/*% for t in targets %*/
  if p_kind = /*= t.snake|sql =*/ then
/*% if t.on %*/
    -- First what it is on, as all who write there do: its counters change with a removal.
    perform 1
    from public./*= t.on.table|ident =*/ b
    where b.id = (
      select x./*= t.on.column|ident =*/ from public./*= t.table|ident =*/ x where x.id = p_subject
    )
    for no key update;
/*% endif %*/
    select x./*= t.owner|ident =*/ into v_owner
    from public./*= t.table|ident =*/ x
    where x.id = p_subject
    for no key update;
    v_found := found;
/*% if t.owner == 'id' %*/
    if p_action in ('remove', 'restore') then
      raise exception 'a member is suspended, not removed' using errcode = 'invalid_parameter_value';
    end if;
/*% else %*/
    if p_action = 'remove' then
      update public./*= t.table|ident =*/ set removed_at = now()
      where id = p_subject and removed_at is null and /*= t.owner|ident =*/ <> v_me;
      v_changed := found;
    elsif p_action = 'restore' then
      update public./*= t.table|ident =*/ set removed_at = null
      where id = p_subject and removed_at is not null and /*= t.owner|ident =*/ <> v_me;
      v_changed := found;
    end if;
/*% endif %*/
  end if;
/*% endfor %*/
  -- Of what is nobody's any more, such as a deleted comment with replies, reports can be closed and no more.
  if not v_found or (v_owner is null and p_action <> 'dismiss') then
    raise exception 'moderation_subject_gone' using errcode = 'P0002';
  end if;
  if v_owner = v_me then
    raise exception 'moderation_own_subject' using errcode = '42501';
  end if;
  if p_action in ('suspend', 'lift')
    and exists (select 1 from public.user_roles r where r.user_id = v_owner)
  then
    -- Administrators wait for one another: two who suspend each other would leave none.
    perform 1 from public.user_roles r where r.role = 'admin' order by r.user_id for update;
    if not private.has_role('admin') then
      raise exception 'moderation_of_staff' using errcode = '42501';
    end if;
  end if;
  if p_action = 'suspend' then
    insert into public.suspensions as s (user_id, ends_at)
    values (v_owner, now() + make_interval(days => least(greatest(p_days, 1), 3650)))
    on conflict (user_id) do update set ends_at = excluded.ends_at
    returning s.ends_at into v_until;
    v_changed := true;
  elsif p_action = 'lift' then
    delete from public.suspensions s where s.user_id = v_owner and s.ends_at > now();
    v_changed := found;
  end if;
  if p_action in ('remove', 'suspend') then
    -- Whoever it is about learns why: what most reports say, unless the moderator says it.
    v_reason := coalesce(p_reason, (
      select r.reason from public.reports r
      where r.subject_id = p_subject and r.subject_kind = p_kind and r.status = 'open'
      group by r.reason
      order by count(*) desc, r.reason
      limit 1
    ));
  end if;
  if p_action in ('dismiss', 'remove', 'suspend') then
    update public.reports
    set
      status = case when p_action = 'dismiss' then 'dismissed' else 'upheld' end::public.report_status,
      resolved_at = now(),
      resolved_by = v_me
    where subject_id = p_subject and subject_kind = p_kind and status = 'open';
    v_changed := v_changed or found;
  end if;
  if v_changed then
    insert into public.moderation_actions
      (moderator_id, action, subject_kind, subject_id, owner_id, reason, note, suspended_until)
    values (v_me, p_action, p_kind, p_subject, v_owner, v_reason, p_note, v_until);
  end if;
end;
$$;

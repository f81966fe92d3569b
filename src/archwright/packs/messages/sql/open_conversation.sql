-- Definer: clients write no conversations. The unique key of the pair settles who comes first.
create function private.open_conversation(p_member uuid) returns uuid
language plpgsql security definer set search_path = '' as $$
declare
  v_me uuid := (select auth.uid());
  v_key text := least(v_me, p_member)::text || ':' || greatest(v_me, p_member)::text;
  v_conversation uuid;
begin
  if v_me is null or p_member is null then
    raise exception 'messages_not_allowed' using errcode = '42501';
  end if;
  if v_me = p_member then
    raise exception 'messages_to_oneself' using errcode = '22023';
  end if;
  select c.id into v_conversation from public.conversations c where c.pair_key = v_key;
  if found then
    return v_conversation;
  end if;
/*% if has('reports') %*/
  if private.suspended() then
    raise exception 'member_suspended' using errcode = '42501';
  end if;
/*% endif %*/
  if not private.may_message(v_me, p_member) then
    raise exception 'messages_not_allowed' using errcode = '42501';
  end if;
  -- Whoever comes second waits here until the first has committed, and then finds that row.
  insert into public.conversations (pair_key) values (v_key)
  on conflict (pair_key) do nothing
  returning id into v_conversation;
  if v_conversation is null then
    select c.id into strict v_conversation from public.conversations c where c.pair_key = v_key;
  end if;
  insert into public.conversation_participants (conversation_id, user_id)
  values
    (v_conversation, least(v_me, p_member)),
    (v_conversation, greatest(v_me, p_member))
  on conflict do nothing;
  return v_conversation;
end;
$$;

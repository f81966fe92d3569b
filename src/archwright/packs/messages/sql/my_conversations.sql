-- One page of the caller's conversations, the one with the latest message first.
create function public.my_conversations(
  p_before timestamptz default 'infinity',
  p_before_id uuid default 'ffffffff-ffff-ffff-ffff-ffffffffffff',
  p_limit integer default 20
) returns table (
  id uuid,
  last_message_at timestamptz,
  unread_count integer,
  member_handle text,
  member_name text,
  member_avatar_path text,
  last_body text,
  last_is_own boolean
)
language sql stable set search_path = '' as $$
  select
    own.conversation_id, own.last_message_at, own.unread_count,
    -- A member who is gone or blocked is not seen: then the names are null.
    member.handle, member.display_name, member.avatar_path,
    last.body, last.sender_id = own.user_id
  from public.conversation_participants own
  left join public.conversation_participants other
    on other.conversation_id = own.conversation_id and other.user_id <> own.user_id
  left join public.profiles member on member.id = other.user_id
  left join lateral (
    select m.body, m.sender_id from public.messages m
    where m.conversation_id = own.conversation_id
    order by m.created_at desc, m.id desc
    limit 1
  ) last on true
  where own.user_id = (select auth.uid())
    and own.last_message_at is not null
    and (own.last_message_at, own.conversation_id) < (p_before, p_before_id)
  order by own.last_message_at desc, own.conversation_id desc
  limit least(greatest(p_limit, 1), 100)
$$;

-- Notes whom the caption or body of a thing calls by name, once others can read it; who is no longer named is forgotten.
create function private.mention_in_thing() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  fresh jsonb := to_jsonb(new);
  stale jsonb;
  named text[];
/*% if has('follows') %*/
  followers_only boolean;
/*% endif %*/
begin
  if tg_op = 'UPDATE' then
    stale := to_jsonb(old);
    if (fresh -> 'caption', fresh -> 'body', fresh -> 'status', fresh -> 'visibility')
      is not distinct from (stale -> 'caption', stale -> 'body', stale -> 'status', stale -> 'visibility') then
      return null;
    end if;
  end if;
  named := private.handles_in(coalesce(fresh ->> 'caption', fresh ->> 'body'));

  delete from public.thing_mentions m
  using public.profiles p
  where m.thing_id = new.id and p.id = m.profile_id and p.handle <> all (named);
  if coalesce(fresh ->> 'status', 'ready') <> 'ready'
    or coalesce(fresh ->> 'visibility', 'public') = 'private' then
    return null;
  end if;
/*% if has('follows') %*/
  -- What is for followers alone calls nobody else: they would hear of what they cannot see.
  followers_only := fresh ? 'visibility' and (
    fresh ->> 'visibility' = 'followers'
    or exists (select 1 from public.profiles p where p.id = new./*= target.owner =*/ and p.is_private)
  );
/*% endif %*/
  insert into public.thing_mentions (thing_id, profile_id, author_id)
  select new.id, p.id, new./*= target.owner =*/
  from public.profiles p
  where p.handle = any (named)
    and p.id <> new./*= target.owner =*/
/*% if has('follows') %*/
    and (
      not followers_only
      or exists (
        select 1
        from public.follows f
        where f.follower_id = p.id and f.followee_id = new./*= target.owner =*/ and f.status = 'accepted'
      )
    )
/*% endif %*/
/*% if has('blocks') %*/
    and not exists (
      select 1
      from public.blocks b
      where (b.blocker_id = p.id and b.blocked_id = new./*= target.owner =*/)
        or (b.blocker_id = new./*= target.owner =*/ and b.blocked_id = p.id)
    )
/*% endif %*/
/*% if target.table == 'video_comments' %*/
    -- A comment is seen by whoever sees its video.
    and exists (
      select 1
      from public.videos v
      join public.profiles maker on maker.id = v.author_id
      where v.id = new.video_id
        and (
          v.author_id = p.id
          or (
            v.status = 'ready'
/*% if has('reports@Video') %*/
            and v.removed_at is null
/*% endif %*/
            and (
              (v.visibility = 'public' and not maker.is_private)
/*% if has('follows') %*/
              or (
                v.visibility <> 'private'
                and exists (
                  select 1
                  from public.follows f
                  where f.follower_id = p.id and f.followee_id = v.author_id and f.status = 'accepted'
                )
              )
/*% endif %*/
            )
          )
        )
/*% if has('blocks') %*/
        and not exists (
          select 1
          from public.blocks b
          where (b.blocker_id = p.id and b.blocked_id = v.author_id)
            or (b.blocker_id = v.author_id and b.blocked_id = p.id)
        )
/*% endif %*/
    )
/*% endif %*/
  order by p.id
  on conflict do nothing;
  return null;
end;
$$;

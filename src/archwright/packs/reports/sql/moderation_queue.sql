-- One page of what is reported, by subject, the one that has waited longest first; for moderators.
create function public.moderation_queue(
  p_after timestamptz default '-infinity',
  p_after_id uuid default '00000000-0000-0000-0000-000000000000',
  p_limit integer default 20
) returns table (
  id uuid,
  created_at timestamptz,
  subject_kind text,
  subject_id uuid,
  preview text,
  owner_id uuid,
  owner_handle text,
  owner_name text,
  report_count bigint,
  reasons text[],
  details text[]
)
language sql stable set search_path = '' as $$
  select
    r.id, r.created_at, r.subject_kind, r.subject_id,
    coalesce(
      s.content ->> 'caption', s.content ->> 'body', s.content ->> 'title',
      s.content ->> 'name', s.content ->> 'display_name', ''
    ),
    s.owner_id, o.handle, o.display_name,
    grouped.reports, grouped.reasons, remarks.texts
  from public.reports r
  cross join lateral (
    select
      count(*) as reports,
      array_agg(distinct g.reason::text) as reasons
    from public.reports g
    where g.subject_id = r.subject_id and g.status = 'open'
  ) grouped
  -- Thousands may report one thing: the first remarks have to do.
  cross join lateral (
    select array(
      select g.details
      from public.reports g
      where g.subject_id = r.subject_id and g.status = 'open' and g.details <> ''
      order by g.created_at, g.id
      limit 20
    ) as texts
  ) remarks
  left join lateral (
/*% if targets %*/
/*% for t in targets %*/
/*% if not loop.first %*/
    union all
/*% endif %*/
    select x./*= t.owner|ident =*/ as owner_id, to_jsonb(x) as content
    from public./*= t.table|ident =*/ x
    where r.subject_kind = /*= t.snake|sql =*/ and x.id = r.subject_id
/*% endfor %*/
/*% else %*/
    select null::uuid as owner_id, null::jsonb as content
/*% endif %*/
  ) s on true
  left join public.profiles o on o.id = s.owner_id
  where (select private.has_role('moderator'))
    and r.status = 'open'
    and (r.created_at, r.id) > (p_after, p_after_id)
    -- A subject stands where its first open report is.
    and not exists (
      select 1 from public.reports earlier
      where earlier.subject_id = r.subject_id
        and earlier.status = 'open'
        and (earlier.created_at, earlier.id) < (r.created_at, r.id)
    )
  order by r.created_at, r.id
  limit least(greatest(p_limit, 1), 100)
$$;

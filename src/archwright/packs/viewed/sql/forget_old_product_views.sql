-- Deletes old views a few thousand at a time, past those that somebody is changing at the moment.
create function private.forget_old_product_views() returns bigint
language sql security definer set search_path = '' as $$
  with old as (
    select v.member_id, v.product_id
    from public.product_views v
    where v.viewed_at < now() - interval '90 days'
    order by v.viewed_at
    limit 5000
    for update skip locked
  ),
  gone as (
    delete from public.product_views v
    using old
    where v.member_id = old.member_id and v.product_id = old.product_id
    returning 1
  )
  select count(*) from gone
$$;

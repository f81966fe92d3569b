-- A computed column: whether the caller may delete this comment.
create function public.viewer_may_delete(public.thing_comments) returns boolean
language plpgsql stable set search_path = '' as $$
begin
  if (select auth.uid()) is null or $1.deleted_at is not null then
    return false;
  end if;
  return $1.author_id = (select auth.uid())
/*% if target.owner %*/
    or exists (
      select 1 from public.things t
      where t.id = $1.thing_id and t./*= target.owner =*/ = (select auth.uid())
    )
/*% endif %*/
  ;
end;
$$;

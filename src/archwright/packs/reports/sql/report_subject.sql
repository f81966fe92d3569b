-- Reports something that the caller can see; a second report of it while the first is open adds nothing.
create function public.report_subject(
  p_kind text,
  p_subject uuid,
  p_reason public.report_reason,
  p_details text default ''
) returns void
language plpgsql set search_path = '' as $$
begin
/*% for t in targets %*/
  if p_kind = /*= t.snake|sql =*/ then
    insert into public.reports (/*= t.id|ident =*/, reason, details)
    values (p_subject, p_reason, p_details)
    on conflict do nothing;
    return;
  end if;
/*% endfor %*/
  raise exception 'reports_has_subject' using errcode = '23514';
end;
$$;

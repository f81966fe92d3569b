-- Says by kind and id what a report is about, and refuses one that is about nothing or about several things.
create function private.name_report_subject() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  v_subjects integer := 0;
begin
  new.subject_kind := null;
  new.subject_id := null;
/*% for t in targets %*/
  if new./*= t.id|ident =*/ is not null then
    v_subjects := v_subjects + 1;
    new.subject_kind := /*= t.snake|sql =*/;
    new.subject_id := new./*= t.id|ident =*/;
  end if;
/*% endfor %*/
  if v_subjects <> 1 then
    raise exception 'reports_has_subject' using errcode = '23514';
  end if;
  return new;
end;
$$;

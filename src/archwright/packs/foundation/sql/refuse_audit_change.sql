-- The log is only ever added to, by anyone whatsoever.
create function private.refuse_audit_change() returns trigger
language plpgsql set search_path = '' as $$
begin
  raise exception 'the audit log cannot be changed' using errcode = '42501';
end;
$$;

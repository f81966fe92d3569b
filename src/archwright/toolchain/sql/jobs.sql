-- Schema cron: jobs by schedule, in the shape of pg_cron; the local stack runs them.
create schema cron;
grant usage on schema cron to postgres;

create sequence cron.jobid_seq;
create table cron.job (
  jobid bigint primary key default nextval('cron.jobid_seq'),
  schedule text not null,
  command text not null,
  nodename text not null default 'localhost',
  nodeport integer not null default 5432,
  database text not null default current_database(),
  username text not null default current_user,
  active boolean not null default true,
  jobname text,
  constraint jobname_username_uniq unique (jobname, username)
);

create sequence cron.runid_seq;
create table cron.job_run_details (
  jobid bigint,
  runid bigint primary key default nextval('cron.runid_seq'),
  job_pid integer,
  database text,
  username text,
  command text,
  status text,
  return_message text,
  start_time timestamptz,
  end_time timestamptz
);

alter table cron.job enable row level security;
alter table cron.job_run_details enable row level security;
create policy cron_job_policy on cron.job using (username = current_user);
create policy cron_job_run_details_policy on cron.job_run_details using (username = current_user);
grant select, insert, update, delete on cron.job to postgres;
grant select, delete on cron.job_run_details to postgres;
grant usage on sequence cron.jobid_seq to postgres;

-- One field of a schedule: lists of "*", numbers and ranges, with steps; names for some.
create function cron.valid_field(field text, lowest integer, highest integer, names text[])
returns boolean language plpgsql immutable set search_path = '' as $$
declare
  item text;
  parts text[];
  low integer;
  high integer;
begin
  for place in 1 .. coalesce(cardinality(names), 0) loop
    field := regexp_replace(lower(field), '\m' || names[place] || '\M',
      (place - 1 + lowest)::text, 'g');
  end loop;
  foreach item in array string_to_array(field, ',') loop
    parts := regexp_match(item, '^(?:(\*)|([0-9]{1,2})(?:-([0-9]{1,2}))?)(?:/([0-9]{1,2}))?$');
    if parts is null then
      return false;
    end if;
    low := parts[2]::integer;
    high := coalesce(parts[3], parts[2])::integer;
    if low < lowest or high > highest or low > high or parts[4]::integer = 0
      or (parts[4] is not null and parts[1] is null and parts[3] is null) then
      return false;
    end if;
  end loop;
  return field <> '';
end
$$;

create function cron.valid_schedule(schedule text)
returns boolean language plpgsql immutable set search_path = '' as $$
declare
  said text := lower(trim(schedule));
  fields text[] := regexp_split_to_array(said, '\s+');
begin
  if said in ('@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly',
    '@reboot') then
    return true;
  end if;
  if said ~ '^([1-9]|[1-5][0-9]) seconds?$' then
    return true;
  end if;
  return cardinality(fields) = 5
    and cron.valid_field(fields[1], 0, 59, null)
    and cron.valid_field(fields[2], 0, 23, null)
    and (fields[3] = '$' or cron.valid_field(fields[3], 1, 31, null))
    and cron.valid_field(fields[4], 1, 12,
      '{jan,feb,mar,apr,may,jun,jul,aug,sep,oct,nov,dec}')
    and cron.valid_field(fields[5], 0, 7, '{sun,mon,tue,wed,thu,fri,sat}');
end
$$;

create function cron.schedule_in_database(
  job_name text, schedule text, command text, database text, username text default null,
  active boolean default true
) returns bigint language plpgsql set search_path = '' as $$
#variable_conflict use_variable
declare
  made bigint;
  owner text := coalesce(username, current_user);
begin
  if not cron.valid_schedule(schedule) then
    raise exception 'invalid schedule: %', schedule using errcode = '22023',
      hint = 'Use cron format (e.g. 5 4 * * *), or interval format ''[1-59] seconds''';
  end if;
  if not pg_has_role(current_user, owner, 'member') then
    raise exception 'must be member of role "%"', owner using errcode = '42501';
  end if;
  insert into cron.job (schedule, command, database, username, active, jobname)
  values (schedule, command, database, owner, active, job_name)
  on conflict on constraint jobname_username_uniq do update
    set schedule = excluded.schedule, command = excluded.command, database = excluded.database,
      active = excluded.active
  returning jobid into made;
  return made;
end
$$;

create function cron.schedule(job_name text, schedule text, command text)
returns bigint language sql set search_path = '' as $$
  select cron.schedule_in_database($1, $2, $3, current_database())
$$;

create function cron.schedule(schedule text, command text)
returns bigint language sql set search_path = '' as $$
  select cron.schedule_in_database(null, $1, $2, current_database())
$$;

create function cron.alter_job(
  job_id bigint, schedule text default null, command text default null,
  database text default null, username text default null, active boolean default null
) returns void language plpgsql set search_path = '' as $$
#variable_conflict use_variable
begin
  if schedule is not null and not cron.valid_schedule(schedule) then
    raise exception 'invalid schedule: %', schedule using errcode = '22023';
  end if;
  if username is not null and not pg_has_role(current_user, username, 'member') then
    raise exception 'must be member of role "%"', username using errcode = '42501';
  end if;
  update cron.job set schedule = coalesce(alter_job.schedule, job.schedule),
    command = coalesce(alter_job.command, job.command),
    database = coalesce(alter_job.database, job.database),
    username = coalesce(alter_job.username, job.username),
    active = coalesce(alter_job.active, job.active)
  where jobid = job_id;
  if not found then
    raise exception 'Job % does not exist or you don''t own it', job_id;
  end if;
end
$$;

create function cron.unschedule(job_id bigint)
returns boolean language plpgsql set search_path = '' as $$
begin
  delete from cron.job where jobid = job_id;
  if not found then
    raise exception 'could not find valid entry for job ''%''', job_id;
  end if;
  return true;
end
$$;

create function cron.unschedule(job_name text)
returns boolean language plpgsql set search_path = '' as $$
begin
  delete from cron.job where jobname = job_name and username = current_user;
  if not found then
    raise exception 'could not find valid entry for job ''%''', job_name;
  end if;
  return true;
end
$$;

revoke execute on all functions in schema cron from public;
grant execute on all functions in schema cron to postgres;

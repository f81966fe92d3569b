-- A small agency: what the REST service's conformance tests read, write and call.
create schema archive;
grant usage on schema archive to anon, authenticated, service_role;

create table public.clients (id int primary key, name text not null unique, address jsonb);
create table public.projects (
  id int primary key,
  name text not null,
  client_id int references public.clients (id),
  budget numeric(10, 2),
  meta jsonb not null default '{}',
  tags text[] not null default '{}',
  due daterange,
  done boolean not null default false,
  words tsvector generated always as (to_tsvector('english', name)) stored
);
create table public.people (
  id int primary key,
  name text not null,
  boss_id int references public.people (id)
);
create table public.badges (person_id int primary key references public.people (id), code text);
create table public.tasks (
  id int primary key,
  project_id int not null references public.projects (id),
  title text not null,
  hours int
);
create table public.assignments (
  person_id int references public.people (id),
  task_id int references public.tasks (id),
  primary key (person_id, task_id)
);
create table public.cities (id int primary key, name text not null);
create table public.trips (
  id int primary key,
  from_id int constraint trips_from references public.cities (id),
  to_id int constraint trips_to references public.cities (id)
);
create table public.regions (country text, code text, label text, primary key (country, code));
create table public.offices (
  id int primary key, country text, code text,
  constraint offices_region foreign key (country, code) references public.regions (country, code)
);
create type public.mood as enum ('calm', 'busy');
comment on type public.mood is 'How it is going';
create table public.stock (
  sku text primary key,
  amount int not null default 5,
  note text default 'new',
  mood public.mood default 'calm',
  shelf int,
  slot int,
  unique (shelf, slot)
);
comment on table public.stock is 'What lies on the shelves';
comment on column public.stock.amount is 'Pieces';
create table public.events (
  id bigint generated always as identity primary key,
  what varchar(8) not null,
  at timestamptz not null default '2026-01-02T03:04:05Z'
);
create table public.plain (a int, b int);
create table public."odd name,(x)" ("a column" int, "b.c" text, "quote""d" text);
create table public.notes (id int primary key, owner uuid not null, body text not null);
alter table public.notes enable row level security;
create policy notes_read on public.notes for select to authenticated
  using (owner = (select auth.uid()));
create policy notes_write on public.notes for all to authenticated
  using (owner = (select auth.uid())) with check (owner = (select auth.uid()));
create table archive.projects (id int primary key, name text, year int);

create view public.open_projects as
  select id, name, client_id as customer, budget from public.projects where not done;
create view public.open_names as select id as number, name, customer from public.open_projects;
create view public.client_names as select id, name as called from public.clients;
create materialized view public.hours as
  select project_id, sum(hours) as hours from public.tasks group by project_id;

create function public.initials(person public.people) returns text language sql immutable
  as $$ select left(person.name, 1) $$;
create function public.big_projects(client public.clients) returns setof public.projects
  language sql stable as $$
    select * from public.projects p where p.client_id = client.id and p.budget >= 1000 $$;
create function public.customer(project public.projects) returns setof public.clients rows 1
  language sql stable as $$ select * from public.clients c where c.id = project.client_id $$;

create function public.add(a int, b int default 1) returns int language sql immutable
  as $$ select a + b $$;
comment on function public.add (int, int) is E'Adds up\ntwo numbers.';
comment on schema public is E'The agency\nAll that it does.';
create function public.pick(a int) returns text language sql immutable as $$ select 'one' $$;
create function public.pick(a int, b int) returns text language sql immutable
  as $$ select 'two' $$;
create function public.same(a int) returns text language sql immutable as $$ select 'int' $$;
create function public.same(a text) returns text language sql immutable as $$ select 'text' $$;
create function public.total(variadic n int[]) returns bigint language sql immutable
  as $$ select sum(x) from unnest(n) x $$;
create function public.echo(json) returns json language sql immutable as $$ select $1 $$;
create function public.shout(text) returns text language sql immutable as $$ select upper($1) $$;
create function public.size_of(bytea) returns int language sql immutable as $$ select length($1) $$;
create function public.joined(words text[], client public.clients default null, doc jsonb default null)
  returns text language sql immutable
  as $$ select array_to_string(words, '+') || coalesce((client).name, '') || coalesce(doc ->> 'k', '') $$;
create function public.halves(n int, out low int, out high int) language sql immutable
  as $$ select n / 2, n - n / 2 $$;
create function public.single_out(n int, out twice int) language sql immutable
  as $$ select n * 2 $$;
create function public.untyped() returns record language sql immutable as $$ select 1, 'x'::text $$;
create function public.numbers(n int) returns setof int language sql immutable
  as $$ select * from generate_series(1, n) $$;
create function public.squares(n int) returns table (x int, square int) language sql immutable
  as $$ select i, i * i from generate_series(1, n) i $$;
create function public.projects_of(client int) returns setof public.projects language sql stable
  as $$ select * from public.projects p where p.client_id = client $$;
create function public.first_project() returns public.projects language sql stable
  as $$ select * from public.projects p order by id limit 1 $$;
create function public.nobody() returns public.people language sql stable
  as $$ select * from public.people where false $$;
create function public.nothing() returns void language sql volatile as $$ select $$;
create function public.log_it(what text) returns bigint language sql volatile
  as $$ insert into public.events (what) values (what) returning id $$;
create function public.settings() returns json language sql stable as $$
  select json_build_object(
    'role', current_user, 'method', current_setting('request.method'),
    'path', current_setting('request.path'),
    'agent', current_setting('request.headers')::json ->> 'x-agent',
    'cookie', current_setting('request.cookies')::json ->> 'flavour',
    'sub', current_setting('request.jwt.claims')::json ->> 'sub',
    'zone', current_setting('timezone'), 'path_to', current_setting('search_path')) $$;
create function public.created() returns json language plpgsql volatile as $$
begin
  perform set_config('response.status', '202', true);
  perform set_config('response.headers',
    '[{"x-made-by": "sql"}, {"set-cookie": "a=1"}, {"set-cookie": "b=2"}]', true);
  return '{"ok": true}';
end $$;
create function public.bad_status() returns void language sql volatile
  as $$ select set_config('response.status', 'soon', true) $$;
create function public.bad_headers() returns void language sql volatile
  as $$ select set_config('response.headers', '{"a": 1}', true) $$;
create function public.complain(how text) returns void language plpgsql as $$
begin
  case how
    when 'plain' then raise exception 'No' using detail = 'really', hint = 'ask again';
    when 'teapot' then raise sqlstate 'PT418' using message = 'short and stout';
    when 'own' then raise sqlstate 'PGRST' using
      message = '{"code": "x.1", "message": "Paid", "details": "d", "hint": "h"}',
      detail = '{"status": 402, "headers": {"X-Reason": "money"}}';
    when 'no detail' then raise sqlstate 'PGRST' using
      message = '{"code": "x.1", "message": "Paid"}';
    when 'no json' then raise sqlstate 'PGRST' using message = 'what', detail = '{}';
    when 'half' then raise sqlstate 'PGRST' using
      message = '{"code": "x.1", "message": "Paid"}', detail = '{"status": "402"}';
  end case;
end $$;
create function public.slow() returns void language sql volatile set statement_timeout = '50ms'
  as $$ select pg_sleep(5) $$;
create function public.turned_away() returns void language plpgsql as $$
begin
  if current_setting('request.headers')::json ->> 'x-banned' is not null then
    raise sqlstate 'PT403' using message = 'banned';
  end if;
end $$;

insert into public.clients values (1, 'Acme', '{"city": "Ulm", "lines": ["a", "b"]}'), (2, 'Byte', null), (3, 'Cargo', null);
insert into public.projects (id, name, client_id, budget, meta, tags, due, done) values
  (1, 'Running site', 1, 1500.50, '{"a": {"b": [1, 2]}, "n": 3}', '{web,red}', '[2026-01-01,2026-02-01)', false),
  (2, 'Shop', 1, 200, '{"n": 10}', '{web}', '[2026-03-01,2026-04-01)', true),
  (3, 'App, "new"', 2, 5000, '{}', '{"red, blue"}', null, false),
  (4, 'Orphan', null, null, '{}', '{}', null, false);
insert into public.people values (1, 'Ada', null), (2, 'Ben', 1), (3, 'Cy', 1);
insert into public.badges values (1, 'gold');
insert into public.tasks values (1, 1, 'plan', 3), (2, 1, 'draw', 5), (3, 2, 'plan', null), (4, 3, 'code', 8);
insert into public.assignments values (1, 1), (2, 1), (2, 2), (3, 4);
insert into public.cities values (1, 'Oslo'), (2, 'Rome');
insert into public.trips values (1, 1, 2);
insert into public.regions values ('no', 'o', 'Oslo'), ('it', 'r', 'Rome');
insert into public.offices values (1, 'no', 'o');
insert into public.stock (sku, amount, shelf, slot) values ('bolt', 3, 1, 1), ('nut', 4, 1, 2);
insert into public.events (what) values ('start');
insert into public.plain values (1, 10), (1, 20), (2, 30);
insert into public."odd name,(x)" values (1, 'dot', 'q');
insert into public.notes values
  (1, '00000000-0000-0000-0000-00000000000a', 'mine'), (2, '00000000-0000-0000-0000-00000000000b', 'not mine');
insert into archive.projects values (1, 'Old site', 1999);
refresh materialized view public.hours;

grant all on all tables in schema public, archive to service_role;
grant usage on all sequences in schema public to service_role;
grant select on public.clients, public.projects, public.stock to anon, authenticated;
grant select, insert, update, delete on public.notes to authenticated;
grant insert (sku, note) on public.stock to authenticated;

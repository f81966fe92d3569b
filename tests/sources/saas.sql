-- A multi-tenant service: natural keys, arrays, json, keys within a tenant.
create extension if not exists citext;
create table organizations (
  slug text primary key check (slug ~ '^[a-z0-9-]+$'),
  name text not null,
  plan text not null default 'free' check (plan in ('free', 'team', 'enterprise')),
  settings jsonb not null default '{}',
  seats integer check (seats between 1 and 10000)
);
create table users (
  id uuid primary key default gen_random_uuid(),
  email citext not null unique,
  display_name varchar(80),
  time_zone text not null default 'UTC',
  last_seen timestamptz,
  quiet_from time
);
create table memberships (
  org_slug text not null references organizations (slug) on delete cascade on update cascade,
  user_id uuid not null references users (id) on delete cascade,
  role text not null default 'viewer' check (role in ('owner', 'editor', 'viewer')),
  invited_by uuid references users (id) on delete set null,
  primary key (org_slug, user_id)
);
create table projects (
  org_slug text not null references organizations (slug) on delete cascade,
  key varchar(10) not null,
  title text not null,
  labels text[] not null default '{}',
  archived boolean not null default false,
  primary key (org_slug, key)
);
create table issues (
  id bigserial primary key,
  org_slug text not null,
  project_key varchar(10) not null,
  number integer not null,
  title text not null,
  body text,
  points smallint check (points >= 0 and points <= 100),
  assignee uuid references users,
  reporter uuid not null references users on delete restrict,
  parent bigint references issues on delete cascade,
  meta json,
  due date,
  unique (org_slug, project_key, number),
  foreign key (org_slug, project_key) references projects (org_slug, key) on delete cascade
);
create table issue_watchers (
  issue_id bigint references issues on delete cascade,
  user_id uuid references users on delete cascade,
  primary key (issue_id, user_id)
);
create table billing_profiles (
  org_slug text primary key references organizations on delete cascade,
  vat_number text,
  balance_cents bigint not null default 0,
  "select" text,
  rate real
);
alter table issues enable row level security;
create policy members_read on issues for select using (true);
insert into organizations (slug, name) values ('acme', 'Acme; Inc. -- not a comment');

-- What every database of the cluster starts with. Run by the superuser in the template.
-- No default privileges on public for the API roles: an app grants what it means to expose.
grant usage on schema public to postgres, anon, authenticated, service_role;
revoke create on schema public from public;

create schema extensions authorization postgres;
grant usage on schema extensions to anon, authenticated, service_role;
create extension pgcrypto with schema extensions;
create extension "uuid-ossp" with schema extensions;
create extension citext with schema extensions;
create extension pg_trgm with schema extensions;
create extension btree_gist with schema extensions;
create extension unaccent with schema extensions;

create publication supabase_realtime;
alter publication supabase_realtime owner to postgres;

-- Where `supabase db push` and `migration up` record what they applied.
create schema supabase_migrations authorization postgres;
create table supabase_migrations.schema_migrations (
  version text primary key,
  statements text[],
  name text
);
alter table supabase_migrations.schema_migrations owner to postgres;

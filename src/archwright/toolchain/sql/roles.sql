-- The cluster-wide roles of a Supabase project. Run once per cluster, by the superuser.
-- Migrations run as "postgres": it owns the databases but is no superuser, as on the platform.
create role postgres login createdb createrole bypassrls replication;

create role anon nologin noinherit;
create role authenticated nologin noinherit;
create role service_role nologin noinherit bypassrls;
create role authenticator login noinherit;
grant anon, authenticated, service_role to authenticator;
grant anon, authenticated, service_role to postgres;

create role supabase_auth_admin nologin noinherit createrole;
create role supabase_storage_admin nologin noinherit createrole;
create role supabase_realtime_admin nologin noinherit;

-- Policies on storage.objects and realtime.messages are the app's to write. The tables of auth
-- are not: only triggers and references, which need no ownership (see auth.sql).
grant supabase_storage_admin, supabase_realtime_admin to postgres;
grant supabase_storage_admin, supabase_realtime_admin to authenticator;

alter role postgres set search_path = "$user", public, extensions;
alter role supabase_admin set search_path = "$user", public, extensions;
alter role authenticator set statement_timeout = '8s';
alter role authenticator set lock_timeout = '8s';

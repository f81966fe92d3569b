-- The cluster-wide roles of a Supabase project. Run once per cluster, by the superuser.
-- Migrations run as "postgres": it owns the databases but is no superuser, as on the platform.
create role postgres login createdb createrole bypassrls replication;

create role anon nologin noinherit;
create role authenticated nologin noinherit;
create role service_role nologin noinherit bypassrls;
create role authenticator login noinherit;
grant anon, authenticated, service_role to authenticator;
-- and may set what PostgREST reads of them: alter role authenticator set pgrst.db_max_rows = '500'
grant anon, authenticated, service_role to postgres with admin option;
grant authenticator to postgres with admin option;

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

-- What a migration may set for a role, as on the platform.
grant set on parameter
  pgrst.db_aggregates_enabled,
  pgrst.db_anon_role,
  pgrst.db_extra_search_path,
  pgrst.db_hoisted_tx_settings,
  pgrst.db_max_rows,
  pgrst.db_plan_enabled,
  pgrst.db_pre_config,
  pgrst.db_pre_request,
  pgrst.db_root_spec,
  pgrst.db_schemas,
  pgrst.db_tx_end,
  pgrst.jwt_aud,
  pgrst.jwt_role_claim_key,
  pgrst.log_level,
  pgrst.openapi_mode,
  pgrst.openapi_security_active,
  pgrst.openapi_server_proxy_uri,
  pgrst.server_cors_allowed_origins,
  pgrst.server_timing_enabled,
  pgrst.server_trace_header
  to postgres;

"""The folder of a small app as a preview sees it: a board of notes, with people who sign in."""

from __future__ import annotations

from pathlib import Path

NOTES = """
create table public.notes (
  id bigint generated always as identity primary key,
  author_id uuid not null default auth.uid() references auth.users (id) on delete cascade,
  body text not null
);
alter table public.notes enable row level security;
create policy notes_read on public.notes for select to authenticated using (true);
create policy notes_write on public.notes for insert to authenticated
  with check (author_id = (select auth.uid()));
grant select on public.notes to authenticated;
grant insert (body) on public.notes to authenticated;
"""
ROLES = """
create type public.app_role as enum ('admin', 'moderator');
create table public.user_roles (
  user_id uuid not null references auth.users (id) on delete cascade,
  role public.app_role not null,
  primary key (user_id, role)
);
alter table public.user_roles enable row level security;
"""
PEOPLE = """
insert into auth.users (
  instance_id, id, aud, role, email, encrypted_password, email_confirmed_at, raw_app_meta_data,
  raw_user_meta_data, created_at, updated_at, confirmation_token, recovery_token,
  email_change_token_new, email_change
)
select
  '00000000-0000-0000-0000-000000000000', p.id, 'authenticated', 'authenticated', p.email,
  extensions.crypt('sample-password', extensions.gen_salt('bf', 4)), now(),
  '{"provider": "email", "providers": ["email"]}', '{}', now(), now(), '', '', '', ''
from (values
  ('00000000-0000-4000-8000-000000000001'::uuid, 'mara@example.com'),
  ('00000000-0000-4000-8000-000000000002', 'lena@example.com')
) as p (id, email);
insert into auth.identities (provider_id, user_id, identity_data, provider, created_at, updated_at)
select
  u.id::text, u.id, jsonb_build_object('sub', u.id::text, 'email', u.email), 'email', now(), now()
from auth.users u;
insert into public.user_roles (user_id, role)
values ('00000000-0000-4000-8000-000000000001', 'admin');
insert into public.notes (author_id, body)
select id, 'from ' || email from auth.users order by email;
"""
CONFIG = """
[api]
max_rows = 50

[db.seed]
sql_paths = ["./seed.sql"]

[auth]
minimum_password_length = 10
"""
VITE = "export default { cacheDir: '.cache/vite' };\n"
PAGE = """<!doctype html>
<html lang="en"><head><title>Notes</title></head>
<body><h1>Notes</h1><script type="module" src="/src/main.js"></script></body></html>
"""
MAIN = """import { heading } from './heading.js';
document.querySelector('h1').textContent = heading;
export const project = import.meta.env.VITE_SUPABASE_URL;
import.meta.hot?.accept();
"""
FIRST, SECOND = "20260101000001_notes.sql", "20260101000002_roles.sql"


def write(root: Path, files: dict[str, str]) -> None:
    """Write files below a folder."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def notes_app(root: Path) -> Path:
    """Make the app's folder and return it."""
    write(
        root,
        {
            "package.json": '{"name": "notes", "private": true, "type": "module"}\n',
            "vite.config.js": VITE,
            "index.html": PAGE,
            "src/main.js": MAIN,
            "src/heading.js": "export const heading = 'Notes';\n",
            "supabase/config.toml": CONFIG,
            "supabase/seed.sql": PEOPLE,
            f"supabase/migrations/{FIRST}": NOTES,
            f"supabase/migrations/{SECOND}": ROLES,
        },
    )
    return root

-- What the realtime service's conformance tests watch: notes with policies, and an open board.
create type public.mood as enum ('glad', 'sad');
create table public.notes (
  id int primary key,
  owner uuid not null,
  body text,
  secret text,
  size numeric(8, 2),
  tags text[] not null default '{}',
  meta jsonb,
  mood public.mood,
  done boolean not null default false,
  seen_at timestamptz
);
alter table public.notes enable row level security;
create policy own_notes on public.notes for select to authenticated using (owner = (select auth.uid()));
grant select (id, owner, body, size, tags, meta, mood, done, seen_at) on public.notes to authenticated;
grant select, insert, update, delete on public.notes to service_role;
create table public.board (id int primary key, title text, big text, open boolean, at timestamptz);
grant select, insert, update, delete on public.board to anon, authenticated, service_role;
alter table public.board replica identity full;
create table public.hidden (id int primary key);
grant select on public.hidden to authenticated;
alter publication supabase_realtime add table public.notes, public.board;

create policy "members receive" on realtime.messages for select to authenticated
  using (realtime.topic() like 'room:%' and extension in ('broadcast', 'presence'));
create policy "members of loud rooms send" on realtime.messages for insert to authenticated
  with check (realtime.topic() like 'room:loud%' and extension = 'broadcast');
create policy "readers may look" on realtime.messages for select to authenticated
  using (realtime.topic() like 'look:%' and extension = 'presence');
create policy "everybody meets" on realtime.messages for all to authenticated
  using (realtime.topic() like 'both:%') with check (realtime.topic() like 'both:%');

create function public.tell_board() returns trigger security definer language plpgsql as $$
begin
  perform realtime.broadcast_changes(
    'board:' || coalesce(new.id, old.id), tg_op, tg_op, tg_table_name, tg_table_schema, new, old
  );
  return null;
end
$$;
create trigger tell_board after insert or update or delete on public.board
  for each row execute function public.tell_board();
create policy "everybody follows boards" on realtime.messages for select to authenticated
  using (realtime.topic() like 'board:%' and extension = 'broadcast');

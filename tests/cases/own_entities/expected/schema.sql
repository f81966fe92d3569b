-- The whole app

-- Extensions and schemas

create schema if not exists private;

-- Types

create type public.tool_materials_unit as enum ('piece', 'gram');

create type public.tool_state as enum ('whole', 'broken');

create type public.workshop_days as enum ('weekday', 'weekend');

-- Tables

create table public.materials (
  id          uuid                      not null default gen_random_uuid(),
  title       text,
  created_at  timestamp with time zone  not null default now(),
  updated_at  timestamp with time zone  not null default now(),
  primary key (id),
  constraint materials_title_key unique (title),
  constraint materials_title_check check (char_length(title) between 0 and 2000)
);
comment on table public.materials is 'A material of the platform';

alter table public.materials enable row level security;
revoke all on public.materials from public, anon, authenticated, service_role;

create table public.profiles (
  id            uuid                      not null,
  handle        extensions.citext         not null,
  display_name  text                      not null,
  created_at    timestamp with time zone  not null default now(),
  updated_at    timestamp with time zone  not null default now(),
  primary key (id),
  constraint profiles_handle_key unique (handle),
  constraint profiles_display_name_check check (char_length(display_name) between 1 and 60),
  constraint profiles_handle_check check (char_length(handle) between 3 and 30),
  constraint profiles_id_fkey foreign key (id) references auth.users (id) on delete cascade
);
comment on table public.profiles is 'What others see of a member';

alter table public.profiles enable row level security;
revoke all on public.profiles from public, anon, authenticated, service_role;

create table public.signs (
  id           uuid                      not null default gen_random_uuid(),
  owner_id     uuid                      not null default auth.uid(),
  workshop_id  uuid                      not null,
  painted_on   date,
  created_at   timestamp with time zone  not null default now(),
  updated_at   timestamp with time zone  not null default now(),
  primary key (id),
  constraint signs_workshop_id_key unique (workshop_id),
  constraint signs_owner_id_fkey foreign key (owner_id)
    references public.profiles (id) on delete cascade
);
comment on table public.signs is 'A sign of the platform';
comment on column public.signs.workshop_id is 'Nobody looks for a part of what is gone';

alter table public.signs enable row level security;
revoke all on public.signs from public, anon, authenticated, service_role;

create table public.workshops (
  id             uuid                      not null default gen_random_uuid(),
  owner_id       uuid                      not null default auth.uid(),
  front_sign_id  uuid                      not null,
  title          text                      not null,
  opens_at       time without time zone    not null default '08:30',
  words          text[]                    not null default '{}',
  settings       jsonb                     not null default '{}',
  outside_id     uuid,
  visits         bigint                    not null default 0,
  fee            numeric(12,2)             not null default '9.50',
  days           public.workshop_days[],
  created_at     timestamp with time zone  not null default now(),
  updated_at     timestamp with time zone  not null default now(),
  primary key (id),
  constraint workshops_outside_id_key unique (outside_id),
  constraint workshops_fee_check check (fee >= 0),
  constraint workshops_title_check check (char_length(title) between 1 and 80),
  constraint workshops_visits_check check (visits >= 0),
  constraint workshops_words_check check (cardinality(words) <= 5),
  constraint workshops_front_sign_id_fkey foreign key (front_sign_id)
    references public.signs (id) on delete cascade deferrable initially deferred,
  constraint workshops_owner_id_fkey foreign key (owner_id)
    references public.profiles (id) on delete cascade
);
comment on table public.workshops is 'Where tools are mended';
comment on column public.workshops.title is 'What the sign says';

alter table public.workshops enable row level security;
revoke all on public.workshops from public, anon, authenticated, service_role;

create table public.shelves (
  id           uuid                      not null default gen_random_uuid(),
  owner_id     uuid                      not null default auth.uid(),
  workshop_id  uuid                      not null,
  code         text                      not null,
  created_at   timestamp with time zone  not null default now(),
  updated_at   timestamp with time zone  not null default now(),
  primary key (id),
  constraint shelves_workshop_id_code_key unique (workshop_id, code),
  constraint shelves_workshop_id_id_key unique (workshop_id, id),
  constraint shelves_code_check check (char_length(code) between 1 and 10),
  constraint shelves_owner_id_fkey foreign key (owner_id)
    references public.profiles (id) on delete cascade,
  constraint shelves_workshop_id_fkey foreign key (workshop_id)
    references public.workshops (id) on delete cascade
);
comment on table public.shelves is 'A shelf of the platform';

alter table public.shelves enable row level security;
revoke all on public.shelves from public, anon, authenticated, service_role;

create table public.tools (
  id             uuid                      not null default gen_random_uuid(),
  owner_id       uuid                      not null default auth.uid(),
  workshop_id    uuid                      not null,
  made_after_id  uuid,
  shelf_id       uuid,
  part_of_id     uuid,
  title          text                      not null,
  serial         text,
  state          public.tool_state         not null default 'whole',
  created_at     timestamp with time zone  not null default now(),
  updated_at     timestamp with time zone  not null default now(),
  primary key (id),
  constraint tools_workshop_id_id_key unique (workshop_id, id),
  constraint tools_workshop_id_serial_key unique nulls not distinct (workshop_id, serial),
  constraint tools_made_after_is_another check (made_after_id <> id),
  constraint tools_part_of_is_another check (part_of_id <> id),
  constraint tools_serial_check check (char_length(serial) between 0 and 2000),
  constraint tools_title_check check (char_length(title) between 1 and 80),
  constraint tools_owner_id_fkey foreign key (owner_id)
    references public.profiles (id) on delete cascade,
  constraint tools_part_of_id_fkey foreign key (part_of_id)
    references public.tools (id) on delete cascade,
  constraint tools_workshop_id_fkey foreign key (workshop_id)
    references public.workshops (id) on delete cascade,
  constraint tools_workshop_id_made_after_id_fkey foreign key (workshop_id, made_after_id)
    references public.tools (workshop_id, id) on delete cascade,
  constraint tools_workshop_id_shelf_id_fkey foreign key (workshop_id, shelf_id)
    references public.shelves (workshop_id, id) on delete set null (shelf_id)
);
comment on table public.tools is 'A tool of the platform';
comment on column public.tools.part_of_id is 'Nobody looks for a part of what is gone';

alter table public.tools enable row level security;
revoke all on public.tools from public, anon, authenticated, service_role;

create table public.notes (
  id          uuid                      not null default gen_random_uuid(),
  owner_id    uuid                      not null default auth.uid(),
  tool_id     uuid,
  shelf_id    uuid,
  author_id   uuid,
  body        text                      not null,
  created_at  timestamp with time zone  not null default now(),
  updated_at  timestamp with time zone  not null default now(),
  primary key (id),
  constraint notes_body_check check (char_length(body) between 1 and 500),
  constraint notes_subject_one_of check (num_nonnulls(tool_id, shelf_id) = 1),
  constraint notes_author_id_fkey foreign key (author_id)
    references public.profiles (id) on delete set null,
  constraint notes_owner_id_fkey foreign key (owner_id)
    references public.profiles (id) on delete cascade,
  constraint notes_shelf_id_fkey foreign key (shelf_id)
    references public.shelves (id) on delete cascade,
  constraint notes_tool_id_fkey foreign key (tool_id)
    references public.tools (id) on delete cascade
);
comment on table public.notes is 'A note of the platform';

alter table public.notes enable row level security;
revoke all on public.notes from public, anon, authenticated, service_role;

create table public.tool_goes_with (
  tool_id        uuid                      not null,
  other_tool_id  uuid                      not null,
  created_at     timestamp with time zone  not null default now(),
  primary key (tool_id, other_tool_id),
  constraint tool_goes_with_not_to_itself check (tool_id <> other_tool_id),
  constraint tool_goes_with_other_tool_id_fkey foreign key (other_tool_id)
    references public.tools (id) on delete cascade,
  constraint tool_goes_with_tool_id_fkey foreign key (tool_id)
    references public.tools (id) on delete cascade
);
comment on table public.tool_goes_with is 'The goes with of tools';

alter table public.tool_goes_with enable row level security;
revoke all on public.tool_goes_with from public, anon, authenticated, service_role;

create table public.tool_materials (
  tool_id      uuid                        not null,
  material_id  uuid                        not null,
  amount       numeric(9,3)                not null,
  unit         public.tool_materials_unit  not null,
  created_at   timestamp with time zone    not null default now(),
  updated_at   timestamp with time zone    not null default now(),
  primary key (tool_id, material_id),
  constraint tool_materials_material_id_fkey foreign key (material_id)
    references public.materials (id) on delete restrict,
  constraint tool_materials_tool_id_fkey foreign key (tool_id)
    references public.tools (id) on delete cascade
);
comment on table public.tool_materials is 'The materials of tools';

alter table public.tool_materials enable row level security;
revoke all on public.tool_materials from public, anon, authenticated, service_role;

create table public.tool_part_of_paths (
  ancestor_id    uuid     not null,
  descendant_id  uuid     not null,
  depth          integer  not null,
  primary key (ancestor_id, descendant_id),
  constraint tool_part_of_paths_depth_check check (depth >= 0),
  constraint tool_part_of_paths_ancestor_id_fkey foreign key (ancestor_id)
    references public.tools (id) on delete cascade,
  constraint tool_part_of_paths_descendant_id_fkey foreign key (descendant_id)
    references public.tools (id) on delete cascade
);
comment on table public.tool_part_of_paths is 'The tools below each by part of, itself included';

alter table public.tool_part_of_paths enable row level security;
revoke all on public.tool_part_of_paths from public, anon, authenticated, service_role;

-- Functions

-- Gives each new account its profile
create or replace function private.create_profile() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  insert into public.profiles (id, handle, display_name)
  values (new.id, 'member_' || left(new.id::text, 8), 'New member');
  return null;
end;
$$;
comment on function private.create_profile() is 'Gives each new account its profile';
revoke execute on function private.create_profile() from public, anon, authenticated, service_role;

create or replace function private.grow_tool_part_of_paths_tree() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  kept text := current_setting('app.keeping', true);
  moved uuid[];
begin
  if tg_op = 'INSERT' then
    select array_agg(r.id) into moved from rows_after r;
  else
    select array_agg(r.id) into moved
    from rows_after r join rows_before b on b.id = r.id
    where r.part_of_id is distinct from b.part_of_id;
  end if;
  if moved is null then
    return null;
  end if;
  -- Who never comes to a top goes round: union leaves out where it has been.
  if exists (
    with recursive up (start, node) as (
      select t.id, t.part_of_id from public.tools t where t.id = any (moved)
      union
      select up.start, t.part_of_id from up join public.tools t on t.id = up.node
    )
    select from up group by up.start having bool_and(up.node is not null)
  ) then
    raise exception
      'new row for relation "tools" violates check constraint "tool_part_of_paths_tree_cycle"'
      using errcode = '23514', constraint = 'tool_part_of_paths_tree_cycle',
        detail = 'A row would lie below itself.';
  end if;
  perform set_config('app.keeping', 'tool_part_of_paths_tree', true);
  if tg_op = 'UPDATE' then
    select array_agg(s.id) into moved from (
      select unnest(moved) as id
      union
      select p.descendant_id from public.tool_part_of_paths p where p.ancestor_id = any (moved)
    ) s;
    delete from public.tool_part_of_paths p where p.descendant_id = any (moved);
  end if;
  insert into public.tool_part_of_paths (ancestor_id, descendant_id, depth)
  with recursive up (start, node, steps) as (
    select t.id, t.id, 0 from public.tools t where t.id = any (moved)
    union all
    select up.start, t.part_of_id, up.steps + 1
    from up join public.tools t on t.id = up.node
    where t.part_of_id is not null
  )
  select up.node, up.start, up.steps from up;
  perform set_config('app.keeping', coalesce(kept, ''), true);
  return null;
end;
$$;
comment on function private.grow_tool_part_of_paths_tree() is 'Keeps tool_part_of_paths as tools.part_of_id says. All who change the tree wait for one another before they lock a row; who reads it waits for nobody.';
revoke execute on function private.grow_tool_part_of_paths_tree() from public, anon, authenticated, service_role;

create or replace function private.guard_tool_part_of_paths_tree() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  -- A path goes with either of its ends.
  if tg_op = 'DELETE' and not (exists (select from public.tools t where t.id = old.ancestor_id)
    and exists (select from public.tools t where t.id = old.descendant_id)) then
    return old;
  end if;
  raise exception
    'the paths in relation "tool_part_of_paths" are kept by constraint "tool_part_of_paths_tree_kept"'
    using errcode = '42501', constraint = 'tool_part_of_paths_tree_kept',
      detail = 'They follow from tools.part_of_id.';
end;
$$;
revoke execute on function private.guard_tool_part_of_paths_tree() from public, anon, authenticated, service_role;

create or replace function private.lock_tool_part_of_paths_tree() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  -- A snapshot of an earlier moment would not show what others have moved meanwhile.
  if current_setting('transaction_isolation') not in ('read committed', 'read uncommitted') then
    raise exception 'the tree tool_part_of_paths_tree is changed in read committed only'
      using errcode = 'invalid_transaction_state';
  end if;
  perform pg_advisory_xact_lock(hashtextextended('public.tool_part_of_paths', 0));
  return null;
end;
$$;
revoke execute on function private.lock_tool_part_of_paths_tree() from public, anon, authenticated, service_role;

create or replace function private.touch_updated_at() returns trigger
language plpgsql set search_path = '' as $$
begin
  new.updated_at := now();
  return new;
end;
$$;
revoke execute on function private.touch_updated_at() from public, anon, authenticated, service_role;

-- Indexes

create index materials_created_at_id_idx on public.materials (created_at desc, id desc);

create index notes_author_id_author_id_is_not_null_idx
  on public.notes (author_id)
  where author_id is not null;

create index notes_created_at_id_idx on public.notes (created_at desc, id desc);

create index notes_owner_id_created_at_id_idx on public.notes (owner_id, created_at desc, id desc);

create index notes_shelf_id_shelf_id_is_not_null_idx
  on public.notes (shelf_id)
  where shelf_id is not null;

create index notes_tool_id_tool_id_is_not_null_idx
  on public.notes (tool_id)
  where tool_id is not null;

create index shelves_created_at_id_idx on public.shelves (created_at desc, id desc);

create index shelves_owner_id_created_at_id_idx
  on public.shelves (owner_id, created_at desc, id desc);

create index signs_created_at_id_idx on public.signs (created_at desc, id desc);

create index signs_owner_id_created_at_id_idx on public.signs (owner_id, created_at desc, id desc);

create index tool_goes_with_other_tool_id_idx on public.tool_goes_with (other_tool_id);

create index tool_materials_material_id_idx on public.tool_materials (material_id);

create index tool_part_of_paths_ancestor_id_depth_descendant_id_idx
  on public.tool_part_of_paths (ancestor_id, depth, descendant_id);

create index tool_part_of_paths_descendant_id_idx on public.tool_part_of_paths (descendant_id);

create index tools_created_at_id_idx on public.tools (created_at desc, id desc);

create index tools_owner_id_created_at_id_idx on public.tools (owner_id, created_at desc, id desc);

create index tools_part_of_id_part_of_id_is_not_null_idx
  on public.tools (part_of_id)
  where part_of_id is not null;

create index tools_workshop_id_made_after_id_idx on public.tools (workshop_id, made_after_id);

create index tools_workshop_id_shelf_id_idx on public.tools (workshop_id, shelf_id);

create index workshops_created_at_id_idx on public.workshops (created_at desc, id desc);

create index workshops_front_sign_id_idx on public.workshops (front_sign_id);

create index workshops_owner_id_created_at_id_idx
  on public.workshops (owner_id, created_at desc, id desc);

-- Constraints

alter table public.signs
  add constraint signs_workshop_id_fkey foreign key (workshop_id)
    references public.workshops (id) on delete cascade;

-- Triggers

create trigger create_profile after insert on auth.users
  for each row execute function private.create_profile();

create trigger materials_touch before update of title on public.materials
  for each row execute function private.touch_updated_at();

create trigger notes_touch before update of author_id, body, shelf_id, tool_id on public.notes
  for each row execute function private.touch_updated_at();

create trigger profiles_touch before update of display_name, handle on public.profiles
  for each row execute function private.touch_updated_at();

create trigger shelves_touch before update of code, workshop_id on public.shelves
  for each row execute function private.touch_updated_at();

create trigger signs_touch before update of painted_on, workshop_id on public.signs
  for each row execute function private.touch_updated_at();

create trigger tool_materials_touch before update of amount, unit on public.tool_materials
  for each row execute function private.touch_updated_at();

create trigger tool_part_of_paths_tree_kept before insert or update or delete on public.tool_part_of_paths
  for each row
  when (current_setting('app.keeping', true) is distinct from 'tool_part_of_paths_tree') execute function private.guard_tool_part_of_paths_tree();

create trigger tool_part_of_paths_tree_lock before insert or delete or update of part_of_id on public.tools
  for each statement execute function private.lock_tool_part_of_paths_tree();

create trigger tool_part_of_paths_tree_paths_insert after insert on public.tools
  referencing new table as rows_after
  for each statement execute function private.grow_tool_part_of_paths_tree();

create trigger tool_part_of_paths_tree_paths_update after update on public.tools
  referencing old table as rows_before new table as rows_after
  for each statement execute function private.grow_tool_part_of_paths_tree();

create trigger tools_touch before update of made_after_id, part_of_id, serial, shelf_id, state, title, workshop_id on public.tools
  for each row execute function private.touch_updated_at();

create trigger workshops_touch before update of days, fee, front_sign_id, opens_at, outside_id, settings, title, visits, words on public.workshops
  for each row execute function private.touch_updated_at();

-- Row-level security

create policy "anyone may select" on public.materials
  for select
  to anon, authenticated
  using (true);

create policy "members may delete" on public.materials
  for delete
  to authenticated
  using ((select private.has_role('admin')));

create policy "members may insert" on public.materials
  for insert
  to authenticated
  with check ((select private.has_role('admin')));

create policy "members may update" on public.materials
  for update
  to authenticated
  using ((select private.has_role('admin')))
  with check ((select private.has_role('admin')));

create policy "anyone may select" on public.notes
  for select
  to anon, authenticated
  using (true);

create policy "members may delete" on public.notes
  for delete
  to authenticated
  using (owner_id = (select auth.uid()));

create policy "members may insert" on public.notes
  for insert
  to authenticated
  with check (owner_id = (select auth.uid()));

create policy "members may update" on public.notes
  for update
  to authenticated
  using (owner_id = (select auth.uid()))
  with check (owner_id = (select auth.uid()));

create policy "anyone may select" on public.profiles
  for select
  to anon, authenticated
  using (true);

create policy "members may update" on public.profiles
  for update
  to authenticated
  using (id = (select auth.uid()))
  with check (id = (select auth.uid()));

create policy "anyone may select" on public.shelves
  for select
  to anon, authenticated
  using (true);

create policy "members may delete" on public.shelves
  for delete
  to authenticated
  using (owner_id = (select auth.uid()));

create policy "members may insert" on public.shelves
  for insert
  to authenticated
  with check (owner_id = (select auth.uid()));

create policy "members may update" on public.shelves
  for update
  to authenticated
  using (owner_id = (select auth.uid()))
  with check (owner_id = (select auth.uid()));

create policy "anyone may select" on public.signs
  for select
  to anon, authenticated
  using (true);

create policy "members may delete" on public.signs
  for delete
  to authenticated
  using (owner_id = (select auth.uid()));

create policy "members may insert" on public.signs
  for insert
  to authenticated
  with check (owner_id = (select auth.uid()));

create policy "members may update" on public.signs
  for update
  to authenticated
  using (owner_id = (select auth.uid()))
  with check (owner_id = (select auth.uid()));

create policy "anyone may select" on public.tool_goes_with
  for select
  to anon, authenticated
  using (
    exists (select 1 from public.tools t where t.id = tool_goes_with.tool_id offset 0)
    and exists (
      select 1 from public.tools t
      where t.id = tool_goes_with.other_tool_id
      offset 0
    )
  );

create policy "members may delete" on public.tool_goes_with
  for delete
  to authenticated
  using (
    exists (
      select 1 from public.tools t
      where t.id = tool_goes_with.tool_id
      and t.owner_id = (select auth.uid())
      offset 0
    )
  );

create policy "members may insert" on public.tool_goes_with
  for insert
  to authenticated
  with check (
    exists (
      select 1 from public.tools t
      where t.id = tool_goes_with.tool_id
      and t.owner_id = (select auth.uid())
      offset 0
    )
    and exists (
      select 1 from public.tools t
      where t.id = tool_goes_with.other_tool_id
      offset 0
    )
  );

create policy "anyone may select" on public.tool_materials
  for select
  to anon, authenticated
  using (
    exists (select 1 from public.tools t where t.id = tool_materials.tool_id offset 0)
    and exists (
      select 1 from public.materials m
      where m.id = tool_materials.material_id
      offset 0
    )
  );

create policy "members may delete" on public.tool_materials
  for delete
  to authenticated
  using (
    exists (
      select 1 from public.tools t
      where t.id = tool_materials.tool_id
      and t.owner_id = (select auth.uid())
      offset 0
    )
  );

create policy "members may insert" on public.tool_materials
  for insert
  to authenticated
  with check (
    exists (
      select 1 from public.tools t
      where t.id = tool_materials.tool_id
      and t.owner_id = (select auth.uid())
      offset 0
    )
    and exists (
      select 1 from public.materials m
      where m.id = tool_materials.material_id
      offset 0
    )
  );

create policy "members may update" on public.tool_materials
  for update
  to authenticated
  using (
    exists (
      select 1 from public.tools t
      where t.id = tool_materials.tool_id
      and t.owner_id = (select auth.uid())
      offset 0
    )
  )
  with check (
    exists (
      select 1 from public.tools t
      where t.id = tool_materials.tool_id
      and t.owner_id = (select auth.uid())
      offset 0
    )
  );

create policy "anyone may select" on public.tool_part_of_paths
  for select
  to anon, authenticated
  using (
    exists (
      select 1 from public.tools t
      where t.id = tool_part_of_paths.descendant_id
      offset 0
    )
  );

create policy "anyone may select" on public.tools
  for select
  to anon, authenticated
  using (true);

create policy "members may delete" on public.tools
  for delete
  to authenticated
  using (owner_id = (select auth.uid()));

create policy "members may insert" on public.tools
  for insert
  to authenticated
  with check (owner_id = (select auth.uid()));

create policy "members may update" on public.tools
  for update
  to authenticated
  using (owner_id = (select auth.uid()))
  with check (owner_id = (select auth.uid()));

create policy "anyone may select" on public.workshops
  for select
  to anon, authenticated
  using (true);

create policy "members may delete" on public.workshops
  for delete
  to authenticated
  using (owner_id = (select auth.uid()));

create policy "members may insert" on public.workshops
  for insert
  to authenticated
  with check (owner_id = (select auth.uid()));

create policy "members may update" on public.workshops
  for update
  to authenticated
  using (owner_id = (select auth.uid()))
  with check (owner_id = (select auth.uid()));

-- Grants

grant select on public.materials to anon;

grant select, delete on public.materials to authenticated;
grant insert (title) on public.materials to authenticated;
grant update (title) on public.materials to authenticated;

grant select, insert, update, delete on public.materials to service_role;

grant select on public.notes to anon;

grant select, delete on public.notes to authenticated;
grant insert (author_id, body, shelf_id, tool_id) on public.notes to authenticated;
grant update (author_id, body, shelf_id, tool_id) on public.notes to authenticated;

grant select, insert, update, delete on public.notes to service_role;

grant select on public.profiles to anon;

grant select on public.profiles to authenticated;
grant update (display_name, handle) on public.profiles to authenticated;

grant select, insert, update, delete on public.profiles to service_role;

grant select on public.shelves to anon;

grant select, delete on public.shelves to authenticated;
grant insert (code, workshop_id) on public.shelves to authenticated;
grant update (code, workshop_id) on public.shelves to authenticated;

grant select, insert, update, delete on public.shelves to service_role;

grant select on public.signs to anon;

grant select, delete on public.signs to authenticated;
grant insert (painted_on, workshop_id) on public.signs to authenticated;
grant update (painted_on, workshop_id) on public.signs to authenticated;

grant select, insert, update, delete on public.signs to service_role;

grant select on public.tool_goes_with to anon;

grant select, delete on public.tool_goes_with to authenticated;
grant insert (other_tool_id, tool_id) on public.tool_goes_with to authenticated;

grant select, insert, update, delete on public.tool_goes_with to service_role;

grant select on public.tool_materials to anon;

grant select, delete on public.tool_materials to authenticated;
grant insert (amount, material_id, tool_id, unit) on public.tool_materials to authenticated;
grant update (amount, unit) on public.tool_materials to authenticated;

grant select, insert, update, delete on public.tool_materials to service_role;

grant select on public.tool_part_of_paths to anon;

grant select on public.tool_part_of_paths to authenticated;

grant select, insert, update, delete on public.tool_part_of_paths to service_role;

grant select on public.tools to anon;

grant select, delete on public.tools to authenticated;
grant insert (made_after_id, part_of_id, serial, shelf_id, state, title, workshop_id) on public.tools to authenticated;
grant update (made_after_id, part_of_id, serial, shelf_id, state, title, workshop_id) on public.tools to authenticated;

grant select, insert, update, delete on public.tools to service_role;

grant select on public.workshops to anon;

grant select, delete on public.workshops to authenticated;
grant insert (days, fee, front_sign_id, opens_at, outside_id, settings, title, visits, words) on public.workshops to authenticated;
grant update (days, fee, front_sign_id, opens_at, outside_id, settings, title, visits, words) on public.workshops to authenticated;

grant select, insert, update, delete on public.workshops to service_role;

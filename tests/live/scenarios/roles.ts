import { beforeAll, expect, test } from 'vitest';
import {
  appRoles,
  changeRoles,
  fetchRoleHolders,
  fetchRolesOf,
  type AppRole,
  type RoleHolder,
} from '@/features/profiles/roles-api';
import { fetchQueue } from '@/features/reports/moderation-api';
import { deleteAccount } from '@/features/settings/settings-api';
import { supabase } from '@/lib/supabase';
import { as } from './personas';
import { crowd, join, MODERATOR, refused, SAMPLE, signal, type Member } from './world';

const MARA = '00000000-0000-4000-8000-000000000001';
const asAdmin = <T>(work: () => Promise<T>) => as('mara@example.com', work, SAMPLE);
const give = (memberId: string, ...grant: AppRole[]) => changeRoles({ memberId, grant, revoke: [] });
const take = (memberId: string, ...revoke: AppRole[]) =>
  changeRoles({ memberId, grant: [], revoke });
const ownRoles = async () => (await supabase.rpc('my_roles').throwOnError()).data;

let ann: Member;

beforeAll(async () => {
  ann = await join('roles.ann');
});

test('members, moderators and guests neither see nor change who holds a role', async () => {
  for (const other of [ann, MODERATOR]) {
    await as(other.email, async () => {
      expect(await fetchRoleHolders('', signal)).toEqual([]);
      expect(await fetchRolesOf(MARA, signal)).toEqual([]);
      await refused(give(ann.id, 'admin'));
      await refused(take(MARA, 'admin'));
      const row = { user_id: ann.id, role: 'admin' } as never;
      await refused(supabase.from('user_roles').insert(row).throwOnError());
      await refused(supabase.from('user_roles').delete().eq('user_id', MARA).throwOnError());
    });
  }
  await refused(fetchRoleHolders('', signal));
  await refused(fetchRolesOf(MARA, signal));
  await refused(give(ann.id, 'moderator'));
});

test('an administrator makes a moderator and ends that', async () => {
  await asAdmin(async () => {
    expect(await ownRoles()).toEqual([...appRoles]);
    await give(ann.id, 'moderator');
    await give(ann.id, 'moderator');
    expect(await fetchRolesOf(ann.id, signal)).toEqual(['moderator']);
    const found = (await fetchRoleHolders('roles', signal)).find(({ id }) => id === ann.id);
    expect(found).toMatchObject({ handle: ann.handle, roles: ['moderator'] });
  });
  await as(ann.email, async () => {
    expect(await ownRoles()).toEqual(['moderator']);
    expect((await fetchQueue(null, signal)).length).toBeGreaterThan(0);
    await refused(give(ann.id, 'admin'));
  });
  await asAdmin(() => take(ann.id, 'moderator'));
  await as(ann.email, async () => {
    expect(await ownRoles()).toEqual([]);
    expect(await fetchQueue(null, signal)).toEqual([]);
  });
});

test('there is always an administrator', async () => {
  await asAdmin(async () => {
    await refused(take(MARA, 'admin'), '23514');
    await refused(
      changeRoles({ memberId: MARA, grant: ['moderator'], revoke: ['admin'] }),
      '23514',
    );
    expect(await fetchRolesOf(MARA, signal)).toEqual(['admin']);
    await expect(deleteAccount()).rejects.toThrow('last_administrator');
    await refused(supabase.rpc('delete_account').throwOnError(), '23514');
    await give(ann.id, 'admin');
  });
  await as(ann.email, async () => {
    await take(MARA, 'admin');
    await give(MARA, 'admin');
    await take(ann.id, 'admin');
    await refused(give(ann.id, 'admin'));
  });
});

test('nobody gives a role to an account that is not there', async () => {
  await asAdmin(() => refused(give(crypto.randomUUID(), 'moderator'), '23503'));
});

test('each change is in the log, and says whose it was', async () => {
  await asAdmin(async () => {
    const { data } = await supabase
      .from('audit_log')
      .select('actor_id, action, before, after')
      .eq('subject', 'user_roles')
      .eq('actor_id', MARA)
      .order('created_at')
      .throwOnError();
    const role = { user_id: ann.id, role: 'moderator' };
    expect(data[0]).toMatchObject({ action: 'insert', before: null, after: role });
    expect(data[1]).toMatchObject({ action: 'delete', before: role, after: null });
  });
  await as(MODERATOR.email, async () => {
    const { data } = await supabase.from('audit_log').select('id').throwOnError();
    expect(data).toEqual([]);
  });
});

test('many who hold roles come page by page, none twice', async () => {
  const members = Array.from({ length: 20 }, (_, index) => crowd(index + 4).id);
  await asAdmin(async () => {
    for (const member of members) await give(member, 'moderator');
    const found: RoleHolder[] = [];
    for (;;) {
      const page = await fetchRoleHolders(found.at(-1)?.handle ?? '', signal);
      if (page.length === 0) break;
      found.push(...page);
    }
    const handles = found.map((holder) => holder.handle);
    expect(handles).toEqual([...new Set(handles)]);
    expect(found.map(({ id }) => id)).toEqual(expect.arrayContaining([MARA, ...members]));
    for (const member of members) await take(member, 'moderator');
    expect((await fetchRoleHolders('', signal)).length).toBeLessThan(10);
  });
});

import { expect, expectDialog, t, test } from './fixtures';

test('an administrator gives a member a role, and takes it away again', async ({ people }) => {
  const member = await people.newcomer();
  const page = await people.open('mara');
  await page.goto('/admin/roles');
  const handle = page.getByLabel(t('profiles.findLabel'));
  await handle.fill('nobody.has.this.one');
  await handle.press('Enter');
  await expect(page.getByText(t('profiles.findNobody'))).toBeVisible();

  const dialog = page.getByRole('dialog', {
    name: t('profiles.rolesOf', { handle: member.handle }),
  });
  const role = dialog.getByRole('checkbox', { name: t('profiles.roles.admin.label') });
  const save = dialog.getByRole('button', { name: t('profiles.saveRoles') });
  const saved = page.getByText(t('profiles.rolesSaved', { handle: member.handle }));
  await handle.fill(member.handle);
  await handle.press('Enter');
  await expect(role).not.toBeChecked();
  await expect(save).toBeDisabled();
  await role.press('Space');
  await save.press('Enter');
  await expect(saved).toBeVisible();
  await expect(dialog).toBeHidden();

  await member.page.goto('/admin/roles');
  await expect(member.page.getByRole('heading', { level: 1 })).toHaveText(t('profiles.rolesTitle'));
  const change = t('profiles.changeRolesOf', { name: member.handle });
  await page.getByRole('button', { name: change }).press('Enter');
  await expect(role).toBeChecked();
  await expectDialog(page, page.getByRole('button', { name: change }));
  await page.getByRole('button', { name: change }).press('Enter');
  await expect(role).toBeChecked();
  await role.press('Space');
  await save.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('button', { name: change })).toBeHidden();
  await member.page.reload();
  await expect(member.page.getByText(t('app.notFoundTitle'))).toBeVisible();
});

test('members neither see the page of roles nor give themselves one', async ({ people }) => {
  const member = await people.newcomer();
  await member.page.goto('/');
  await expect(member.page.getByRole('link', { name: t('profiles.rolesTitle') })).toBeHidden();
  await member.page.goto('/admin/roles');
  await expect(member.page.getByText(t('app.notFoundTitle'))).toBeVisible();

  const client = await people.client(member);
  const change = { p_member: member.id, p_grant: ['admin' as const], p_revoke: [] };
  expect((await client.rpc('change_roles', change)).error?.code).toBe('42501');
  const row = { user_id: member.id, role: 'admin' as const };
  expect((await client.from('user_roles').insert(row)).error?.code).toBe('42501');
  expect((await client.rpc('role_holders', {})).data ?? []).toEqual([]);
});

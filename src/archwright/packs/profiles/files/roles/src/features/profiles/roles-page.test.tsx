import { screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { useState } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { i18n } from '@/lib/i18n';
import { fakeRest } from '@/test/fake-supabase';
import { renderPage } from '@/test/render';
import { sampleProfile } from '@/test/sample-profile';
import { RoleForm } from './role-form';
import { roleLabel } from './role-texts';
import type { AppRole } from './roles-api';
import { Component as RolesPage } from './roles-page';

const { t } = i18n;
const ann = sampleProfile({ id: 'ann', handle: 'ann', display_name: 'Ann Lee' });
const holder = { ...ann, roles: ['admin'] };

interface Answers {
  holders?: unknown[];
  found?: unknown[];
  held?: string[];
}

function renderRoles({ holders = [holder], found = [], held = ['admin'] }: Answers = {}) {
  const fetched = fakeRest({
    role_holders: holders,
    profiles: found,
    user_roles: held.map((role) => ({ role })),
    change_roles: null,
  });
  const routes = [{ path: '/', element: <p>home</p> }];
  renderPage(<RolesPage />, { userId: 'ann', at: '/admin/roles', routes });
  const sent = () =>
    fetched.mock.calls
      .filter(([input]) => typeof input === 'string' && input.endsWith('/rpc/change_roles'))
      .map(([, init]) => JSON.parse(init?.body as string) as unknown);
  return { user: userEvent.setup(), sent };
}

async function openDialog(user: ReturnType<typeof userEvent.setup>) {
  const name = t('profiles.changeRolesOf', { name: 'Ann Lee' });
  await user.click(await screen.findByRole('button', { name }));
  const dialog = await screen.findByRole('dialog', { name: t('profiles.rolesOf', { handle: 'ann' }) });
  return { dialog, box: await within(dialog).findByRole('checkbox', { name: roleLabel('admin', t) }) };
}

async function find(user: ReturnType<typeof userEvent.setup>, handle: string) {
  await user.type(screen.getByRole('textbox', { name: t('profiles.findLabel') }), handle);
  await user.click(screen.getByRole('button', { name: t('profiles.find') }));
}

describe('the page of roles', () => {
  it('shows who holds which', async () => {
    renderRoles();
    expect(await screen.findByText('Ann Lee')).toBeInTheDocument();
    expect(screen.getByText(roleLabel('admin', t))).toBeInTheDocument();
  });

  it('says when nobody holds one', async () => {
    renderRoles({ holders: [] });
    expect(await screen.findByText(t('profiles.rolesEmpty'))).toBeInTheDocument();
  });

  it('finds a member by handle and gives a role', async () => {
    const { user, sent } = renderRoles({ found: [{ ...ann, id: 'bob', handle: 'bob' }], held: [] });
    await find(user, '@Bob');
    const dialog = await screen.findByRole('dialog', {
      name: t('profiles.rolesOf', { handle: 'bob' }),
    });
    const save = await within(dialog).findByRole('button', { name: t('profiles.saveRoles') });
    expect(save).toBeDisabled();
    await user.click(within(dialog).getByRole('checkbox', { name: roleLabel('admin', t) }));
    await user.click(save);
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
    expect(sent()).toEqual([{ p_member: 'bob', p_grant: ['admin'], p_revoke: [] }]);
  });

  it('says when nobody has the handle', async () => {
    const { user } = renderRoles();
    await find(user, 'nobody');
    expect(await screen.findByText(t('profiles.findNobody'))).toBeInTheDocument();
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });

  it('warns whoever gives up the own role, and leads away', async () => {
    const { user, sent } = renderRoles();
    const { dialog, box } = await openDialog(user);
    expect(box).toBeChecked();
    await user.click(box);
    expect(within(dialog).getByRole('alert')).toHaveTextContent(t('profiles.ownAdminWarning'));
    await user.click(within(dialog).getByRole('button', { name: t('profiles.saveRoles') }));
    expect(await screen.findByText('home')).toBeInTheDocument();
    expect(sent()).toEqual([{ p_member: 'ann', p_grant: [], p_revoke: ['admin'] }]);
  });

  it('stays open when the database refuses', async () => {
    const { user } = renderRoles();
    const { dialog, box } = await openDialog(user);
    await user.click(box);
    vi.restoreAllMocks();
    fakeRest({ change_roles: { code: '23514', message: 'last_administrator' } }, 400);
    await user.click(within(dialog).getByRole('button', { name: t('profiles.saveRoles') }));
    expect(await within(dialog).findByText(t('app.errorLastAdministrator'))).toBeInTheDocument();
  });
});

function FormOfNews() {
  const [held, setHeld] = useState<readonly AppRole[]>([]);
  return (
    <>
      <button type="button" onClick={() => setHeld(['admin'])}>
        news
      </button>
      <RoleForm memberId="bob" held={held} onSaved={() => undefined} />
    </>
  );
}

describe('the form of roles', () => {
  it('takes nothing away that was given while it was open', async () => {
    renderPage(<FormOfNews />, { userId: 'ann' });
    const user = userEvent.setup();
    const box = screen.getByRole('checkbox', { name: roleLabel('admin', t) });
    expect(box).not.toBeChecked();
    await user.click(screen.getByRole('button', { name: 'news' }));
    expect(box).toBeChecked();
    expect(screen.getByRole('button', { name: t('profiles.saveRoles') })).toBeDisabled();
  });
});

describe('roleLabel', () => {
  it('has a name for roles without texts', () => {
    expect(roleLabel('shop_keeper', t)).toBe('shop keeper');
  });
});

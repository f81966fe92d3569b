import { screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { i18n } from '@/lib/i18n';
import { fakeRest } from '@/test/fake-supabase';
import { renderPage } from '@/test/render';
import { sampleStore } from '@/test/sample-store';
import { sentTo } from '@/test/sent';
import type { StoreRole } from './stores-api';
import { Component as TeamPage } from './team-page';
import { TeamRow } from './team-row';

const { t } = i18n;

function row(own: StoreRole, role: StoreRole, member_id = 'bob') {
  const rest = fakeRest({ set_store_role: null, remove_store_member: null });
  const member = { handle: 'bob', display_name: 'Bob Bay', avatar_path: null };
  const person = { member_id, role, created_at: '2026-01-01T00:00:00Z', member };
  renderPage(<TeamRow own={{ role: own, store: sampleStore() }} person={person} />, {
    userId: 'ann',
    routes: [{ path: '/sell', element: <p>sell</p> }],
  });
  return (name: string) => sentTo(rest, name);
}

const menu = () => screen.queryByRole('button', { name: t('stores.changeMember', { name: 'Bob Bay' }) });

describe('a person of the team', () => {
  it('gets another role from somebody above', async () => {
    const sent = row('manager', 'support');
    await userEvent.click(menu()!);
    expect(screen.queryByRole('menuitemradio', { name: t('stores.roleOwner') })).toBeNull();
    await userEvent.click(screen.getByRole('menuitemradio', { name: t('stores.roleCatalog') }));
    await waitFor(() =>
      expect(sent('set_store_role')).toMatchObject({ p_member: 'bob', p_role: 'catalog' }),
    );
  });

  it('is left alone by those who are not above', () => {
    row('manager', 'owner');
    expect(menu()).toBeNull();
  });

  it('may leave', async () => {
    const sent = row('support', 'support', 'ann');
    await userEvent.click(menu()!);
    await userEvent.click(screen.getByRole('menuitem', { name: t('stores.leave') }));
    await userEvent.click(await screen.findByRole('button', { name: t('stores.leave') }));
    expect(await screen.findByText('sell')).toBeInTheDocument();
    expect(sent('remove_store_member')).toMatchObject({ p_member: 'ann' });
  });
});

describe('the page of a team', () => {
  it('lets a catalog person look, and change nothing', async () => {
    fakeRest({ store_members: [{ role: 'catalog', store: sampleStore() }] });
    renderPage(<TeamPage />, { userId: 'ann', at: '/sell/one/team', path: '/sell/:storeId/team' });
    expect(await screen.findByText('Corner Bakery')).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: t('stores.addMember') })).not.toBeInTheDocument();
  });
});

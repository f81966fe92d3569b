import { screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { i18n } from '@/lib/i18n';
import { fakeRest } from '@/test/fake-supabase';
import { renderPage } from '@/test/render';
import { sampleStore } from '@/test/sample-store';
import { sentTo } from '@/test/sent';
import { Component as AdminPage } from './stores-admin-page';

const { t } = i18n;
const application = {
  id: 'one',
  store_name: 'New Shop',
  slug: 'new-shop',
  country: 'DE',
  currency: 'EUR',
  about: 'We sell.',
  created_at: '2026-01-01T00:00:00Z',
  applicant: { handle: 'bob', display_name: 'Bob Bay', avatar_path: null },
};

function show() {
  const rest = fakeRest({
    store_applications: [application],
    stores: [sampleStore()],
    decide_store_application: null,
    change_store_status: null,
  });
  renderPage(<AdminPage />, { userId: 'ann', at: '/admin/stores' });
  const sent = (name: string) => sentTo(rest, name);
  return { user: userEvent.setup(), sent };
}

describe('the administrators’ page of stores', () => {
  it('approves an application', async () => {
    const { user, sent } = show();
    const name = { name: 'New Shop' };
    await user.click(await screen.findByRole('button', { name: t('stores.approve', name) }));
    await waitFor(() =>
      expect(sent('decide_store_application')).toEqual({
        p_application: 'one',
        p_approve: true,
        p_reason: '',
      }),
    );
  });

  it('refuses one with a reason only', async () => {
    const { user, sent } = show();
    const refuse = t('stores.refuse', { name: 'New Shop' });
    await user.click(await screen.findByRole('button', { name: refuse }));
    const confirm = await screen.findByRole('button', { name: t('stores.refuseConfirm') });
    expect(confirm).toBeDisabled();
    await user.type(screen.getByLabelText(t('stores.reason')), 'Who are you?');
    await user.click(confirm);
    await waitFor(() =>
      expect(sent('decide_store_application')).toMatchObject({
        p_approve: false,
        p_reason: 'Who are you?',
      }),
    );
  });

  it('suspends a store after asking', async () => {
    const { user, sent } = show();
    const suspend = t('stores.suspendNamed', { name: 'Corner Bakery' });
    await user.click(await screen.findByRole('button', { name: suspend }));
    expect(sent('change_store_status')).toBeUndefined();
    await user.click(await screen.findByRole('button', { name: t('stores.suspend') }));
    await waitFor(() =>
      expect(sent('change_store_status')).toMatchObject({ p_status: 'suspended' }),
    );
  });
});

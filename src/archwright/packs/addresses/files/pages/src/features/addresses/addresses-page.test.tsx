import { screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { i18n } from '@/lib/i18n';
import { fakeRest } from '@/test/fake-supabase';
import { renderPage } from '@/test/render';
import { sampleAddress } from '@/test/sample-address';
import { Component as AddressesPage } from './addresses-page';

const { t } = i18n;
const home = sampleAddress({ id: 'home', default_shipping: true, default_billing: true });
const work = sampleAddress({ id: 'work', name: 'Ann at work' });

describe('the page of addresses', () => {
  it('says when there are none', async () => {
    fakeRest({ addresses: [] });
    renderPage(<AddressesPage />, { userId: 'ann' });
    expect(await screen.findByText(t('addresses.emptyTitle'))).toBeInTheDocument();
  });

  it('offers to try again when they cannot be loaded', async () => {
    fakeRest({ addresses: { message: 'no' } }, 500);
    renderPage(<AddressesPage />, { userId: 'ann' });
    expect(await screen.findByRole('button', { name: t('app.retry') })).toBeInTheDocument();
  });

  it('moves the default to another address', async () => {
    const rest = fakeRest({ addresses: [home, work], set_default_address: null });
    renderPage(<AddressesPage />, { userId: 'ann' });
    const name = t('addresses.menu', { name: 'Ann at work' });
    await userEvent.click(await screen.findByRole('button', { name }));
    await userEvent.click(screen.getByRole('menuitem', { name: t('addresses.makeBilling') }));
    await waitFor(() =>
      expect(rest.mock.calls.some(([, init]) => init?.method === 'POST')).toBe(true),
    );
  });

  it('deletes an address only after a question', async () => {
    const rest = fakeRest({ addresses: [home, work] });
    renderPage(<AddressesPage />, { userId: 'ann' });
    const name = t('addresses.menu', { name: 'Ann at work' });
    await userEvent.click(await screen.findByRole('button', { name }));
    await userEvent.click(screen.getByRole('menuitem', { name: t('addresses.delete') }));
    expect(rest.mock.calls.some(([, init]) => init?.method === 'DELETE')).toBe(false);
    await userEvent.click(screen.getByRole('button', { name: t('addresses.deleteAction') }));
    await waitFor(() => expect(screen.queryByText('Ann at work')).not.toBeInTheDocument());
  });
});

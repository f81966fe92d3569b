import { screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { i18n } from '@/lib/i18n';
import { fakeRest } from '@/test/fake-supabase';
import { renderPage } from '@/test/render';
import { sampleStore } from '@/test/sample-store';
import { sentTo } from '@/test/sent';
import { applySchema } from './apply-schema';
import { Component as SellPage } from './sell-page';

const { t } = i18n;
const currencies = [{ code: 'EUR', exponent: 2, name: 'Euro' }];
const application = {
  id: 'one',
  store_name: 'Corner Bakery',
  status: 'refused',
  reason: 'Which bakery?',
  created_at: '2026-01-01T00:00:00Z',
};

describe('the page for sellers', () => {
  it('leads to one’s stores', async () => {
    fakeRest({ store_members: [{ role: 'manager', store: sampleStore() }] });
    renderPage(<SellPage />, { userId: 'ann', at: '/sell' });
    const link = await screen.findByRole('link', { name: /Corner Bakery/ });
    expect(link).toHaveAttribute('href', `/sell/${sampleStore().id}`);
    expect(link).toHaveTextContent(t('stores.roleManager'));
  });

  it('sends an application, with an address that follows from the name', async () => {
    const rest = fakeRest({ known_currencies: currencies, apply_for_store: 'one' });
    renderPage(<SellPage />, { userId: 'ann', at: '/sell' });
    await userEvent.type(await screen.findByLabelText(t('stores.name')), 'Café Blå');
    await userEvent.selectOptions(screen.getByLabelText(t('stores.country')), 'DE');
    await screen.findByRole('option', { name: /EUR/ });
    await userEvent.selectOptions(screen.getByLabelText(t('stores.currency')), 'EUR');
    await userEvent.type(screen.getByLabelText(t('stores.about')), 'We bake.');
    await userEvent.click(screen.getByRole('button', { name: t('stores.apply') }));
    await waitFor(() =>
      expect(sentTo(rest, 'apply_for_store')).toEqual({
        p_name: 'Café Blå',
        p_slug: 'cafe-bla',
        p_country: 'DE',
        p_currency: 'EUR',
        p_about: 'We bake.',
      }),
    );
  });

  it('tells what became of an application, and lets one try again', async () => {
    fakeRest({ store_applications: [application] });
    renderPage(<SellPage />, { userId: 'ann', at: '/sell' });
    expect(await screen.findByText('Which bakery?')).toBeInTheDocument();
    expect(screen.getByText(t('stores.applicationRefused'))).toBeInTheDocument();
    expect(screen.getByRole('button', { name: t('stores.apply') })).toBeInTheDocument();
  });

  it('has no form while one waits for a decision', async () => {
    fakeRest({ store_applications: [{ ...application, status: 'submitted', reason: '' }] });
    renderPage(<SellPage />, { userId: 'ann', at: '/sell' });
    expect(await screen.findByText(t('stores.applicationSubmitted'))).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: t('stores.apply') })).not.toBeInTheDocument();
  });
});

describe('applySchema', () => {
  it('refuses addresses that are none', () => {
    for (const slug of ['ab', '-abc', 'a--b', 'Shop', 'a'.repeat(41)]) {
      const found = applySchema.safeParse({ slug }).error?.issues ?? [];
      expect(found.some(({ path }) => path[0] === 'slug')).toBe(true);
    }
  });
});

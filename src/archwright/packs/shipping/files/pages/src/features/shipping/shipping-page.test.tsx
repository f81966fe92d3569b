import { screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { i18n } from '@/lib/i18n';
import { fakeRest } from '@/test/fake-supabase';
import { renderPage } from '@/test/render';
import { sampleStore } from '@/test/sample-store';
import { methodFields, methodSchema } from './method-schema';
import type { Method } from './shipping-api';
import { Component as ShippingPage } from './shipping-page';

const { t } = i18n;
const parcel: Method = {
  id: 'parcel',
  name: 'Parcel',
  currency: 'EUR',
  basis: 'amount',
  at_most: 10_000,
  min_days: 1,
  max_days: 2,
  active: true,
  rates: [
    { at_least: 5000, amount: 0 },
    { at_least: 0, amount: 490 },
  ],
};
const zone = { id: 'near', name: 'Near', countries: [{ country: 'DE' }], methods: [parcel] };

function show(zones: unknown[], role = 'owner') {
  const rest = fakeRest({ store_members: [{ role, store: sampleStore() }], zones });
  renderPage(<ShippingPage />, {
    userId: 'ann',
    at: '/sell/one/shipping',
    path: '/sell/:storeId/shipping',
  });
  const sent = () =>
    rest.mock.calls.flatMap(([, init]) =>
      init?.method === 'POST' && typeof init.body === 'string'
        ? [JSON.parse(init.body) as Record<string, unknown>]
        : [],
    );
  return sent;
}

describe('the page of a store’s shipping', () => {
  it('says when it sends nowhere yet, and adds a zone', async () => {
    const sent = show([]);
    expect(await screen.findByText(t('shipping.emptyTitle'))).toBeInTheDocument();
    await userEvent.type(screen.getByLabelText(t('shipping.newZone')), 'Far away');
    await userEvent.click(screen.getByRole('button', { name: t('shipping.addZone') }));
    await waitFor(() => expect(sent()).toContainEqual(expect.objectContaining({ name: 'Far away' })));
  });

  it('takes a country in and says what a method costs', async () => {
    const sent = show([zone]);
    expect(await screen.findByText(/€4.90 → €0.00/)).toBeInTheDocument();
    const field = screen.getByLabelText(t('shipping.countryFor', { zone: 'Near' }));
    await userEvent.selectOptions(field, 'AT');
    await userEvent.click(screen.getByRole('button', { name: t('shipping.addCountry') }));
    await waitFor(() =>
      expect(sent()).toContainEqual({ p_zone: 'near', p_countries: ['DE', 'AT'] }),
    );
  });

  it('is not for those who only answer', async () => {
    show([zone], 'support');
    expect(await screen.findByText(t('app.notFoundTitle'))).toBeInTheDocument();
  });
});

describe('methodSchema', () => {
  const schema = methodSchema('EUR');
  const wrong = (change: object) =>
    schema
      .safeParse({ ...methodFields(null), name: 'Letter', steps: [{ from: '0', costs: '2' }], ...change })
      .error?.issues.map(({ path, message }) => `${path.join('.')} ${message}`);

  it('reads back what it wrote', () => {
    const { name, basis, at_most, min_days, max_days } = parcel;
    expect(schema.parse(methodFields(parcel))).toEqual({
      name,
      basis,
      at_most,
      min_days,
      max_days,
      steps: parcel.rates.toReversed(),
    });
  });

  it('refuses what is no number, steps from the same on, and days that go back', () => {
    expect(wrong({})).toBeUndefined();
    expect(wrong({ steps: [{ from: '0.5', costs: 'x' }] })).toEqual([
      'steps.0.costs shipping.numberForm',
      'steps.0.from shipping.numberForm',
    ]);
    const twice = [
      { from: '5', costs: '1' },
      { from: '5', costs: '2' },
    ];
    expect(wrong({ steps: twice })).toEqual(['steps.1.from shipping.stepTwice']);
    expect(wrong({ min_days: '5', max_days: '3' })).toEqual(['max_days shipping.daysForm']);
  });
});

import { screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { i18n } from '@/lib/i18n';
import { fakeRest } from '@/test/fake-supabase';
import { renderPage } from '@/test/render';
import { sampleStore } from '@/test/sample-store';
import { emptyPromotion, promotionSchema } from './promotion-schema';
import { Component as PromotionsPage } from './promotions-page';

const { t } = i18n;
const autumn = {
  id: 'autumn',
  created_at: '2026-01-01T00:00:00Z',
  name: 'Autumn',
  kind: 'percentage',
  percent: 25,
  amount: null,
  currency: null,
  ends_at: null,
  stackable: false,
  active: true,
  uses: 3,
  uses_most: 10,
  coupons: [{ code: 'LEAVES' }],
  rules: [{ minimum_amount: 5000 }],
};

function show(promotions: unknown[], role = 'owner') {
  const rest = fakeRest({ store_members: [{ role, store: sampleStore() }], promotions });
  renderPage(<PromotionsPage />, { userId: 'ann', at: '/sell/one/promotions', path: '/sell/:storeId/promotions' });
  return () =>
    rest.mock.calls.flatMap(([, init]) =>
      init?.method === 'POST' && typeof init.body === 'string'
        ? [JSON.parse(init.body) as Record<string, unknown>]
        : [],
    );
}

describe('the page of a store’s promotions', () => {
  it('says what is given off, on which terms', async () => {
    show([autumn], 'support');
    expect(await screen.findByText(t('promotions.percentOff', { percent: 25 }))).toBeInTheDocument();
    expect(screen.getByText('LEAVES')).toBeInTheDocument();
    const used = t('promotions.usedOf', { uses: 3, most: 10 });
    expect(screen.getByText(new RegExp(`€50.00.*${used}`))).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: t('promotions.add') })).not.toBeInTheDocument();
    expect(screen.getByRole('switch', { name: /Autumn/ })).toBeDisabled();
  });

  it('adds one with a code', async () => {
    const sent = show([]);
    expect(await screen.findByText(t('promotions.emptyTitle'))).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: t('promotions.add') }));
    await userEvent.type(screen.getByLabelText(t('promotions.name')), 'Spring');
    await userEvent.type(screen.getByLabelText(t('promotions.percent')), '10');
    await userEvent.type(screen.getByLabelText(new RegExp(t('promotions.code'))), 'TULIP');
    await userEvent.click(screen.getByRole('button', { name: t('promotions.save') }));
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
    const [call] = sent();
    expect(call).toMatchObject({ p_name: 'Spring', p_kind: 'percentage', p_percent: 10, p_code: 'TULIP' });
    expect(call).not.toHaveProperty('p_amount');
  });
});

describe('promotionSchema', () => {
  const read = (change: object) =>
    promotionSchema('EUR').safeParse({ ...emptyPromotion, name: 'X', ...change });
  const wrong = (change: object) =>
    read(change).error?.issues.map(({ path, message }) => `${path.join('.')} ${message}`);

  it('reads percent and amounts', () => {
    expect(read({ value: '12,5' }).data).toMatchObject({ percent: 12.5, amount: null });
    expect(read({ kind: 'fixed', value: '10', minimum: '50' }).data).toMatchObject({
      percent: null,
      amount: 1000,
      minimum: 5000,
    });
    expect(read({ kind: 'free_shipping' }).data).toMatchObject({ percent: null, amount: null });
  });

  it('refuses what nobody could be given', () => {
    expect(wrong({ value: '101' })).toEqual(['value promotions.percentForm']);
    expect(wrong({ value: '' })).toEqual(['value promotions.percentForm']);
    expect(wrong({ kind: 'fixed', value: '0' })).toEqual(['value promotions.valueForm']);
    expect(wrong({ value: '5', minimum: 'much' })).toEqual(['minimum promotions.valueForm']);
    expect(wrong({ value: '5', code: 'a b' })).toEqual(['code promotions.codeForm']);
    expect(wrong({ value: '5', most: '0' })).toEqual(['most promotions.wholeNumber']);
  });
});

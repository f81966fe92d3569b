import { screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import type { StoreRole } from '@/features/stores/stores-api';
import { i18n } from '@/lib/i18n';
import { fakeRest } from '@/test/fake-supabase';
import { renderPage } from '@/test/render';
import { sampleStore } from '@/test/sample-store';
import { Component as StockPage } from './stock-page';
import { stockSchema } from './stock-schema';

const { t } = i18n;
const cup = {
  id: 'cup',
  created_at: '2026-01-01T00:00:00Z',
  sku: 'CUP-1',
  title: 'Blue',
  product: { title: 'Cup' },
  levels: [{ location_id: 'north', on_hand: 7, reserved: 2 }],
};
const north = { id: 'north', name: 'North', country: 'DE', active: true };

function show(role: StoreRole, answers: Record<string, unknown> = {}) {
  const rest = fakeRest({
    store_members: [{ role, store: sampleStore() }],
    stock_locations: [north],
    variants: [cup],
    ...answers,
  });
  renderPage(<StockPage />, { userId: 'ann', at: '/sell/one/stock', path: '/sell/:storeId/stock' });
  const sent = () =>
    rest.mock.calls.flatMap(([, init]) =>
      init?.method === 'POST' && typeof init.body === 'string'
        ? [JSON.parse(init.body) as Record<string, unknown>]
        : [],
    );
  return { sent };
}

const changeButton = () =>
  screen.findByRole('button', { name: t('inventory.changeOf', { name: 'Cup, Blue' }) });

describe('the page of a store’s stock', () => {
  it('shows how many lie where, and how many are promised', async () => {
    show('support');
    const level = t('inventory.level', { place: 'North', count: 7 });
    expect(await screen.findByText(new RegExp(level))).toHaveTextContent(
      t('inventory.reserved', { count: 2 }),
    );
    const name = t('inventory.changeOf', { name: 'Cup, Blue' });
    expect(screen.queryByRole('button', { name })).not.toBeInTheDocument();
  });

  it('records what came', async () => {
    const { sent } = show('fulfilment');
    await userEvent.click(await changeButton());
    await userEvent.type(screen.getByLabelText(t('inventory.quantity')), '12');
    await userEvent.click(screen.getByRole('button', { name: t('inventory.save') }));
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
    expect(sent().at(-1)).toMatchObject({
      p_location: 'north',
      p_variant: 'cup',
      p_quantity: 12,
      p_kind: 'receipt',
    });
  });

  it('says when nothing is sold yet', async () => {
    show('owner', { variants: [] });
    expect(await screen.findByText(t('inventory.emptyTitle'))).toBeInTheDocument();
  });
});

describe('stockSchema', () => {
  const filled = { placeId: 'north', toPlaceId: '', quantity: '5', reason: '' };
  const wrong = (change: object) =>
    stockSchema
      .safeParse({ ...filled, kind: 'receipt', ...change })
      .error?.issues.map(({ path, message }) => `${path.join('.')} ${message}`);

  it('takes away by an adjustment with a reason only', () => {
    expect(wrong({})).toBeUndefined();
    expect(wrong({ quantity: '-5' })).toEqual(['quantity inventory.quantityForm']);
    expect(wrong({ quantity: '0' })).toEqual(['quantity inventory.quantityForm']);
    expect(wrong({ quantity: 'many' })).toEqual(['quantity inventory.quantityForm']);
    expect(wrong({ kind: 'adjustment', quantity: '-5' })).toEqual(['reason inventory.reasonMissing']);
    expect(wrong({ kind: 'adjustment', quantity: '-5', reason: 'broken' })).toBeUndefined();
  });

  it('brings things to another place', () => {
    expect(wrong({ kind: 'transfer' })).toEqual(['toPlaceId app.fieldRequired']);
    expect(wrong({ kind: 'transfer', toPlaceId: 'north' })).toEqual([
      'toPlaceId inventory.sameLocation',
    ]);
    expect(wrong({ kind: 'transfer', toPlaceId: 'south' })).toBeUndefined();
  });
});

import { screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import type { StoreRole } from '@/features/stores/stores-api';
import { i18n } from '@/lib/i18n';
import { fakeRest } from '@/test/fake-supabase';
import { renderPage } from '@/test/render';
import { sampleDetails, sampleProduct, sampleVariant } from '@/test/sample-product';
import { sampleStore } from '@/test/sample-store';
import { sentTo } from '@/test/sent';
import { Component as EditPage } from './edit-product-page';
import { labelsOf } from './option-form';
import { Component as ProductsPage } from './store-products-page';

const { t } = i18n;
const at = `/sell/${sampleStore().id}/products`;
const path = '/sell/:storeId/products';

function fake(role: StoreRole, variants = [sampleVariant()]) {
  return fakeRest({
    store_members: [{ role, store: sampleStore() }],
    products: [{ ...sampleDetails(), ...sampleProduct({ status: 'draft' }) }],
    variants,
    set_product_status: null,
    generate_variants: 1,
  });
}

function edit(role: StoreRole, variants?: ReturnType<typeof sampleVariant>[]) {
  const rest = fake(role, variants);
  renderPage(<EditPage />, { userId: 'ann', at: `${at}/one`, path: `${path}/:productId` });
  return rest;
}

describe('the editor of a product', () => {
  it('publishes', async () => {
    const rest = edit('catalog');
    await userEvent.click(await screen.findByRole('button', { name: t('catalog.publish') }));
    await waitFor(() =>
      expect(sentTo(rest, 'set_product_status')).toMatchObject({ p_status: 'active' }),
    );
  });

  it('takes a variant off sale at once', async () => {
    const rest = edit('manager');
    const sale = await screen.findByRole('switch');
    await userEvent.click(sale);
    expect(sale).not.toBeChecked();
    await waitFor(() => expect(sentTo(rest, 'variants')).toEqual({ active: false }));
  });

  it('makes the one variant of a product without options', async () => {
    const rest = edit('owner', []);
    await userEvent.click(await screen.findByRole('button', { name: t('catalog.oneVariant') }));
    await waitFor(() => expect(sentTo(rest, 'generate_variants')).toBeDefined());
  });

  it('is not there for support', async () => {
    edit('support');
    expect(await screen.findByText(t('app.notFoundTitle'))).toBeInTheDocument();
  });
});

describe('the products of a store', () => {
  it('can be added to by those who write the catalog only', async () => {
    fake('catalog');
    const writer = renderPage(<ProductsPage />, { userId: 'ann', at, path });
    expect(await screen.findByRole('link', { name: t('catalog.newProduct') })).toBeInTheDocument();
    writer.unmount();
    fake('support');
    renderPage(<ProductsPage />, { userId: 'ann', at, path });
    const product = await screen.findByRole('link', { name: /Rye bread/ });
    expect(product).toHaveAttribute('href', `/p/${sampleProduct().id}`);
    expect(screen.queryByRole('link', { name: t('catalog.newProduct') })).not.toBeInTheDocument();
  });
});

describe('labelsOf', () => {
  it('takes values apart by commas, each once', () => {
    expect(labelsOf(' Small, Large,,Small ')).toEqual(['Small', 'Large']);
    expect(labelsOf(' , ')).toEqual([]);
  });
});

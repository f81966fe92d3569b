import { screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { i18n } from '@/lib/i18n';
import { fakeRest } from '@/test/fake-supabase';
import { renderPage } from '@/test/render';
import { sampleDetails, sampleProduct, sampleVariant } from '@/test/sample-product';
import { Component as ProductPage } from './product-page';

const { t } = i18n;
const value = (id: string, position: number) => ({ id, label: id, position });
const options = [
  { id: 'size', name: 'Size', position: 0, option_values: [value('S', 0), value('M', 1)] },
  { id: 'colour', name: 'Colour', position: 1, option_values: [value('Red', 0), value('Blue', 1)] },
];
const variants = [
  sampleVariant({ id: '1', sku: 'SR', combination: ['S', 'Red'] }),
  sampleVariant({ id: '2', sku: 'MR', combination: ['M', 'Red'] }),
  sampleVariant({ id: '3', sku: 'MB', combination: ['M', 'Blue'] }),
];

function show(listed = variants) {
  fakeRest({
    products: [{ ...sampleDetails({ options }), ...sampleProduct() }],
    variants: listed,
  });
  renderPage(<ProductPage />, { at: '/p/one', path: '/p/:productId' });
}

describe('the page of a product', () => {
  it('starts with a variant, and disables what cannot be had with it', async () => {
    show();
    expect(await screen.findByRole('heading', { level: 1, name: 'Rye bread' })).toBeInTheDocument();
    expect(screen.getByText(t('catalog.sku', { sku: 'SR' }))).toBeInTheDocument();
    expect(screen.getByRole('radio', { name: 'Blue' })).toBeDisabled();
    await userEvent.click(screen.getByRole('radio', { name: 'M' }));
    expect(screen.getByText(t('catalog.sku', { sku: 'MR' }))).toBeInTheDocument();
    await userEvent.click(screen.getByRole('radio', { name: 'Blue' }));
    expect(screen.getByText(t('catalog.sku', { sku: 'MB' }))).toBeInTheDocument();
    expect(screen.getByRole('radio', { name: 'S' })).toBeDisabled();
  });

  it('says when nothing of it is on sale', async () => {
    show([]);
    expect(await screen.findByText(t('catalog.notOnSale'))).toBeInTheDocument();
  });

  it('leads to the store', async () => {
    show();
    const link = await screen.findByRole('link', { name: 'Corner Bakery' });
    expect(link).toHaveAttribute('href', '/stores/corner-bakery');
  });

  it('is not there where there is no such product', async () => {
    fakeRest({});
    renderPage(<ProductPage />, { at: '/p/none', path: '/p/:productId' });
    expect(await screen.findByText(t('app.notFoundTitle'))).toBeInTheDocument();
  });
});

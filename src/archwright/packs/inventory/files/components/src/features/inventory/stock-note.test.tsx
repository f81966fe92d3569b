import { screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { i18n } from '@/lib/i18n';
import { fakeRest } from '@/test/fake-supabase';
import { renderPage } from '@/test/render';
import { StockNote } from './stock-note';

const { t } = i18n;

describe('the note on stock', () => {
  it.each([
    [{ in_stock: true, left_count: null }, t('inventory.inStock')],
    [{ in_stock: true, left_count: 3 }, t('inventory.onlyLeft', { count: 3 })],
    [{ in_stock: false, left_count: 0 }, t('inventory.outOfStock')],
  ])('says %j in words', async (found, words) => {
    fakeRest({ variant_availability: [found] });
    renderPage(<StockNote variant={{ id: 'cup' }} />);
    expect(await screen.findByText(words)).toBeInTheDocument();
  });

  it('asks for nothing until a variant is chosen', async () => {
    const rest = fakeRest({});
    const { container } = renderPage(<StockNote variant={null} />);
    await waitFor(() => expect(container).toBeEmptyDOMElement());
    expect(JSON.stringify(rest.mock.calls)).not.toContain('variant_availability');
  });
});

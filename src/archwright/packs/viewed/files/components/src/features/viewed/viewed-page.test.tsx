import { screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { i18n } from '@/lib/i18n';
import { fakeRest } from '@/test/fake-supabase';
import { renderPage } from '@/test/render';
import { sampleProduct } from '@/test/sample-product';
import { ProductViewTracker } from './product-view-tracker';
import { RecentlyViewedSection } from './recently-viewed-section';
import { Component as ViewedPage } from './viewed-page';

const { t } = i18n;
const viewed = { product_views: [{ product: sampleProduct({ title: 'Desk lamp' }) }] };
const called = (rest: ReturnType<typeof fakeRest>, name: string) =>
  rest.mock.calls.some(([input]) => typeof input === 'string' && input.endsWith(name));

describe('the page of what was viewed', () => {
  it('says when there is nothing', async () => {
    fakeRest({ product_views: [] });
    renderPage(<ViewedPage />, { userId: 'ann' });
    expect(await screen.findByText(t('viewed.emptyTitle'))).toBeInTheDocument();
  });

  it('offers to try again when it cannot be loaded', async () => {
    fakeRest({ product_views: { message: 'no' } }, 500);
    renderPage(<ViewedPage />, { userId: 'ann' });
    expect(await screen.findByRole('button', { name: t('app.retry') })).toBeInTheDocument();
  });

  it('clears all after a question, and forgets all when it is switched off', async () => {
    const rest = fakeRest(viewed);
    renderPage(<ViewedPage />, { userId: 'ann' });
    await userEvent.click(await screen.findByRole('button', { name: t('viewed.clear') }));
    expect(called(rest, 'clear_product_views')).toBe(false);
    await userEvent.click(screen.getByRole('button', { name: t('viewed.clear') }));
    await waitFor(() => expect(called(rest, 'clear_product_views')).toBe(true));
    const keep = screen.getByRole('switch', { name: t('viewed.keep') });
    expect(keep).toBeChecked();
    await userEvent.click(keep);
    expect(keep).not.toBeChecked();
    await waitFor(() => expect(called(rest, 'keep_product_views')).toBe(true));
  });
});

describe('the section on the front page', () => {
  it('is there for members who looked at something', async () => {
    fakeRest(viewed);
    const { unmount } = renderPage(<RecentlyViewedSection />, { userId: 'ann' });
    expect(await screen.findByText('Desk lamp')).toBeInTheDocument();
    unmount();
    renderPage(<RecentlyViewedSection />);
    expect(screen.queryByText('Desk lamp')).not.toBeInTheDocument();
  });
});

describe('ProductViewTracker', () => {
  it('remembers for members alone', async () => {
    const rest = fakeRest({ record_product_view: null });
    const { unmount } = renderPage(<ProductViewTracker productId="a" />);
    unmount();
    expect(called(rest, 'record_product_view')).toBe(false);
    renderPage(<ProductViewTracker productId="a" />, { userId: 'ann' });
    await waitFor(() => expect(called(rest, 'record_product_view')).toBe(true));
  });
});

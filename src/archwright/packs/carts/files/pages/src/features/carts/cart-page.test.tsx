import { screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import { i18n } from '@/lib/i18n';
import { fakeRest } from '@/test/fake-supabase';
import { renderPage } from '@/test/render';
import { sampleCartLine } from '@/test/sample-cart-line';
import { Component as CartPage } from './cart-page';
import { useGuestCartStore } from './guest-cart-store';

const { t } = i18n;
const { id: variant_id, ...priced } = sampleCartLine();
const cup = { variant_id, ...priced };

afterEach(() => useGuestCartStore.setState({ lines: [] }));

function sent(rest: ReturnType<typeof fakeRest>, name: string) {
  return rest.mock.calls
    .filter(([input]) => JSON.stringify(input).includes(name))
    .map(([, init]) => JSON.parse(init?.body as string) as unknown);
}

describe('the cart of a member', () => {
  it('says when it is empty', async () => {
    fakeRest({ my_cart: [] });
    renderPage(<CartPage />, { userId: 'ann' });
    expect(await screen.findByText(t('carts.emptyTitle'))).toBeInTheDocument();
  });

  it('can be tried again when it cannot be loaded', async () => {
    fakeRest({ my_cart: { message: 'no' } }, 500);
    renderPage(<CartPage />, { userId: 'ann' });
    expect(await screen.findByRole('button', { name: t('app.retry') })).toBeInTheDocument();
  });

  it('takes one more, and takes things out', async () => {
    const rest = fakeRest({ my_cart: [cup], set_cart_line: null });
    renderPage(<CartPage />, { userId: 'ann' });
    const more = await screen.findByRole('button', { name: t('carts.more', { title: 'Cup' }) });
    expect(screen.getAllByText('€18.00')).toHaveLength(2);
    await userEvent.click(more);
    await userEvent.click(screen.getByRole('button', { name: t('carts.remove', { title: 'Cup' }) }));
    await waitFor(() =>
      expect(sent(rest, 'set_cart_line')).toEqual([
        { p_variant: 'cup', p_quantity: 3 },
        { p_variant: 'cup', p_quantity: 0 },
      ]),
    );
  });

  it('says what has changed, until that was seen', async () => {
    const rest = fakeRest({
      my_cart: [
        { ...cup, seen_amount: 800, left_count: 1 },
        { ...cup, variant_id: 'old', title: null, product_id: null, amount: null },
      ],
      accept_cart_prices: null,
    });
    renderPage(<CartPage />, { userId: 'ann' });
    const list = await screen.findByRole('list', { name: t('carts.list') });
    const [first, second] = within(list).getAllByRole('listitem');
    expect(first).toHaveTextContent(t('carts.wentUp', { amount: '€9.00', before: '€8.00' }));
    expect(first).toHaveTextContent(t('carts.onlyLeft', { count: 1 }));
    expect(second).toHaveTextContent(t('carts.gone'));
    await userEvent.click(screen.getByRole('button', { name: t('carts.accept') }));
    await waitFor(() => expect(sent(rest, 'accept_cart_prices')).toHaveLength(1));
  });
});

describe('the cart of a guest', () => {
  it('is what the browser keeps, and asks to sign in', async () => {
    useGuestCartStore.setState({ lines: [{ variantId: 'cup', quantity: 2, seenAmount: 900 }] });
    const rest = fakeRest({ priced_lines: [cup] });
    renderPage(<CartPage />);
    expect(await screen.findByRole('link', { name: 'Cup' })).toHaveAttribute('href', '/p/product');
    expect(screen.getByRole('link', { name: t('app.signIn') })).toBeInTheDocument();
    expect(sent(rest, 'priced_lines')[0]).toEqual({
      p_lines: [{ variant_id: 'cup', quantity: 2 }],
    });
    await userEvent.click(screen.getByRole('button', { name: t('carts.fewer', { title: 'Cup' }) }));
    expect(useGuestCartStore.getState().lines[0]?.quantity).toBe(1);
  });
});
